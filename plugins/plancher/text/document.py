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

    :param grammar: what the plugins of the site bring to the grammar.
    """
    raw = header.split(source.lines)
    head = front_reader.read(raw, rules, lambda: _opening(source.lines[raw.body_start :]))
    head = _held_by_the_body(head, source.lines, raw.body_start)
    body = scan(source.lines[raw.body_start :], raw.body_start + 1)
    found: list[LegacyTagLine] = []
    for look_for in grammar.legacy_tag_lines:
        left, said = look_for(body.lines)
        if said:
            body, found = dataclasses.replace(body, lines=tuple(left)), [*found, *said]
    for kind_of_text, layout in grammar.scan_transforms:
        body = layout(body) if kind_of_text in {"", head.front.kind} else body
    front, refused = front_reader.with_tags(head.front, found)
    explained = () if front.is_held else drafts.left_over(source.lines, raw.body_start)
    problems = [*source.problems, *explained, *raw.problems, *(head.problems if source.readable else ()), *refused, *body.problems]
    blocks: list[ParsedBlock | None] = []
    for block in body.blocks:
        kind = grammar.kinds.get(fold(block.name))
        if kind is None:
            problems.extend(_unknown(block, list(dict.fromkeys(known.name for known in grammar.kinds.values()))))
            blocks.append(None)
            continue
        understood, noticed = _understood(kind, block)
        problems.extend(noticed)
        blocks.append(understood)
    for look in grammar.resolve_document:
        models, noticed = look([block.model for block in blocks if block])
        changed = iter(models)
        blocks = [block and dataclasses.replace(block, model=next(changed)) for block in blocks]
        problems.extend(noticed)
    return Document(front, body, tuple(blocks), tuple(problems), source.readable, tuple(found))


def _understood(kind: BlockKind[object], block: Block) -> tuple[ParsedBlock | None, Sequence[Problem]]:
    """A block read by its plugin; one that this fails on is shown as it was typed."""
    try:
        read = kind.read(block)
    except Exception as error:  # noqa: BLE001 - whatever a plugin does, the rest of the text is read
        return None, [Problem(block.line, "PDV036", failed_block(kind.name, error))]
    return ParsedBlock(kind, read.model), read.problems


def failed_block(name: str, error: Exception) -> str:
    """What the author of a block is told that a plugin fails on."""
    return f"le bloc « {name} » ne peut pas être rendu : {reasons.french(error)}. Simplifiez-le ; le reste du texte est lu."


def _opening(lines: Sequence[str]) -> str:
    """How a text without a title begins, without its marks."""
    line = next((line.strip() for line in lines if line.strip()), "")
    return clip(line.strip("#*_= "), _LONGEST_TITLE) if re.match(r"[#*_\w«\"]", line) else ""


def _held_by_the_body(head: FrontRead, lines: Sequence[str], start: int) -> FrontRead:
    """The header, when lines that belong to it open the body: an empty line has parted them from it, or they are made bold.

    Nobody knows then what the author has seen: the text is held back.
    """
    found = header.opens_with_a_field(lines, start)
    first = next((i for i in range(start, len(lines)) if lines[i].strip()), None)
    if found:
        line, shown = found[0].line, f"{found[0].key}: {found[0].value[:40]}"
    elif first is not None and draft_signs.opens_as_a_draft(lines[first]):
        line, shown = first + 1, lines[first].strip()[:60]
    else:
        return head
    advice = "Remontez cette ligne dans l'en-tête, sans ligne vide avant elle, ou commencez le texte par d'autres mots."
    problem = Problem(line, "PDV101", f"gardé hors du site : « {shown} » ouvre le texte et appartient à l'en-tête. {advice}")
    return FrontRead(dataclasses.replace(head.front, status="draft", is_held=True), (*head.problems, problem))


_LONGEST_TITLE = 80


def _unknown(block: Block, names: Sequence[str]) -> Problems:
    """The name between brackets is that of a block."""
    yield Problem(block.line, "PDV002", f"bloc inconnu « {block.name} ». {did_you_mean(block.name, names)}")
