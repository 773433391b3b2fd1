"""The tags of a body and the words between them, in linear time, as they were typed: joined again, they are the body."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator

RAW = frozenset({"pre", "script", "style", "textarea"})
"""Elements in which nothing is a tag, a line break or a shortcode."""
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s<>/\"']*+)(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>|<(?P<odd_end>/?)(?P<odd>[a-zA-Z][^\s<>/\"']*+)[^<>]*+>"
)
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=/>\"'<]++)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>\"']++)))?+")


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """A tag, a comment, a raw element whole, or the words between."""

    text: str
    name: str = ""
    """In lower case; « !-- » for a comment; empty for words."""
    is_end: bool = False

    @property
    def attributes(self) -> dict[str, str]:
        """Of a tag, entities decoded, names in lower case."""
        typed = self.text[: self.text.find(">") + 1] if self.name in RAW else self.text
        inside = typed.strip("<>").partition(self.text[1 : len(self.name) + 1])[2]
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(inside):
            value = match["double"] or match["single"] or match["bare"] or ""
            found.setdefault(match["name"].lower(), html.unescape(value))
        return found


def tokens(body: str) -> Iterator[Token]:
    """The tokens of a body."""
    absent: set[str] = set()
    place = start = 0
    while (place := body.find("<", place)) >= 0:
        token = _token(body, place, absent)
        if token is None:
            place += 1
            continue
        if place > start:
            yield Token(body[start:place])
        yield token
        place = start = place + len(token.text)
    if start < len(body):
        yield Token(body[start:])


def _token(body: str, place: int, absent: set[str]) -> Token | None:
    """What begins at a « < »; nothing if it is a sign among words."""
    if body.startswith("<!--", place):
        end = -1 if "!--" in absent else body.find("-->", place + 4)
        if end < 0:
            absent.add("!--")
            return None
        return Token(body[place : end + 3], "!--")
    match = _TAG.match(body, place)
    if match is None:
        return None
    name = (match["name"] or match["odd"]).lower()
    is_end = bool(match["end"] or match["odd_end"])
    if name not in RAW or is_end or name in absent:
        return Token(match[0], name, is_end)
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(body, match.end())
    if closing is None:
        absent.add(name)
        return Token(match[0], name)
    return Token(body[place : closing.end()], name)


def words(body: str) -> str:
    """The words of a piece of HTML, entities decoded."""
    return html.unescape("".join(_words_of(token) for token in tokens(body)))


def _words_of(token: Token) -> str:
    if token.name not in {"pre", "textarea"} or token.is_end:
        return "" if token.name else token.text
    return "".join("" if part.name else part.text for part in tokens(inside_of(token.text, token.name)))


def inside_of(body: str, name: str) -> str:
    """What stands in the first element of this name; empty: there is none."""
    lowered = body.lower()
    start = lowered.find(f"<{name}")
    start = lowered.find(">", start) + 1 if start >= 0 else 0
    end = lowered.rfind(f"</{name}", start) if name in RAW else lowered.find(f"</{name}", start)
    return body[start:end] if 0 < start <= end else ""


def first_attribute(body: str, names: frozenset[str], attribute: str) -> str:
    """The first value of this attribute among elements of these names."""
    return next((value for token in tokens(body) if token.name in names and not token.is_end and (value := token.attributes.get(attribute, ""))), "")
