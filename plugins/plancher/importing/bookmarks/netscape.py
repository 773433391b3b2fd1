"""The bookmark file of Netscape, as browsers, Delicious, Pinboard, Shaarli and all others write it.

Source: learn.microsoft.com, « Netscape Bookmark File Format ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from plancher.importing.bookmarks import soup
from plancher.importing.bookmarks.bookmark import MAX_FOLDERS, Bookmark, day, encoded, is_private, note, tags, words

_LINKDING_MARK = re.compile(r"\[/?linkding-notes\]")
_BROWSER_ATTRIBUTES = frozenset({"last_modified", "icon", "icon_uri", "shortcuturl", "feedurl"})
"""Browsers separate tags by commas only; a few old tools use spaces."""


def read(text: str) -> Iterable[Bookmark]:
    """The bookmarks of a file, in its order."""
    pieces = list(soup.read(text))
    links = [piece.attributes for piece in pieces if not isinstance(piece, str) and piece.name == "a"]
    has_commas = any("," in attributes.get("tags", "") or _BROWSER_ATTRIBUTES & attributes.keys() for attributes in links)
    reader = _Netscape(tags_by_spaces=not has_commas)
    for piece in pieces:
        if isinstance(piece, str):
            reader.add_text(piece)
        elif piece.is_end:
            reader.close(piece.name)
        else:
            reader.open(piece.name, piece.attributes)
    reader.finish()
    return reader.bookmarks


class _Netscape:
    """``<DT><A HREF…>title</A><DD>note``, in folders; its HTML tags are rarely closed."""

    def __init__(self, *, tags_by_spaces: bool) -> None:
        self._tags_by_spaces = tags_by_spaces
        self.bookmarks: list[Bookmark] = []
        self._folders: list[str] = []
        self._next_folder = ""
        self._field = ""
        """Where the next text belongs: « title », « note », « folder », or nowhere."""
        self._attributes: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {"title": [], "note": [], "folder": []}
        self._is_open = False
        self._at_line_start = True
        """Whether this line of a note is still empty."""
        self._has_items = False
        """Whether bookmarks are list items: otherwise a link at the start of a line is a bookmark, even in a note."""

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "a" if self._field == "note" and not self._is_bookmark(attributes):
                pass  # a link in a note belongs to the note
            case "a":
                self.finish()
                self._attributes, self._is_open, self._field = attributes, True, "title"
            case "dd":
                self._field, self._at_line_start = "note" if self._is_open else "", True
            case "h3":
                self.finish()
                self._field, self._parts["folder"] = "folder", []
                is_special = any(name.endswith("_folder") for name in attributes) or "personal_toolbar_folder" in attributes
                self._attributes = {"special": "1"} if is_special else {}
            case "dl":
                self.finish()
                self._folders.append(self._next_folder)
                self._next_folder = ""
            case "dt" | "li":
                self.finish()
                self._has_items = True
            case "br" if self._field == "note":
                self.add_text("\n")
            case _:
                pass

    def _is_bookmark(self, attributes: Mapping[str, str]) -> bool:
        """Whether a link inside a note is a bookmark of its own, as in files without list items."""
        return bool({"add_date", "tags", "private"} & set(attributes)) or (self._at_line_start and not self._has_items)

    def close(self, tag: str) -> None:
        match tag:
            case "a" if self._field == "title":
                self._field = ""
            case "h3":
                name = words("".join(self._parts["folder"]))
                self._next_folder = "" if self._attributes.get("special") else name
                self._field = ""
            case "dl":
                self.finish()
                if self._folders:
                    self._folders.pop()
            case _:
                pass

    def add_text(self, text: str) -> None:
        if self._field:
            self._parts[self._field].append(text)
            _, line, last = text.rpartition("\n")
            self._at_line_start = (self._at_line_start or bool(line)) and not last.strip()

    def finish(self) -> None:
        """Store the bookmark that was being read."""
        if self._is_open:
            attributes = self._attributes
            typed = _LINKDING_MARK.sub("\n", "".join(self._parts["note"]) or _note_attribute(attributes))
            self.bookmarks.append(
                Bookmark(
                    url=encoded(attributes.get("href", "")),
                    title=words("".join(self._parts["title"])),
                    date=day(
                        next((attributes[name] for name in ("add_date", "time_added", "created", "date_added", "last_modified") if attributes.get(name)), "")
                    ),
                    tags=tuple(
                        dict.fromkeys(
                            [
                                *tags(attributes.get("tags") or attributes.get("labels"), by_spaces=self._tags_by_spaces),
                                *filter(None, self._folders[-MAX_FOLDERS:]),
                            ]
                        )
                    ),
                    note=note(typed),
                    private=is_private(attributes),
                )
            )
        self._is_open, self._field = False, ""
        self._parts["title"], self._parts["note"] = [], []


def _note_attribute(attributes: Mapping[str, str]) -> str:
    """The note that some tools write as an attribute."""
    return attributes.get("note") or attributes.get("description") or ""
