"""What changed online and was not told yet: kept on this machine until somebody took it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from plancher.base import atomic, data
from plancher.publishing.after.changes import Changes


def load(path: Path) -> Changes:
    """What waits; nothing when the file is lost: a hub asks for all feeds now and then."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        value = data.from_json(path.read_text(encoding="utf-8"))
        return Changes(feeds=frozenset(map(str, value["feeds"])), addresses=frozenset(map(str, value["addresses"])))
    return Changes()


def save(path: Path, waiting: Changes) -> None:
    """Keep it.

    :raises OSError: it cannot be written.
    """
    if waiting == Changes():
        path.unlink(missing_ok=True)
    else:
        value = {"feeds": sorted(waiting.feeds), "addresses": sorted(waiting.addresses)}
        atomic.write(path, json.dumps(value, ensure_ascii=False).encode(), is_durable=False)
