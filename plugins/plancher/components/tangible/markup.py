"""From ``[!tangible]`` and ``[!bilan]`` to pairs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.base.problems import Problem, Problems
from plancher.components.tangible import hopes, pair_fields
from plancher.components.tangible.model import Balance, Pair
from plancher.components.tangible.pair_fields import FACTS
from plancher.text.blocks import Block, Line
from plancher.text.fields import FieldReader, Spec, Value, typed_field
from plancher.text.grammar import Read
from plancher.text.source import MARK_OPEN

_SPECS = (Spec("promesse", required=True), Spec("preuve"), *FACTS)
_ARROW = re.compile(r"(?<![-=<])(?:→|->|=>)")
_CODE = re.compile(r"(`+)[^`]*\1")
_INDENT = "    "
"""What is under an item, once lines are read (``text.scan``)."""
_BODY = re.compile(rf"(?:[-*+]|\d+\.) |>|\||{MARK_OPEN}|#|!\[|    ")
"""How what is neither words nor a field begins."""
_ITEM = re.compile(r"[-*+] (?P<text>.*)")


@dataclasses.dataclass(frozen=True, slots=True)
class _Around:
    """What a pair of a list is read with."""

    natures: Sequence[str]
    fictional: bool
    """Whether all pairs of the list are made up."""
    problems: list[Problem]
    """What is wrong, so far."""


def read_tangible(natures: Sequence[str], block: Block) -> Read[Pair]:
    """One promise and its proof.

    :param natures: the words that « nature » takes.
    """
    fields, body = FieldReader.of(block, _SPECS)
    problems: list[Problem] = []
    facts = pair_fields.pair_without_words(fields, block.line, natures, problems)
    promise = fields.text("promesse") or block.title
    model = dataclasses.replace(facts, title=block.title, promise=promise, proof=fields.text("preuve"), body=body)
    return Read(model, (*fields.problems, *problems, *hopes.problems(model, fields)))


def read_balance(natures: Sequence[str], block: Block) -> Read[Balance]:
    """A list of ``promesse → preuve``, each with fields and Markdown of its own if need be; what follows the list is Markdown."""
    problems: list[Problem] = []
    lines, fictional = _after_fields(block, problems)
    pairs = list(_pairs(lines, _Around(natures, fictional, problems)))
    if not pairs:
        problems.append(Problem(block.line, "PDV006", "bilan sans paire. Écrivez une ligne « - promesse → preuve » par paire."))
    problems.extend(_left_behind(lines))
    return Read(Balance(title=block.title, pairs=tuple(pairs), fictional=fictional, body=_text(lines)), tuple(problems))


def _after_fields(block: Block, problems: list[Problem]) -> tuple[list[Line], bool]:
    """The lines after the only field that stands before the list, « fictif : oui », and what it says."""
    lines = list(block.lines)
    first = next((i for i, line in enumerate(lines) if not line.text.strip() or _ITEM.match(line.text)), len(lines))
    fields, _ = FieldReader.of(dataclasses.replace(block, lines=tuple(lines[:first])), (Spec("fictif"),))
    fictional = fields.yes("fictif")
    problems.extend(fields.problems)
    return lines[first:], fictional


def _pairs(lines: list[Line], around: _Around) -> Iterator[Pair]:
    """Take the list off the start of the lines."""
    while lines and (not lines[0].text.strip() or _ITEM.match(lines[0].text)):
        line = lines.pop(0)
        item = _ITEM.match(line.text)
        if item:
            yield _pair(Line(line.number, item["text"]), _take_under(lines), around)


def _take_under(lines: list[Line]) -> list[Line]:
    """Take what belongs to an item: the lines indented under it, and the empty ones between them."""
    under: list[Line] = []
    while lines:
        next_words = next((line.text for line in lines if line.text.strip()), "")
        if not next_words.startswith(_INDENT):
            break
        line = lines.pop(0)
        under.append(Line(line.number, line.text.removeprefix(_INDENT), raw=line.raw))
    return under


def _left_behind(lines: Sequence[Line]) -> Problems:
    """After the list, no line looks like a pair: the register would not see it."""
    for line in lines:
        item = _ITEM.match(line.text)
        if item and len(_halves(item["text"])) > 1:
            yield Problem(line.number, "PDV005", "paire séparée du bilan par un texte : elle n'est pas lue. Rapprochez-la des autres.")


def _pair(first: Line, under: list[Line], around: _Around) -> Pair:
    """One pair of a list: its words, perhaps over several lines, then its fields, then its body."""
    words, typed = _take_words_and_fields(first, under)
    promise, *proof = _halves(words)
    if not proof:
        around.problems.append(Problem(first.number, "PDV005", "paire sans flèche. Écrivez « promesse → preuve » (ou « -> »)."))
    elif not promise:
        around.problems.append(Problem(first.number, "PDV006", "paire sans promesse. Écrivez-la avant la flèche."))
    fields = FieldReader("à cette paire", first.number, typed, FACTS)
    facts = pair_fields.pair_without_words(fields, first.number, around.natures, around.problems)
    around.problems.extend(fields.problems)
    fictional = around.fictional or facts.fictional
    pair = dataclasses.replace(facts, promise=promise or "…", proof=proof[0] if proof else "", body=_text(under), fictional=fictional)
    around.problems.extend(hopes.problems(pair, fields, *(Value(words, first.number) for words in proof if words)))
    return pair


def _take_words_and_fields(first: Line, under: list[Line]) -> tuple[str, list[tuple[str, Value]]]:
    keys = [spec.key for spec in FACTS]
    words, typed = [first.text], []
    while under and under[0].text.strip() and not _BODY.match(under[0].text):
        line = under.pop(0)
        field = typed_field(line, keys)
        if field:
            typed.append(field)
        else:
            words.append(line.text.strip())
    while under and (not under[0].text.strip() or typed_field(under[0], keys)):
        field = typed_field(under.pop(0), keys)
        typed += [field] if field else []
    return " ".join(words), typed


def _halves(text: str) -> list[str]:
    """What stands before and after the first arrow that is not in code."""
    hidden = _CODE.sub(lambda code: "\0" * len(code[0]), text)
    arrow = _ARROW.search(hidden)
    return [text[: arrow.start()].strip(), text[arrow.end() :].strip()] if arrow else [text.strip()]


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n")
