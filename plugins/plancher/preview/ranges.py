"""The part of a file that a « Range » header asks for, as players of films do."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=(?P<first>\d*)-(?P<last>\d*)")


def part_of(header: str, size: int) -> range | None:
    """The bytes that a « Range » header asks for, none when there are no such bytes; None when it asks for no range that we know."""
    asked = _RANGE.fullmatch(header)
    if not asked or not (asked["first"] or asked["last"]):
        return None
    first = int(asked["first"]) if asked["first"] else max(0, size - int(asked["last"]))
    last = min(size - 1, int(asked["last"])) if asked["first"] and asked["last"] else size - 1
    return range(first, max(first, last + 1))
