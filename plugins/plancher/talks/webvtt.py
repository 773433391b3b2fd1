"""WebVTT as browsers read it (W3C, « WebVTT: The Web Video Text Tracks Format », section 6), and no word lost when it is badly written.

What the specification drops (a cue without an end, a file without its
signature, commas in the place of points as SubRip has them) is kept here, with
a problem that says the line.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator, Sequence

_TIME = r"(?:(?P<h{0}>\d+):)?(?P<m{0}>\d{{2}}):(?P<s{0}>\d{{2}})\.(?P<f{0}>\d{{3}})"
_TIMINGS = re.compile(rf"[ \t\f]*{_TIME.format(1)}[ \t\f]*-->[ \t\f]*{_TIME.format(2)}(?P<settings>.*)")
_LOOSE = re.compile(r"(?:(?P<h>\d+):)?(?P<m>\d{1,3}):(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,3}))?")
_MOST = 59
"""Minutes and seconds, but for minutes without hours in front of them… which are at most as many."""
_TOKEN = re.compile(r"<(?P<tag>[^>]*)>?|(?P<text>[^<]+)")
_ARROW = "-->"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is shown for a while."""

    start: float
    """Seconds."""
    end: float
    text: str
    """As written, tags included."""
    id: str = ""
    settings: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Track:
    """A file, read."""

    cues: tuple[Cue, ...]
    problems: tuple[tuple[int, str], ...] = ()
    """Line and French words."""


def parse(raw: bytes) -> Track:
    """Read a file of captions; nothing raises."""
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff").replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    return _Parser(text.split("\n")).run()


class _Parser:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.cues: list[Cue] = []
        self.problems: list[tuple[int, str]] = []

    def run(self) -> Track:
        first = self.lines[0]
        if first.startswith("WEBVTT") and (len(first) == len("WEBVTT") or first[6] in " \t"):
            self.at = 1
            if self.at < len(self.lines) and self.lines[self.at]:
                self._block(in_header=True)
        else:
            self.problems.append((1, "la première ligne doit être « WEBVTT », seule : les navigateurs refusent ce fichier"))
        while self.at < len(self.lines):
            if self.lines[self.at]:
                self._block(in_header=False)
            else:
                self.at += 1
        return Track(tuple(self.cues), tuple(self.problems))

    def _block(self, *, in_header: bool) -> None:
        """One block: a cue, a note, a style, or the header's lines."""
        buffer: list[str] = []
        timing: tuple[float, float, str] | None = None
        identifier, seen_arrow, count, is_broken = "", False, 0, 0
        while self.at < len(self.lines) and self.lines[self.at]:
            line = self.lines[self.at]
            if _ARROW in line:
                if in_header or count > 1 or seen_arrow:
                    break  # it begins another block, without the empty line before it
                seen_arrow, identifier, buffer = True, "\n".join(buffer), []
                timing = _timings(line)
                if timing is None:
                    timing, is_broken = self._loose(line), self.at + 1
                elif timing[1] <= timing[0]:
                    self.problems.append((self.at + 1, "la fin d’un sous-titre ne vient pas après son début"))
            else:
                buffer.append(line)
            count += 1
            self.at += 1
        if is_broken:
            self.problems.append((is_broken, f"minutage illisible « {self.lines[is_broken - 1].strip()[:40]} » ; écrivez « 00:01.000 --> 00:04.000 »"))
        if timing is not None:
            self.cues.append(Cue(start=timing[0], end=timing[1], text="\n".join(buffer), id=identifier, settings=timing[2]))

    def _loose(self, line: str) -> tuple[float, float, str]:
        """What can be made of a broken timing: its words must not be lost."""
        before, _, after = line.partition(_ARROW)
        last = self.cues[-1].end if self.cues else 0.0
        start = _moment(before)
        start = last if start is None else start
        end = _moment(after)
        return start, max(start, end) if end is not None else start, ""


def _timings(line: str) -> tuple[float, float, str] | None:
    found = _TIMINGS.fullmatch(line)
    if found is None:
        return None
    start, end = (_exact(found, number) for number in (1, 2))
    return (start, end, found["settings"].strip()) if start is not None and end is not None else None


def _exact(found: re.Match[str], number: int) -> float | None:
    hours, minutes, seconds, thousandths = (int(found[f"{unit}{number}"] or 0) for unit in "hmsf")
    if minutes > _MOST or seconds > _MOST:
        return None
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _moment(typed: str) -> float | None:
    found = _LOOSE.search(typed)
    if found is None:
        return None
    return int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"]) + int((found["f"] or "0").ljust(3, "0")) / 1000


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """Words, and who says them."""

    voice: str
    """Empty: nobody is named."""
    text: str


def said(cue: Cue) -> list[Said]:
    """The words of a cue without its tags, cut where the voice changes."""
    found: list[Said] = []
    voice, words = "", ""
    for token in _TOKEN.finditer(cue.text):
        tag = token["tag"]
        if tag is None:
            words += html.unescape(token["text"])
        elif re.match(r"v(?:[.\s]|$)", tag):
            found += _told(voice, words)
            voice, words = html.unescape(" ".join(re.sub(r"^v[^\s]*", "", tag).split())), ""
        elif tag == "/v":
            found += _told(voice, words)
            voice, words = "", ""
    return [*found, *_told(voice, words)]


def _told(voice: str, words: str) -> Iterator[Said]:
    text = "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))
    if text:
        yield Said(voice, text)
