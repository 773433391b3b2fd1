"""Values of JSON that a server sent: it may say anything, and what is of another kind counts as absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from plancher.base import addresses

Json = Mapping[str, object]
_LONGEST, _LONGEST_ADDRESS = 100_000, 2000


def text(value: Json, name: str) -> str:
    """A text, not too long; empty: there is none."""
    found = value.get(name)
    return found[:_LONGEST] if isinstance(found, str) else ""


def inner(value: Json, name: str) -> Json:
    """An object inside; an empty one when there is none."""
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def moment(typed: str) -> dt.datetime | None:
    """A moment (ISO 8601); one without a zone is that of Greenwich."""
    try:
        found = dt.datetime.fromisoformat(typed)
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def web_address(value: Json, name: str) -> str:
    """An address of the web; empty when it is none, or is made of signs that nobody types."""
    found = text(value, name)
    return found if len(found) <= _LONGEST_ADDRESS and found.isprintable() and addresses.is_web(found) else ""
