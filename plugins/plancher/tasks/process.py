"""What a command needs of its process before anything else is imported."""

from __future__ import annotations

import atexit
import errno
import gc
import io
import locale
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


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
    sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)


def _begin_again_in_utf8() -> None:
    """Names of tags hold accents: files need UTF-8 whatever the machine's language. Where it has another, the whole command begins again."""
    is_utf8 = sys.flags.utf8_mode or locale.getencoding().lower() in {"utf-8", "utf8"}
    if is_utf8 or not any(Path(word).stem in {"invoke", "inv", "plancher"} for word in sys.orig_argv[:3]):
        return
    environment = {**os.environ, "PYTHONUTF8": "1"}
    sys.exit(subprocess.run([sys.executable, *sys.orig_argv[1:]], env=environment, check=False).returncode)  # noqa: S603 - the words that were typed


def _patient(stream: TextIO) -> TextIO:
    """The stream in UTF-8, whatever the machine's language; when nobody reads it any more, the command goes on."""
    try:
        raw = _Patient(stream.fileno(), "wb", closefd=False)
    except (AttributeError, OSError, ValueError):  # closed, or none of the system's
        return stream
    is_told_at_once = stream is sys.stderr or raw.isatty()
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=is_told_at_once)


class _Patient(io.FileIO):
    """« invoke check | head -1 » has seen enough: the rest is written nowhere, and what was begun is finished."""

    def write(self, data: ReadableBuffer, /) -> int:
        """:returns: how many bytes were taken."""
        try:
            return super().write(data)
        except OSError as error:
            if error.errno not in {errno.EPIPE, errno.EINVAL}:  # the second on Windows
                raise
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())  # for children and for libraries too
            os.close(nowhere)
            return super().write(data)
