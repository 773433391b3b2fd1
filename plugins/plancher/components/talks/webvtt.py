"""WebVTT as browsers read it (W3C, « WebVTT: The Web Video Text Tracks Format », section 6), and no word lost when it is badly written.

What the specification drops (a cue without an end, a file without its
signature, commas for points as in SubRip, words without a timing) stays here,
with a problem that names the line.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import re
from collections.abc import Sequence

_TIME = r"(?:(?P<h{0}>\d{{1,9}}):)?(?P<m{0}>\d{{2}}):(?P<s{0}>\d{{2}})\.(?P<f{0}>\d{{3}})"
_TIMINGS = re.compile(rf"[ \t\f]*{_TIME.format(1)}[ \t\f]*-->[ \t\f]*{_TIME.format(2)}(?!\d)(?P<settings>.*)", re.ASCII)
_LOOSE = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,3}))?")
_SILENT = re.compile(r"(?:NOTE(?:[ \t]|$)|(?:STYLE|REGION)[ \t]*$)")
"""Blocks that are not shown."""
_MOST = 59
"""Minutes of an hour, seconds of a minute."""
_ARROW = "-->"
_NOT_UTF_8 = (1, "ce fichier n'est pas en UTF-8, que les navigateurs attendent ; enregistrez-le en UTF-8")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Words, and when they are shown."""

    start: float
    """Seconds."""
    end: float
    text: str
    """As written, tags included."""
    id: str = ""
    settings: str = ""
    is_rescued: bool = False
    """Whether browsers would drop it."""


@dataclasses.dataclass(frozen=True, slots=True)
class CaptionFile:
    """What a file of captions holds."""

    cues: tuple[Cue, ...]
    problems: tuple[tuple[int, str], ...] = ()
    """Line and French message."""
    is_readable: bool = True
    """False when browsers cannot read its encoding."""


@functools.lru_cache(maxsize=16)
def parse(raw: bytes) -> CaptionFile:
    """Read a file of captions; nothing raises."""
    text, problems = decoded(raw)
    parsed = _Parser(text.split("\n")).run()
    return dataclasses.replace(parsed, is_readable=not problems, problems=(*problems, *parsed.problems))


def decoded(raw: bytes) -> tuple[str, tuple[tuple[int, str], ...]]:
    r"""The text, whatever its encoding, with « \\n » at the ends of lines; and a problem when that is not UTF-8."""
    for encoding in ("utf-8", "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252", "latin-1"):
        with contextlib.suppress(UnicodeDecodeError):
            return _plain(raw.decode(encoding)), () if encoding == "utf-8" else (_NOT_UTF_8,)
    return _plain(raw.decode("utf-8", "replace")), ()


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


class _Parser:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.cues: list[Cue] = []
        self.problems: list[tuple[int, str]] = []
        self.is_signed = False

    def run(self) -> CaptionFile:
        first = self.lines[0]
        if first.startswith("WEBVTT") and (len(first) == len("WEBVTT") or first[6] in " \t"):
            self.at, self.is_signed = 1, True
            if self.at < len(self.lines) and self.lines[self.at]:
                self._block(in_header=True)
        else:
            self.problems.append((1, "la première ligne doit être « WEBVTT », seule : les navigateurs refusent ce fichier"))
        while self.at < len(self.lines):
            if self.lines[self.at]:
                self._block(in_header=False)
            else:
                self.at += 1
        return CaptionFile(tuple(self.cues), tuple(self.problems))

    def _block(self, *, in_header: bool) -> None:
        """One block: a cue, a note, a style, or the header's lines."""
        first = self.at
        buffer: list[str] = []
        timing: tuple[float, float, str] | None = None
        identifier, arrow = "", -1
        while self.at < len(self.lines) and self.lines[self.at]:
            line = self.lines[self.at]
            if _ARROW in line:
                if in_header or self.at - first > 1 or arrow >= 0:
                    break  # another block begins, without an empty line before it
                arrow, identifier, buffer = self.at, "\n".join(buffer), []
                timing = _timings(line)
            else:
                buffer.append(line)
            self.at += 1
        if timing is not None:
            if timing[1] <= timing[0]:
                self._say(arrow, "la fin d'un sous-titre ne vient pas après son début")
            self._keep(timing, buffer, identifier, is_rescued=not self.is_signed)
        elif arrow >= 0:
            self._rescue(arrow, buffer, identifier)
        elif not in_header and not _SILENT.match(buffer[0]):
            self._rescue(first, buffer[1:] if _moment(buffer[0]) is not None else buffer, "")

    def _rescue(self, at: int, words: list[str], identifier: str) -> None:
        """Keep the words of a broken cue, at the time that its line may still show."""
        line = self.lines[at]
        before, arrow, after = line.partition(_ARROW)
        last = self.cues[-1].end if self.cues else 0.0
        start, end = _moment(before), _moment(after)
        if arrow and start is None and end is None:
            words = [line, *words]  # an arrow among the words
        shown = line.strip()[:40]
        self._say(
            at,
            f"minutage illisible « {shown} » ; écrivez « 00:01.000 --> 00:04.000 »"
            if arrow
            else f"« {shown} » n'a pas de minutage ; écrivez « 00:01.000 --> 00:04.000 » au-dessus",
        )
        start = last if start is None else start
        self._keep((start, max(start, end or start), ""), words, identifier, is_rescued=True)

    def _keep(self, timing: tuple[float, float, str], words: list[str], identifier: str, *, is_rescued: bool) -> None:
        start, end, settings = timing
        self.cues.append(Cue(start=start, end=end, text="\n".join(words), id=identifier, settings=settings, is_rescued=is_rescued))

    def _say(self, at: int, message: str) -> None:
        self.problems.append((at + 1, message))


def _timings(line: str) -> tuple[float, float, str] | None:
    match = _TIMINGS.fullmatch(line)
    if match is None:
        return None
    start, end = (moment([match[f"{unit}{number}"] for unit in "hmsf"]) for number in (1, 2))
    return (start, end, match["settings"].strip()) if start is not None and end is not None else None


def moment(parts: Sequence[str | None]) -> float | None:
    """Seconds, from hours, minutes, seconds and their decimals; None when there are too many minutes or seconds."""
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    return None if max(minutes, seconds) > _MOST else hours * 3600 + minutes * 60 + seconds + int((parts[3] or "0").ljust(3, "0")) / 1000


def _moment(typed: str) -> float | None:
    match = _LOOSE.search(typed)
    if match is None:
        return None
    return int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"]) + int((match["f"] or "0").ljust(3, "0")) / 1000
