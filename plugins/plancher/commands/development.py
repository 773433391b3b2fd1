"""Commands for whoever works on the code: « invoke dev.test », « lint », « bench »."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from invoke.exceptions import Exit


def test(root: Path, arguments: Sequence[str]) -> int:
    """All tests on all cores; the exit code."""
    return _python(root, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *arguments)


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


def _python(root: Path, *words: str) -> int:
    return _run(root, sys.executable, *words)


def _run(root: Path, *words: str) -> int:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root / "plugins"), str(root)))}
    return subprocess.run(words, cwd=root, env=environment, check=False).returncode  # noqa: S603 - our own commands
