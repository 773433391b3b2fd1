"""Shortcodes become HTML; those that nobody knows leave what they hold, and are named."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers import html_pieces
from plancher.importing.blogs.readers.wordpress import codes, embeds
from plancher.importing.blogs.readers.wordpress.attributes import Tag, tags
from plancher.importing.blogs.readers.wordpress.library import Library
from plancher.importing.blogs.readers.xml_node import SPACE

_CAPTIONS = frozenset({"caption", "wp_caption"})
_PICTURES = frozenset({"gallery", "playlist"})
_NO_PICTURES = "galerie : ses images ne sont pas dans l'export, elle ne vient pas. Exportez « tout le contenu »."
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>\s*(?:</a>)?", re.IGNORECASE)
_QUIET = frozenset({"nextpage", "more", "clear", "clearfix", "toc", "wpsr_share_icons"})
"""Those that are nothing but layout."""


class Shortcodes:
    """Those of one text."""

    def __init__(self, library: Library, post: str, place: Place, notes: list[Note]) -> None:
        self._library = library
        self._post = post
        self._place = place
        self._notes = notes

    def rendered(self, body: str) -> str:
        """The body without shortcodes."""
        return "".join(self._pieces(body)) if "[" in body else body

    def _pieces(self, body: str) -> Iterator[str]:
        typed = tags(body)
        ends = _ends(typed)
        stripped: set[int] = set()
        self._absent: set[str] = set()
        place = 0
        for tag in typed:
            if tag.start < place:
                continue
            yield body[place : tag.start]
            place = tag.end
            if tag.is_literal:
                yield body[tag.start + 1 : tag.end - 1]
            elif tag.start in stripped:
                yield "\n\n" if body[place : place + 1] in {"\n", ""} else ""
            elif tag.is_end:
                yield body[tag.start : tag.end]
            else:
                end = _end_of(tag, ends, body, self._absent)
                shown, place = self._shown(tag, end, body, stripped)
                yield shown
        yield body[place:]

    def _shown(self, tag: Tag, end: tuple[int, int] | None, body: str, stripped: set[int]) -> tuple[str, int]:
        """What a shortcode becomes, and where the text goes on."""
        inside, after = (body[tag.end : end[0]], end[1]) if end else ("", tag.end)
        if tag.opens_literal and end and body[end[1] : end[1] + 1] == "]":
            return body[tag.start + 1 : end[1]], end[1] + 1
        made = self._made(tag, inside, has_end=end is not None)
        if made:
            return f"{'[' if tag.opens_literal else ''}\n\n{made}\n\n", after
        if tag.name in _QUIET and not end:
            return "\n\n", tag.end
        if not end and not _is_surely_one(tag, body):
            return body[tag.start : tag.end], tag.end
        self._note(tag, body)
        if end:
            stripped.add(end[0])
        links = "".join(html_pieces.link(value) for value in tag.values.values() if value.startswith(("http://", "https://")))
        return f"\n\n{links}\n\n" if links else "", tag.end

    def _made(self, tag: Tag, inside: str, *, has_end: bool) -> str:
        """Empty: it is none that we know."""
        if codes.is_code(tag.name) and has_end:
            return codes.shortcode(tag.name, tag.values, inside)
        if tag.name in _CAPTIONS and has_end:
            picture = _PICTURE.match(inside)
            picture_end = picture.end() if picture else 0
            return html_pieces.captioned(inside[:picture_end].strip(SPACE), inside[picture_end:].strip(SPACE) or tag.values.get("caption", ""))
        if tag.name == "gallery":
            return gallery(self._library, self._post, tag.values)
        if tag.name == "playlist":
            return "".join(html_pieces.embed(item.address, item.caption) for item in self._library.pictures(self._post, tag.values))
        return embeds.shortcode(tag.name, tag.values, inside) if tag.name in embeds.SHORTCODES else ""

    def _note(self, tag: Tag, body: str) -> None:
        if sum("code court" in note.message for note in self._notes) < 50:  # noqa: PLR2004 - more says nothing more
            message = _NO_PICTURES if tag.name in _PICTURES else f"code court « [{tag.name}] » d'une extension : il est ôté, ce qu'il entourait reste."
            self._notes.append(Note(place=self._place, message=message, former=body[tag.start : tag.end]))


def gallery(library: Library, post: str, values: dict[str, str]) -> str:
    """Pictures one after another."""
    full = values.get("link") == "file"
    shown = library.pictures(post, values)
    return "\n".join(html_pieces.figure(item.address, item.alternative, item.caption, item.address if full else "") for item in shown)


def _ends(typed: list[Tag]) -> dict[str, list[tuple[int, int]]]:
    ends: dict[str, list[tuple[int, int]]] = {}
    for tag in typed:
        if tag.is_end:
            ends.setdefault(tag.name, []).append((tag.start, tag.end))
    return ends


def _end_of(tag: Tag, ends: dict[str, list[tuple[int, int]]], body: str, absent: set[str]) -> tuple[int, int] | None:
    """Where its inside ends; that of code is looked for in what only looks like tags too."""
    if tag.is_closed:
        return None
    if codes.is_code(tag.name):
        found = None if tag.name in absent else re.compile(rf"\[/{re.escape(tag.name)}\]", re.IGNORECASE).search(body, tag.end)
        if found is None:
            absent.add(tag.name)
        return found.span() if found else None
    if tag.name in embeds.SHORTCODES and tag.name not in embeds.ENCLOSING:
        return None
    mine = ends.get(tag.name, [])
    following = bisect.bisect_left(mine, (tag.end, 0))
    return mine[following] if following < len(mine) else None


def _is_surely_one(tag: Tag, body: str) -> bool:
    """« [sic] » and « [celui-ci] » are words of the author: a shortcode has values, or a line for itself."""
    if any(not key.isdecimal() for key in tag.values) or tag.is_closed:
        return True
    before, after = body[max(tag.start - 1, 0) : tag.start], body[tag.end : tag.end + 1]
    return before in {"", "\n", ">"} and after in {"", "\n", "<", "\r"} and ("-" in tag.name or "_" in tag.name)
