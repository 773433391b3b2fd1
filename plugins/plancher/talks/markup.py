"""From ``[!video]`` to a talk."""

from __future__ import annotations

import re

from plancher.core import addresses
from plancher.core.blocks import Block
from plancher.core.fields import FieldReader, Spec, Value
from plancher.core.problems import Problem
from plancher.core.registry import Read
from plancher.talks.model import Chapter, Talk, Track
from plancher.talks.platforms import closed_platform
from plancher.talks.platforms.video import seconds

STATES = ("disponible", "disparue")
_SPECS = (
    Spec("url", many=True),
    Spec("orateur"),
    Spec("événement"),
    Spec("lieu"),
    Spec("date"),
    Spec("durée"),
    Spec("langue"),
    Spec("affiche"),
    Spec("sous-titres", many=True),
    Spec("chapitres", many=True),
    Spec("transcription"),
    Spec("licence"),
    Spec("état"),
    Spec("archive"),
)
_CHAPTER = re.compile(r"(?P<at>(?:\d{1,2}:)?\d{1,3}:\d{2})\s+[-–—:]?\s*(?P<title>\S.*)")
"""« 12:30 Ce que l'on compte »."""
_TRACK = re.compile(r"(?:(?P<lang>[a-z]{2,3}(?:-\w+)*)\s+)?(?P<address>\S+)$")


def read_talk(block: Block) -> Read[object]:
    """A talk; without an address unless it is lost."""
    fields, body = FieldReader.of(block, _SPECS)
    urls = fields.addresses("url", internal=True)
    closed = [url for url in urls if closed_platform(url)]
    lost = fields.choice("état", STATES) == "disparue" or (bool(urls) and len(closed) == len(urls))
    if not urls and not fields.all("url") and not lost:
        fields.problems.append(Problem(block.line, "PDV010", "il manque « url » au bloc [!video]. Ajoutez « url : https://… », ou « état : disparue »."))
    if not block.title:
        fields.problems.append(Problem(block.line, "PDV006", "vidéo sans titre. Écrivez « [!video] Titre de l'intervention »."))
    typed = [(value, _CHAPTER.fullmatch(value.text)) for value in fields.all("chapitres")]
    chapters = [Chapter(start=seconds(found["at"]) or 0, title=found["title"]) for _, found in typed if found]
    files = [value for value, found in typed if not found]
    talk = Talk(
        title=block.title,
        urls=urls,
        speaker=fields.text("orateur"),
        event=fields.text("événement"),
        place=fields.text("lieu"),
        date=fields.date("date"),
        duration=fields.duration("durée"),
        lang=fields.language("langue") or "",
        poster=fields.kept_here("affiche"),
        captions=tuple(track for value in fields.all("sous-titres") if (track := _track(value, fields))),
        chapters=next((address for value in files if (address := fields.address(value, "chapitres", internal=True))), ""),
        parts=tuple(sorted(chapters, key=lambda chapter: chapter.start)),
        transcript=next(iter(fields.addresses("transcription", internal=True)), ""),
        licence=fields.text("licence"),
        lost=lost,
        archive=next(iter(fields.addresses("archive")), ""),
        body=body,
        line=block.line,
    )
    return Read(talk, tuple(fields.problems))


def _track(value: Value, fields: FieldReader) -> Track | None:
    """« {static}/videos/a.vtt », or « en {static}/videos/a.en.vtt »."""
    found = _TRACK.fullmatch(value.text)
    if found is None or not addresses.is_internal(found["address"]):
        message = "« sous-titres » attend un fichier gardé ici. Écrivez « {static}/videos/nom.vtt »."
        fields.problems.append(Problem(value.line, "PDV054", message))
        return None
    return Track(address=found["address"], lang=found["lang"] or "fr")
