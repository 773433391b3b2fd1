"""An author's text, parsed once: header, blocks, problems, each with its line."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from plancher.base import reasons
from plancher.base.french import clip, did_you_mean, fold
from plancher.base.problems import Problem, Problems
from plancher.text import draft_signs, drafts, front_reader, header
from plancher.text.blocks import Block, Scan
from plancher.text.front import Front, FrontRules
from plancher.text.front_reader import FrontRead
from plancher.text.grammar import BlockKind, Grammar, LegacyTagLine
from plancher.text.scan import scan
from plancher.text.source import Source


@dataclasses.dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A block whose name is known, with its model."""

    kind: BlockKind[object]
    model: object


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """Everything the text of one file says."""

    front: Front
    scan: Scan
    blocks: tuple[ParsedBlock | None, ...]
    """In step with ``scan.blocks``; None where the name is unknown."""
    problems: tuple[Problem, ...]
    readable: bool = True
    legacy_tag_lines: tuple[LegacyTagLine, ...] = ()
    """What former engines wrote in the text; the header says it now."""


def parse(source: Source, grammar: Grammar, rules: FrontRules) -> Document:
    """Read a whole file; whatever is wrong is in ``problems``, nothing raises.

    :param grammar: what the components of the site bring.
    """
    raw = header.split(source.lines)
    head = front_reader.read(raw, rules, lambda: _opening(source.lines[raw.body_start :]))
    head = _held_by_the_body(head, source.lines, raw.body_start)
    body, tag_lines = _body(source.lines, raw.body_start, head.front.kind, grammar)
    front, refused_tags = front_reader.with_tags(head.front, tag_lines)
    held_words = () if front.is_held else drafts.left_over(source.lines, raw.body_start)
    blocks, block_problems = _blocks(body.blocks, grammar)
    header_problems = head.problems if source.readable else ()
    problems = (*source.problems, *held_words, *raw.problems, *header_problems, *refused_tags, *body.problems, *block_problems)
    return Document(front, body, blocks, problems, source.readable, tag_lines)


def parse_body(lines: Sequence[str], start: int, front: Front, grammar: Grammar) -> Document:
    """Read a text whose header somebody else reads.

    :param start: how many lines the header has.
    :param front: what is known of it.
    """
    body, tag_lines = _body(lines, start, front.kind, grammar)
    blocks, problems = _blocks(body.blocks, grammar)
    return Document(front, body, blocks, (*body.problems, *problems), legacy_tag_lines=tag_lines)


def _body(lines: Sequence[str], start: int, kind: str, grammar: Grammar) -> tuple[Scan, tuple[LegacyTagLine, ...]]:
    """The text under the header, and the lines of tags that were taken out of it."""
    body = scan(lines[start:], start + 1)
    tag_lines: list[LegacyTagLine] = []
    for take_tag_lines in grammar.legacy_tag_lines:
        others, taken_out = take_tag_lines(body.lines)
        if taken_out:
            body = dataclasses.replace(body, lines=tuple(others))
            tag_lines += taken_out
    for kind_of_text, transform in grammar.scan_transforms:
        body = transform(body) if kind_of_text in {"", kind} else body
    return body, tuple(tag_lines)


def _blocks(typed: Sequence[Block], grammar: Grammar) -> tuple[tuple[ParsedBlock | None, ...], Sequence[Problem]]:
    """The models of the blocks, in step with what was typed, and what is wrong with them."""
    problems: list[Problem] = []
    blocks: list[ParsedBlock | None] = []
    names = list(dict.fromkeys(kind.name for kind in grammar.kinds.values()))
    for block in typed:
        kind = grammar.kinds.get(fold(block.name))
        parsed, refused = _parsed(kind, block) if kind else (None, _unknown(block, names))
        problems.extend(refused)
        blocks.append(parsed)
    for resolve in grammar.resolve_document:
        models, refused = resolve([block.model for block in blocks if block])
        resolved = iter(models)
        blocks = [block and dataclasses.replace(block, model=next(resolved)) for block in blocks]
        problems.extend(refused)
    return tuple(blocks), problems


def _parsed(kind: BlockKind[object], block: Block) -> tuple[ParsedBlock | None, Sequence[Problem]]:
    """A block read by its component; a block on which the component fails is shown as typed."""
    try:
        read = kind.read(block)
    except Exception as error:  # noqa: BLE001 - whatever a plugin does, the rest of the text is read
        return None, [Problem(block.line, "PDV036", failed_block(kind.name, error))]
    return ParsedBlock(kind, read.model), read.problems


def failed_block(name: str, error: Exception) -> str:
    """The message for a block on which its component fails."""
    return f"le bloc « {name} » ne peut pas être rendu : {reasons.french(error)}. Simplifiez-le ; le reste du texte est lu."


def _opening(lines: Sequence[str]) -> str:
    """How a text without a title begins, without its marks."""
    line = next((line.strip() for line in lines if line.strip()), "")
    return clip(line.strip("#*_= "), _LONGEST_TITLE) if re.match(r"[#*_\w«\"]", line) else ""


def _held_by_the_body(head: FrontRead, lines: Sequence[str], start: int) -> FrontRead:
    """Hold the text back when header lines open the body: after an empty line, or in bold.

    Nobody knows then what the author has seen: the text is held back.
    """
    fields = header.opens_with_a_field(lines, start)
    first = next((i for i in range(start, len(lines)) if lines[i].strip()), None)
    if fields:
        line, shown = fields[0].line, f"{fields[0].key}: {fields[0].value[:40]}"
    elif first is not None and draft_signs.opens_as_a_draft(lines[first]):
        line, shown = first + 1, lines[first].strip()[:60]
    else:
        return head
    advice = "Remontez cette ligne dans l'en-tête, sans ligne vide avant elle, ou commencez le texte par d'autres mots."
    problem = Problem(line, "PDV101", f"gardé hors du site : « {shown} » ouvre le texte et appartient à l'en-tête. {advice}")
    return FrontRead(dataclasses.replace(head.front, status="draft", is_held=True), (*head.problems, problem))


_LONGEST_TITLE = 80


def _unknown(block: Block, names: Sequence[str]) -> Problems:
    """The name between brackets is the name of a block."""
    yield Problem(block.line, "PDV002", f"bloc inconnu « {block.name} ». {did_you_mean(block.name, names)}")
