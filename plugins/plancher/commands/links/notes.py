"""Notes of bookmarks as Markdown: harmless Markdown stays; what could run, hide a line or swallow the next link is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.text import plain
from plancher.text.source import FORBIDDEN

_FENCE = re.compile(r"(?P<ticks>```|~~~)[\w-]*\s*")
_RISKY = re.compile(r"<(?!https?://[^\s<>\"]+>)|\[\^|!\[|\[!|\{|\]\((?!<?https?://[\w.-]+\.[\w-]{2,}(?:/[^\s()<>\"]*)?>?\))|\]\s*[:\[]|`{3}|~{3}|&#?\w+;")
"""HTML, a footnote, a picture, a block, an unknown address, a link definition, a code fence, an entity."""
_START = re.compile(r"(?P<before>\s*(?:>\s*)*)(?P<sign>#|[-=](?=[-=\s]*$))")
"""A heading or a rule."""


def safe(note: str) -> Iterator[str]:
    """The lines of a note."""
    lines = [line if line.isprintable() else FORBIDDEN.sub("", line).expandtabs(4) for line in note.splitlines()]
    fences = [fence["ticks"] for line in lines if (fence := _FENCE.fullmatch(line))]
    is_whole = len(fences) % 2 == 0 and len(set(fences)) < 2  # noqa: PLR2004 - one kind of fence
    is_code = False
    for line in lines:
        if is_whole and _FENCE.fullmatch(line):
            is_code = not is_code
            yield line
        elif is_code:
            yield line
        elif _RISKY.search(line) or line.count("`") % 2:
            text = line.lstrip()
            yield line[: len(line) - len(text)] + plain.escaped(text)
        else:
            yield _START.sub(r"\g<before>\\\g<sign>", line, count=1)
