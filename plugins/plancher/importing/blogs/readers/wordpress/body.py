"""The body of a text of WordPress as HTML that says what readers saw, whichever editor wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers import html_pieces
from plancher.importing.blogs.readers.html_paragraphs import paragraphs
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.wordpress import codes, embeds
from plancher.importing.blogs.readers.wordpress.block_kinds import GALLERIES, kind_of
from plancher.importing.blogs.readers.wordpress.block_kinds import gallery as in_a_row
from plancher.importing.blogs.readers.wordpress.blocks import Block, has_blocks, parse
from plancher.importing.blogs.readers.wordpress.library import Library
from plancher.importing.blogs.readers.wordpress.shortcodes import Shortcodes, gallery
from plancher.importing.blogs.readers.xml_node import SPACE

_NESTED = 5
"""Reusable blocks in one another, at most."""
_PAGES = re.compile(r"<!--\s*nextpage\s*-->")
_MORE = re.compile(r"<!--\s*(?:more\b[^>]*?|noteaser\s*)-->")
_NOTE_CALL = re.compile(r"<sup\b[^<>]*\bdata-fn=\"(?P<name>[\w-]+)\"[^<>]*>(?P<inside>.{0,300}?)</sup>", re.DOTALL)


class BodyWriter:
    """Makes the HTML of one text, and tells in ``notes`` what could not come."""

    def __init__(self, library: Library, post: str, place: Place, footnotes: str = "") -> None:
        """:param footnotes: those of the text, in JSON, as WordPress keeps them beside it."""
        self.notes: list[Note] = []
        self._library = library
        self._post = post
        self._place = place
        self._footnotes = footnotes
        self._shortcodes = Shortcodes(library, post, place, self.notes)
        self._including: list[str] = []
        self._empty: list[str] = []
        """Blocks that WordPress fills by itself."""

    def written(self, body: str) -> str:
        """The whole body; what only parts its pages is gone."""
        typed = body.replace("\r\n", "\n").replace("\r", "\n")
        shown = self._block(parse(typed)) if has_blocks(typed) else self._classic(typed)
        if self._empty:
            names = ", ".join(dict.fromkeys(self._empty))
            message = "blocs que WordPress remplissait lui-même, sans texte à eux : ils ne viennent pas."
            self.notes.append(Note(place=self._place, message=message, former=names))
            self._empty = []
        return _MORE.sub("", _PAGES.sub("", shown)).strip(SPACE)

    def teaser(self, body: str) -> str:
        """What stands before « read more »; empty: the author put none."""
        mark = re.search(r"<!--\s*(?:wp:)?more\b", body)
        return BodyWriter(self._library, self._post, self._place).written(body[: mark.start()]) if mark else ""

    def _classic(self, text: str) -> str:
        if not text.strip(SPACE):
            return ""
        shown = codes.blocks_of_code(embeds.lone_addresses(self._shortcodes.rendered(text)))
        if not self._library.is_wordpress and re.search(r"<(?:p|div)\b", text):
            return shown
        return paragraphs(shown)

    def _block(self, block: Block) -> str:
        special = _SPECIAL.get(block.name)
        if special:
            return special(self, block)
        kind = kind_of(block.name)
        if block.is_closed and block.name and kind is None:
            self._empty.append(block.name)
        inside = self.inside(block)
        return kind(block, inside) if kind else inside

    def inside(self, block: Block) -> str:
        """What a block holds, blocks included; words that stand in none are of the former editor."""
        return "".join(self._said(part, block) if isinstance(part, str) else self._block(part) for part in block.content)

    def _said(self, text: str, block: Block) -> str:
        if not block.name:
            return f"{self._classic(text)}\n"
        if "data-fn" in text:
            text = _NOTE_CALL.sub(lambda call: html_pieces.note_call(call["name"], words(call["inside"])), text)
        return embeds.lone_addresses(codes.blocks_of_code(self._shortcodes.rendered(text)))

    def classic(self, block: Block) -> str:
        """A block of the former editor."""
        return self._classic("".join(part if isinstance(part, str) else self._block(part) for part in block.content))

    def reused(self, block: Block) -> str:
        """A block that stands elsewhere in the export."""
        name = block.word("ref")
        body = self._library.blocks.get(name)
        if body is None or name in self._including or len(self._including) >= _NESTED:
            self._note(f"bloc réutilisable n° {name} : il n'est pas dans l'export. Exportez « tout le contenu ».", block)
            return ""
        self._including.append(name)
        shown = self._block(parse(body)) if has_blocks(body) else self._classic(body)
        self._including.pop()
        return shown

    def listed_footnotes(self, block: Block) -> str:
        """The footnotes of the text."""
        try:
            listed = json.loads(self._footnotes or "[]")
        except (ValueError, RecursionError):
            listed = []
        pairs = [(str(note.get("id", "")), str(note.get("content", ""))) for note in listed if isinstance(note, dict)] if isinstance(listed, list) else []
        if not pairs:
            self._note("notes de bas de page : elles ne sont pas dans l'export.", block)
        return html_pieces.footnotes(pairs) if pairs else ""

    def pictures(self, block: Block) -> str:
        """A gallery, whose pictures stand inside it or are named by their numbers."""
        shown = self.inside(block)
        if "<img" in shown:
            return in_a_row(shown)
        ids = block.values.get("ids")
        return gallery(self._library, self._post, {"ids": ",".join(map(str, ids))}) if isinstance(ids, list) else shown

    def picture(self, block: Block) -> str:
        """A picture, even if only its number is there."""
        shown = self.inside(block)
        item = self._library.attachments.get(block.word("id"))
        return shown if "<img" in shown or item is None else html_pieces.figure(item.address, item.alternative, item.caption)

    def _note(self, message: str, block: Block) -> None:
        if all(note.message != message for note in self.notes):
            former = f"wp:{block.name} {json.dumps(dict(block.values), ensure_ascii=False)[:200]}"
            self.notes.append(Note(place=self._place, message=message, former=former))


_SPECIAL: dict[str, Callable[[BodyWriter, Block], str]] = {
    "block": BodyWriter.reused,
    "freeform": BodyWriter.classic,
    "shortcode": BodyWriter.classic,
    "footnotes": BodyWriter.listed_footnotes,
    "image": BodyWriter.picture,
    **dict.fromkeys(GALLERIES, BodyWriter.pictures),
}
