"""From ``[!tangible]`` and ``[!bilan]`` to pairs."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from plancher.core import addresses, dates
from plancher.core.blocks import Block, Line
from plancher.core.fields import FieldReader, Spec, Value, typed_field
from plancher.core.french import NBSP
from plancher.core.problems import Problem
from plancher.core.registry import Read
from plancher.tangible import change
from plancher.tangible.model import LEVELS, Balance, Pair, Past, Source
from plancher.tangible.settings import TangibleSettings

_FACTS = (
    *(Spec(key) for key in ("indicateur", "avant", "après", "unité", "période", "source", "nature", "niveau", "réexaminer", "id", "fictif")),
    Spec("historique", many=True),
)
_SPECS = (Spec("promesse", required=True), Spec("preuve"), *_FACTS)
_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_ITEM = re.compile(r"[-*+] (?P<text>.*)")
_LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<address>[^\s)]+)\)")
_TALK = re.compile(r"(?P<text>.*?)\s*\(?video:(?P<talk>[\w-]+)(?:@(?P<time>[0-9:]+))?\)?", re.DOTALL)
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAST = re.compile(r"(?P<when>[^:]+?)\s*:\s+(?P<text>\S.*)")

natures: tuple[str, ...] = TangibleSettings().natures
"""Set at ``initialized`` from the site's settings."""


def read_tangible(block: Block) -> Read[object]:
    """One promise and its proof."""
    fields, body = FieldReader.of(block, _SPECS)
    problems: list[Problem] = []
    words = {"title": block.title, "promise": fields.text("promesse") or block.title, "proof": fields.text("preuve"), "body": body}
    pair = _pair(fields, block.line, words, problems)
    return Read(pair, (*fields.problems, *problems))


def read_balance(block: Block) -> Read[object]:
    """A list of ``promesse → preuve``, each with fields of its own if need be; what follows the list is free Markdown."""
    pairs: list[Pair] = []
    problems: list[Problem] = []
    lines, fictional = _before_list(block, problems)
    while lines and (not lines[0].text.strip() or _ITEM.match(lines[0].text)):
        line = lines.pop(0)
        item = _ITEM.match(line.text)
        if item:
            pairs.append(_item(item["text"], line.number, _continuation(lines), problems))
    if not pairs:
        problems.append(Problem(block.line, "PDV006", "bilan sans paire. Écrivez une ligne « - promesse → preuve » par paire."))
    body = "\n".join(line.text for line in lines).strip("\n")
    if fictional:
        pairs = [dataclasses.replace(pair, fictional=True) for pair in pairs]
    return Read(Balance(title=block.title, pairs=tuple(pairs), fictional=fictional, body=body), tuple(problems))


def _before_list(block: Block, problems: list[Problem]) -> tuple[list[Line], bool]:
    """What stands before the list: at most « fictif : oui »."""
    lines = list(block.lines)
    first = next((i for i, line in enumerate(lines) if not line.text.strip() or _ITEM.match(line.text)), len(lines))
    fields, _ = FieldReader.of(dataclasses.replace(block, lines=tuple(lines[:first])), (Spec("fictif"),))
    fictional = fields.yes("fictif")
    problems.extend(fields.problems)
    return lines[first:], fictional


def _continuation(lines: list[Line]) -> list[Line]:
    """What belongs to an item: the lines indented under it."""
    rest: list[Line] = []
    while lines and lines[0].text.startswith("    "):
        rest.append(lines.pop(0))
    return rest


def _item(text: str, line: int, under: Iterable[Line], problems: list[Problem]) -> Pair:
    """One pair of a list: its words, perhaps over several lines, then its fields."""
    words, typed = [text], []
    for below in under:
        field = typed_field(below, (spec.key for spec in _FACTS))
        if field:
            typed.append(field)
        elif below.text.strip():
            words.append(below.text.strip())
    promise, *proof = _ARROW.split(" ".join(words), maxsplit=1)
    if not proof or not promise.strip():
        problems.append(Problem(line, "PDV005", "paire sans flèche. Écrivez « promesse → preuve » (ou « -> »)."))
    fields = FieldReader("à cette paire", line, typed, _FACTS)
    pair = _pair(fields, line, {"promise": promise.strip(), "proof": proof[0].strip() if proof else ""}, problems)
    problems.extend(fields.problems)
    return pair


def _pair(fields: FieldReader, line: int, words: dict[str, str], problems: list[Problem]) -> Pair:
    """The facts of a pair, whichever way it is typed."""
    before, after, unit = (fields.text(key) for key in ("avant", "après", "unité"))
    found, why = change.between(before, after, unit)
    if why:
        where = next((value.line for key in ("avant", "après") for value in fields.all(key)), line)
        problems.append(Problem(where, "PDV017", why))
    review = fields.all("réexaminer")
    return Pair(
        **words,
        indicator=fields.text("indicateur"),
        before=before,
        after=after,
        unit=unit,
        change=found,
        period=fields.text("période"),
        source=_source(fields.all("source"), problems),
        nature=fields.choice("nature", natures) or "",
        level=fields.choice("niveau", LEVELS) or "",
        review=_last_day(review[0], problems) if review else None,
        review_text=review[0].text if review else "",
        history=tuple(_history(fields.all("historique"), problems)),
        fictional=fields.yes("fictif"),
        line=line,
        own_id=_own_id(fields.all("id"), problems),
    )


def _source(values: tuple[Value, ...], problems: list[Problem]) -> Source | None:
    """A link, a bare address, a talk at a second (``video:nom@32:10``), or words."""
    if not values:
        return None
    typed = values[0].text
    link, talk = _LINK.search(typed), _TALK.fullmatch(typed)
    if talk:
        time = _CLOCK.fullmatch(talk["time"] or "0:00")
        if time is None:
            problems.append(Problem(values[0].line, "PDV014", f"moment illisible « {talk['time']} ». Écrivez par exemple « video:{talk['talk']}@32:10 »."))
        second = sum(int(part or 0) * size for part, size in zip(time.groups(), (3600, 60, 1), strict=True)) if time else 0
        return Source(text=talk["text"] or "", talk=talk["talk"], second=second)
    if link:
        return Source(text=link["text"], address=link["address"])
    if addresses.is_internal(typed):
        return Source(text=f"billet «{NBSP}{PurePosixPath(typed.partition('#')[0]).stem}{NBSP}»", address=typed)
    return Source(text=typed, address=typed if addresses.is_web(typed) else "")


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
        found = _PAST.fullmatch(value.text)
        if found:
            yield Past(when=found["when"], text=found["text"])
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
