"""From ``[!video]`` to a talk."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plancher.base import addresses, dates
from plancher.base.problems import Problem
from plancher.components.talks import files
from plancher.components.talks.model import Chapter, Talk, Track
from plancher.components.talks.platforms import closed_platform
from plancher.components.talks.platforms.video import seconds
from plancher.text.blocks import Block
from plancher.text.fields import FieldReader, Spec, Value
from plancher.text.grammar import Read

STATES = ("disponible", "disparue")
_LISTS = {"url", "orateur", "sous-titres", "chapitres"}
"""The fields that may be typed several times."""
_SPECS = tuple(
    Spec(key, many=key in _LISTS)
    for key in "url orateur événement lieu date durée langue affiche sous-titres chapitres transcription licence état archive".split()
)
_CHAPTER = re.compile(r"(?P<at>(?:\d{1,2}:[0-5]?\d|\d{1,3}):[0-5]\d)\s+[-–—:]?\s*(?P<title>\S.*)", re.ASCII)
"""« 12:30 Ce que l'on compte », « 1:02:03 La suite »."""
_TRACK = re.compile(r"(?:(?P<lang>[a-z]{2,3}(?:-\w+)*)\s+)?(?P<address>\S+)$")


def read_talk(block: Block) -> Read[Talk]:
    """A talk; without an address unless it is lost."""
    fields, body = FieldReader.of(block, _SPECS)
    urls = tuple(address for value in fields.all("url") if (address := _film(value, fields)))
    is_lost = fields.choice("état", STATES) == "disparue" or (bool(urls) and all(map(closed_platform, urls)))
    if not urls and not fields.all("url") and not is_lost:
        fields.problems.append(Problem(block.line, "PDV010", "il manque « url » au bloc [!video]. Ajoutez « url : https://… », ou « état : disparue »."))
    if not block.title:
        fields.problems.append(Problem(block.line, "PDV006", "vidéo sans titre. Écrivez « [!video] Titre de l'intervention »."))
    duration = fields.duration("durée")
    chapters, chapters_file = _chapters(fields, duration)
    talk = Talk(
        title=block.title,
        urls=urls,
        speakers=tuple(value.text for value in fields.all("orateur")),
        event=fields.text("événement"),
        place=fields.text("lieu"),
        date=fields.date("date"),
        duration=duration,
        lang=fields.language("langue") or "",
        poster=_poster(fields),
        tracks=_tracks(fields, is_kept_here=any(map(addresses.is_internal, urls))),
        chapters=chapters,
        chapters_file=chapters_file,
        transcript=next(iter(fields.addresses("transcription", internal=True)), ""),
        licence=fields.text("licence"),
        is_lost=is_lost,
        archive=next(iter(fields.addresses("archive")), ""),
        body=body,
        line=block.line,
    )
    return Read(talk, tuple(fields.problems))


def _film(value: Value, fields: FieldReader) -> str | None:
    """An address of the web, or a film of the site."""
    address = fields.address(value, "url", internal=True)
    if address and addresses.is_internal(address) and not files.film(address):
        _refuse(value, fields, "« url » attend un film ou un son", files.FILMS)
        return None
    return address


def _poster(fields: FieldReader) -> str:
    address = fields.kept_here("affiche")
    if address and not files.is_picture(address):
        _refuse(fields.all("affiche")[0], fields, "« affiche » attend une image", files.PICTURES)
        return ""
    return address


def _chapters(fields: FieldReader, duration: int | None) -> tuple[tuple[Chapter, ...], str]:
    """Chapters typed in the block, and the file that gives them."""
    typed: list[Chapter] = []
    file = ""
    for value in fields.all("chapitres"):
        chapter = _CHAPTER.fullmatch(value.text)
        if chapter:
            typed.append(Chapter(start=seconds(chapter["at"]) or 0, title=chapter["title"]))
            if duration is not None and typed[-1].start > duration:
                fields.problems.append(Problem(value.line, "PDV014", f"ce chapitre commence après la fin de la vidéo (« durée » : {dates.clock(duration)})."))
        elif value.text[:1].isdigit():
            fields.problems.append(Problem(value.line, "PDV014", f"chapitre illisible « {value.text[:40]} ». Écrivez « 12:30 Titre » ou « 1:02:03 Titre »."))
        elif files.captions(value.text) != files.SHOWN:
            _refuse(value, fields, "« chapitres » attend un fichier WebVTT, ou « 12:30 Titre »", ("vtt",))
        else:
            file = file or fields.address(value, "chapitres", internal=True) or ""
    return tuple(sorted(typed, key=lambda chapter: chapter.start)), file


def _refuse(value: Value, fields: FieldReader, expected: str, suffixes: Iterable[str]) -> None:
    fields.problems.append(Problem(value.line, "PDV014", f"{expected} ({', '.join(sorted(suffixes))}), pas « {value.text[:60]} »."))


def _tracks(fields: FieldReader, *, is_kept_here: bool) -> tuple[Track, ...]:
    """The captions.

    :param is_kept_here: whether the film plays on the site: browsers then read captions too.
    """
    tracks = [(value, track) for value in fields.all("sous-titres") if (track := _track(value, fields))]
    for value, track in tracks if is_kept_here else ():
        if files.captions(track.address) != files.SHOWN:
            message = "les navigateurs ne montrent pas ces sous-titres sur la vidéo, seule la transcription les a. Enregistrez-les en WebVTT (.vtt)."
            fields.problems.append(Problem(value.line, "PDV044", message))
    return tuple(track for _, track in tracks)


def _track(value: Value, fields: FieldReader) -> Track | None:
    """« {static}/videos/a.vtt », or « en {static}/videos/a.en.vtt »."""
    match = _TRACK.fullmatch(value.text)
    if match is None or not addresses.is_internal(match["address"]):
        message = "« sous-titres » attend un fichier gardé ici. Écrivez « {static}/videos/nom.vtt »."
        fields.problems.append(Problem(value.line, "PDV054", message))
        return None
    if not files.captions(match["address"]):
        _refuse(value, fields, "« sous-titres » attend un fichier de sous-titres", files.CAPTIONS)
        return None
    return Track(address=match["address"], lang=match["lang"] or "")
