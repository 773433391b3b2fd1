"""Whether a page really leads to another, as who receives a webmention has to see (Webmention, W3C, section 3.2.2).

HTML is read as browsers read it: what stands in a comment, a template, a script
or as plain text is no link.
"""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator

from plancher.base import addresses, data
from plancher.base.data import DataError
from plancher.web import elements

_LEADS = {"a": "href", "link": "href", "area": "href", "img": "src", "video": "src", "audio": "src", "source": "src", "blockquote": "cite", "q": "cite"}
_HTML = frozenset({"", "text/html", "application/xhtml+xml"})


def leads(page: str, kind: str, source: str, target: str) -> bool:
    """Whether it does.

    :param kind: what its server says that it is (« text/html »); each kind has its own rule.
    :param source: its own address.
    """
    page = page[: elements.MOST]
    if kind in _HTML:
        return _name_of(target) in html.unescape(page) and any(_same(address, target) for address in _links(page, source))
    if kind == "text/plain":
        return re.search(rf"(?<![\w/]){re.escape(target)}(?![\w/?&=%-])", page) is not None
    return kind in {"application/json", "application/activity+json", "application/jf2+json"} and target in _texts(page)


def _name_of(target: str) -> str:
    """What any link to it holds, relative or not."""
    return urllib.parse.urlsplit(target).path.rstrip("/").rpartition("/")[2]


def _same(address: str, target: str) -> bool:
    return urllib.parse.urldefrag(address)[0] == urllib.parse.urldefrag(target)[0]


def _links(page: str, source: str) -> Iterator[str]:
    """Where it leads."""
    base = source
    for name, attributes in elements.of(page):
        if name == "base" and base == source and addresses.is_readable(attributes.get("href", "")):
            base = urllib.parse.urljoin(source, attributes.get("href", ""))
        address = attributes.get(_LEADS.get(name, ""), "")
        if address and addresses.is_readable(address):
            yield urllib.parse.urljoin(base, address.strip())


def _texts(page: str) -> set[str]:
    """All texts of some JSON."""
    try:
        waiting = [data.from_json(page)]
    except DataError:
        return set()
    found = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found
