"""Lines rewritten so that Python-Markdown reads in them what CommonMark does."""

from __future__ import annotations

import re

from plancher.text import shapes
from plancher.text.blocks import Line


def unquoted(line: Line) -> Line:
    """A line of a quotation without its mark."""
    bare = line.text.lstrip(" ")
    return Line(line.number, shapes.QUOTE.sub("", bare, count=1) if bare.startswith(">") else harmless(bare))


def heading(start: re.Match[str], bare: str) -> str:
    """A closing sign needs a space before it: « C# » keeps its own; Markdown also stumbles on a lonely escape."""
    text = (f"{start['level']} {start['text']}" if start.re is shapes.GLUED_HEADING else bare).rstrip()
    text = re.sub(r"(?<=[^\s#\\])#+(?=$|\s*\{[^{}]*\}$)|(?<=\\#)#+$", lambda signs: "\\#" * len(signs[0]), text)
    return f"{text}\\" if re.search(r"(?<!\\)(?:\\\\)*\\$", text) else text


def harmless(bare: str) -> str:
    """A line of a paragraph, which Python-Markdown must not take for the beginning of something else."""
    if not bare or shapes.begins_text(bare):
        return bare
    item = shapes.ITEM.match(bare)
    if item and item["marker"][-1] in ".)":
        return f"{item['marker'][:-1]}\\{bare[len(item['marker']) - 1 :]}"
    if item or bare[0] in "#>" or shapes.RULE.match(bare) or shapes.UNDERLINE.match(bare):
        return f"\\{bare}"
    return bare
