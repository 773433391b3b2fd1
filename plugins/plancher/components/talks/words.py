"""From captions to a text that is read: paragraphs by voice and by pause, chapters by their time."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.components.talks import caption_habits, voices
from plancher.components.talks.caption_habits import Line, SpokenCue
from plancher.components.talks.model import Chapter
from plancher.components.talks.webvtt import Cue

_PAUSE = 2.0
"""Seconds of silence after which another paragraph begins."""
_LONG, _TOO_LONG = 300, 700
"""Characters after which a paragraph ends with its sentence, or with its cue."""
_STEP, _BLINK = 0.5, 0.1
"""Seconds: the longest gap between two cues that roll, and a cue too short to read."""
_END = re.compile(r"[.!?…][»”\")\]]*$")
_NAME = r"[^\W\d_][\w.'’ -]{0,30}?\s*:\s+"
_IDENTIFIED = re.compile(r"\d+ \"(?P<name>[^\"]{1,60})\" \(\d+\)")
_CHEVRONS = re.compile(rf"^\s*(?:(?:>>+|&gt;&gt;)\s*(?:(?P<named>{_NAME}))?|(?:(?:--?|[–—])\s+(?!\d)|-(?=[A-ZÀ-ÖØ-Þ]))(?:(?P<shouted>{_NAME}))?)")
"""How captions for television mark another speaker; a name after a dash is in capitals."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words of one voice, without a pause."""

    start: int
    """Seconds."""
    voice: str
    text: str
    chapter: int = 0
    """How many chapters have begun by then."""


def paragraphs(cues: Sequence[Cue], starts: Sequence[int] = ()) -> tuple[Paragraph, ...]:
    """All words, in their order; lines that captions repeat while they roll stand once.

    :param starts: when each chapter begins, in seconds, in their order: a paragraph begins there too.
    """
    ordered = sorted(cues, key=lambda cue: cue.start)
    builder = _ParagraphBuilder(starts)
    for cue in caption_habits.without_repeats(caption_habits.with_voices(list(map(_spoken, ordered)))):
        builder.add(cue)
    return tuple(builder.finish())


def _spoken(cue: Cue) -> SpokenCue:
    lines = [(span.voice or _identified(cue), line) for span in voices.voice_spans(cue) for line in span.text.split("\n")]
    return SpokenCue(cue.start, cue.end, lines)


def _identified(cue: Cue) -> str:
    """The voice that Webex writes in the name of a cue: « 12 "Camille Martin" (123) »."""
    match = _IDENTIFIED.fullmatch(cue.id)
    return match["name"] if match else ""


class _ParagraphBuilder:
    """Takes cues one by one, in their order."""

    def __init__(self, starts: Sequence[int]) -> None:
        self.starts, self.chapter = starts, 0
        self.done: list[tuple[Paragraph, bool]] = []
        """Each with whether its voice stood in the words, where it stays."""
        self.start, self.voice, self.is_typed, self.until = 0.0, "", False, 0.0
        self.text: list[str] = []
        self.shown: Sequence[Line] = []
        self.shown_until = 0.0
        """The lines of the last cue that had any, and its end."""

    def add(self, cue: SpokenCue) -> None:
        """The ends of lines inside a cue mean nothing: they depend on the width of a screen."""
        rolled = self._rolled(cue, cue.lines)
        is_after_a_pause = cue.start - self.until > _PAUSE
        chapter = bisect.bisect_right(self.starts, cue.start + _STEP)  # a chapter is typed to the second
        if chapter != self.chapter and cue.lines[rolled:]:
            self._close()
            self.chapter = chapter
        for place, (voice, line) in enumerate(cue.lines[rolled:]):
            words = line if rolled or place else self._grown(cue, voice, line)
            self._line(cue.start, voice, words, may_end=not place, is_after_a_pause=is_after_a_pause and not place)
        self.until = max(self.until, cue.end)
        if cue.lines:
            self.shown, self.shown_until = cue.lines, cue.end

    def _rolled(self, cue: SpokenCue, lines: Sequence[Line]) -> int:
        """How many lines of a cue repeat the one before."""
        if cue.start > self.shown_until + _STEP:
            return 0
        count = _repeated(self.shown, lines)
        # The same lines are words said again (« Oui. », then « Oui. »), unless both cues are on screen together or this one is too short to read.
        is_new_speech = count == len(lines) and cue.start >= self.shown_until and cue.end - cue.start > _BLINK
        return 0 if is_new_speech else count

    def _grown(self, cue: SpokenCue, voice: str, line: str) -> str:
        """The new words of a line that begins with the one before: live captions grow word by word."""
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
            self.done.append((Paragraph(start=int(self.start), voice=self.voice, text=" ".join(self.text), chapter=self.chapter), self.is_typed))
            self.text = []

    def finish(self) -> Iterator[Paragraph]:
        """All paragraphs; a voice is named where it begins to speak."""
        self._close()
        before = ""
        for paragraph, is_typed in self.done:
            yield dataclasses.replace(paragraph, voice="" if paragraph.voice == before and not is_typed else paragraph.voice)
            before = paragraph.voice


def _repeated(before: Sequence[Line], now: Sequence[Line]) -> int:
    """How many first lines of a cue were the last of the one before."""
    for count in range(min(len(before), len(now)), 0, -1):
        if list(before[-count:]) == list(now[:count]):
            return count
    return 0


def chapters(cues: Sequence[Cue]) -> tuple[Chapter, ...]:
    """The chapters of a file of chapters."""
    all_chapters = (Chapter(start=int(cue.start), title=" ".join(span.text.replace("\n", " ") for span in voices.voice_spans(cue))) for cue in cues)
    return tuple(sorted((chapter for chapter in all_chapters if chapter.title), key=lambda chapter: chapter.start))
