"""The body of a post as feed readers take it.

They show no frame, script, form or drawing of ours, and know no base address.
"""

from __future__ import annotations

import functools
import html
import urllib.parse

import nh3

from plancher.base.french import NBSP
from plancher.cache.body import CachedBody
from plancher.outputs.feeds.model import Entry, Label
from plancher.text.html import add_plain, as_typed, el, say

_DROPPED = {"button", "form", "iframe", "input", "nav", "object", "script", "style", "svg", "talk-words", "template"}
_TAGS = set(
    """
    a abbr b bdi bdo blockquote br caption cite code dd del dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i
    img ins kbd li mark ol p pre q s samp small source span strong sub sup table tbody td tfoot th thead time tr
    track u ul var video wbr
    """.split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "title", "class", "id"},
    "a": {"href", "hreflang", "rel"},
    "blockquote": {"cite"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes"},
    "ol": {"start", "reversed"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "preload", "width", "height"},
}


def whole(entry: Entry) -> str:
    """The text of a post, as subscribers get it, and its tags at its foot."""
    text = _body(entry.body, entry.base, entry.url)
    return text if entry.is_part or not entry.tags else f"{text}\n{_tag_line(entry.tags, entry.lang)}"


def summary(entry: Entry) -> str:
    """The summary of a post, without markup."""
    return words(entry.summary)


def words(text: str) -> str:
    """HTML without its markup."""
    return html.unescape(nh3.clean(text, tags=set(), clean_content_tags=_DROPPED)).strip()


@functools.lru_cache(maxsize=512)
def _tag_line(tags: tuple[Label, ...], lang: str) -> str:
    """« Mots-clés : »: links that any reader of microformats takes for tags."""
    line = el("p", **({} if lang.startswith("fr") else {"lang": "fr"}))
    say(line, f"Mots-clés{NBSP}: ")
    for number, tag in enumerate(tags):
        say(line, ", " if number else "")
        add_plain(line, "a", tag.name, rel="tag", href=tag.url)
    return as_typed(line)


@functools.lru_cache(maxsize=512)
def _body(body: CachedBody | str, base: str, page: str) -> str:
    """The text with whole addresses, made once for all feeds; a fragment leads to the same place of the page.

    :param base: what stands before an address of the site.
    :param page: whole address of the post.
    """
    return nh3.clean(
        body if isinstance(body, str) else body.html(base),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative=lambda address: _absolute(page, address),
        link_rel=None,
    ).replace("&nbsp;", "\u00a0")


def _absolute(page: str, address: str) -> str | None:
    """The whole address; None when it cannot be read."""
    try:
        return urllib.parse.urljoin(page, address)
    except ValueError:
        return None
