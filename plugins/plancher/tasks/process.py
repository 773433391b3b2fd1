"""What a command needs of its process before anything else is imported."""

from __future__ import annotations

import atexit
import gc
import io
import locale
import os
import subprocess
import sys
from pathlib import Path


def prepare() -> None:
    """Make this process short-lived, and able to write French on any machine.

    :raises SystemExit: the command ran in another process, with its exit code.
    """
    # Invoke keeps no compiled Python unless asked to, and an author's next command would compile all of ours again.
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    # A command is short: looking for dead objects while it loads, and once more when it ends, costs an author a tenth of his wait and gains nothing.
    gc.set_threshold(100_000, 50, 100)
    atexit.register(gc.freeze)
    _begin_again_in_utf8()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # French, whatever the machine's language


def _begin_again_in_utf8() -> None:
    """Names of tags hold accents: files need UTF-8 whatever the machine's language. Where it has another, the whole command begins again."""
    is_utf8 = sys.flags.utf8_mode or locale.getencoding().lower() in {"utf-8", "utf8"}
    if is_utf8 or not any(Path(word).stem in {"invoke", "inv", "plancher"} for word in sys.orig_argv[:3]):
        return
    environment = {**os.environ, "PYTHONUTF8": "1"}
    sys.exit(subprocess.run([sys.executable, *sys.orig_argv[1:]], env=environment, check=False).returncode)  # noqa: S603 - the words that were typed
