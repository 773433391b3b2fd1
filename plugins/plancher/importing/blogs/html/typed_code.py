"""Code that was typed with its « < » as they are: « vector<int> », « if (a<b) », « #include <stdio.h> ».

Plugins of the time showed it so; a parser takes each of them for a tag, which vanishes, and may swallow the rest of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENING = re.compile(r"<(pre|code)(?:\s[^<>]*+)?>", re.IGNORECASE)
_NAMES = (
    "a|abbr|acronym|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|dfn|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|o:p|ol|p|pre|q|s|samp"
    "|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr"
)
"""Elements that an editor puts into code to show it."""
_ATTRIBUTE = r"\s++[\w:-]++(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>=]++))?+"
_SIGN = re.compile(rf"<(?!!--|/?(?:{_NAMES})(?:{_ATTRIBUTE})*+\s*+/?>)", re.IGNORECASE)
"""A « < » that begins neither such an element nor a comment."""


def kept(html: str) -> str:
    """The same HTML, whose code has « &lt; » where a « < » is a sign of its own."""
    return "".join(_pieces(html)) if "<pre" in (lowered := html.lower()) or "<code" in lowered else html


def _pieces(html: str) -> Iterator[str]:
    lowered = html.lower() if len(html.lower()) == len(html) else html
    place, absent = 0, set[str]()
    while opening := _OPENING.search(html, place):
        name = opening[1].lower()
        end = -1 if name in absent else lowered.find(f"</{name}", opening.end())
        if end < 0:  # never closed: nobody knows where the code ends
            absent.add(name)
            yield html[place : opening.end()]
            place = opening.end()
            continue
        yield html[place : opening.end()]
        yield _SIGN.sub("&lt;", html[opening.end() : end])
        place = end
    yield html[place:]
