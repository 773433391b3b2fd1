"""Where a newcomer may begin: the doors of the home page that the owner chose, and that open."""

from __future__ import annotations

from collections.abc import Iterator

from plancher.base import addresses
from plancher.site.collected import Collected
from plancher.site.requests import TemplatePage


def doors(collected: Collected) -> tuple[tuple[str, str, str], ...]:
    """Those that lead to another site, or to a page that this one has: words, address, what is there."""
    known = {address.strip("/") for address in _addresses(collected)}
    return tuple(door for door in collected.site.identity.doors if addresses.is_web(door[1]) or door[1].partition("#")[0].strip("/") in known)


def _addresses(collected: Collected) -> Iterator[str]:
    site = collected.site
    yield from (text.url for text in (*site.posts, *site.pages))
    yield from (term.url for term, _ in (*site.categories, *site.tags))
    yield from (page.address for page in (*collected.blog_pages, *collected.pages) if isinstance(page, TemplatePage))
