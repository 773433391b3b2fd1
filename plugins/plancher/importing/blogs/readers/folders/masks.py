"""Code is set aside while the rest of a text is rewritten: fences, spans and indented code come back byte for byte.

A mark stands for each piece. A fence may move into a quotation or out of an
indented block: each of its lines then gets what stands before its mark.

Longer than most: code has five shapes, and each comes back as it was.
"""

from __future__ import annotations

import bisect
import collections
import re
from collections.abc import Callable, Iterator, Sequence

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Two characters that Unicode keeps for such uses: no text has them."""
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_BLOCK_MARK = re.compile(f"(?m)^(?P<prefix>[^\n{_OPEN}]*){_OPEN}b(?P<number>\\d+){_CLOSE}[ \t]*$")
_STRAY_BLOCK = re.compile(f"{_OPEN}b(\\d+){_CLOSE}")
_FENCE = re.compile(r"(?P<prefix>[ \t]*(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")
_HOLDER = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]|\[\^[^\]]+\]:|:[ \t]|!!!|\?\?\?|===[ \t!+]|///|:::")
"""What makes the indented lines under it its own."""
_TICKS = re.compile(r"`+")
_VERBATIM = re.compile(r"<(pre|code|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_CODE_COLUMNS = 4
DEEPEST = 30
"""Blocks in blocks: no author nests more."""


def is_mark(line: str) -> bool:
    """Whether a line holds a piece of code and nothing else."""
    return _STRAY_BLOCK.fullmatch(line.strip()) is not None


class Masked:
    """A text whose code is set aside: ``text`` is what may be rewritten."""

    def __init__(self, typed: str) -> None:
        self.unclosed: list[str] = []
        """The opening lines of fences that nothing closed: they are closed at the end of the text."""
        self._pieces: list[str] = []
        self._blocks: list[tuple[str, list[str]]] = []
        clean = typed.replace("\r\n", "\n").replace("\r", "\n").replace(_OPEN, "\ufffd").replace(_CLOSE, "\ufffd")
        text = "\n".join(self._without_blocks(clean.split("\n")))
        self.text = self._without_spans(self._without_verbatim(text))

    def block(self, code: str, language: str = "") -> str:
        """The mark of a new fence, on a line of its own."""
        lines = code.strip("\n").split("\n")
        longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
        fence = "`" * max(3, longest + 1)
        return self._block("", [f"{fence}{language}", *lines, fence])

    def span(self, code: str) -> str:
        """The mark of a new span of code."""
        longest = max((len(run) for run in _TICKS.findall(code)), default=0)
        ticks = "`" * (longest + 1)
        space = " " if code.startswith("`") or code.endswith("`") else ""
        return self._piece(f"{ticks}{space}{code}{space}{ticks}")

    def literal(self, typed: str) -> str:
        """The mark of words that nothing may read as a sign of its own: readers saw them as they are."""
        return self.span(" ".join(typed.split()))

    def change_code(self, change: Callable[[str], str]) -> None:
        """Rewrite each piece of code itself: what an engine asks to be escaped there, and never shows."""
        self._pieces = [change(piece) for piece in self._pieces]
        self._blocks = [(prefix, change("\n".join(lines)).split("\n")) for prefix, lines in self._blocks]

    def restored(self, text: str) -> str:
        """The rewritten text with its code."""
        for _ in range(DEEPEST):  # a span may stand in a piece of HTML, and code in a piece that holds more
            if _OPEN not in text:
                break
            text = _BLOCK_MARK.sub(lambda mark: self._shown(mark["prefix"], int(mark["number"])), text)
            text = _STRAY_BLOCK.sub(lambda mark: "\n" + self._shown("", int(mark[1])) + "\n", text)
            text = _MARK.sub(lambda mark: self._pieces[int(mark[1])], text)
        return text

    def _shown(self, prefix: str, number: int) -> str:
        former, lines = self._blocks[number]
        if prefix == former:
            return "\n".join([prefix + lines[0], *lines[1:]])
        margin = re.sub(r"[^\s>]", " ", former)
        inside = [lines[0], *(_without_margin(line, margin) for line in lines[1:])]
        others = re.sub(r"[^\s>]", " ", prefix)
        return "\n".join([prefix + inside[0], *((others + line).rstrip() if not line else others + line for line in inside[1:])])

    def _piece(self, typed: str) -> str:
        self._pieces.append(typed)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def _block(self, prefix: str, lines: list[str]) -> str:
        self._blocks.append((prefix, lines))
        return f"{prefix}{_OPEN}b{len(self._blocks) - 1}{_CLOSE}"

    def _without_blocks(self, lines: Sequence[str]) -> Iterator[str]:
        index, is_held, is_after_blank = 0, False, True
        ends = _Ends(lines)
        while index < len(lines):
            line = lines[index]
            opening = _FENCE.match(line) if "```" in line or "~~~" in line else None
            if opening and (end := ends.of(index, opening)) is not None:
                yield self._fence(lines[index:end], opening, is_closed=ends.is_closed)
                index, is_after_blank = end, False
                continue
            if is_after_blank and not is_held and _is_indented(line):
                end = _end_of_indented(lines, index)
                yield self._block("", list(lines[index:end]))
                index = end
                continue
            if line.strip() and not line.startswith((" ", "\t")):
                is_held = _HOLDER.match(line) is not None
            is_after_blank = not line.strip()
            yield line
            index += 1

    def _fence(self, lines: Sequence[str], opening: re.Match[str], *, is_closed: bool) -> str:
        prefix = opening["prefix"]
        inside = [lines[0][len(prefix) :], *lines[1:]]
        if not is_closed:
            self.unclosed.append(lines[0])
            while inside and not inside[-1].strip():
                inside.pop()
            inside.append(re.sub(r"[^\s>]", " ", prefix) + opening["ticks"])
        return self._block(prefix, inside)

    def _without_verbatim(self, text: str) -> str:
        """HTML in which no Markdown is read."""
        out, start, lower = [], 0, text.lower()
        for tag in _VERBATIM.finditer(text):
            if tag.start() < start:
                continue
            end = lower.find(f"</{tag[1].lower()}", tag.end())
            close = text.find(">", end) + 1 if end >= 0 else 0
            if close <= 0:
                break
            if tag[1].lower() in {"script", "style"}:
                continue  # these are no code that is shown
            out += [text[start : tag.start()], self._piece(text[tag.start() : close])]
            start = close
        return "".join([*out, text[start:]])

    def _without_spans(self, text: str) -> str:
        out, start = [], 0
        for begin, end in _spans(text):
            out += [text[start:begin], self._piece(text[begin:end])]
            start = end
        return "".join([*out, text[start:]])


class _Ends:
    """Where each fence ends; the lines that may close one are found once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.is_closed = True
        self._closings = [i for i, line in enumerate(lines) if re.fullmatch(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*", line)]

    def of(self, index: int, opening: re.Match[str]) -> int | None:
        """The line after a fence; None where this line opens none."""
        ticks, prefix = opening["ticks"], opening["prefix"]
        if ticks[0] == "`" and "`" in opening["info"]:
            return None
        quoted = prefix.count(">")
        limit = next((i for i in range(index + 1, len(self.lines)) if self.lines[i].count(">", 0, 20) < quoted), len(self.lines)) if quoted else len(self.lines)
        for place in self._closings[bisect.bisect_right(self._closings, index) :]:
            if place >= limit:
                break
            bare = self.lines[place].strip(" \t>")
            if bare[0] == ticks[0] and len(bare) >= len(ticks):
                self.is_closed = True
                return place + 1
        if len(prefix.expandtabs(_CODE_COLUMNS)) >= _CODE_COLUMNS and not prefix.strip():
            return None
        self.is_closed = False
        return limit


def _is_indented(line: str) -> bool:
    return line.startswith(("    ", "\t")) and bool(line.strip())


def _end_of_indented(lines: Sequence[str], start: int) -> int:
    end = start
    for index in range(start, len(lines)):
        if _is_indented(lines[index]):
            end = index + 1
        elif lines[index].strip():
            break
    return end


def _without_margin(line: str, margin: str) -> str:
    """A line of a fence without what stood before the fence."""
    place = 0
    while place < len(margin) and place < len(line) and (line[place] == margin[place] or line[place] in " \t"):
        place += 1
    return line[place:]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where spans of code begin and end: as many back-ticks close one as open it, in the same paragraph."""
    start = 0
    for end in [*(blank.start() for blank in re.finditer(f"\n[ \t>]*\n|{_OPEN}b", text)), len(text)]:
        runs = [(tick.start() + start, tick.end() + start) for tick in _TICKS.finditer(text[start:end])]
        places: dict[int, collections.deque[int]] = collections.defaultdict(collections.deque)
        for number, (first, last) in enumerate(runs):
            places[last - first].append(number)
        number = 0
        while number < len(runs):
            first, last = runs[number]
            same = places[last - first]
            while same and same[0] <= number:
                same.popleft()
            if same and not (first and text[first - 1] == "\\"):
                yield first, runs[same[0]][1]
                number = same[0]
            number += 1
        start = end
