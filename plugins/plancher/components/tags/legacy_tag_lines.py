"""« Technorati Tags: » lines, as blog engines of 2005 to 2010 left them at the foot of posts.

Technorati read any link whose ``rel`` was ``tag``: the last segment of its
address was the tag. Engines and plug-ins wrote a line of such links, or of
bare words, which readers saw. What they said is read into the header.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator, Sequence

from plancher.base.problems import Problem, Problems
from plancher.components.tags.names import is_acronym, key
from plancher.text.blocks import Line
from plancher.text.document import Document
from plancher.text.grammar import LegacyTagLine

_LABEL = re.compile(
    r"(?:technorati[\s\xa0]+(?:tags?|mots?[- ]cl(?:é|e)s?)|(?:tags?|mots?[- ]cl(?:é|e)s?)[\s\xa0]+technorati)[\s\xa0*_]*[:\uff1a][\s\xa0*_]*",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(r"technorati[\s\xa0*_]*[:\uff1a][\s\xa0*_]*(?=\ufdd2)", re.IGNORECASE)
"""Without the word: a list of links, then."""
_MARKED = re.compile(r"<[a-z]+\b[^>]*\bclass\s*=\s*[\"'][^\"']*technorati", re.IGNORECASE)
"""A box that says what it is."""
_AFTER_BREAK = re.compile(rf"(?P<before>.*\S)\s*<br\s*/?>\s*(?P<rest>(?:<[^>]*>|[\s*_])*{_LABEL.pattern}.*)", re.IGNORECASE)
_CODE_OPENS, _CODE_CLOSES = (
    re.compile(r"<(?:pre|code|script|style|textarea)\b", re.IGNORECASE),
    re.compile(r"</(?:pre|code|script|style|textarea)", re.IGNORECASE),
)
_OPEN = re.compile(r"[,;|:\uff1a]\s*(?:<[^>]*>\s*)*$")
"""A line that ends so goes on."""
_GOES_ON = re.compile(r"\s*(?:[,;|]|\[|<a\b|</(?:p|div|span|strong|em|b|i)>|<!--)", re.IGNORECASE)
"""What begins so goes on with the list before it."""
_SENTENCE = re.compile(r"[.!?…]\s+\S|\s:\s|\w:\s")
"""No tag holds this."""
_ANCHOR = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))", re.IGNORECASE)
_REL = re.compile(r"\brel\s*=\s*[\"']?[^\"'>]*\btag\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\](?:\(\s*<?(?P<url>(?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\[[^\]]*\])")
_BARE = re.compile(r"<?(?P<url>https?://[^\s<>,;|]+)>?")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--.*?-->", re.DOTALL)
_OPENING = re.compile(r"<(?:div|p|span)\b[^>]*>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:div|p|span)\s*>", re.IGNORECASE)
_IN_TAGS = re.compile(r"/tags?/+(?P<segment>[^/?#]+)/*(?:[?#].*)?$", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;|\u00b7\u2022\u060c]")
_PLUS, _PLUS_IN_WORDS = re.compile(r"(?<=.)\+(?!\+*$)"), re.compile(r"(?<=\w)\+(?=\w)")
"""A plus that stands for a space: those at the end are the tag's (``C++``)."""
_LINK = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands for a link while words are cut: noncharacters, which no text holds."""
_EMPHASIS = " \t\r\n\xa0*_\"'«»“”‘’"
_LONGEST = 60
"""Characters above which words between commas are a sentence, not a tag."""


def read(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[LegacyTagLine]]:
    """The lines without those that list tags, and what these said."""
    if not any("echnorati" in line.text.lower() for line in lines):
        return lines, ()
    kept, legacy_tag_lines, index = _broken(lines), [], 0
    verbatim = _verbatim(kept)
    while index < len(kept):
        end = index + 1 if verbatim[index] else _end(kept, index)
        tags = None if verbatim[index] else parse("\n".join(line.text for line in kept[index:end]))
        if tags is None:
            index += 1
            continue
        start, end = _extent(kept, index, end)
        legacy_tag_lines.append(LegacyTagLine(kept[index].number, tags))
        kept[start:end], verbatim[start:end] = [Line(kept[start].number, "")], [False]
        index = start + 1
    return (kept, legacy_tag_lines) if legacy_tag_lines else (lines, ())


def _broken(lines: Sequence[Line]) -> list[Line]:
    """The lines, those in which the list comes after a ``<br>`` cut in two."""
    found: list[Line] = []
    for line in lines:
        cut = _AFTER_BREAK.fullmatch(line.text) if "echnorati" in line.text.lower() else None
        found += [Line(line.number, cut["before"], line.raw), Line(line.number, cut["rest"], line.raw)] if cut else [line]
    return found


def _verbatim(lines: Sequence[Line]) -> list[bool]:
    """Whether each line is code, or in an element whose text is shown as it is."""
    found, inside = [], False
    for line in lines:
        inside = inside or bool(_CODE_OPENS.search(line.text) and line.raw)
        found.append(inside or line.text.startswith("    ") or "echnorati" not in line.text.lower())
        inside = inside and not _CODE_CLOSES.search(line.text)
    return found


def _end(lines: Sequence[Line], index: int) -> int:
    """Where the list ends: with its line, unless that ends in the middle of something, or the next begins with a link."""
    end = index + 1
    while end < len(lines) and lines[end].text.strip():
        text = "\n".join(line.text for line in lines[index:end])
        is_open = _OPEN.search(text) is not None or text.lower().count("<a") > text.lower().count("</a") or text.count("[") > text.count("]")
        if not (is_open or _GOES_ON.match(lines[end].text)):
            break
        end += 1
    return end


def _extent(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The lines to leave out: these, with the boxes around them that hold nothing else."""
    text = "".join(line.text for line in lines[start:end])
    extra = len(_CLOSING.findall(text)) - len(_OPENING.findall(text))
    while True:
        before = next((at for at in range(start - 1, -1, -1) if lines[at].text.strip()), -1)
        after = next((at for at in range(end, len(lines)) if lines[at].text.strip()), -1)
        if extra > 0 and _is_box(lines, before, _OPENING):
            start, extra = before, extra - 1
        elif extra < 0 and _is_box(lines, after, _CLOSING):
            end, extra = after + 1, extra + 1
        elif extra == 0 and _is_box(lines, before, _OPENING) and _is_box(lines, after, _CLOSING):
            start, end = before, after + 1
        else:
            return start, end


