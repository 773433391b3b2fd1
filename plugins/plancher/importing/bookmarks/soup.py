"""The tags and the text of broken HTML, in linear time.

Python's own parser scans again from each « < » that nothing closes, which takes
minutes on a file that was cut short.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator

_NAME = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})")
_WHOLE = re.compile(r"(?P<inside>(?:\s[^<>\"'=]*+=\"[^<>\"]*+\")*+[^<>\"'=]*+)>")
"""The rest of an ordinary tag: values in double quotes, without « < » or « > »."""
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"(?P<name>[^\s=/>\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)))?")
_LONE_AMPERSAND = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9;]))")
"""« ?a=1&copy=2 »: no entity, though browsers of today read « © » there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tag:
    """A tag; its name in lower case."""

    name: str
    is_end: bool
    attributes: dict[str, str]


def read(text: str) -> Iterator[Tag | str]:
    """Each tag and the text between tags, with entities decoded; without comments and declarations."""
    scanner = _HtmlScanner(text)
    place = start = 0
    while (place := text.find("<", place)) >= 0:
        match = scanner.tag_at(place)
        if match is None:
            place += 1
            continue
        tag, end = match
        if place > start:
            yield html.unescape(text[start:place])
        if tag:
            yield tag
        place = start = end
    if start < len(text):
        yield html.unescape(text[start:])


class _HtmlScanner:
    """Remembers what is missing in the rest of the text, and does not search for it again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._last = text.rfind(">")
        self._last_comment = text.rfind("-->")
        self._has_quotes = True
        """Whether quotes count: no longer after a quote that never closes."""

    def tag_at(self, place: int) -> tuple[Tag | None, int] | None:
        """The tag at this place, and where it ends; no tag for a comment; None for text."""
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
    attributes: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text) if text else ():
        value = double or single or bare
        attributes.setdefault(name.lower(), html.unescape(_LONE_AMPERSAND.sub("&amp;", value)) if "&" in value else value)
    return attributes
