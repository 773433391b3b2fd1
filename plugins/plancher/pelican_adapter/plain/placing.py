"""Where blocks stand in the lines of a text: each gives way to a mark, and no other line changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from plancher.base.french import fold, nearest
from plancher.base.problems import Problem, Problems
from plancher.text import shapes
from plancher.text.blocks import MARK, Line
from plancher.text.document import Document, parse_body
from plancher.text.front import Front
from plancher.text.grammar import Grammar, LegacyTagLine
from plancher.text.source import MARK_CLOSE, MARK_OPEN

_FIELD = re.compile(r" {0,3}(?P<key>[\w-]+):\s*(?P<value>.*)")
_MORE = re.compile(r" {4,}\S")
_FENCE = re.compile(r"-{3}(?:\s.*)?")
_BARE_QUOTE = re.compile(r" {0,3}>\s*")
_MARKS = str.maketrans("", "", MARK_OPEN + MARK_CLOSE)
_UNQUOTED, _UNKNOWN, _STRAY = "PDV001", "PDV002", "PDV004"
_OF_THE_TEXT = frozenset({_UNKNOWN, "PDV003", "PDV048"})
"""What our own reader says of a text outside of blocks: there, Pelican's Markdown has its own ways."""


class Placed(NamedTuple):
    """A text whose blocks are marks."""

    lines: list[str]
    document: Document
    problems: tuple[Problem, ...]
    """What is wrong with its blocks."""
    tags: tuple[str, ...]
    """Of lines of tags that a former engine wrote, and that are taken out."""


def place(typed: Sequence[str], cut: int, grammar: Grammar, lang: str) -> Placed:
    """Put a mark in the place of each block.

    :param typed: the lines that Markdown was given.
    :param cut: how many lines of the file somebody else's reader has taken off above them.
    :param lang: of the site; a header may say another.
    """
    lines = [*[""] * cut, *(line.rstrip("\r").translate(_MARKS) for line in typed)]
    fields, start = _header(lines, cut)
    front = Front(lang=fields.get("lang", lang), kind=fold(fields.get("kind", "")) or "billet")
    blocks = Grammar(kinds=grammar.kinds, scan_transforms=grammar.scan_transforms, resolve_document=grammar.resolve_document)
    document = parse_body([line.expandtabs(4) for line in lines], start, front, blocks)
    spans = list(_spans(lines, document))
    problems = tuple(_problems(document, lines, {last for _, last, _ in spans}, grammar))
    shown, tag_lines = _without_tag_lines(lines, document.scan.lines, grammar)
    for first, last, marked in reversed(spans):
        shown[first - 1 : last] = marked
    return Placed(shown[cut:], document, problems, tuple(tag for line in tag_lines for tag in line.tags))


def _header(lines: Sequence[str], start: int) -> tuple[Mapping[str, str], int]:
    """The fields of a header, as Python-Markdown reads them, and the number of lines before the body."""
    fields: dict[str, str] = {}
    number = start + bool(lines[start:] and _FENCE.fullmatch(lines[start]))
    while number < len(lines) and lines[number].strip():
        field = _FIELD.match(lines[number])
        if field:
            fields[field["key"].lower()] = field["value"].strip()
        elif not (fields and _MORE.match(lines[number])):
            break
        number += 1
    return (fields, number) if fields else ({}, start)


def _spans(lines: Sequence[str], document: Document) -> Iterator[tuple[int, int, list[str]]]:
    """The first and the last line of each block that no other holds, and what stands there instead."""
    scanned = document.scan.lines
    for index, line in enumerate(scanned):
        mark = MARK.search(line.text)
        if mark is None or mark["kind"] != "bloc" or document.blocks[int(mark["index"])] is None:
            continue
        first = line.number
        while first > 1 and _BARE_QUOTE.fullmatch(lines[first - 2]):
            first -= 1
        following = next((other.number for other in scanned[index + 1 :] if other.number > line.number and other.text.strip()), len(lines) + 1)
        last = following - 1
        while last > first and not lines[last - 1].strip():
            last -= 1
        yield first, last, _set_apart(line.text, mark)


def _set_apart(text: str, mark: re.Match[str]) -> list[str]:
    """A mark between empty lines; in a quotation, these are of the quotation."""
    before = text[: mark.start()]
    if not before.strip():
        return ["", text, ""]
    return [">", text, ">"] if before.lstrip().startswith(">") else [text, ""]


def _problems(document: Document, lines: Sequence[str], ends: Collection[int], grammar: Grammar) -> Problems:
    """What is wrong with blocks of ours: those of other names, and the text around them, are somebody else's.

    :param ends: the last line of each block.
    """
    for problem in document.problems:
        is_elsewhere = problem.code == _STRAY and problem.line - 1 not in ends
        is_foreign = problem.code == _UNQUOTED and not _names_ours(lines[problem.line - 1], grammar)
        if problem.code not in _OF_THE_TEXT and not is_elsewhere and not is_foreign:
            yield problem
    names = [kind.name for kind in grammar.kinds.values()]
    for block in document.scan.blocks:
        meant = None if fold(block.name) in grammar.kinds else nearest(block.name, names)
        if meant:
            yield Problem(block.line, _UNKNOWN, f"bloc inconnu « {block.name} ». Vouliez-vous dire « {meant} » ?")


def _names_ours(line: str, grammar: Grammar) -> bool:
    """Whether a line begins a block of ours, but for its sign."""
    callout = shapes.CALLOUT.match(line.strip(" >"))
    return callout is not None and fold(callout["name"]) in grammar.kinds


def _without_tag_lines(lines: Sequence[str], scanned: Sequence[Line], grammar: Grammar) -> tuple[list[str], list[LegacyTagLine]]:
    """The lines of a text without those of tags."""
    shown, found = list(lines), list[LegacyTagLine]()
    for take in grammar.legacy_tag_lines:
        rest, tag_lines = take(scanned)
        before, after = _by_number(scanned), _by_number(rest)
        for number, texts in before.items():
            if tag_lines and after.get(number, []) != texts:
                shown[number - 1] = " ".join(after.get(number, []))
        found += tag_lines
    return shown, found


def _by_number(lines: Sequence[Line]) -> Mapping[int, list[str]]:
    """What stands in each line of a file that is not empty."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        if line.text.strip():
            texts.setdefault(line.number, []).append(line.text)
    return texts
