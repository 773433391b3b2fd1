"""The facts of a pair: from its fields, whichever block they are typed in."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from plancher.base import addresses, dates
from plancher.base.french import NBSP, fold
from plancher.base.problems import Problem
from plancher.components.tangible import change
from plancher.components.tangible.model import LEVELS, Pair, Past, ProofSource
from plancher.components.tangible.state import NAMES, State
from plancher.text.fields import FieldReader, Spec, Value

_KEYS = ("indicateur", "avant", "après", "unité", "période", "effectif", "par", "méthode", "nature", "niveau", "source", "réserve", "état")
FACTS = (
    *(Spec(key) for key in (*_KEYS, "réexaminer", "id", "fictif")),
    Spec("historique", many=True),
)
_LOWER: tuple[State, ...] = ("unverified", "waiting")
_PROVED = ("prouvé", "prouvée", "établie", "preuve établie")
_TALK = re.compile(r"(?:\[(?P<link>[^\]]+)\]|(?P<text>.*?))\s*\(?video:(?P<talk>[\w-]+)(?:@(?P<time>[0-9:]+))?\)?", re.DOTALL)
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-5][0-9])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAST = re.compile(r"(?P<when>[^:]+?)\s*:\s+(?P<text>\S.*)")


def pair_without_words(fields: FieldReader, line: int, natures: Sequence[str], problems: list[Problem]) -> Pair:
    """A pair that lacks its promise, its proof and its body.

    :param natures: the words that « nature » takes.
    """
    before, after, unit = (fields.text(key) for key in ("avant", "après", "unité"))
    measured, why = change.between(before, after, unit)
    if why:
        where = next((value.line for key in ("avant", "après") for value in fields.all(key)), line)
        problems.append(Problem(where, "PDV017", why))
    review = fields.all("réexaminer")
    return Pair(
        promise="",
        indicator=fields.text("indicateur"),
        before=before,
        after=after,
        unit=unit,
        change=measured,
        period=fields.text("période"),
        source=_source(fields.all("source"), problems),
        nature=fields.choice("nature", natures) or "",
        level=fields.choice("niveau", LEVELS) or "",
        measured_by=fields.text("par"),
        method=fields.text("méthode"),
        sample=fields.text("effectif"),
        caveat=fields.text("réserve"),
        typed_state=_typed_state(fields, problems),
        review=_last_day(review[0], problems) if review else None,
        review_text=review[0].text if review else "",
        is_monthly=bool(review and _MONTH.fullmatch(review[0].text)),
        history=tuple(_history(fields.all("historique"), problems)),
        fictional=fields.yes("fictif"),
        line=line,
        own_id=_own_id(fields.all("id"), problems),
    )


def _typed_state(fields: FieldReader, problems: list[Problem]) -> State | None:
    """What the author says of the pair: « à vérifier » or « en attente »; that it is proved, only its level or its source can say."""
    for value in fields.all("état"):
        typed = fold(value.text)
        if typed in {fold(name) for name in _PROVED}:
            problems.append(Problem(value.line, "PDV015", f"« état : {value.text} » ne suffit pas : dites comment on le sait, par « niveau » ou « source »."))
            return None
    name = fields.choice("état", [NAMES[known] for known in _LOWER])
    return next((known for known in _LOWER if NAMES[known] == name), None)


def _source(values: tuple[Value, ...], problems: list[Problem]) -> ProofSource | None:
    """A talk at a second (``video:nom@32:10``), a bare address, or any inline Markdown."""
    if not values:
        return None
    typed = values[0].text
    talk = _TALK.fullmatch(typed)
    if talk:
        second = _seconds(talk["time"] or "0:00")
        if second is None:
            problems.append(Problem(values[0].line, "PDV014", f"moment illisible « {talk['time']} ». Écrivez par exemple « video:{talk['talk']}@32:10 »."))
        return ProofSource(text=talk["link"] or talk["text"] or "", talk=talk["talk"], second=second or 0)
    if addresses.is_web(typed):
        return ProofSource(text=f"<{typed}>")
    if addresses.is_internal(typed):
        name = PurePosixPath(typed.partition("#")[0].partition("}")[2])
        shown = f"billet «{NBSP}{name.stem}{NBSP}»" if name.suffix == ".md" else f"fichier «{NBSP}{name.name}{NBSP}»"
        return ProofSource(text=f"[{shown}]({typed})")
    return ProofSource(text=typed)


def _seconds(clock: str) -> int | None:
    time = _CLOCK.fullmatch(clock)
    return sum(int(part or 0) * size for part, size in zip(time.groups(), (3600, 60, 1), strict=True)) if time else None


def _last_day(value: Value, problems: list[Problem]) -> dt.date | None:
    """A day, or the last day of a month."""
    month = _MONTH.fullmatch(value.text)
    try:
        if month:
            year, number = int(month[1]), int(month[2])
            return dt.date(year, number, calendar.monthrange(year, number)[1])
        return dates.parse(value.text).date()
    except (ValueError, calendar.IllegalMonthError):
        problems.append(Problem(value.line, "PDV014", f"« réexaminer » attend un mois (« 2026-06 ») ou un jour (« 2026-06-30 »), pas « {value.text} »."))
        return None


def _history(values: Iterable[Value], problems: list[Problem]) -> Iterable[Past]:
    """Earlier values: « 2023-06 : 15 000 € », one a line."""
    for value in values:
        past = _PAST.fullmatch(value.text)
        if past:
            yield Past(when=past["when"], text=past["text"])
        else:
            yield Past(when="", text=value.text)
            problems.append(Problem(value.line, "PDV014", f"« historique » attend « date : valeur », comme « 2023-06 : 15 000 € », pas « {value.text} »."))


def _own_id(values: tuple[Value, ...], problems: list[Problem]) -> str:
    """A name that an address can hold."""
    for value in values:
        if _NAME.fullmatch(value.text):
            return value.text
        problems.append(Problem(value.line, "PDV014", f"« id » s'écrit en minuscules sans accent, chiffres et traits d'union, pas « {value.text} »."))
    return ""
