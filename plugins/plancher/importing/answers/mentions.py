"""Webmentions that a receiver keeps for the blog, as JF2 (webmention.io); and whether the page that sent one really leads to the post.

Webmention (W3C), section 3.2.2: who receives one fetches its source, and looks for the target in it.
"""

from __future__ import annotations

import datetime as dt
import html.parser
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass

from plancher.base import addresses, data
from plancher.importing.answers.json_values import Json, inner, moment, text
from plancher.importing.answers.model import Received, Way, cleaned, one_line
from plancher.importing.blogs.home import replies

_LEADS = {"a": "href", "link": "href", "area": "href", "img": "src", "video": "src", "audio": "src", "source": "src", "blockquote": "cite", "q": "cite"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One, as the receiver tells it."""

    number: int
    """Its own, which grows; 0: it has none."""
    source: str
    target: str
    author: str
    date: dt.datetime | None
    words: str


def read(answer: str) -> Iterator[Mention | None]:
    """Each of them; None for one that makes no sense.

    :raises DataError: the receiver says something else.
    """
    content = data.from_json(answer)
    children = content.get("children") if isinstance(content, dict) else None
    if not isinstance(children, list):
        raise data.DataError("« children » y manque")
    for child in children:
        yield _mention(child) if isinstance(child, dict) else None


def _mention(child: Json) -> Mention | None:
    source, target, number = text(child, "wm-source"), text(child, "wm-target"), child.get("wm-id")
    if not (addresses.is_web(source) and addresses.is_web(target)):
        return None
    said = inner(child, "content")
    return Mention(
        number=number if isinstance(number, int) else 0,
        source=source,
        target=target,
        author=one_line(text(inner(child, "author"), "name")),
        date=moment(text(child, "published") or text(child, "wm-received")),
        words=text(said, "text") or replies.words(text(said, "html")) or text(child, "name"),
    )


def received(mention: Mention, token: str) -> Received:
    """The same, once its source was seen to lead here."""
    words, notes = cleaned(mention.words)
    return Received(
        way=Way.MENTION,
        source=f"{mention.source}\n{token}",
        token=token,
        sender=mention.source,
        date=mention.date,
        words=words or "(sans mots)",
        name=mention.author or addresses.domain(mention.source),
        address=mention.source,
        is_verified=True,
        notes=notes,
    )


def leads_to(page: str, source: str, target: str) -> bool:
    """Whether an HTML page really leads to a target: an address in its text alone is none."""
    reader = _Links(source)
    reader.feed(page)
    reader.close()
    return any(_same(address, target) for address in reader.found)


def _same(address: str, target: str) -> bool:
    return urllib.parse.urldefrag(address)[0] == urllib.parse.urldefrag(target)[0]


class _Links(html.parser.HTMLParser):
    """Where a page leads; what stands in a comment or in a template does not count."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._base, self._hidden = base, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag == "template"
        address = dict(attrs).get(_LEADS.get(tag, "")) or ""
        if address and not self._hidden and addresses.is_readable(address):
            self.found.append(urllib.parse.urljoin(self._base, address))

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag == "template"))
