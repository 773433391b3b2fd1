"""Words and days as exports type them, made fit for a header."""

from __future__ import annotations

import datetime as dt
import html
import re
import zoneinfo

from plancher.base import dates

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no text means, and no file may hold: controls, and halves of characters that JSON can type."""
_TAG = re.compile(r"<[/!a-zA-Z][^<>]*>")
_MILLISECONDS = 100_000_000_000
"""A larger number of seconds would be the year 5138: it is milliseconds."""


def clean(text: str) -> str:
    """Without control characters, lines ended by a line feed."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """One line of plain words: without tags, entities decoded, spaces single but for those that do not break."""
    return re.sub(r"[ \t\n]+", " ", html.unescape(_TAG.sub("", clean(text)))).strip(" ")


def plain(text: str) -> str:
    """The same for what is no HTML: a « < » stays."""
    return re.sub(r"[ \t\n]+", " ", clean(text)).strip(" ")


def day(typed: object, zone: str = "") -> dt.datetime | None:
    """A date as exports and pages type it, or seconds or milliseconds since 1970; None when it is none.

    :param zone: IANA, of a date that names none.
    """
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        return _since_1970(typed)
    try:
        moment = dates.parse(str(typed or ""))
    except dates.DateError:
        return None
    return moment if moment.tzinfo else in_zone(moment, zone)


def local(moment: dt.datetime | None, zone: str) -> dt.datetime | None:
    """The same moment on the clocks of a zone, if the zone is known: its day is the one that readers saw."""
    known = _zone(zone)
    return moment.astimezone(known) if moment and moment.tzinfo and known else moment


def in_zone(moment: dt.datetime | None, zone: str) -> dt.datetime | None:
    """A local date with its zone, if the zone is known."""
    return moment.replace(tzinfo=_zone(zone)) if moment else None


def _zone(name: str) -> dt.tzinfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _since_1970(number: float) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(number / 1000 if abs(number) > _MILLISECONDS else number, tz=dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
