"""Addresses as generators compute them, from patterns that their settings give."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import urllib.parse
from collections.abc import Mapping

_TOKEN = re.compile(r":(?P<name>[A-Za-z_]+)|:\[(?P<within>[^\]]+)\]")
_LONGEST = 1000


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """« /:year/:title/ » with its words; the longest name that is known counts, an unknown one is nothing."""

    def value(token: re.Match[str]) -> str:
        name = token["name"] or ""
        known = next((name[:end] for end in range(len(name), 0, -1) if name[:end] in values), None)
        return values[known] + name[len(known) :] if known is not None else ""

    return from_root(_TOKEN.sub(value, pattern[:_LONGEST]))


def from_root(path: str) -> str:
    """A path from the root, without doubled slashes, its letters decoded."""
    return "/" + re.sub(r"/{2,}", "/", urllib.parse.unquote(path)).lstrip("/")


def of_moment(moment: dt.datetime | None) -> dict[str, str]:
    """What patterns say of a day."""
    if moment is None:
        return {}
    week = moment.isocalendar()
    return {
        "year": f"{moment:%Y}",
        "short_year": f"{moment:%y}",
        "month": f"{moment:%m}",
        "i_month": str(moment.month),
        "day": f"{moment:%d}",
        "i_day": str(moment.day),
        "y_day": f"{moment:%j}",
        "yearday": f"{moment:%j}".lstrip("0"),
        "w_year": str(week.year),
        "week": f"{week.week:02d}",
        "w_day": str(week.weekday),
        "hour": f"{moment:%H}",
        "minute": f"{moment:%M}",
        "second": f"{moment:%S}",
    }


def with_letters(text: str, *, lowers: bool = True) -> str:
    """Letters and digits of any script with hyphens between: the way of Jekyll and MkDocs."""
    plain = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w]+|_", "-", plain.lower() if lowers else plain).strip("-")


def for_a_path(text: str, *, lowers: bool = True) -> str:
    """Hugo's: spaces are hyphens, signs go, accents stay."""
    words = re.sub(r"[^\w\s./+~%#-]", "", unicodedata.normalize("NFC", text.lower() if lowers else text))
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "-", words.strip())) if " " in words or "--" not in words else re.sub(r"\s+", "-", words.strip())


def directory(path: str) -> str:
    """« /a/index.html » is found at « /a/ »."""
    return re.sub(r"(?:^|(?<=/))index\.html?$", "", path)


def python_date(pattern: str, moment: dt.datetime | None) -> str:
    """Pelican's « {date:%Y}/{date:%b} »."""

    def day(typed: re.Match[str]) -> str:
        try:
            return f"{moment:{typed['format']}}" if moment else ""
        except ValueError:
            return ""

    return re.sub(r"\{date:(?P<format>[%A-Za-z0-9 ./_-]{1,40})\}", day, pattern)
