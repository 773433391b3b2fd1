"""Players of former engines, alive or dead: a ``[!video]``, with what the text says of who speaks, and where."""

from __future__ import annotations

import re

from plancher.base import addresses
from plancher.components.talks import platforms
from plancher.importing.blogs.habits import chunks, people
from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling
from plancher.text import plain

NAME = "video"
PURPOSE = "faire un bloc [!video] de chaque vidéo intégrée, disparue ou non, avec l'orateur et l'événement que dit le texte"
_ALONE = re.compile(r"<?(?P<url>https?://[^\s<>()\[\]]+)>?|!\[(?P<title>[^\[\]]*)\]\(<?(?P<named>https?://[^\s<>]+?)>?\)")
_LOST = re.compile(
    r"(?:(?:free )?live )?(?:broadcast(?:ing)?|(?:live |free |video )*streaming(?: live)?(?: video)?|webcam chat|live tv|live video(?: app)?)"
    r" (?:by|at|from|on|on the) (?:ustream|justin\.tv|seesmic|mogulus|livestream)(?:\.tv|\.com)?"
    r"|(?:watch (?:live )?(?:streaming )?video from .{1,60} (?:on|at)"
    r"|(?:videos?|vid[ée]o) (?:hosted|posted|powered|provided|sur|via|on|by|h[ée]berg[ée]e (?:par|sur))(?: (?:by|on))?)"
    r" (?:www\.)?(?:ustream|justin\.tv|seesmic|viddler|blip\.tv|blip|google vid[ée]o|vine)(?:\.tv|\.com)?",
    re.IGNORECASE,
)
_LONGEST = 120
_FAR = 8
"""Paragraphs before a film in which the text may name who speaks."""
_FILMED = re.compile(r"\b(?:vid[ée]o|film|intervention|conf[ée]rence|interview|ci-dessous|ci-dessus|regarde[rz]|voir|[ée]coute[rz])\b", re.IGNORECASE)


def settle(settling: Settling) -> None:
    """Make a block of each film that stands alone."""
    settled: list[Chunk] = []
    for index, chunk in enumerate(settling.chunks):
        settled += _settled(chunk, settling.chunks[max(0, index - _FAR) : index], settling)
    settling.chunks = settled


def _settled(chunk: Chunk, before: list[Chunk], settling: Settling) -> list[Chunk]:
    rows = chunks.rows(chunk)
    if not rows:
        return [chunk]
    alone = _ALONE.fullmatch(rows[0]) if len(rows) == 1 else None
    if alone:
        made = _film((alone["url"] or alone["named"]), (alone["title"] or "").strip(), before, settling)
        return [made] if made else [chunk]
    words = people.plain(rows[-1]).strip(" .")
    lost = _LOST.fullmatch(words) if len(words) <= _LONGEST else None
    if lost is None:
        return [chunk]
    rest = [chunks.text(*(*chunk.lines[:-2], chunk.lines[-2].removesuffix("\\")))] if len(rows) > 1 else []
    if rest == [] and settling.chunks and before and _is_lost_block(before[-1]):
        return [chunk]  # the player itself stands before it
    return [*rest, _lost(rows[-1], [*before, *rest], settling)]


def _is_lost_block(chunk: Chunk) -> bool:
    alone = _ALONE.fullmatch(chunk.lines[0]) if len(chunk.lines) == 1 else None
    return alone is not None and platforms.closed_platform(alone["url"] or alone["named"]) is not None


def _film(url: str, title: str, before: list[Chunk], settling: Settling) -> Chunk | None:
    film, closed = platforms.recognise(url), platforms.closed_platform(url)
    if film is None and closed is None:
        return None
    platform = film.platform if film else closed.name if closed else ""
    if film and film.platform == "Internet Archive":
        return None  # it has books too
    speaker, event = _said(before)
    fields = [("url", url if addresses.is_web(url) else url.replace("&amp;", "&")), *_people(speaker, event)]
    if closed:
        fields.append(("état", "disparue"))
    fate = f"perdue avec {closed.name}" if closed else f"sur {platform}"
    settling.say(NAME, f"une vidéo {fate} devient un bloc [!video]{_told(speaker, event)}.", url)
    return chunks.block("video", title or _title(speaker, event) or f"Vidéo sur {platform}", fields, ())


def _lost(words: str, before: list[Chunk], settling: Settling) -> Chunk:
    """A player of which only its caption is left."""
    speaker, event = _said(before)
    settling.say(NAME, f"une vidéo perdue, dont il ne reste que « {people.plain(words)} », devient un bloc [!video]{_told(speaker, event)}.", words)
    return chunks.block("video", _title(speaker, event) or "Vidéo perdue", (*_people(speaker, event), ("état", "disparue")), (words,))


def _said(before: list[Chunk]) -> tuple[str, str]:
    """Who speaks and where, in the nearest sentence that names a talk; only when the words just before speak of a film."""
    near = [chunk for chunk in before[-_FAR:] if chunk.shape is Shape.TEXT]
    if not near or not _FILMED.search(near[-1].text):
        return "", ""
    for chunk in reversed(near):
        for sentence in reversed(re.split(r"(?<=[.!?…])\s+(?=[^\W\d_a-z])", people.plain(" ".join(chunks.rows(chunk))))):
            speaker = people.speaker(sentence)
            if speaker:
                return speaker, people.event(sentence)
    return "", ""


def _people(speaker: str, event: str) -> list[tuple[str, str]]:
    return [(key, value) for key, value in (("orateur", speaker), ("événement", event)) if value]


def _title(speaker: str, event: str) -> str:
    return plain.escaped(f"Intervention de {speaker}" + (f", {event}" if event else "")) if speaker else ""


def _told(speaker: str, event: str) -> str:
    said = " et ".join(filter(None, (f"l'orateur ({speaker})" if speaker else "", f"l'événement ({event})" if event else "")))
    return f" ; {said}, lus dans le texte, sont à vérifier" if said else ""
