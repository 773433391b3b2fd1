"""Lists of links that are not written as a block: those of a whole roundup, and those « invoke check » recognises.

In a post of ``Kind: revue``, each list whose items begin with a link is read
as a ``[!liens]``: the whole post is a roundup. A title without its link may
stand among them: its address is lost.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.core.blocks import Block, Line, Scan
from plancher.core.document import Document
from plancher.core.problems import Problem, Problems
from plancher.core.source import MARK_CLOSE, MARK_OPEN

_MARKDOWN = r"\[(?:[^\[\]\\]|\\.|\[[^\]]*\])+\]\(<?[^\s()<>]*(?:\([^\s()]*\))?[^\s()<>]*>?(?:\s+\"[^\"]*\")?\)"
_BARE = r"<?https?://[^\s<>]*[^\s<>.,;:!?»*_]>?"
_LINK = rf"(?P<marks>[*_]{{0,3}})(?P<link>{_MARKDOWN}|{_BARE})(?P=marks)"
"""A link, stressed or not."""
_LINKED = re.compile(rf"(?P<item>(?:[-*+]|\d{{1,9}}\.) ){_LINK}(?P<rest>(?:\s.*|[.;,:].*)?)$")
"""An item that begins with a link; words may follow."""
_ANY_ITEM = re.compile(r"(?:[-*+]|\d{1,9}\.) \S")
_INTRODUCED = re.compile(r"(?:\*\*|__|#{2,6} )?(?:quelques|des|les|mes|nos)? ?liens?\b[^.]{0,60}(?:…|\.\.\.|:)?(?:\*\*|__)?$", re.IGNORECASE)
"""« Quelques liens… » alone in its paragraph."""
_ITEM_WITH_LINK = re.compile(r"(?:[-*+]|\d{1,9}\.) .*(?:\]\(https?://|https?://)")


def whole_post(scan: Scan) -> Scan:
    """A scan in which each list of links at the first level is a block."""
    lines: list[Line] = list(scan.lines)
    blocks = list(scan.blocks)
    for start, end in reversed(list(_lists(lines))):
        if _is_roundup([line.text for line in lines[start:end] if _ANY_ITEM.match(line.text)]):
            first, inside = lines[start].number, tuple(line for one in lines[start:end] for line in _parted(one))
            blocks.append(Block("liens", "", first, inside, inside))
            mark = Line(first, f"{MARK_OPEN}bloc:{len(blocks) - 1}{MARK_CLOSE}")
            lines[start:end] = [Line(first, ""), mark, Line(first, "")]
    return dataclasses.replace(scan, lines=tuple(lines), blocks=tuple(blocks)) if len(blocks) > len(scan.blocks) else scan


def _is_roundup(items: Sequence[str]) -> bool:
    """Whether each item begins with a link, or is a title that has lost its own; most have theirs."""
    linked = sum(bool(_LINKED.match(item)) for item in items)
    return linked > 0 and linked * 2 >= len(items) and all(_LINKED.match(item) or not _ITEM_WITH_LINK.match(item) for item in items)


def _parted(line: Line) -> Iterator[Line]:
    """An item, the words after its link under it: they are its comment."""
    found = _LINKED.match(line.text)
    words = found["rest"].strip(" \t:;,.–—-|") if found else ""
    if not found or not words:
        yield Line(line.number, line.text.rstrip(" .;,") if found else line.text, line.raw)
        return
    yield Line(line.number, found["item"] + found["link"])
    yield Line(line.number, "")
    yield Line(line.number, f"    {words}")


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


def announced(document: Document) -> Problems:
    """« Quelques liens… » and a list, or a list of links that a roundup does not take in: a ``[!liens]``, which the pages of links can show."""
    lines = document.scan.lines
    for start, end in _lists(lines):
        items = [line for line in lines[start:end] if _ANY_ITEM.match(line.text)]
        before = next((line for line in reversed(lines[:start]) if line.text.strip()), None)
        is_announced = before is not None and bool(_INTRODUCED.fullmatch(before.text.strip()))
        if (is_announced or document.front.kind == "revue") and all(_ITEM_WITH_LINK.match(line.text) for line in items):
            place, title = (before, before.text.strip(" #*_:")) if before and is_announced else (items[0], "À lire")
            typed = "\n".join(f"    {line}" for line in (f"> [!liens] {title}", *_pasted(lines[start:end])))
            yield Problem(place.number, "PDV077", f"cette liste est une revue de liens. Remplacez ses lignes par :\n{typed}")


def _pasted(lines: Sequence[Line]) -> Iterator[str]:
    """The items as a block has them: a link, then all that is said around it as its comment."""
    for line in lines:
        if not _ANY_ITEM.match(line.text):
            yield f">   {line.text.removeprefix('    ')}".rstrip()
            continue
        text = line.text.partition(" ")[2].strip()
        link = re.search(_LINK, text)
        if link is None:
            continue
        words = " ".join(f"{text[: link.start()]} {text[link.end() :]}".split()).strip(" :;,.–—-|")
        yield f"> - {link['link'].strip('<>')}"
        if words:
            yield from (">", f">   {words}")


SUGGESTIONS = (announced,)
