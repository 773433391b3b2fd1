"""The tags and the words of HTML that nobody closed, in one pass: no sign is looked at twice, whatever the file holds.

Python's own parser looks again from each « < » that nothing closes, which takes
minutes on a file that was cut short.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator

_NAME = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})")
_WHOLE = re.compile(r"(?P<inside>(?:\s[^<>\"'=]*+=\"[^<>\"]*+\")*+[^<>\"'=]*+)>")
"""The rest of a tag as nearly all are: each value between double quotes, and no sign in it that might end the tag."""
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=/>\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)))?")
_LONE_AMPERSAND = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9;]))")
"""« ?a=1&copy=2 »: no entity, though browsers of today read « © » there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tag:
    """A tag; its name in small letters."""

    name: str
    is_end: bool
    attributes: dict[str, str]


def read(text: str) -> Iterator[Tag | str]:
    """Each tag, and the words between them, entities undone; comments and declarations are left out."""
    soup = _Soup(text)
    place = start = 0
    while (place := text.find("<", place)) >= 0:
        found = soup.at(place)
        if found is None:
            place += 1
            continue
        tag, end = found
        if place > start:
            yield html.unescape(text[start:place])
        if tag:
            yield tag
        place = start = end
    if start < len(text):
        yield html.unescape(text[start:])


class _Soup:
    """What is not closed once is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = text.rfind(">")
        self._last_comment = text.rfind("-->")
        self._has_quotes = True
        """Whether quotes are believed: until a tag is found that they never let end."""

    def at(self, place: int) -> tuple[Tag | None, int] | None:
        """The tag that begins here, and where it ends; no tag for a comment; None for words."""
        text = self.text
        if place >= self._last:
            return None
        if text.startswith("<!--", place):
            return (None, text.index("-->", place + 4) + 3) if place + 4 <= self._last_comment else None
        if text.startswith(("<!", "<?"), place):
            return None, text.index(">", place) + 1
        name = _NAME.match(text, place)
        if name is None:
            return None
        whole = _WHOLE.match(text, name.end())
        end = whole.end("inside") if whole else self._end(name.end())
        return Tag(name["name"].lower(), bool(name["close"]), {} if name["close"] else _attributes(text[name.end() : end])), end + 1

    def _end(self, start: int) -> int:
        place = start
        while self._has_quotes and (stop := _STOP.search(self.text, place)):
            if stop[0] == ">":
                return stop.start()
            if self.text[max(start, stop.start() - 3) : stop.start()].rstrip().endswith("="):
                place = self.text.find(stop[0], stop.end()) + 1
                if place == 0:
                    break
            else:
                place = stop.end()
        self._has_quotes = False
        return self.text.index(">", start)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text) if text else ():
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(_LONE_AMPERSAND.sub("&amp;", value)) if "&" in value else value)
    return found
