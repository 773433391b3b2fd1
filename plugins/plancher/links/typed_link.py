"""A link as authors type one on a line of a list: in Markdown, by reference, in HTML, or bare, before or after its title.

The address is found whatever stands around it, and every word is kept: what is
no title becomes the beginning of the comment.
"""

from __future__ import annotations

import dataclasses
import html.parser
import re
from collections.abc import Callable, Iterator, Mapping

from plancher.core.french import fold

_LABEL = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])"
_IMAGE = r"!\[[^\[\]]*\]\([^()\s]*\)"
_TITLE = r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?"
_MARKDOWN = re.compile(rf"\[(?P<title>{_IMAGE}|{_LABEL}+)\]\(\s*(?:<(?P<quoted>[^<>\n]*)>|(?P<url>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)){_TITLE}\s*\)")
_REFERENCE = re.compile(rf"(?<!!)\[(?P<title>{_LABEL}+)\](?: ?\[(?P<label>[^\[\]]*)\])?(?![(:])")
_ATTRIBUTES = re.compile(r"\{:?[^{}]*\}")
_BARE = re.compile(r"<(?P<quoted>https?://[^\s<>]+)>|(?P<url>(?:https?://|www\.)[^\s<>]*)", re.IGNORECASE)
_NOT_OF_AN_ADDRESS = ".,;:!?»”\"'*_…"
_HTML = re.compile(r"<a\s", re.IGNORECASE)
_BETWEEN = " \t\u00a0\u202f:;,.–—-|·→"
"""What parts a title from the words after it."""
_PAIRS = (("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("« ", " »"), ("«\u00a0", "\u00a0»"), ("«", "»"), ("“", "”"), ('"', '"'), ("(", ")"))
_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\[\]]+)\]:\s*(?:<(?P<quoted>[^<>]*)>|(?P<url>\S+))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*")


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
    link = _first(text)
    if link is None:
        return TypedLink(text.strip(), "")
    before, after = _unwrapped(text[: link.start], _ATTRIBUTES.sub("", text[link.end :], count=1) if text[link.end :].startswith("{") else text[link.end :])
    lead, trail = before.strip(), after.strip(_BETWEEN)
    if not link.title:  # a bare address: its title may stand before it
        title = lead.rstrip(_BETWEEN).rstrip("(").rstrip(_BETWEEN)
        return TypedLink(_without_marks(title) or link.url, link.url, trail, is_first=not lead)
    if not lead.strip(_BETWEEN):
        return TypedLink(link.title, link.url, trail)
    words = f"{before}{link.title}{after}".strip() if trail else lead.rstrip(_BETWEEN)
    return TypedLink(link.title, link.url, words, is_first=False)


def written(link: TypedLink) -> str:
    """The link alone, as Markdown that reads back as the same."""
    if link.title in {"", link.url} or not link.url:
        return f"<{link.url}>" if link.url else link.title
    title = re.sub(r"(?<!\\)([\[\]])", r"\\\1", link.title) if link.title.count("[") != link.title.count("]") else link.title
    return f"[{title}](<{link.url}>)" if re.search(r"[()\s]", link.url) else f"[{title}]({link.url})"


def _first(text: str) -> _Link | None:
    """The link that begins first."""
    ways: tuple[Callable[[str], Iterator[_Link]], ...] = (_in_markdown, _in_html, _bare)
    return min((link for way in ways for link in way(text)), key=lambda link: link.start, default=None)


def _in_markdown(text: str) -> Iterator[_Link]:
    for typed in _MARKDOWN.finditer(text):
        image = re.fullmatch(r"!\[([^\[\]]*)\]\([^()\s]*\)", typed["title"])
        address = typed["quoted"] if typed["url"] is None else typed["url"]
        if address:
            yield _Link(typed.start(), typed.end(), image[1] if image else typed["title"], address)


def _in_html(text: str) -> Iterator[_Link]:
    for typed in _HTML.finditer(text):
        reader = _Anchor()
        reader.feed(text[typed.start() :])
        if reader.url and reader.end:
            yield _Link(typed.start(), typed.start() + reader.end, reader.title.strip(), reader.url)


def _bare(text: str) -> Iterator[_Link]:
    for typed in _BARE.finditer(text):
        url = typed["quoted"] or _trimmed(typed["url"])
        end = typed.end() if typed["quoted"] else typed.start() + len(url)
        if "." in url or "localhost" in url:
            yield _Link(typed.start(), end, "", url if "://" in url else f"https://{url}")


def _trimmed(url: str) -> str:
    """Without the signs of the sentence around it (CommonMark's autolinks, GFM 6.9)."""
    while url and (url[-1] in _NOT_OF_AN_ADDRESS or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


class _Anchor(html.parser.HTMLParser):
    """The first ``<a>`` of a text: its address, its words, where it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.url, self.title, self.end, self._is_open = "", "", 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and not self.end and not self._is_open:
            self.url, self._is_open = dict(attrs).get("href") or "", True

    def handle_data(self, data: str) -> None:
        if self._is_open:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._is_open:
            self._is_open = False
            self.end = self.getpos()[1] + len("</a>")


def _unwrapped(before: str, after: str) -> tuple[str, str]:
    """Without the emphasis, quotation marks or brackets that stand around the link alone."""
    for opening, closing in _PAIRS:
        if before.endswith(opening) and after.startswith(closing):
            return _unwrapped(before.removesuffix(opening), after.removeprefix(closing))
    return before, after


def _without_marks(title: str) -> str:
    for opening, closing in _PAIRS[:4]:
        if len(title) > len(opening + closing) and title.startswith(opening) and title.endswith(closing):
            return _without_marks(title[len(opening) : -len(closing)])
    return title


def _label(text: str) -> str:
    return " ".join(fold(text).split())
