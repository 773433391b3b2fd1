"""Entries of Atom, as blogs write them."""

from __future__ import annotations

from plancher.importing.blogs.readers.dated import dated
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.xml_node import Node

__all__ = ["author_of", "content_of", "dated", "link_of", "title_of"]


def content_of(entry: Node, *names: str) -> str:
    """The HTML of the first of these elements that holds any."""
    return next((markup for name in names for node in entry.nodes(name) if (markup := _markup(node).strip())), "")


def _markup(node: Node) -> str:
    kind = node.attributes.get("type", "text")
    if kind == "xhtml" or node.attributes.get("mode") == "xml" or (any(node.nodes()) and "html" in kind):
        inner = next(node.nodes("xhtml:div"), node)
        return inner.markup()
    return node.text


def title_of(entry: Node, name: str = "atom:title") -> str:
    """The words of a title."""
    node = entry.first(name)
    if node is None:
        return ""
    is_plain = node.attributes.get("type", "text") in {"text", "text/plain"} and not any(node.nodes())
    return " ".join((node.text if is_plain else words(_markup(node))).split())


def author_of(entry: Node) -> str:
    """The name of the author; never the e-mail."""
    author = entry.first("atom:author")
    return " ".join(author.said("atom:name").split()) if author else ""


def link_of(entry: Node, relation: str) -> str:
    """The first address of this relation."""
    return next((node.attributes.get("href", "") for node in entry.nodes("atom:link") if node.attributes.get("rel", "alternate") == relation), "")
