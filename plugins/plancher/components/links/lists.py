"""Lists of links that are not written as a block: those of a whole roundup, and those « invoke check » recognises.

In a post of ``Kind: revue``, each list whose items begin with a link is read
as a ``[!liens]``: the whole post is a roundup. An item may have lost its
address.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence

from plancher.base.french import fold
from plancher.base.problems import Problem, Problems
from plancher.text import typed_link
from plancher.text.blocks import Block, Line, Scan
from plancher.text.document import Document
from plancher.text.source import MARK_CLOSE, MARK_OPEN

_ANY_ITEM = re.compile(r"(?:[-*+]|\d{1,9}\.) \S")
_INTRODUCED = re.compile(r"(?:\*\*|__|#{2,6} )?(?:quelques|des|les|mes|nos)? ?liens?\b[^.]{0,60}(?:…|\.\.\.|:)?(?:\*\*|__)?$", re.IGNORECASE)
"""« Quelques liens… » alone in its paragraph."""


def resolve_references(scan: Scan) -> Scan:
    """A scan whose ``[!liens]`` hold their addresses, also those that are defined elsewhere in the text."""
    references = _references(scan)
    if not references or all(fold(block.name) != "liens" for block in scan.blocks):
        return scan
    blocks = tuple(_resolved(block, references) if fold(block.name) == "liens" else block for block in scan.blocks)
    return dataclasses.replace(scan, blocks=blocks)


def _references(scan: Scan) -> dict[str, str]:
    return dict(filter(None, (typed_link.definition(line.text) for line in scan.every_line if "]:" in line.text and not line.raw)))


def _resolved(block: Block, references: Mapping[str, str]) -> Block:
    return dataclasses.replace(block, lines=tuple(_with_address(line, references) for line in block.lines))


def _with_address(line: Line, references: Mapping[str, str]) -> Line:
    return line._replace(text=typed_link.with_addresses(line.text, references)) if _ANY_ITEM.match(line.text) else line


def read_lists(scan: Scan) -> Scan:
    """A scan in which each list of links at the first level is a block."""
    references = _references(scan)
    lines = [_with_address(line, references) for line in scan.lines]
    blocks = list(scan.blocks)
    for start, end in reversed(list(_lists(lines))):
        if _is_roundup([line.text for line in lines[start:end] if _ANY_ITEM.match(line.text)]):
            first, inside = lines[start].number, tuple(part for line in lines[start:end] for part in _parted(line))
            blocks.append(Block("liens", "", first, inside, inside))
            mark = Line(first, f"{MARK_OPEN}bloc:{len(blocks) - 1}{MARK_CLOSE}")
            lines[start:end] = [Line(first, ""), mark, Line(first, "")]
    return dataclasses.replace(scan, lines=tuple(lines), blocks=tuple(blocks)) if len(blocks) > len(scan.blocks) else scan


def _is_roundup(items: Sequence[str]) -> bool:
    """Whether most items hold a link, and most of these begin with it: the others have lost theirs, or say something first."""
    links = [typed_link.read(_words(item)) for item in items]
    linked = [link for link in links if link.url]
    return len(linked) * 2 >= len(items) and sum(link.is_first for link in linked) * 2 >= len(linked) > 0


def _words(item: str) -> str:
    return item.partition(" ")[2]


def _parted(line: Line) -> Iterator[Line]:
    """An item, the words around its link under it: they are its comment."""
    link = typed_link.read(_words(line.text)) if _ANY_ITEM.match(line.text) else None
    if link is None or not link.url:
        yield line
        return
    yield Line(line.number, f"{line.text.partition(' ')[0]} {typed_link.written(link)}")
    if link.words:
        yield Line(line.number, "")
        yield Line(line.number, f"    {link.words}")


def _lists(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where each list of the first level begins and ends."""
    index = 0
    while index < len(lines):
        if lines[index].raw or not _ANY_ITEM.match(lines[index].text):
            index += 1
            continue
        end = index + 1
        while end < len(lines) and (not lines[end].text.strip() or lines[end].text.startswith("    ") or _ANY_ITEM.match(lines[end].text)):
            end += 1
        while not lines[end - 1].text.strip():
            end -= 1
        yield index, end
        index = end


def suggest_block(document: Document) -> Problems:
    """« Quelques liens… » and a list, or a list of links that a roundup does not take in: a ``[!liens]``, which the pages of links can show."""
    references = _references(document.scan)
    lines = [_with_address(line, references) for line in document.scan.lines]
    for start, end in _lists(lines):
        items = [line for line in lines[start:end] if _ANY_ITEM.match(line.text)]
        before = next((line for line in reversed(lines[:start]) if line.text.strip()), None)
        is_announced = before is not None and bool(_INTRODUCED.fullmatch(before.text.strip()))
        if (is_announced or document.front.kind == "revue") and all(typed_link.read(_words(line.text)).url for line in items):
            place, title = (before, before.text.strip(" #*_:")) if before and is_announced else (items[0], "À lire")
            typed = "\n".join(f"    {line}" for line in (f"> [!liens] {title}", *_pasted(lines[start:end])))
            yield Problem(place.number, "PDV077", f"cette liste est une revue de liens. Remplacez ses lignes par :\n{typed}")


def _pasted(lines: Sequence[Line]) -> Iterator[str]:
    """The items as a block has them: a link, then the words around it as its comment."""
    for line in lines:
        if not _ANY_ITEM.match(line.text):
            yield f">   {line.text.removeprefix('    ')}".rstrip()
            continue
        link = typed_link.read(_words(line.text))
        yield f"> - {typed_link.written(link)}"
        if link.words:
            yield from (">", f">   {link.words}")
