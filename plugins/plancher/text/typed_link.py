"""A link as authors type one on a line of a list: in Markdown, by reference, in HTML, or bare, before or after its title.

The address is found whatever stands around it, and every word is kept: what is
no title becomes the beginning of the comment.
"""

from __future__ import annotations

import dataclasses
import html
import html.parser
import re
from collections.abc import Callable, Iterator, Mapping

from plancher.base import lazy
from plancher.base.french import fold

_LABEL = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])"
_TITLE = r"(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|\([^()]*\)))?"
_IMAGE = rf"!\[[^\[\]]*\]\([^()\s]*{_TITLE}\)"
_MARKDOWN = lazy.pattern(rf"(?<!!)\[(?P<title>{_IMAGE}|{_LABEL}*)\]\(\s*(?:<(?P<quoted>[^<>\n]*)>|(?P<url>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)){_TITLE}\s*\)")
_PICTURE = lazy.pattern(_IMAGE)
_REFERENCE = lazy.pattern(rf"(?<!!)\[(?!\^)(?P<title>{_LABEL}+)\](?: ?\[(?!\^)(?P<label>[^\[\]]*)\])?(?![(:])")
_ATTRIBUTES = lazy.pattern(r"\{:?[^{}]*\}")
_BARE = lazy.pattern(r"<(?P<quoted>https?://[^\s<>]+)>|(?P<url>(?:https?://|www\.)[^\s<>]*)", re.IGNORECASE)
_NOT_OF_AN_ADDRESS = ".,;:!?»”\"'*_…`"
_ENTITY = lazy.pattern(r"&(?:[a-zA-Z]{2,8}|#\d{2,5});$")
"""« &nbsp; » after an address is none of its parameters (GFM 6.9)."""
_HTML = lazy.pattern(r"(?P<tag><a\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>)(?P<title>.*?)(?:</a\s*>|$)", re.IGNORECASE)
_ENTITY_LENGTH = 10
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_DEEPEST, _LONGEST = 10, 4000
"""Pairs of signs around a link, and characters of a line in which more than bare addresses is looked for."""
_BETWEEN = " \t\u00a0\u202f:;,.–—-|·→"
"""What parts a title from the words after it."""
_PAIRS = (
    ("**", "**"),
    ("__", "__"),
    ("*", "*"),
    ("_", "_"),
    ("~~", "~~"),
    ("==", "=="),
    ("`", "`"),
    ("[", "]"),
    ("« ", " »"),
    ("«\u00a0", "\u00a0»"),
    ("«", "»"),
    ("“", "”"),
    ('"', '"'),
    ("(", ")"),
)
_TASK = lazy.pattern(r"\[[ xX]\] (?=\S)")
_BREAKS = lazy.pattern(r"(?:<br */?> *)+", re.IGNORECASE)
_DEFINITION = lazy.pattern(r" {0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:\s*(?:<(?P<quoted>[^<>]*)>|(?P<url>\S+))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*")


