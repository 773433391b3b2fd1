"""Bookmarks in OPML, as feed readers write it.

Source: opml.org/spec2.opml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from plancher.importing.bookmarks.bookmark import MAX_FOLDERS, Bookmark, day, tags, tree, words

_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][\da-fA-F]+);)")
"""« Dupont & fils », « ?a=1&b=2 »: many readers forget to escape it."""


def read(text: str) -> Iterator[Bookmark]:
    """The sites of a file, with folders as tags; namespaces are ignored.

    :raises UnreadableFileError: it is not OPML.
    """
    root = tree(_LONE_AMPERSAND.sub("&amp;", text), "OPML")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    waiting: list[tuple[ET.Element, tuple[str, ...]]] = [(outline, ()) for outline in reversed(root.findall("./body/outline"))]
    while waiting:
        outline, folders = waiting.pop()
        attributes = {name.rpartition("}")[2].lower(): value for name, value in outline.attrib.items()}
        url = attributes.get("htmlurl") or attributes.get("url") or attributes.get("xmlurl") or ""
        title = words(attributes.get("title") or attributes.get("text"))
        if url:
            categories = [part.rpartition("/")[2] for part in attributes.get("category", "").split(",")]
            yield Bookmark(
                url=url.strip(),
                title=title,
                date=day(attributes.get("created")),
                tags=tuple(dict.fromkeys([*tags(categories), *folders])),
                note=words(attributes.get("description")),
            )
        inside = folders if url or not title else (*folders, title)[-MAX_FOLDERS:]
        waiting += [(child, inside) for child in reversed(outline.findall("./outline"))]
