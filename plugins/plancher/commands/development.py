"""Commands for whoever works on the code: « invoke dev.test », « lint », « bench »."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from invoke.exceptions import Exit

_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own there, as in /tmp
_ROOM = 4 * 2**30
"""Bytes that must be free there: several times what tests hold at once."""


def test(root: Path, arguments: Sequence[str]) -> int:
    """All tests; the exit code.

    One process more than there are cores, since tests also wait for servers;
    what they write stays in memory where there is room: a disk makes them wait.
    """
    processes = (os.cpu_count() or 1) + 1
    return _python(root, "-m", "pytest", "-n", str(processes), "--dist", "worksteal", *arguments, env={"TMPDIR": str(_MEMORY)} if _has_room() else {})


def _has_room() -> bool:
    """Whether files may be written to memory, and run there."""
    if sys.platform != "linux" or "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return False
    state = os.statvfs(_MEMORY)
    return state.f_bavail * state.f_frsize >= _ROOM and not state.f_flag & os.ST_NOEXEC


def lint(root: Path) -> None:
    """All linters, whatever the first ones say.

    :raises Exit: some are not content.
    """
    folders = (root / "theme" / "templates", root / "plugins")
    templates = sorted(str(path) for folder in folders for path in folder.rglob("*.html"))
    commands = (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        *(["mypy", "--platform", other, "--no-warn-unreachable", "--cache-dir", f".mypy_cache/{other}"] for other in ("win32", "darwin")),
        ["lint-imports"],
        ["djhtml", "--check", "--tabwidth", "2", *templates],
    )
    scripts = Path(sys.executable).parent
    failed = [name for name, *rest in commands if _run(root, str(scripts / name), *rest)]
    if failed:
        raise Exit(f"À corriger : {', '.join(failed)}.", 1)


def bench(root: Path, posts: int, rounds: int, what: str, *, growth: bool) -> int:
    """The benchmark of ``tests/bench``; the exit code."""
    return _python(root, "tests/bench/run.py", "--posts", str(posts), "--rounds", str(rounds), "--what", what, *(["--growth"] if growth else []))


def _python(root: Path, *words: str, env: Mapping[str, str] | None = None) -> int:
    return _run(root, sys.executable, *words, env=env)


def _run(root: Path, *words: str, env: Mapping[str, str] | None = None) -> int:
    environment = {**os.environ, **(env or {}), "PYTHONPATH": os.pathsep.join((str(root / "plugins"), str(root)))}
    return subprocess.run(words, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own commands