@dataclasses.dataclass(frozen=True, slots=True)
class TypedLink:
    """A link and the words around it."""

    title: str
    url: str
    """Empty: there is no address on the line."""
    words: str = ""
    """What is said before and after; Markdown."""
    is_first: bool = True
    """Whether the line begins with it."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    title: str
    """Empty: it has none of its own."""
    url: str


def definition(line: str) -> tuple[str, str] | None:
    """The label and the address of « [label]: address »."""
    typed = _DEFINITION.fullmatch(line)
    return (_label(typed["label"]), typed["quoted"] or typed["url"]) if typed else None


def with_addresses(text: str, references: Mapping[str, str]) -> str:
    """The same, each link by reference with the address that its label stands for.

    :param references: addresses by label (``definition``).
    """

    def typed_out(link: re.Match[str]) -> str:
        url = references.get(_label(link["label"] or link["title"]))
        return written(TypedLink(link["title"], url)) if url else link[0]

    return _REFERENCE.sub(typed_out, text) if references and "[" in text else text


def read(text: str) -> TypedLink:
    """The first link of a line; the line itself as a title, when it holds none."""
    text = _TASK.sub("", text, count=1) if _TASK.match(text) else text
    link = _first(text)
    if link is None:
        return TypedLink(text.strip(), "")
    before, after = _unwrapped(text[: link.start], _ATTRIBUTES.sub("", text[link.end :], count=1) if text[link.end :].startswith("{") else text[link.end :])
    lead, trail = _with_words(before.strip()), _with_words(_BREAKS.sub("", after, count=1).strip(_BETWEEN))
    if not link.title:  # a bare address: its title may stand before it
        title = re.sub(r"^\[(.+)\]$", r"\1", lead.rstrip(_BETWEEN).rstrip("([").rstrip(_BETWEEN))
        return TypedLink(_without_marks(title) or link.url, link.url, trail, is_first=not lead)
    if not lead.strip(_BETWEEN):
        return TypedLink(link.title, link.url, trail)
    words = f"{before}{link.title}{after}".strip() if trail else lead.rstrip(_BETWEEN)
    return TypedLink(link.title, link.url, words, is_first=False)


def every(text: str) -> Iterator[TypedLink]:
    """All links of a line, each with a title of its own or none."""
    end = 0
    for link in sorted(_all(text), key=lambda link: link.start):
        if link.start >= end:
            yield TypedLink(link.title, link.url)
            end = link.end


def written(link: TypedLink) -> str:
    """The link alone, as Markdown that reads back as the same."""
    if link.title in {"", link.url} or not link.url:
        return f"<{link.url}>" if link.url else link.title
    title = re.sub(r"(?<!\\)([\[\]])", r"\\\1", link.title) if link.title.count("[") != link.title.count("]") else link.title
    return f"[{title}](<{link.url}>)" if re.search(r"[()\s]", link.url) else f"[{title}]({link.url})"


def _first(text: str) -> _Link | None:
    """The link that begins first."""
    return min(_all(text), key=lambda link: link.start, default=None)


def _all(text: str) -> Iterator[_Link]:
    ways: tuple[Callable[[str], Iterator[_Link]], ...] = (_in_markdown, _in_html, _bare) if len(text) <= _LONGEST else (_bare,)
    return (link for way in ways for link in way(text))


def _in_markdown(text: str) -> Iterator[_Link]:
    for typed in _MARKDOWN.finditer(text):
        image = re.match(r"!\[([^\[\]]*)\]", typed["title"]) if _PICTURE.fullmatch(typed["title"]) else None
        address = re.sub(r"\s", "%20", typed["quoted"].strip()) if typed["url"] is None else typed["url"]
        if address:
            yield _Link(typed.start(), typed.end(), (image[1] if image else typed["title"]).strip(), address)


def _in_html(text: str) -> Iterator[_Link]:
    for typed in _HTML.finditer(text) if "<a" in text.lower() else ():
        reader = _Anchor()
        reader.feed(typed["tag"])
        if reader.url:
            yield _Link(typed.start(), typed.end(), html.unescape(re.sub(r"<[^<>]*>", "", typed["title"])).strip(), reader.url)


def _bare(text: str) -> Iterator[_Link]:
    pictures = [picture.span() for picture in _PICTURE.finditer(text)] if "![" in text and len(text) <= _LONGEST else []
    for typed in _BARE.finditer(text):
        if any(start < typed.start() < end for start, end in pictures):
            continue
        url = typed["quoted"] or trimmed(typed["url"])
        end = typed.end() if typed["quoted"] else typed.start() + len(url)
        if "." in url or "localhost" in url:
            yield _Link(typed.start(), end, "", url if "://" in url else f"https://{url}")


def trimmed(url: str) -> str:
    """Without the signs of the sentence around it; a bracket that it opens is its own (CommonMark's autolinks, GFM 6.9)."""
    opened = {closing: url.count(closing) - url.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        entity = _ENTITY.search(url, max(0, end - _ENTITY_LENGTH), end) if last == ";" else None
        if entity:
            end = entity.start()
            continue
        if opened.get(last, 0) > 0:
            opened[last] -= 1
        elif last not in _NOT_OF_AN_ADDRESS:
            break
        end -= 1
    return url[:end]


class _Anchor(html.parser.HTMLParser):
    """The address of a tag."""

    url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.url = dict(attrs).get("href") or "" if tag == "a" else ""


def _unwrapped(before: str, after: str) -> tuple[str, str]:
    """Without the emphasis, quotation marks or brackets that stand around the link alone."""
    for _ in range(_DEEPEST):
        for opening, closing in _PAIRS:
            if before.endswith(opening) and after.startswith(closing):
                before, after = before.removesuffix(opening), after.removeprefix(closing)
                break
        else:
            break
    return before, after


def _with_words(text: str) -> str:
    """The text, unless it is signs alone: « 👉 », « > », « ? »."""
    return text if any(map(str.isalnum, text)) else ""


def _without_marks(title: str) -> str:
    for opening, closing in _PAIRS[:4]:
        if len(title) > len(opening + closing) and title.startswith(opening) and title.endswith(closing):
            return title[len(opening) : -len(closing)]
    return title


def _label(text: str) -> str:
    return " ".join(fold(text).split())
