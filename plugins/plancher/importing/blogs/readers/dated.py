"""Dates as feeds write them: those of Atom and Dublin Core, and those of mail, of which every other one is a little wrong."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z", re.IGNORECASE)
_BEFORE_OUR_TIME = re.compile(r"\s-\d{4}\s")
"""The year of what was never published; the standard library reads another one there."""


def dated(typed: str) -> dt.datetime | None:
    """The date, with its zone if it says one; None: it is none."""
    words = typed.strip()
    found = _ISO.match(words)
    try:
        if found:
            return dt.datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{(found[3] or '').upper()}")
        return None if _BEFORE_OUR_TIME.search(words) else parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
