"""An element of an export in XML, with its namespaces called by one name whatever prefix and version the file uses."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, TreeBuilder, tostring

_NAMESPACES = (
    ("http://www.w3.org/2005/atom", "atom"),
    ("http://purl.org/atom/ns#", "atom"),
    ("http://www.w3.org/1999/xhtml", "xhtml"),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/rss/1.0/modules/slash/", "slash"),
    ("http://purl.org/rss/", ""),
    ("http://my.netscape.com/", ""),
    ("http://channel.netscape.com/", ""),
    ("http://backend.userland.com/", ""),
    ("http://purl.org/dc/", "dc"),
    ("http://purl.org/syndication/thread/", "thr"),
    ("http://www.w3.org/2007/app", "app"),
    ("http://purl.org/atom/app#", "app"),
    ("http://schemas.google.com/blogger/", "blogger"),
    ("http://search.yahoo.com/mrss", "media"),
)
"""How namespaces begin, and what we call them: the longer ones first. The name of one that is not here is its prefix in the file."""


def known_namespace(uri: str, prefix: str) -> str:
    """What we call a namespace. WordPress has the version of its export in its own: 1.0, 1.1, 1.2."""
    lowered = uri.strip().lower().replace("https://", "http://")
    if lowered.startswith(("http://wordpress.org/export/", "http://www.wordpress.org/export/")):
        return "excerpt" if lowered.rstrip("/").endswith("/excerpt") else "wp"
    return next((name for start, name in _NAMESPACES if lowered.startswith(start)), prefix)


SPACE = " \t\r\n"
"""What XML calls white space; a no-break space is a letter of the author, or half of a broken one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Repair:
    """A fault of the file that was mended on the way."""

    line: int
    what: str
    """In French, in the singular: « caractère interdit »."""
    former: str


@dataclasses.dataclass(slots=True)
class Node:
    """An element. Its name is « wp:post_id », « atom:entry », « title »."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[str | Node] = dataclasses.field(default_factory=list)
    fault: str = ""
    """Why it is not whole, in French; empty: it is."""
    repairs: tuple[Repair, ...] = ()

    def nodes(self, name: str = "") -> Iterator[Node]:
        """The elements just inside, of this name or all."""
        return (part for part in self.content if isinstance(part, Node) and (not name or part.name == name))

    def first(self, *names: str) -> Node | None:
        """The first element of the first name that is there."""
        return next((node for name in names for node in self.nodes(name)), None)

    @property
    def text(self) -> str:
        """Its own words, without those of the elements inside."""
        return "".join(part for part in self.content if isinstance(part, str))

    def said(self, *names: str) -> str:
        """The words of the first element of these names that has any, without spaces around."""
        return next((words for name in names for node in self.nodes(name) if (words := node.text.strip(SPACE))), "")

    def markup(self) -> str:
        """What is inside, as HTML: for elements whose content is XHTML in the file itself."""
        return "".join(html.escape(part, quote=False) if isinstance(part, str) else _written(part) for part in self.content)


def _written(node: Node) -> str:
    return tostring(_element(node), encoding="unicode", method="html")


def _element(node: Node) -> Element:
    builder = TreeBuilder()
    todo: list[Node | str | tuple[str]] = [node]
    while todo:
        part = todo.pop()
        if isinstance(part, str):
            builder.data(part)
        elif isinstance(part, tuple):
            builder.end(part[0])
        else:
            name = part.name.rpartition(":")[2]
            builder.start(name, _html_attributes(part.attributes))
            todo.append((name,))
            todo.extend(reversed(part.content))
    return builder.close()


def _html_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if not name.startswith("xmlns") and ":" not in name}
