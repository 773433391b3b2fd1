"""From captions to a text that is read: paragraphs by voice and by pause, chapters by their time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.components.talks import caption_habits, webvtt
from plancher.components.talks.caption_habits import Line, SpokenCue
from plancher.components.talks.model import Chapter
from plancher.components.talks.webvtt import Cue

_PAUSE = 2.0
"""Seconds of silence after which another paragraph begins."""
_LONG, _TOO_LONG = 300, 700
"""Characters after which a paragraph ends with its sentence, or with its cue."""
_STEP, _BLINK = 0.5, 0.1
"""Seconds: between two cues that roll, and of a cue that nobody has time to read."""
_END = re.compile(r"[.!?…][»”\")\]]*$")
_NAME = r"[^\W\d_][\w.'’ -]{0,30}?\s*:\s+"
_IDENTIFIED = re.compile(r"\d+ \"(?P<name>[^\"]{1,60})\" \(\d+\)")
_CHEVRONS = re.compile(rf"^\s*(?:(?:>>+|&gt;&gt;)\s*(?:(?P<named>{_NAME}))?|(?:(?:--?|[–—])\s+(?!\d)|-(?=[A-ZÀ-ÖØ-Þ]))(?:(?P<shouted>{_NAME}))?)")
"""How captions for television say that somebody else speaks; after a dash, a name is one in capitals alone."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """What somebody says without stopping."""

    start: int
    """Seconds."""
    voice: str
    text: str


def paragraphs(cues: Sequence[Cue]) -> tuple[Paragraph, ...]:
    """All that is said, in its order; lines that captions show again while they roll are said once."""
    ordered = sorted(cues, key=lambda one: one.start)
    spoken = [
        SpokenCue(cue.start, cue.end, [(one.voice or _identified(cue), line) for one in webvtt.said(cue) for line in one.text.split("\n")]) for cue in ordered
    ]
    made = _Maker()
    for cue in caption_habits.without_repeats(caption_habits.with_voices(spoken)):
        made.take(cue)
    return tuple(made.end())


def _identified(cue: Cue) -> str:
    """The voice that Webex writes in the name of a cue: « 12 "Camille Martin" (123) »."""
    found = _IDENTIFIED.fullmatch(cue.id)
    return found["name"] if found else ""


class _Maker:
    def __init__(self) -> None:
        self.done: list[tuple[Paragraph, bool]] = []
        """And whether its voice stood in the words: then it is a word like another."""
        self.start, self.voice, self.is_typed, self.until = 0.0, "", False, 0.0
        self.text: list[str] = []
        self.shown: Sequence[Line] = []
        self.shown_until = 0.0
        """The lines of the last cue that had any, and its end."""

    def take(self, cue: SpokenCue) -> None:
        """One cue is one paragraph, unless its voice changes: where its lines end is a matter of the screen."""
        rolled = self._rolled(cue, cue.lines)
        is_after_a_pause = cue.start - self.until > _PAUSE
        for place, (voice, line) in enumerate(cue.lines[rolled:]):
            words = line if rolled or place else self._grown(cue, voice, line)
            self._line(cue.start, voice, words, may_end=not place, is_after_a_pause=is_after_a_pause and not place)
        self.until = max(self.until, cue.end)
        if cue.lines:
            self.shown, self.shown_until = cue.lines, cue.end

    def _rolled(self, cue: SpokenCue, lines: Sequence[Line]) -> int:
        """How many lines of a cue the one before has shown already."""
        if cue.start > self.shown_until + _STEP:
            return 0
        count = _repeated(self.shown, lines)
        # Nothing is added: they are said again (« Oui. », then « Oui. »), unless the two are on screen together or this one only passes.
        is_said_again = count == len(lines) and cue.start >= self.shown_until and cue.end - cue.start > _BLINK
        return 0 if is_said_again else count

    def _grown(self, cue: SpokenCue, voice: str, line: str) -> str:
        """What a line adds to the one before, which it begins with: captions made live grow word by word."""
        before = self.shown[-1] if self.shown and cue.start <= self.shown_until + _STEP else ("", "")
        grows = before[0] == voice and " " in before[1] and line.startswith(f"{before[1]} ")
        return line[len(before[1]) :].lstrip() if grows else line

    def _line(self, start: float, voice: str, line: str, *, may_end: bool, is_after_a_pause: bool) -> None:
        turn = _CHEVRONS.match(line)
        name = (turn["named"] or turn["shouted"] or "").strip().rstrip(":").strip() if turn else ""
        words = line[turn.end() :] if turn else line
        if turn and turn["shouted"] and not name.isupper():
            name, words = "", turn["shouted"] + words
        voice = name or voice
        size = sum(map(len, self.text))
        is_new = not self.text or bool(turn) or (voice and voice != self.voice) or is_after_a_pause
        if is_new or (may_end and (size > _TOO_LONG or (size > _LONG and _END.search(self.text[-1])))):
            self._close()
            self.start, self.voice, self.is_typed = start, voice or ("" if turn else self.voice), bool(name)
        if words.strip():
            self.text.append(words.strip())

    def _close(self) -> None:
        if self.text:
            self.done.append((Paragraph(start=int(self.start), voice=self.voice, text=" ".join(self.text)), self.is_typed))
            self.text = []

    def end(self) -> Iterator[Paragraph]:
        """All paragraphs; a voice is named where it begins to speak, and not again."""
        self._close()
        before = ""
        for one, is_typed in self.done:
            yield dataclasses.replace(one, voice="" if one.voice == before and not is_typed else one.voice)
            before = one.voice


def _repeated(before: Sequence[Line], now: Sequence[Line]) -> int:
    """How many lines of a cue were the last of the one before: captions that roll show them again."""
    for count in range(min(len(before), len(now)), 0, -1):
        if list(before[-count:]) == list(now[:count]):
            return count
    return 0


def chapters(cues: Sequence[Cue]) -> tuple[Chapter, ...]:
    """The chapters of a file of chapters."""
    found = (Chapter(start=int(cue.start), title=" ".join(one.text.replace("\n", " ") for one in webvtt.said(cue))) for cue in cues)
    return tuple(sorted((chapter for chapter in found if chapter.title), key=lambda chapter: chapter.start))
