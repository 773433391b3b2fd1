"""The words of a cue without its tags, and who says them."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator

from plancher.components.talks.webvtt import Cue

_TOKEN = re.compile(
    r"<(?P<tag>/?[a-zA-Z][^<>]*|[\d:.]+|/?)>|<(?P<open>/?(?:[cibuv]|lang|ruby|rt)(?:\.\w+)*)$|(?P<text>[^<]+|<)",
)
"""A tag, a tag that its cue cuts off, or words: « a < b » is words."""
_KNOWN = re.compile(
    r"/?(?:[cibuvsp]|lang|ruby|rt|rp|font|em|strong|span|br|div|a|sup|sub|small|big|mark|center|tt)(?:[\s./][^<>]*)?|[\d:.]+|/?",
    re.IGNORECASE,
)
"""Tags of WebVTT, and of HTML that editors leave in it; any other is words, or an address."""


@dataclasses.dataclass(frozen=True, slots=True)
class VoiceSpan:
    """Words, and who says them."""

    voice: str
    """Empty: nobody is named."""
    text: str


def voice_spans(cue: Cue) -> list[VoiceSpan]:
    """The words of a cue without its tags, cut where the voice changes."""
    spans: list[VoiceSpan] = []
    voice, words = "", ""
    for token in _TOKEN.finditer(cue.text):
        tag = token["tag"] or token["open"]
        if token["text"]:
            words += html.unescape(token["text"])
        elif tag and not _KNOWN.fullmatch(tag):
            words += html.unescape(token[0])
        elif not tag:
            continue
        elif re.match(r"br\b", tag, re.IGNORECASE):
            words += "\n"
        elif re.match(r"v(?:[.\s]|$)", tag):
            spans += _span(voice, words)
            voice, words = html.unescape(" ".join(re.sub(r"^v[^\s]*", "", tag).split())), ""
        elif tag == "/v":
            spans += _span(voice, words)
            voice, words = "", ""
    return [*spans, *_span(voice, words)]


def _span(voice: str, words: str) -> Iterator[VoiceSpan]:
    text = "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))
    if text:
        yield VoiceSpan(voice, text)
