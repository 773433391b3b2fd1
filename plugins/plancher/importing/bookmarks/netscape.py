"""The bookmark file of Netscape, as browsers, Delicious, Pinboard, Shaarli and all others write it.

Source: learn.microsoft.com, « Netscape Bookmark File Format ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from plancher.importing.bookmarks import soup
from plancher.importing.bookmarks.bookmark import DEEPEST, Bookmark, day, encoded, is_private, note, tags, words

_LINKDING_NOTES = re.compile(r"\[/?linkding-notes\]")
_OF_BROWSERS = frozenset({"last_modified", "icon", "icon_uri", "shortcuturl", "feedurl"})
"""Browsers part tags by commas alone; a few old tools part them by spaces."""


def read(text: str) -> Iterable[Bookmark]:
    """The bookmarks of a file, in its order."""
    pieces = list(soup.read(text))
    links = [piece.attributes for piece in pieces if not isinstance(piece, str) and piece.name == "a"]
    has_commas = any("," in given.get("tags", "") or _OF_BROWSERS & given.keys() for given in links)
    reader = _Netscape(tags_by_spaces=not has_commas)
    for piece in pieces:
        if isinstance(piece, str):
            reader.say(piece)
        elif piece.is_end:
            reader.close(piece.name)
        else:
            reader.open(piece.name, piece.attributes)
    reader.end()
    return reader.found


class _Netscape:
    """``<DT><A HREF…>title</A><DD>note``, in folders; the tags are rarely closed."""

    def __init__(self, *, tags_by_spaces: bool) -> None:
        self._tags_by_spaces = tags_by_spaces
        self.found: list[Bookmark] = []
        self._folders: list[str] = []
        self._next_folder = ""
        self._into = ""
        """What the text that comes belongs to: « title », « note », « folder », or nothing."""
        self._attributes: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {"title": [], "note": [], "folder": []}
        self._is_open = False
        self._begins_line = True
        """Whether nothing stands yet on this line of a note."""
        self._has_items = False
        """Whether bookmarks are items of lists: else a link that begins a line is a bookmark, in a note too."""

    def open(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "a" if self._into == "note" and not self._is_bookmark(given):
                pass  # a link in a note: its words are the note's
            case "a":
                self.end()
                self._attributes, self._is_open, self._into = given, True, "title"
            case "dd":
                self._into, self._begins_line = "note" if self._is_open else "", True
            case "h3":
                self.end()
                self._into, self._parts["folder"] = "folder", []
                is_special = any(name.endswith("_folder") for name in given) or "personal_toolbar_folder" in given
                self._attributes = {"special": "1"} if is_special else {}
            case "dl":
                self.end()
                self._folders.append(self._next_folder)
                self._next_folder = ""
            case "dt" | "li":
                self.end()
                self._has_items = True
            case "br" if self._into == "note":
                self.say("\n")
            case _:
                pass

    def _is_bookmark(self, given: Mapping[str, str]) -> bool:
        """Whether a link that comes in a note is a bookmark of its own, as where nothing else parts them."""
        return bool({"add_date", "tags", "private"} & set(given)) or (self._begins_line and not self._has_items)

    def close(self, tag: str) -> None:
        match tag:
            case "a" if self._into == "title":
                self._into = ""
            case "h3":
                name = words("".join(self._parts["folder"]))
                self._next_folder = "" if self._attributes.get("special") else name
                self._into = ""
            case "dl":
                self.end()
                if self._folders:
                    self._folders.pop()
            case _:
                pass

    def say(self, text: str) -> None:
        if self._into:
            self._parts[self._into].append(text)
            _, line, last = text.rpartition("\n")
            self._begins_line = (self._begins_line or bool(line)) and not last.strip()

    def end(self) -> None:
        """The bookmark that was being read is whole."""
        if self._is_open:
            given = self._attributes
            typed = _LINKDING_NOTES.sub("\n", "".join(self._parts["note"]) or givennote(given))
            self.found.append(
                Bookmark(
                    url=encoded(given.get("href", "")),
                    title=words("".join(self._parts["title"])),
                    date=day(next((given[name] for name in ("add_date", "time_added", "created", "date_added", "last_modified") if given.get(name)), "")),
                    tags=tuple(
                        dict.fromkeys(
                            [*tags(given.get("tags") or given.get("labels"), by_spaces=self._tags_by_spaces), *filter(None, self._folders[-DEEPEST:])]
                        )
                    ),
                    note=note(typed),
                    private=is_private(given),
                )
            )
        self._is_open, self._into = False, ""
        self._parts["title"], self._parts["note"] = [], []


def givennote(attributes: Mapping[str, str]) -> str:
    """The note that some tools write among the attributes."""
    return attributes.get("note") or attributes.get("description") or ""
