"""A text of more elements than anybody writes: its paragraphs, its links and its pictures, in one pass that builds no second tree."""

from __future__ import annotations

from bs4 import Tag

from plancher.importing.blogs.html import escape, parse
from plancher.importing.blogs.html.converter import Converter
from plancher.importing.blogs.html.parse import Node
from plancher.importing.blogs.html.passage import Passage

MANY = 100_000
"""Signs « < » in a text above which it comes so: a hundred times a long post, some ten seconds."""
_SPACE = " "
_END = "\n\n"
"""Between two paragraphs."""


def convert(source: str, passage: Passage) -> str:
    """Its words in Markdown, without shapes."""
    passage.say("un texte de plus de cent mille balises ne garde que ses paragraphes, ses liens et ses images : remettez-le en forme.", source[:1000])
    converter = Converter(passage)
    pieces: list[str] = []
    waiting: list[Node] = [parse.parsed(source)]  # with pieces that follow them
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.name == "#text":
            pieces.append(escape.text(parse.clean(node.data or "").replace("\n", _SPACE)))
        elif parse.is_shown(node):
            before, after = _around(node, converter)
            pieces.append(before)
            waiting += [after, *reversed(node.children or ())]
    return _paragraphs("".join(pieces))


def _around(node: Node, converter: Converter) -> tuple[str, str]:
    """What stands before the words of an element, and after them."""
    if node.name in {"a", "img"}:
        tag = Tag(name=node.name, attrs={key: parse.clean(value or "") for key, value in (node.attrs or {}).items()})
        if tag.name == "img":
            return converter.convert_img(tag, "", set()), ""
        link = converter.convert_a(tag, "lien", set())
        return "", f" {link}" if "](" in link else ""
    edge = _END if node.name in parse.BLOCKS or node.name == "br" else ""
    return edge, edge


def _paragraphs(text: str) -> str:
    lines = (_SPACE.join(line.split(_SPACE)).strip(_SPACE) for line in text.split("\n"))
    return _END.join(escape.line(line) for line in lines if line)
