"""A talk, as typed data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from plancher.base.problems import Problem


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Captions in one language."""

    address: str
    lang: str
    """Empty: the language of the text around."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a talk."""

    start: int
    """Seconds."""
    title: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A filmed talk: where it can be seen, who speaks, what remains of it."""

    title: str
    urls: tuple[str, ...]
    """Mirrors, in the order a reader should try them; empty when all are lost."""
    speakers: tuple[str, ...] = ()
    event: str = ""
    place: str = ""
    date: dt.datetime | None = None
    duration: int | None = None
    """Seconds."""
    lang: str = ""
    """That is spoken; empty: the language of the text around."""
    poster: str = ""
    tracks: tuple[Track, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    """Typed in the block."""
    chapters_file: str = ""
    transcript: str = ""
    """Address of the words of the talk."""
    licence: str = ""
    is_lost: bool = False
    """The platform or the file is gone."""
    archive: str = ""
    body: str = ""
    """Markdown: what the talk says."""
    anchor: str = ""
    """Where it stands in its page: « video-2 »."""
    line: int

    def foreign_lang(self, around: str) -> str:
        """Its language, when the text around is in another; else empty."""
        return self.lang if differs(self.lang, around) else ""


def differs(lang: str, around: str) -> bool:
    """Whether two languages differ; « fr » and « fr-CA » do not."""
    return bool(lang) and lang.lower().partition("-")[0] != around.lower().partition("-")[0]


def number_talks(models: Sequence[object]) -> tuple[tuple[object, ...], tuple[Problem, ...]]:
    """All models of a text, each talk with its anchor: its place among the talks of the text."""
    lines = sorted(model.line for model in models if isinstance(model, Talk))
    anchors = {line: f"video-{number}" for number, line in enumerate(lines, 1)}
    return tuple(dataclasses.replace(model, anchor=anchors[model.line]) if isinstance(model, Talk) else model for model in models), ()
