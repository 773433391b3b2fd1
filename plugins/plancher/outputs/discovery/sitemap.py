"""The site map: every page that a search engine should know (sitemaps.org)."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.site.collected import Collected
from plancher.site.model import Site
from plancher.site.requests import TemplatePage

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SitemapUrl = tuple[str, dt.datetime | None]
"""A whole address, and when its page last changed."""


def entries(site: Site, collected: Collected) -> tuple[SitemapUrl, ...]:
    """The pages of a site, in an order that a new post does not disturb."""
    return tuple((site.absolute(address), changed) for address, changed in _pages(site, collected) if address not in collected.missing)


def _pages(site: Site, collected: Collected) -> Iterator[SitemapUrl]:
    """Lists of the blog, posts and pages, years, what components add, categories, tags."""
    added = [page for page in collected.pages if isinstance(page, TemplatePage) and page.in_sitemap]
    for page in (*collected.blog_pages, *(page for page in added if page.precedes_posts)):
        yield page.address, page.changed
    for post in (*site.posts, *site.pages):
        yield post.url, post.modified or post.card.date
    for page in (*collected.year_pages, *(page for page in added if not page.precedes_posts)):
        yield page.address, page.changed
    for term in (*(category for category, _ in site.categories), *sorted((tag for tag, _ in site.tags), key=operator.attrgetter("slug"))):
        if term.save_as:
            yield term.url, None


def sitemap(pages: Sequence[SitemapUrl]) -> str:
    """The file."""
    root = Element("urlset", {"xmlns": NAMESPACE})
    for address, changed in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address
        if changed:
            SubElement(entry, "lastmod").text = changed.isoformat()
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
