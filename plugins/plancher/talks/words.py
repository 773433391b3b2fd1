"""From captions to a text that is read: paragraphs by voice and by pause, chapters by their time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.talks import webvtt
from plancher.talks.model import Chapter
from plancher.talks.webvtt import Cue

_PAUSE = 2.0
"""Seconds of silence after which another paragraph begins."""
_LONG, _TOO_LONG = 300, 700
"""Characters after which a paragraph ends with its sentence, or with its cue."""
_STEP, _BLINK = 0.5, 0.1
"""Seconds: between two cues that roll, and of a cue that nobody has time to read."""
_Spoken = tuple[str, str]
"""A voice, and a line."""
_END = re.compile(r"[.!?…][»”\")\]]*$")
_CHEVRONS = re.compile(r"^\s*(?:>>+|&gt;&gt;|--?\s)\s*(?:(?P<voice>[^\W\d_][\w .'-]{0,30}):\s+)?")
"""How captions for television say that somebody else speaks."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What somebody says without stopping."""

    start: int
    """Seconds."""
    voice: str
    text: str


def paragraphs(cues: Sequence[Cue]) -> tuple[Paragraph, ...]:
    """All that is said, in its order; lines that captions show again while they roll are said once."""
    made = _Maker()
    for cue in sorted(cues, key=lambda one: one.start):
        made.take(cue)
    return tuple(made.end())


class _Maker:
    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self.start, self.voice, self.until = 0.0, "", 0.0
        self.text: list[str] = []
        self.shown: list[_Spoken] = []
        """The lines of the last cue."""

    def take(self, cue: Cue) -> None:
        lines = [(one.voice, line) for one in webvtt.said(cue) for line in one.text.split("\n")]
        for voice, line in lines[self._rolled(cue, lines) :]:
            self._line(cue.start, voice, line)
        self.until = max(self.until, cue.end)
        self.shown = lines or self.shown

    def _rolled(self, cue: Cue, lines: Sequence[_Spoken]) -> int:
        """How many lines of a cue the one before has shown already."""
        if cue.start > self.until + _STEP:
            return 0
        count = _repeated(self.shown, lines)
        # Nothing is added: they are said again (« Oui. », then « Oui. »), unless the two are on screen together or this one only passes.
        is_said_again = count == len(lines) and cue.start >= self.until and cue.end - cue.start > _BLINK
        return 0 if is_said_again else count

    def _line(self, start: float, voice: str, line: str) -> None:
        turn = _CHEVRONS.match(line)
        words, voice = (line[turn.end() :], turn["voice"] or voice) if turn else (line, voice)
        size = sum(map(len, self.text))
        is_new = not self.text or bool(turn) or (voice and voice != self.voice) or start - self.until > _PAUSE
        if is_new or size > _TOO_LONG or (size > _LONG and _END.search(self.text[-1])):
            self._close()
            self.start, self.voice = start, voice or ("" if turn else self.voice)
        if words.strip():
            self.text.append(words.strip())

    def _close(self) -> None:
        if self.text:
            self.done.append(Paragraph(start=int(self.start), voice=self.voice, text=" ".join(self.text)))
            self.text = []

    def end(self) -> Iterator[Paragraph]:
        """All paragraphs; a voice is named where it begins to speak, and not again."""
        self._close()
        before = ""
        for one in self.done:
            yield dataclasses.replace(one, voice="" if one.voice == before else one.voice)
            before = one.voice


def _repeated(before: Sequence[_Spoken], now: Sequence[_Spoken]) -> int:
    """How many lines of a cue were the last of the one before: captions that roll show them again."""
    for count in range(min(len(before), len(now)), 0, -1):
        if list(before[-count:]) == list(now[:count]):
            return count
    return 0


def chapters(cues: Sequence[Cue]) -> tuple[Chapter, ...]:
    """The chapters of a file of chapters."""
    found = (Chapter(start=int(cue.start), title=" ".join(one.text.replace("\n", " ") for one in webvtt.said(cue))) for cue in cues)
    return tuple(sorted((chapter for chapter in found if chapter.title), key=lambda chapter: chapter.start))
