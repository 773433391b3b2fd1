"""The blocks of a text at its first level: habits are seen there, and never in code or in raw HTML."""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable, Iterator, Sequence

from plancher.text import shapes


class Shape(enum.Enum):
    """What a block is."""

    TEXT = "text"
    LIST = "list"
    QUOTE = "quote"
    HEADING = "heading"
    CODE = "code"
    OTHER = "other"
    """HTML, a table, a footnote, a line across the page."""


@dataclasses.dataclass(frozen=True, slots=True)
class Chunk:
    """One block, between empty lines; a list is whole, and so is code."""

    shape: Shape
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(self.lines)


ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) +(?=\S)")


def parted(markdown: str) -> list[Chunk]:
    """The blocks of a text."""
    return list(_joined(_blocks(markdown.split("\n"))))


def whole(chunks: Iterable[Chunk]) -> str:
    """The text that blocks make."""
    body = "\n\n".join(chunk.text for chunk in chunks if chunk.lines)
    return f"{body}\n" if body else ""


def text(*lines: str) -> Chunk:
    """A paragraph."""
    return Chunk(Shape.TEXT, lines)


def block(name: str, title: str, fields: Sequence[tuple[str, str]], body: Sequence[str]) -> Chunk:
    """One of our blocks: its title, its fields, an empty line, its words."""
    head = [f"[!{name}] {title}".rstrip(), *(f"{key} : {value}" for key, value in fields)]
    inside = [*head, "", *body] if body and name not in {"bilan", "liens"} else [*head, *body]
    return Chunk(Shape.QUOTE, tuple(f"> {line}".rstrip() for line in inside))


def _blocks(lines: Sequence[str]) -> Iterator[Chunk]:
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            index += 1
            continue
        end = _end(lines, index)
        yield Chunk(_shape(lines[index], lines[index + 1] if index + 1 < end else ""), tuple(lines[index:end]))
        index = end


def _end(lines: Sequence[str], start: int) -> int:
    """Where the block that begins here ends: at an empty line outside of code."""
    closing = None
    for index in range(start, len(lines)):
        bare = lines[index].lstrip(" >")
        if closing is not None:
            closing = None if closing.match(bare) else closing
        elif not lines[index].strip():
            return index
        elif opening := shapes.fence(re.sub(rf"^{ITEM.pattern}", "", bare)):
            closing = shapes.fence_end(opening["ticks"])
    return len(lines)


def _shape(line: str, following: str) -> Shape:
    bare = line.lstrip(" ")
    if len(line) - len(bare) >= 4 or shapes.fence(bare):  # noqa: PLR2004 - columns of indented code
        return Shape.CODE
    if bare.startswith(">"):
        return Shape.QUOTE
    if shapes.HEADING.match(bare):
        return Shape.HEADING
    if shapes.RULE.match(bare) or shapes.html(bare) or shapes.NOTE.match(bare) or shapes.REFERENCE.match(bare) or shapes.DEFINITION.match(following):
        return Shape.OTHER
    if following and shapes.heads_table(bare, following):
        return Shape.OTHER
    return Shape.LIST if ITEM.match(bare) else Shape.TEXT


def _joined(blocks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Items with empty lines between them are one list, with what is indented under them."""
    items: list[str] = []
    for block_ in blocks:
        if block_.shape is Shape.LIST or (items and block_.lines[0].startswith("  ")):
            items += ["", *block_.lines] if items else block_.lines
            continue
        if items:
            yield Chunk(Shape.LIST, tuple(items))
            items = []
        yield block_
    if items:
        yield Chunk(Shape.LIST, tuple(items))


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """One item of a list."""

    text: str
    """Its first paragraph, on one line."""
    under: tuple[str, ...]
    """The lines under it, without their indentation."""


def items(chunk: Chunk) -> tuple[Item, ...]:
    """The items of a list, of its first level."""
    found: list[tuple[list[str], list[str]]] = []
    for line in chunk.lines:
        mark = ITEM.match(line)
        if mark:
            found.append(([line[mark.end() :].strip()], []))
        elif found and not found[-1][1] and line.strip() and not ITEM.match(line.strip()):
            found[-1][0].append(line.strip())
        elif found:
            found[-1][1].append(re.sub(r"^ {1,4}", "", line))
    return tuple(Item(_one_line(first), tuple(_trimmed(under))) for first, under in found)


def rows(chunk: Chunk) -> tuple[str, ...]:
    """The lines that a reader saw of a paragraph: cut where its author broke them."""
    if chunk.shape is not Shape.TEXT:
        return ()
    return tuple(filter(None, (row.removesuffix("\\").strip() for row in chunk.lines)))


def _one_line(lines: Sequence[str]) -> str:
    return " ".join(line.removesuffix("\\").rstrip() for line in lines)


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0].strip():
        del lines[0]
    while lines and not lines[-1].strip():
        del lines[-1]
    return lines
