"""Shortcodes, template tags and components: calls with arguments, some of which hold a text up to where they are closed."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Callable, Sequence

from plancher.importing.blogs.readers.folders.markup.work import Work

_ARGUMENT = re.compile(
    r"(?:(?P<key>[A-Za-z_][\w.:-]*)\s*[=:]\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<raw>[^`]*)`|\{(?P<code>(?:[^{}]|\{[^{}]*\})*)\}|(?P<bare>[^\s,\"'`(){}]+))"
)
_MARGIN = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+$")


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """One call, and the text that it holds."""

    name: str
    typed: str
    """The opening as it stands in the text."""
    positional: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    """Keys in lower case."""
    body: str | None = None
    is_alone: bool = True
    """Whether nothing else stands on its lines."""

    def get(self, *keys: str, default: str = "") -> str:
        """The first of these arguments that has a value."""
        values = dict(self.named)
        return next((values[key] for key in keys if values.get(key)), default)

    def first(self, *keys: str) -> str:
        """The same, or the first argument without a name."""
        return self.get(*keys) or next(iter(self.positional), "")

    def at(self, place: int) -> str:
        """An argument without a name."""
        return self.positional[place] if place < len(self.positional) else ""


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A call that opens, or one that closes."""

    start: int
    end: int
    name: str
    arguments: str = ""
    is_end: bool = False
    is_whole: bool = False
    """Whether it says itself that it holds nothing."""


Render = Callable[[Call], str]


def arguments(typed: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The arguments without and with a name."""
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for match in _ARGUMENT.finditer(typed):
        value = next((match[kind] for kind in ("double", "single", "raw", "code", "bare") if match[kind] is not None), "")
        if match["double"] is not None or match["single"] is not None:
            value = re.sub(r"\\([\"'\\])", r"\1", value)
        elif match["code"] is not None:
            value = value.strip().strip("\"'`")
        if match["key"]:
            named.append((match["key"].lower(), value))
        else:
            positional.append(value)
    return tuple(positional), tuple(named)


def replace(work: Work, tokens: Sequence[Token], render: Render) -> str:
    """The text of a work with each call rendered, the inner ones first."""
    return _Calls(work, tokens, render).text()


@dataclasses.dataclass(slots=True)
class _Frame:
    """A call that waits for its end, and what was written since."""

    token: Token | None
    out: list[str] = dataclasses.field(default_factory=list)


class _Calls:
    def __init__(self, work: Work, tokens: Sequence[Token], render: Render) -> None:
        self.work, self.typed, self.tokens, self.render = work, work.text, tokens, render
        self.ends = _pairs(tokens)
        self.closings = frozenset(self.ends.values())

    def text(self) -> str:
        frames, place = [_Frame(None)], 0
        for number, token in enumerate(self.tokens):
            frames[-1].out.append(self.typed[place : token.start])
            place = token.end
            if number in self.ends:
                frames.append(_Frame(token))
            elif not token.is_end:
                frames[-1].out.append(self._shown(token, None, token.end))
            elif number in self.closings:
                frame = frames.pop()
                if frame.token:
                    frames[-1].out.append(self._shown(frame.token, "".join(frame.out), token.end))
            else:
                self.work.note("une fermeture de raccourci que rien n'ouvrait est retirée.", self.typed[token.start : token.end])
        frames[-1].out.append(self.typed[place:])
        return "".join(part for frame in frames for part in frame.out)

    def _shown(self, token: Token, body: str | None, end: int) -> str:
        line = self.typed.rfind("\n", 0, token.start) + 1
        margin = _MARGIN.match(self.typed, line, token.start)
        lead = margin[0] if margin else ""
        between = self.typed[line + len(lead) : token.start]
        line_end = self.typed.find("\n", end)
        after = self.typed[end : line_end if line_end >= 0 else len(self.typed)]
        is_alone = (not between or _ITEM.fullmatch(between) is not None) and not after.strip()
        positional, named = arguments(self.work.masked.restored(token.arguments))
        inside = None if body is None else _without(body, lead)
        call = Call(token.name, self.typed[token.start : token.end], positional, named, inside, is_alone)
        return _set(self.render(call), lead + re.sub(r"\S", " ", between) if is_alone else lead, is_alone=is_alone and not between)


def _set(text: str, lead: str, *, is_alone: bool) -> str:
    """Rendered lines behind what the first one stands behind; a block has an empty line around it."""
    lines = text.strip("\n").split("\n")
    joined = f"\n{lead}".join(lines)
    blank = lead.rstrip()
    return f"\n{lead}{joined}\n{blank}" if is_alone and text.strip() else joined


def _without(body: str, lead: str) -> str:
    """A held text without the margin of its call."""
    if not lead:
        return body
    lines = body.split("\n")
    return "\n".join([lines[0], *(line.removeprefix(lead) if line.startswith(lead) else line.removeprefix(lead.rstrip()) for line in lines[1:])])


def _pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """The closing of each call that has one; a closing without a name closes the last call."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    counts: collections.Counter[str] = collections.Counter()
    for number, token in enumerate(tokens):
        if not token.is_end:
            if not token.is_whole:
                waiting.append(number)
                counts[token.name] += 1
            continue
        if token.name and not counts[token.name]:
            continue
        while waiting:
            opening = waiting.pop()
            counts[tokens[opening].name] -= 1
            if not token.name or tokens[opening].name == token.name:
                ends[opening] = number
                break
    return ends