def _is_box(lines: Sequence[Line], at: int, side: re.Pattern[str]) -> bool:
    """Whether a line opens, or closes, a box and says nothing."""
    return 0 <= at < len(lines) and bool(side.search(lines[at].text)) and not _TAG.sub("", lines[at].text).strip()


def parse(text: str) -> tuple[str, ...] | None:
    """The tags of a paragraph that lists some, each once, in their order; None when it lists none.

    Read as well: bare words, HTML links, Markdown links, addresses with ``/tag/``
    or ``/tags/``, spaces written ``+`` or ``%20``, accents written ``%c3%a9`` or
    ``%e9``, and whatever box or emphasis stands around.
    """
    links: list[str] = []

    def keep(tag: str) -> str:
        links.append(tag)
        return f"\ufdd2{len(links) - 1}\ufdd3"

    is_marked = bool(_MARKED.search(text))
    text = _ANCHOR.sub(lambda found: keep(_from_anchor(found)), text)
    text = _MARKDOWN.sub(lambda found: keep(_from_link(_words(found["text"]), found["url"] or "")), text)
    text = _BARE.sub(lambda found: keep(_from_link("", found["url"])), text)
    text = html.unescape(_TAG.sub(" ", text)).lstrip(_EMPHASIS)
    label = _LABEL.match(text) or (_SHORT_LABEL.match(text) if links else None)
    if label is None and not (is_marked and links):
        return None
    listed = text[label.end() :] if label else text
    words = [piece for piece in (_LINK.sub(" ", piece).strip(_EMPHASIS) for piece in _SEPARATOR.split(listed)) if piece]
    if any(len(piece) > _LONGEST or _SENTENCE.search(piece) for piece in words) or (label is None and words):
        return None
    return tuple(dict.fromkeys(filter(None, _cut(listed, links))))


def _cut(text: str, links: Sequence[str]) -> Iterator[str]:
    """Links, and the words between them; the line is a sentence for some, with a full stop."""
    pieces = _SEPARATOR.split(text.strip())
    for number, piece in enumerate(pieces, 1):
        found = _LINK.findall(piece)
        yield from (links[int(place)] for place in found)
        words = _LINK.sub(" ", piece).strip(_EMPHASIS)
        if words and (not found or any(letter.isalnum() for letter in words)):
            is_last = number == len(pieces) and not is_acronym(words)
            yield _decoded(_PLUS_IN_WORDS.sub(" ", words.rstrip(".") if is_last else words))


def _from_anchor(anchor: re.Match[str]) -> str:
    href = _HREF.search(anchor["attributes"])
    address = html.unescape(next(filter(None, href.groups()), "")) if href else ""
    text = _words(html.unescape(_TAG.sub("", anchor["text"])))
    return _from_link(text, address, is_tag=bool(_REL.search(anchor["attributes"])))


def _from_link(text: str, address: str, *, is_tag: bool = False) -> str:
    """The last segment of a tag's address is the tag; its text only says how to write it."""
    found = _IN_TAGS.search(address)
    segment = found["segment"] if found else address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2] if is_tag else ""
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


def belongs_in_the_header(document: Document) -> Problems:
    """What old engines wrote at the foot of a post has its place in the header."""
    for relic in document.legacy_tag_lines:
        known = ", ".join(dict.fromkeys((*document.front.tags, *relic.tags)))
        advice = f"Écrivez « Tags: {known} » dans l'en-tête, et retirez cette ligne."
        yield Problem(relic.line, "PDV075", f"les mots-clés de cette ligne sont lus comme ceux du billet. {advice}")
