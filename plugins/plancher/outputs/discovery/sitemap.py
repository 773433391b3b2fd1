"""The site map: every page that a search engine should know, when it last changed, and its pictures (sitemaps.org).

Engines believe ``lastmod`` as long as it is true: it is what authors say of
their texts (``Date:``, ``Modified:``), never the day of a build. A list is as
old as the youngest of the texts it shows, and a page of which nobody says when
it changed has none.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.base import addresses
from plancher.site.collected import Collected
from plancher.site.model import Post, Site
from plancher.site.requests import TemplatePage

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"


@dataclasses.dataclass(frozen=True, slots=True)
class SitemapUrl:
    """A page."""

    address: str
    """The whole address."""
    changed: dt.datetime | None = None
    """None: nobody knows."""
    pictures: tuple[str, ...] = ()
    """Whole addresses."""


def entries(site: Site, collected: Collected) -> tuple[SitemapUrl, ...]:
    """The pages of a site, in an order that a new post does not disturb."""
    return tuple(
        SitemapUrl(site.absolute(address), changed, pictures) for address, changed, pictures in _pages(site, collected) if address not in collected.missing
    )


_Page = tuple[str, dt.datetime | None, tuple[str, ...]]


def _pages(site: Site, collected: Collected) -> Iterator[_Page]:
    """Lists of the blog, posts and pages, years, what components add, categories, tags."""
    moments = {post.url: post.modified or post.date for post in site.posts}
    added = [page for page in collected.pages if isinstance(page, TemplatePage) and page.in_sitemap]
    for page in (*collected.blog_pages, *(page for page in added if page.precedes_posts)):
        yield page.address, _youngest(page.shows, moments), ()
    for post in (*site.posts, *site.pages):
        yield post.url, post.modified or post.card.date, _pictures(site, post)
    for page in (*collected.year_pages, *(page for page in added if not page.precedes_posts)):
        yield page.address, _youngest(page.shows, moments), ()
    for term, posts in (*site.categories, *sorted(site.tags, key=lambda group: group[0].slug)):
        if term.save_as:
            yield term.url, _youngest((post.url for post in posts), moments), ()


def _youngest(shown: Iterable[str], moments: Mapping[str, dt.datetime]) -> dt.datetime | None:
    """The last change of these posts."""
    return max((moments[address] for address in shown if address in moments), default=None)


def _pictures(site: Site, post: Post) -> tuple[str, ...]:
    """The pictures of a text that belong to the site: that of its header (``Image:``) first."""
    named = (post.image,) if post.image and not addresses.is_web(post.image) else ()
    return tuple(f"{site.identity.address}/{address}" for address in dict.fromkeys((*named, *(one.address for one in post.pictures))))


def sitemap(pages: Sequence[SitemapUrl]) -> str:
    """The file."""
    root = Element("urlset", {"xmlns": NAMESPACE} | ({"xmlns:image": IMAGES} if any(page.pictures for page in pages) else {}))
    for page in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = page.address
        if page.changed:
            SubElement(entry, "lastmod").text = page.changed.isoformat()
        for picture in page.pictures:
            SubElement(SubElement(entry, "image:image"), "image:loc").text = picture
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
