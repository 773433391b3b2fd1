"""Bookmarks in OPML, as feed readers write it.

Source: opml.org/spec2.opml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from plancher.importing.bookmarks.bookmark import DEEPEST, Bookmark, UnreadableError, day, tags, words

_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][\da-fA-F]+);)")
"""« Dupont & fils », « ?a=1&b=2 »: many readers forget to escape it."""


def read(text: str) -> Iterator[Bookmark]:
    """The sites of a file, its folders as tags; namespaces of readers make no difference.

    :raises UnreadableError: it is no OPML.
    """
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise UnreadableError("ce fichier OPML définit des entités : il n'est pas lu.")
    try:
        root = ET.fromstring(_LONE_AMPERSAND.sub("&amp;", re.sub(r"^<\?xml[^>]*\?>", "", text)))  # noqa: S314 - entities are refused just before
    except ET.ParseError as error:
        raise UnreadableError(f"ce fichier OPML ne se lit pas à partir de la ligne {error.position[0]}.") from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    waiting: list[tuple[ET.Element, tuple[str, ...]]] = [(outline, ()) for outline in reversed(root.findall("./body/outline"))]
    while waiting:
        outline, folders = waiting.pop()
        given = {name.rpartition("}")[2].lower(): value for name, value in outline.attrib.items()}
        url = given.get("htmlurl") or given.get("url") or given.get("xmlurl") or ""
        title = words(given.get("title") or given.get("text"))
        if url:
            categories = [part.rpartition("/")[2] for part in given.get("category", "").split(",")]
            yield Bookmark(
                url=url.strip(),
                title=title,
                date=day(given.get("created")),
                tags=tuple(dict.fromkeys([*tags(categories), *folders])),
                note=words(given.get("description")),
            )
        inside = folders if url or not title else (*folders, title)[-DEEPEST:]
        waiting += [(one, inside) for one in reversed(outline.findall("./outline"))]
