"""What a publication may have changed for readers, noted before its first byte leaves: should it be killed once they see the new site, the next one tells."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection
from pathlib import Path

from plancher.base import atomic, data

_FILE = "pas-annonce.json"


def load(cache: Path) -> frozenset[str]:
    """Files of the site, from its root; none when what was noted is lost.

    :param cache: a folder of this machine that may be forgotten at any time.
    """
    with contextlib.suppress(OSError, ValueError, TypeError):
        return frozenset(map(str, data.from_json((cache / _FILE).read_text(encoding="utf-8"))))
    return frozenset()


def add(cache: Path, paths: Collection[str]) -> None:
    """Note some more.

    :raises OSError: they cannot be.
    """
    atomic.write(cache / _FILE, json.dumps(sorted({*load(cache), *paths}), ensure_ascii=False).encode())  # a power cut must find it: nothing makes it again


def clear(cache: Path) -> None:
    """They are told, or are kept where what is to be told waits.

    :raises OSError: the note cannot be removed.
    """
    (cache / _FILE).unlink(missing_ok=True)
