"""Notes of bookmarks as Markdown: what their owner typed as Markdown stays, and nothing of it acts, hides a line or swallows the next link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.text import plain
from plancher.text.source import FORBIDDEN

_FENCE = re.compile(r"(?P<ticks>```|~~~)[\w-]*\s*")
_RISKY = re.compile(r"<(?!https?://[^\s<>\"]+>)|\[\^|!\[|\[!|\{|\]\((?!<?https?://[\w.-]+\.[\w-]{2,}(?:/[^\s()<>\"]*)?>?\))|\]\s*[:\[]|`{3}|~{3}|&#?\w+;")
"""A tag, a call for a note, a picture without words, a block, an address that may lead anywhere, a definition, a fence, a sign by its number."""
_START = re.compile(r"(?P<before>\s*(?:>\s*)*)(?P<sign>#|[-=](?=[-=\s]*$))")
"""A heading, a line under a title or across the page."""


def safe(note: str) -> Iterator[str]:
    """The lines of a note."""
    lines = [line if line.isprintable() else FORBIDDEN.sub("", line).expandtabs(4) for line in note.splitlines()]
    fences = [found["ticks"] for line in lines if (found := _FENCE.fullmatch(line))]
    is_whole = len(fences) % 2 == 0 and len(set(fences)) < 2  # noqa: PLR2004 - one kind of fence
    is_code = False
    for line in lines:
        if is_whole and _FENCE.fullmatch(line):
            is_code = not is_code
            yield line
        elif is_code:
            yield line
        elif _RISKY.search(line) or line.count("`") % 2:
            bare = line.lstrip()
            yield line[: len(line) - len(bare)] + plain.escaped(bare)
        else:
            yield _START.sub(r"\g<before>\\\g<sign>", line, count=1)
