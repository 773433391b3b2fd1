"""Dates as a French author writes them, and as a French reader reads them."""

from __future__ import annotations

import datetime as dt
import re

from plancher.base.french import fold

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
"""Written here: an archive shows five thousand of them, and Babel (which the tests compare them with) takes thirty microseconds for each."""
_MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_ENGLISH = "january february march april may june july august september october november december".split()
_SHORT = {"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12} | {
    short: number for number, name in enumerate(_ENGLISH, 1) for short in (name, name[:3])
}
"""Months as other generators and tools write them. None of these names is that of another month in French."""
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_ENGLISH_DAYS = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"

_TIME = r"(?:(?:[Tt] ?|,? +(?:à|at) +|,? +)(?P<hour>\d{1,2})(?::| ?h ?)(?P<minute>\d{2})?(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?: ?(?P<half>[ap])\.?m\.?)?)?"
_ZONE = r"(?: ?(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)(?:\[[\w/+-]+\])?)?"
_SHAPES = tuple(
    re.compile(shape + _TIME + _ZONE, re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})",
        rf"(?:(?:le +)?(?:{_DAYS}),? +)?(?:le +)?(?P<day>\d{{1,2}})(?:er)? +(?P<name>[^\W\d]+)\.? +(?P<year>\d{{4}})",
        rf"(?:{_ENGLISH_DAYS}\.?,? +)?(?P<day>\d{{1,2}}) +(?P<name>[a-z]+)\.?,? +(?P<year>\d{{4}})",
        rf"(?:{_ENGLISH_DAYS}\.?,? +)?(?P<name>[a-z]+)\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<year>\d{{4}})",
    )
)
_EXAMPLES = "Écrivez par exemple « 2024-05-02 », « 2024-05-02 10:00 », « 2 mai 2024 » ou « 02/05/2024 »."
_FIRST_YEAR, _LAST_YEAR = 1900, 9998
"""The last one whose every moment exists in every time zone."""
_PARTIAL = re.compile(r"\d{4}|\d{4}-\d{1,2}|(?:\d{1,2}/)?\d{1,2}/\d{4}|[^\W\d]+ +\d{4}|\d{1,2} +[^\W\d]+")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")


class DateError(ValueError):
    """The text is no date; the message says why and what to write, in French."""


def parse(text: str) -> dt.datetime:
    """Read a full date, with or without a time (24 h).

    ``02/05/2024`` is 2 May: the day comes first in French.

    :raises DateError: partial, ambiguous, impossible or unreadable.
    """
    clean = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    for shape in _SHAPES:
        found = shape.fullmatch(clean)
        if found:
            return _build(clean, found.groupdict())
    if _SHORT_YEAR.fullmatch(clean):
        raise DateError(f"date ambiguë « {text} » : l'année a quatre chiffres. {_EXAMPLES}")
    if _PARTIAL.fullmatch(clean):
        raise DateError(f"date incomplète « {text} » : il faut le jour, le mois et l'année. {_EXAMPLES}")
    raise DateError(f"date illisible « {text} ». {_EXAMPLES}")


def _build(text: str, parts: dict[str, str | None]) -> dt.datetime:
    name = parts.get("name")
    month = (_MONTH_NUMBERS.get(fold(name)) or _SHORT.get(fold(name))) if name else int(parts["month"] or 0)
    if month is None:
        raise DateError(f"mois inconnu « {name} ». {_EXAMPLES}")
    hour, minute, second = (int(parts.get(unit) or 0) for unit in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    if half and 1 <= hour <= _NOON:  # of an English clock: 12 am is midnight
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        moment = dt.datetime(int(parts["year"] or 0), month, int(parts["day"] or 0), hour, minute, second)  # noqa: DTZ001 - the site's time zone is added by whoever knows it
    except ValueError:
        raise DateError(f"date impossible « {text} » : ce jour ou cette heure n'existe pas.") from None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise DateError(f"année improbable « {text} ». {_EXAMPLES}")
    zone = parts.get("zone")
    return moment.replace(tzinfo=_zone(text, zone)) if zone else moment


_NOON = 12


def _zone(text: str, typed: str) -> dt.timezone:
    """« Z », « UTC+2 », « +02:00 », « -0500 »."""
    found = re.search(r"(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?$", typed)
    if found is None:
        return dt.UTC
    away = dt.timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    if away >= dt.timedelta(days=1):
        raise DateError(f"date impossible « {text} » : ce fuseau horaire n'existe pas.")
    return dt.timezone(-away if found["sign"] == "-" else away)


def day(moment: dt.date) -> str:
    """« 1er mars 2024 »."""
    return f"{short_day(moment)} {moment.year}"


def month(moment: dt.date) -> str:
    """« mars 2024 »."""
    return f"{MONTHS[moment.month - 1]} {moment.year}"


def short_day(moment: dt.date) -> str:
    """« 1er mars », for lists already under their year."""
    return f"{'1er' if moment.day == 1 else moment.day} {MONTHS[moment.month - 1]}"


_MONTHS_APART = re.compile(r"(\d{4})-(\d{1,2})(?:\s*/\s*(\d{4})-(\d{1,2}))?")
_DAYS_APART = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:\s*/\s*(\d{4}-\d{1,2}-\d{1,2}))?")


def period(text: str) -> str:
    """« 2024-01 / 2024-06 » as « janvier à juin 2024 », « 2024-05-02 » as « 2 mai 2024 »; any other text as it is."""
    days = _DAYS_APART.fullmatch(text)
    if days:
        return _days(text, days[1], days[2])
    found = _MONTHS_APART.fullmatch(text)
    if found is None or not all(1 <= int(number) <= len(MONTHS) for number in (found[2], found[4]) if number):
        return text
    first = f"{MONTHS[int(found[2]) - 1]} {found[1]}"
    if not found[3]:
        return first
    last = f"{MONTHS[int(found[4]) - 1]} {found[3]}"
    return f"{MONTHS[int(found[2]) - 1] if found[1] == found[3] else first} à {last}"


def _days(text: str, first: str, last: str | None) -> str:
    try:
        begin, end = parse(first), parse(last) if last else None
    except DateError:
        return text
    return f"{day(begin)} au {day(end)}" if end else day(begin)


def since(known: str) -> str:
    """« le 20 août 2015 », « en août 2015 » or « en 2015 », from as much of an ISO 8601 date as is known."""
    parts = [int(part) for part in known.split("-")]
    match parts:
        case [year, number, one]:
            return f"le {day(dt.date(year, number, one))}"
        case [year, number]:
            return f"en {MONTHS[number - 1]} {year}"
        case _:
            return f"en {parts[0]}"


def clock(seconds: int) -> str:
    """A moment of a film: « 1:02:03 », « 2:03 »."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"
