"""Shortcodes as they are typed: « [name a="b" c]inside[/name] »."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator

from plancher.importing.blogs.readers.html_tokens import tokens

_TAG = re.compile(
    r"(?P<more>\[?)\[(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9_-]{0,60}+)(?P<attributes>(?:(?:[\s=]|:(?=https?://))(?:[^\[\]\"'\n]++|\"[^\"]{0,2000}+\"|'[^']{0,2000}+'|[\"'\n])*+)?+)\](?P<less>\]?)"
)
_PERHAPS = re.compile(r"\[/?[a-zA-Z]")
_VALUES = re.compile(r"(?:(?P<key>[\w-]++)\s*+=\s*+)?+(?:[\"“”″](?P<double>[^\"“”″]*+)[\"“”″]|'(?P<single>[^']*+)'|(?P<bare>[^\s\"']++))")


@dataclasses.dataclass(frozen=True, slots=True)
class Tag:
    """One such tag, in a text."""

    name: str
    """In lower case."""
    start: int
    end: int
    is_end: bool
    is_literal: bool
    """« [[name]] »: the author meant the sign itself."""
    opens_literal: bool
    """« [[name] »: perhaps the same around what it encloses."""
    closes_literal: bool
    is_closed: bool
    """« [name /] »."""
    values: dict[str, str]
    """Attributes; those without a name are « 0 », « 1 »…"""


def tags(body: str) -> list[Tag]:
    """Whatever looks like a shortcode, outside of code, comments and HTML tags, in the order of the text."""
    return [_tag(match) for match in _TAG.finditer(_masked(body))] if _PERHAPS.search(body) else []


def _masked(body: str) -> str:
    """The body with its brackets hidden where no shortcode may stand; places stay."""
    return "".join(_pieces(body)) if "<" in body else body


def _pieces(body: str) -> Iterator[str]:
    codes = 0
    for token in tokens(body):
        if token.name == "code":
            codes = max(0, codes + (-1 if token.is_end else 1))
        yield token.text if not token.name and not codes else token.text.replace("[", "\x01").replace("]", "\x01")


def _tag(match: re.Match[str]) -> Tag:
    typed = match["attributes"].strip()
    is_literal = bool(match["more"] and match["less"])
    start = match.start()
    end = match.end() - (len(match["less"]) if not is_literal else 0)
    is_closed = typed.endswith("/") and "://" not in typed[-60:]
    values = _read(typed.removesuffix("/") if is_closed else typed)
    opens, closes = (bool(match[side]) and not is_literal for side in ("more", "less"))
    return Tag(match["name"].lower(), start, end, bool(match["end"]), is_literal, opens, closes, is_closed, values)


def _read(typed: str) -> dict[str, str]:
    values: dict[str, str] = {}
    plain = html.unescape(typed)
    for match in _VALUES.finditer(plain.lstrip("=: ")):
        value = next(value for value in (match["double"], match["single"], match["bare"]) if value is not None)
        values.setdefault(match["key"].lower() if match["key"] else str(sum(key.isdecimal() for key in values)), value)
    return values
