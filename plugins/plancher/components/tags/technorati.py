"""The tags of a « Technorati Tags: » paragraph, in whatever way an engine or a plug-in wrote it."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator, Sequence

from plancher.components.tags.names import is_acronym, key

LABEL = re.compile(
    r"(?:technorati[\s\xa0]+(?:tags?|mots?[- ]cl(?:é|e)s?)|(?:tags?|mots?[- ]cl(?:é|e)s?)[\s\xa0]+technorati)[\s\xa0*_]*[:\uff1a][\s\xa0*_]*",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(r"technorati[\s\xa0*_]*[:\uff1a][\s\xa0*_]*(?=\ufdd2)", re.IGNORECASE)
"""« Technorati: », when a list of links follows."""
_MARKED = re.compile(r"<[a-z]+\b[^>]*\bclass\s*=\s*[\"'][^\"']*technorati", re.IGNORECASE)
"""A box whose class says what it is."""
_SENTENCE = re.compile(r"[.!?…]\s+\S|\s:\s|\w:\s")
"""No tag holds this."""
_ANCHOR = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))", re.IGNORECASE)
_REL = re.compile(r"\brel\s*=\s*[\"']?[^\"'>]*\btag\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\](?:\(\s*<?(?P<url>(?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[[^\]]*\])")
_BARE = re.compile(r"<?(?P<url>https?://[^\s<>,;|]+)>?")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
_IN_TAGS = re.compile(r"/tags?/+(?P<segment>[^/?#]+)/*(?:[?#].*)?$", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;|\u00b7\u2022\u060c]")
_PLUS, _PLUS_IN_WORDS = re.compile(r"(?<=.)\+(?!\+*$)"), re.compile(r"(?<=\w)\+(?=\w)")
"""A plus that stands for a space: those at the end are the tag's (``C++``)."""
_LINK = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands for a link while words are cut: noncharacters, which no text holds."""
_EMPHASIS = " \t\r\n\xa0*_\"'«»“”‘’"
_LONGEST = 60
"""Characters above which words between commas are a sentence, not a tag."""


def parse(text: str) -> tuple[str, ...] | None:
    """The tags of a paragraph that lists some, each once, in their order; None when it lists none.

    It reads bare words, HTML links, Markdown links, addresses with ``/tag/``
    or ``/tags/``, spaces written ``+`` or ``%20``, accents written ``%c3%a9`` or
    ``%e9``, and whatever box or emphasis stands around.
    """
    links: list[str] = []

    def hide(tag: str) -> str:
        links.append(tag)
        return f"\ufdd2{len(links) - 1}\ufdd3"

    is_marked = bool(_MARKED.search(text))
    text = _ANCHOR.sub(lambda anchor: hide(_from_anchor(anchor)), text)
    text = _MARKDOWN.sub(lambda link: hide(_from_link(_words(link["text"]), link["url"] or "")), text)
    text = _BARE.sub(lambda link: hide(_from_link("", link["url"])), text)
    text = html.unescape(MARKUP.sub(" ", text)).lstrip(_EMPHASIS)
    label = LABEL.match(text) or (_SHORT_LABEL.match(text) if links else None)
    if label is None and not (is_marked and links):
        return None
    listed = text[label.end() :] if label else text
    words = [piece for piece in (_LINK.sub(" ", piece).strip(_EMPHASIS) for piece in _SEPARATOR.split(listed)) if piece]
    if any(len(piece) > _LONGEST or _SENTENCE.search(piece) for piece in words) or (label is None and words):
        return None
    return tuple(dict.fromkeys(filter(None, _tags(listed, links))))


def _tags(text: str, links: Sequence[str]) -> Iterator[str]:
    """Those of links, and the words between them; some authors end the line with a full stop."""
    pieces = _SEPARATOR.split(text.strip())
    for number, piece in enumerate(pieces, 1):
        hidden = _LINK.findall(piece)
        yield from (links[int(place)] for place in hidden)
        words = _LINK.sub(" ", piece).strip(_EMPHASIS)
        if words and (not hidden or any(letter.isalnum() for letter in words)):
            is_last = number == len(pieces) and not is_acronym(words)
            yield _decoded(_PLUS_IN_WORDS.sub(" ", words.rstrip(".") if is_last else words))


def _from_anchor(anchor: re.Match[str]) -> str:
    href = _HREF.search(anchor["attributes"])
    address = html.unescape(next(filter(None, href.groups()), "")) if href else ""
    text = _words(html.unescape(MARKUP.sub("", anchor["text"])))
    return _from_link(text, address, is_tag=bool(_REL.search(anchor["attributes"])))


def _from_link(text: str, address: str, *, is_tag: bool = False) -> str:
    """The last segment of a tag's address is the tag; its text only says how to write it."""
    tagged = _IN_TAGS.search(address)
    segment = tagged["segment"] if tagged else address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2] if is_tag else ""
    if not segment:
        return text
    tag = _words(_decoded(_PLUS.sub(" ", segment)))
    return text if text and key(text) in {key(tag), key(_decoded(segment))} else tag


def _decoded(segment: str) -> str:
    """« développement » from ``d%c3%a9veloppement``, or from the ``d%e9veloppement`` of older engines."""
    if "%" not in segment:
        return segment
    try:
        return urllib.parse.unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return urllib.parse.unquote(segment, encoding="cp1252")


def _words(text: str) -> str:
    return " ".join(text.split()).strip(_EMPHASIS)
