"""From ``[!tangible]`` and ``[!bilan]`` to pairs."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from plancher.base import addresses, dates
from plancher.base.french import NBSP
from plancher.base.problems import Problem
from plancher.components.tangible import change
from plancher.components.tangible.model import LEVELS, Balance, Pair, Past, Source
from plancher.text.blocks import Block, Line
from plancher.text.fields import FieldReader, Spec, Value, typed_field
from plancher.text.grammar import Read
from plancher.text.source import MARK_OPEN

_FACTS = (
    *(Spec(key) for key in ("indicateur", "avant", "après", "unité", "période", "source", "nature", "niveau", "réexaminer", "id", "fictif")),
    Spec("historique", many=True),
)
_SPECS = (Spec("promesse", required=True), Spec("preuve"), *_FACTS)
_ARROW = re.compile(r"(?<![-=<])(?:→|->|=>)")
_CODE = re.compile(r"(`+)[^`]*\1")
_INDENT = "    "
"""What is under an item, once lines are read (``core.scan``)."""
_BODY = re.compile(rf"(?:[-*+]|\d+\.) |>|\||{MARK_OPEN}|#|!\[|    ")
"""How what is neither words nor a field begins."""
_ITEM = re.compile(r"[-*+] (?P<text>.*)")
_TALK = re.compile(r"(?:\[(?P<link>[^\]]+)\]|(?P<text>.*?))\s*\(?video:(?P<talk>[\w-]+)(?:@(?P<time>[0-9:]+))?\)?", re.DOTALL)
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-5][0-9])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PAST = re.compile(r"(?P<when>[^:]+?)\s*:\s+(?P<text>\S.*)")


def read_tangible(natures: Sequence[str], block: Block) -> Read[Pair]:
    """One promise and its proof.

    :param natures: the words that « nature » takes.
    """
    fields, body = FieldReader.of(block, _SPECS)
    problems: list[Problem] = []
    words = {"title": block.title, "promise": fields.text("promesse") or block.title, "proof": fields.text("preuve"), "body": body}
    pair = _pair(fields, block.line, words, natures, problems)
    return Read(pair, (*fields.problems, *problems))


def read_balance(natures: Sequence[str], block: Block) -> Read[Balance]:
    """A list of ``promesse → preuve``, each with fields and free Markdown of its own if need be; what follows the list is free Markdown."""
    pairs: list[Pair] = []
    problems: list[Problem] = []
    lines, fictional = _before_list(block, problems)
    while lines and (not lines[0].text.strip() or _ITEM.match(lines[0].text)):
        line = lines.pop(0)
        item = _ITEM.match(line.text)
        if item:
            pairs.append(_item(Line(line.number, item["text"]), _under(lines), natures, problems))
    if not pairs:
        problems.append(Problem(block.line, "PDV006", "bilan sans paire. Écrivez une ligne « - promesse → preuve » par paire."))
    problems.extend(_left_behind(lines))
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


def _under(lines: list[Line]) -> list[Line]:
    """What belongs to an item: the lines indented under it, and the empty ones between them."""
    taken: list[Line] = []
    while lines:
        next_words = next((line.text for line in lines if line.text.strip()), "")
        if not next_words.startswith(_INDENT):
            break
        line = lines.pop(0)
        taken.append(Line(line.number, line.text.removeprefix(_INDENT), raw=line.raw))
    return taken


def _left_behind(lines: Iterable[Line]) -> Iterable[Problem]:
    """After the list, no line looks like a pair: the register would not see it."""
    for line in lines:
        item = _ITEM.match(line.text)
        if item and len(_halves(item["text"])) > 1:
            yield Problem(line.number, "PDV005", "paire séparée du bilan par un texte : elle n'est pas lue. Rapprochez-la des autres.")


def _item(first: Line, under: list[Line], natures: Sequence[str], problems: list[Problem]) -> Pair:
    """One pair of a list: its words, perhaps over several lines, then its fields, then its body."""
    words, typed = [first.text], []
    while under and under[0].text.strip() and not _BODY.match(under[0].text):
        line = under.pop(0)
        field = typed_field(line, (spec.key for spec in _FACTS))
        if field:
            typed.append(field)
        else:
            words.append(line.text.strip())
    while under and (not under[0].text.strip() or typed_field(under[0], (spec.key for spec in _FACTS))):
        line = under.pop(0)
        field = typed_field(line, (spec.key for spec in _FACTS))
        typed += [field] if field else []
    body = "\n".join(line.text for line in under).strip("\n")
    promise, *proof = _halves(" ".join(words))
    if not proof:
        problems.append(Problem(first.number, "PDV005", "paire sans flèche. Écrivez « promesse → preuve » (ou « -> »)."))
    elif not promise:
        problems.append(Problem(first.number, "PDV006", "paire sans promesse. Écrivez-la avant la flèche."))
    fields = FieldReader("à cette paire", first.number, typed, _FACTS)
    pair = _pair(fields, first.number, {"promise": promise or "…", "proof": proof[0] if proof else "", "body": body}, natures, problems)
    problems.extend(fields.problems)
    return pair


def _halves(text: str) -> list[str]:
    """What stands before and after the first arrow that is not in code."""
    hidden = _CODE.sub(lambda code: "\0" * len(code[0]), text)
    arrow = _ARROW.search(hidden)
    return [text[: arrow.start()].strip(), text[arrow.end() :].strip()] if arrow else [text.strip()]


def _pair(fields: FieldReader, line: int, words: dict[str, str], natures: Sequence[str], problems: list[Problem]) -> Pair:
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
        is_monthly=bool(review and _MONTH.fullmatch(review[0].text)),
        history=tuple(_history(fields.all("historique"), problems)),
        fictional=fields.yes("fictif"),
        line=line,
        own_id=_own_id(fields.all("id"), problems),
    )


def _source(values: tuple[Value, ...], problems: list[Problem]) -> Source | None:
    """A talk at a second (``video:nom@32:10``), a bare address, or any inline Markdown."""
    if not values:
        return None
    typed = values[0].text
    talk = _TALK.fullmatch(typed)
    if talk:
        time = _CLOCK.fullmatch(talk["time"] or "0:00")
        if time is None:
            problems.append(Problem(values[0].line, "PDV014", f"moment illisible « {talk['time']} ». Écrivez par exemple « video:{talk['talk']}@32:10 »."))
        second = sum(int(part or 0) * size for part, size in zip(time.groups(), (3600, 60, 1), strict=True)) if time else 0
        return Source(text=talk["link"] or talk["text"] or "", talk=talk["talk"], second=second)
    if addresses.is_web(typed):
        return Source(text=f"<{typed}>")
    if addresses.is_internal(typed):
        name = PurePosixPath(typed.partition("#")[0].partition("}")[2])
        shown = f"billet «{NBSP}{name.stem}{NBSP}»" if name.suffix == ".md" else f"fichier «{NBSP}{name.name}{NBSP}»"
        return Source(text=f"[{shown}]({typed})")
    return Source(text=typed)


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
