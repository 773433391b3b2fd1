"""Passwords and tokens of the owner: from the environment, or from a file outside the blog that nobody else may read."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from plancher.base import files

IMAP, MENTIONS, RECEIVER = "PLANCHER_IMAP_PASSWORD", "PLANCHER_WEBMENTION_TOKEN", "PLANCHER_RECEIVER_TOKEN"
_SUFFIX = "_FILE"
_MOST = 10_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SecretError(Exception):
    """A secret cannot be used; the message says why, in French, without the secret."""


def find(name: str, blog: Path, environment: Mapping[str, str] = os.environ) -> str:
    """A secret; empty: there is none.

    :raises SecretError: its file lies in the blog, or others may read it.
    """
    if environment.get(name):
        return environment[name]
    named = environment.get(name + _SUFFIX)
    if not named:
        return ""
    path = files.real(named)
    if path.is_relative_to(files.real(blog)):
        raise SecretError(f"{name}{_SUFFIX} est dans le dossier du blog : il finirait par être publié. Rangez-le ailleurs.")
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise SecretError(f"{path} peut être lu par d'autres que vous. Faites : chmod 600 {path}")
        return files.read_text(path, _MOST).strip()
    except (OSError, files.UnreadableError) as error:
        raise SecretError(f"{path} ne se lit pas : {error}.") from error
