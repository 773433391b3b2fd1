"""``[!exemple]``: what an author types, beside what the site makes of it."""

from __future__ import annotations

import dataclasses

from plancher.base.french import NBSP
from plancher.text.blocks import Block
from plancher.text.grammar import BlockKind, Markdown, Read
from plancher.text.html import Element, add, el, plain


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A piece of source, to show and to render."""

    title: str
    source: str
    body: str
    """The same, as Markdown reads it."""


def _read(block: Block) -> Read[Example]:
    """Everything under the title is the example."""
    source = "\n".join(line.text for line in block.typed)
    return Read(Example(title=block.title, source=source, body="\n".join(line.text for line in block.lines)))


def _render(example: Example, markdown: Markdown) -> Element:
    """Source, then result, each under its name."""
    box = el("div", class_="example")
    add(add(box, "p", class_="example-title"), "strong", f"Exemple{NBSP}: {example.title}")
    source = add(box, "div", class_="example-source")
    add(source, "p", "Ce que l’on écrit", class_="example-label")
    add(add(source, "pre", tabindex="0"), "code", plain(example.source + "\n"))
    result = add(box, "div", class_="example-result")
    add(result, "p", "Ce que l’on obtient", class_="example-label")
    markdown.blocks(result, example.body)
    return box


BLOCK = BlockKind(name="exemple", purpose="Une écriture et son résultat, côte à côte.", read=_read, render=_render, is_example=True)
