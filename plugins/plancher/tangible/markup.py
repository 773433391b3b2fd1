"""From ``[!tangible]`` and ``[!bilan]`` to pairs."""

from __future__ import annotations

import dataclasses
import re

from plancher.core.blocks import Block, Line
from plancher.core.fields import FieldReader, Spec
from plancher.core.problems import Problem
from plancher.core.registry import Read
from plancher.tangible.model import LEVELS, Balance, Pair
from plancher.tangible.settings import TangibleSettings

_SPECS = (
    Spec("promesse", required=True),
    *(Spec(key) for key in ("preuve", "indicateur", "avant", "après", "unité", "période", "source", "nature", "niveau", "réexaminer", "fictif")),
)
_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_ITEM = re.compile(r"[-*+] (?P<text>.*)")

natures: tuple[str, ...] = TangibleSettings().natures
"""Set at ``initialized`` from the site's settings."""


def read_tangible(block: Block) -> Read[object]:
    """One promise and its proof."""
    fields, body = FieldReader.of(block, _SPECS)
    pair = Pair(
        title=block.title,
        promise=fields.text("promesse") or block.title,
        proof=fields.text("preuve"),
        indicator=fields.text("indicateur"),
        before=fields.text("avant"),
        after=fields.text("après"),
        unit=fields.text("unité"),
        period=fields.text("période"),
        source=fields.text("source"),
        nature=fields.choice("nature", natures) or "",
        level=fields.choice("niveau", LEVELS) or "",
        review=fields.text("réexaminer"),
        fictional=fields.yes("fictif"),
        body=body,
        line=block.line,
    )
    return Read(pair, tuple(fields.problems))


def read_balance(block: Block) -> Read[object]:
    """A list of ``promesse → preuve``; what follows the list is free Markdown."""
    pairs: list[Pair] = []
    problems: list[Problem] = []
    lines, fictional = _fields(block, problems)
    while lines and (not lines[0].text.strip() or _ITEM.match(lines[0].text)):
        line = lines.pop(0)
        item = _ITEM.match(line.text)
        if item:
            text = " ".join([item["text"], *_continuation(lines)])
            pairs.append(_pair(text, line.number, problems))
    if not pairs:
        problems.append(Problem(block.line, "PDV006", "bilan sans paire. Écrivez une ligne « - promesse → preuve » par paire."))
    body = "\n".join(line.text for line in lines).strip("\n")
    return Read(Balance(title=block.title, pairs=tuple(pairs), fictional=fictional, body=body), tuple(problems))


def _fields(block: Block, problems: list[Problem]) -> tuple[list[Line], bool]:
    """What stands before the list: at most « fictif : oui »."""
    lines = list(block.lines)
    first = next((i for i, line in enumerate(lines) if not line.text.strip() or _ITEM.match(line.text)), len(lines))
    fields, _ = FieldReader.of(dataclasses.replace(block, lines=tuple(lines[:first])), (Spec("fictif"),))
    fictional = fields.yes("fictif")
    problems.extend(fields.problems)
    return lines[first:], fictional


def _continuation(lines: list[Line]) -> list[str]:
    """The rest of an item that runs over several lines."""
    rest = []
    while lines and lines[0].text.startswith("    "):
        rest.append(lines.pop(0).text.strip())
    return rest


def _pair(text: str, line: int, problems: list[Problem]) -> Pair:
    promise, *proof = _ARROW.split(text, maxsplit=1)
    if not proof or not promise.strip():
        problems.append(Problem(line, "PDV005", "paire sans flèche. Écrivez « promesse → preuve » (ou « -> »)."))
    return Pair(promise=promise.strip(), proof=proof[0].strip() if proof else "", line=line)
