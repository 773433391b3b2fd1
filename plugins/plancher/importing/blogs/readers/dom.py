"""HTML read as a tree and built as a tree: what readers make for ``html/convert.py``."""

from __future__ import annotations

import itertools
import re
import warnings

import bs4
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from plancher.importing.blogs.html import typed_code
from plancher.importing.blogs.readers.words import clean

LARGE = 20_000_000
"""Characters of one page, at most."""
Node = PageElement | str
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BLOCKS = frozenset({"figure", "table", "div", "iframe", "object", "pre", "blockquote", "ul", "ol", "p", "h2", "h3", "h4", "hr"})
_FACTORY = BeautifulSoup("", "html.parser")


def parse(html: str) -> BeautifulSoup:
    """A tree, in linear time whatever the HTML is.

    The parser searches again to the end for what nothing closes: such signs are made text first.
    """
    text = typed_code.kept(clean(html)[:LARGE])
    comment, tag = text.rfind("-->"), text.rfind(">")
    text = text[: comment + 1].replace("<![", "<! [") + text[comment + 1 : tag + 1].replace("<!", "&lt;!") + text[tag + 1 :].replace("<", "&lt;")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", bs4.MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", bs4.XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "html.parser")


def el(name: str, *children: Node, **attributes: str) -> Tag:
    """An element; ``class_`` is written ``class``; an attribute without value is left out."""
    tag = _FACTORY.new_tag(name, attrs={key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value})
    for child in children:
        tag.append(child)
    return tag


def raw(html: str) -> list[PageElement]:
    """The nodes of a piece of HTML, ready to stand in another tree."""
    return [node.extract() for node in list(parse(html).contents)]


def html_of(*nodes: Node) -> str:
    """Nodes as HTML, escaped."""
    root = el("div")
    for node in nodes:
        root.append(node)
    return root.decode_contents().strip()


def inner(tag: Tag | None) -> str:
    """What an element holds, as HTML."""
    return tag.decode_contents().strip() if tag else ""


def text_of(tag: PageElement | None) -> str:
    """Its words, on one line."""
    return re.sub(r"[ \t\r\n]+", " ", tag.get_text()).strip(" ") if tag else ""


def value(tag: Tag | None, name: str) -> str:
    """An attribute; empty when there is none."""
    typed = tag.get(name) if tag else None
    return " ".join(typed) if isinstance(typed, list) else (typed or "").strip()


def first(tag: Tag, selector: str) -> Tag | None:
    """The first element that a CSS selector names."""
    return tag.select_one(selector)


def paragraphs(nodes: list[Node]) -> list[Node]:
    """Paragraphs of some nodes; a figure, a table or another block is no part of one."""
    made: list[Node] = []
    for is_block, group in itertools.groupby(nodes, key=lambda node: isinstance(node, Tag) and node.name in _BLOCKS):
        part = list(group)
        if is_block:
            made += part
        elif any(isinstance(node, Tag) or node.strip() for node in part):  # type: ignore[union-attr] # what is no tag is a string
            made.append(el("p", *part))
    return made


def embed(address: str) -> Tag:
    """An embed by its address, as the conversion knows it."""
    return el("p", el("a", address, class_="embed", href=address))


def code(text: str, language: str = "") -> Tag:
    """A block of code."""
    return el("pre", el("code", clean(text).strip("\n"), class_=f"language-{language}" if re.fullmatch(r"[\w+#.-]{1,30}", language) else ""))


def figure(address: str, alternative: str = "", caption: str = "", link: str = "") -> Tag:
    """A picture; its caption is HTML."""
    picture = _FACTORY.new_tag("img", attrs={"src": address, "alt": alternative})
    return el("figure", el("a", picture, href=link) if link else picture, *([el("figcaption", *raw(caption))] if caption.strip() else []))


def call(number: int, identifier: str) -> Tag:
    """The call of a footnote."""
    return el("sup", el("a", str(number), href=f"#fn-{identifier}", class_="footnote"))


def notes(texts: list[tuple[str, list[Node]]]) -> Tag:
    """The footnotes of a text: identifier and content of each."""
    return el("ol", *(el("li", *content, id=f"fn-{identifier}") for identifier, content in texts), class_="footnotes")


def is_script(address: str) -> bool:
    """Whether an address would run something."""
    scheme = _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", address))
    return scheme is not None and scheme[0].lower() in {"javascript:", "vbscript:", "data:"}
