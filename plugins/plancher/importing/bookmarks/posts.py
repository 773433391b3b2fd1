"""Bookmarks in XML, from the API of Delicious, which Pinboard still has.

Source: pinboard.in/api, « posts/all ».
"""

from __future__ import annotations

from collections.abc import Iterator

from plancher.importing.bookmarks.bookmark import Bookmark, day, is_private, note, tags, tree, words


def read(text: str) -> Iterator[Bookmark]:
    """The bookmarks of a file.

    :raises UnreadableFileError: it is not XML.
    """
    for post in tree(text, "XML").iter("post"):
        yield Bookmark(
            url=post.get("href", "").strip(),
            title=words(post.get("description")),
            date=day(post.get("time")),
            tags=tags(post.get("tag", ""), by_spaces=True),
            note=note(post.get("extended", "")),
            private=is_private(post.attrib),
        )
