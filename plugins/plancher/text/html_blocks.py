"""Raw HTML in a text, copied line by line up to where it ends."""

from __future__ import annotations

import re

from plancher.text import shapes
from plancher.text.blocks import Line
from plancher.text.container import Container


def copy(container: Container, line: Line, bare: str) -> None:
    """Copy raw HTML as it is: to its own end, to an empty line, or to where it closes what it has opened."""
    container.begin(line.number, "html")
    verbatim = shapes.VERBATIM.match(bare)
    if verbatim:
        _verbatim(container, bare, shapes.verbatim_end(verbatim))
        return
    if opening := shapes.MARKDOWN_INSIDE.match(bare):
        container.out.append(Line(line.number, f"{opening['before']}{opening['after']}", raw=True))
        inside, _, closing = bare[opening.end() :].strip().partition("</") if bare.rstrip().endswith(">") else (bare[opening.end() :], "", "")
        container.lines[container.index : container.index + 1] = [Line(line.number, text) for text in (inside, f"</{closing}" if closing else "")]
        container.html_depth += 1
        return
    depth, open_tag, text = 0, "", bare
    while text.strip():
        container.out.append(Line(container.lines[container.index].number, text, raw=True))
        container.index += 1
        open_tag += f"{text}\n"
        if open_tag.rfind("<") < open_tag.rfind(">"):
            depth, open_tag = depth + shapes.html_depth(open_tag), ""
        if container.index == len(container.lines) or (not open_tag and depth <= 0):
            break
        text = container.lines[container.index].text
    container.html_depth = max(0, container.html_depth + depth)


def _verbatim(container: Container, bare: str, end: re.Pattern[str]) -> None:
    """Copy up to the end that its kind requires; the rest of that line is text again."""
    text = bare
    while True:
        number, closing = container.lines[container.index].number, end.search(text)
        container.out.append(Line(number, text[: closing.end()] if closing else text, raw=True))
        rest = text[closing.end() :] if closing else ""
        if rest.strip():
            container.lines[container.index] = Line(number, rest)
            return
        container.index += 1
        if closing or container.index == len(container.lines):
            return
        text = container.lines[container.index].text
