"""« invoke », as an author types it in the folder of a blog."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.forked import forge

_LIMIT = 120
"""Seconds for a command."""
_READ_ANY_TIME = ("PLANCHER_", "SITEURL", "SOURCE_DATE_EPOCH", "CI")
"""How variables begin that are read once a command runs; any other may be Python's own, and asks for a new process."""


def invoke(blog: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """What the command did and said; nobody answers what it asks.

    :param env: further variables of the environment.
    """
    if hasattr(os, "fork") and not (blog / "plugins").exists() and all(name.startswith(_READ_ANY_TIME) for name in env):
        ran = forge().run("invoke", words, blog, {**os.environ, **env})
        return subprocess.CompletedProcess(["invoke", *words], ran.code, ran.out, ran.err)
    return invoke_anew(blog, *words, **env)


def invoke_anew(blog: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The same, in a process that has imported nothing yet."""
    command = [sys.executable, "-m", "invoke", *words]
    return subprocess.run(command, cwd=blog, env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_LIMIT)
