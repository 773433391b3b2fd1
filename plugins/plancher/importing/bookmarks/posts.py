"""Bookmarks in XML, from the API of Delicious, which Pinboard still has.

Source: pinboard.in/api, « posts/all ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from plancher.importing.bookmarks.bookmark import Bookmark, UnreadableFileError, day, is_private, note, tags, words


def read(text: str) -> Iterator[Bookmark]:
    """The bookmarks of a file.

    :raises UnreadableFileError: it is not XML.
    """
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise UnreadableFileError("ce fichier XML définit des entités : il n'est pas lu.")
    try:
        root = ET.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))  # noqa: S314 - entities are refused just before
    except ET.ParseError as error:
        raise UnreadableFileError(f"ce fichier XML ne se lit pas à partir de la ligne {error.position[0]}.") from error
    for post in root.iter("post"):
        yield Bookmark(
            url=post.get("href", "").strip(),
            title=words(post.get("description")),
            date=day(post.get("time")),
            tags=tags(post.get("tag", ""), by_spaces=True),
            note=note(post.get("extended", "")),
            private=is_private(post.attrib),
        )
