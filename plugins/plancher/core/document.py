"""An author's text, parsed once: header, blocks, problems, each with its line."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from plancher.core import front_reader, header
from plancher.core.blocks import Block, Scan
from plancher.core.french import did_you_mean, fold
from plancher.core.front import Front, FrontRules
from plancher.core.problems import Problem, Problems
from plancher.core.registry import BlockKind, Contributions, Relic
from plancher.core.scan import scan
from plancher.core.source import Source


@dataclasses.dataclass(frozen=True, slots=True)
class Understood:
    """A block whose name is known, with its model."""

    kind: BlockKind[object]
    model: object


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """Everything the text of one file says."""

    front: Front
    scan: Scan
    blocks: tuple[Understood | None, ...]
    """In step with ``scan.blocks``; None where the name is unknown."""
    problems: tuple[Problem, ...]
    readable: bool = True
    relics: tuple[Relic, ...] = ()
    """What former engines wrote in the text; the header says it now."""


def parse(source: Source, brought: Contributions, rules: FrontRules) -> Document:
    """Read a whole file; whatever is wrong is in ``problems``, nothing raises.

    :param brought: what the plugins of the site bring to the grammar.
    """
    raw = header.split(source.lines)
    head = front_reader.read(raw, rules)
    body = scan(source.lines[raw.body_start :], raw.body_start + 1)
    found: list[Relic] = []
    for look_for in brought.relics:
        left, said = look_for(body.lines)
        if said:
            body, found = dataclasses.replace(body, lines=tuple(left)), [*found, *said]
    for kind_of_text, layout in brought.layouts:
        body = layout(body) if kind_of_text in {"", head.front.kind} else body
    front, refused = front_reader.with_tags(head.front, found)
    problems = [*source.problems, *raw.problems, *(head.problems if source.readable else ()), *refused, *body.problems]
    blocks: list[Understood | None] = []
    for block in body.blocks:
        kind = brought.kinds.get(fold(block.name))
        if kind is None:
            problems.extend(_unknown(block, [known.name for known in brought.kinds.values()]))
            blocks.append(None)
            continue
        read = kind.read(block)
        problems.extend(read.problems)
        blocks.append(Understood(kind, read.model))
    for look in brought.together:
        models, noticed = look([block.model for block in blocks if block])
        changed = iter(models)
        blocks = [block and dataclasses.replace(block, model=next(changed)) for block in blocks]
        problems.extend(noticed)
    return Document(front, body, tuple(blocks), tuple(problems), source.readable, tuple(found))


def _unknown(block: Block, names: Sequence[str]) -> Problems:
    """The name between brackets is that of a block."""
    yield Problem(block.line, "PDV002", f"bloc inconnu « {block.name} ». {did_you_mean(block.name, names)}")
