"""Dates of WordPress: the local one has no zone, but the same hour in UTC stands beside it."""

from __future__ import annotations

import datetime as dt

_FURTHEST = dt.timedelta(hours=15)
"""No zone is further from UTC."""
_QUARTER = dt.timedelta(minutes=15)


def zoned(local: str, utc: str) -> dt.datetime | None:
    """A date as its author saw it, with its zone when the export tells it.

    :param local: « 2008-10-01 14:30:00 »; zeros for a text that was never published.
    """
    here, there = _read(local), _read(utc)
    if here is None or there is None:
        return here if there is None else there.replace(tzinfo=dt.UTC)
    offset = here - there
    if abs(offset) > _FURTHEST:
        return here
    return here.replace(tzinfo=dt.timezone(round(offset / _QUARTER) * _QUARTER))


def _read(typed: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(typed.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=None)
