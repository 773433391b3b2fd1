"""Where the text of a post stands in a page: what is marked as such, else where most words are."""

from __future__ import annotations

from bs4 import Comment, Tag

from plancher.importing.blogs.readers import dom

_BODIES = (
    ".h-entry .e-content",
    "[itemprop='articleBody']",
    ".entry-content",
    ".post-content",
    ".post-body",
    ".articlebody, .article_content",
    ".postbody",
    ".posttext",
    ".storycontent",
    ".entry-body",
    ".ob-section",
    ".entry",
    ".blogbody",
    "article",
    "[role='main'], main, #content, #main",
)
_ENTRIES = (".h-entry", "article", ".hentry", ".post", ".blogbody", ".blogPost", ".story")
_NOISE = (
    "script:not([src*='gist.github']), style, noscript, template, nav, form, button, input, select, meta, link, footer,"
    " aside.widget, .sharedaddy, .jp-relatedposts, .share, .social, .addthis_toolbox, .fb-like, .navigation, .pager, .breadcrumb,"
    " .itemfooter, .post-info, .post-tags, .entry-meta, .entry-footer, .postmetadata,"
    " #comments, .comments, .comment, [itemprop='comment']"
)
_BLOCKS = frozenset({"p", "blockquote", "li", "ul", "ol", "pre", "h1", "h2", "h3", "h4"})
_INLINE = frozenset("a abbr b big cite code del em font i ins mark q s small span strike strong sub sup tt u".split())
_FEW = 20
"""Characters: less is no text."""


def articles(soup: Tag) -> list[Tag]:
    """The posts that a page shows, none inside another."""
    for selector in _ENTRIES:
        entries = [entry for entry in soup.select(selector)[:200] if len(dom.text_of(entry)) > _FEW]
        inside = {id(inner) for entry in entries for inner in entry.select(selector)}
        outer = [entry for entry in entries if id(entry) not in inside]
        if len(outer) > 1:
            return outer
    return []


def article_of(soup: Tag, title: str) -> Tag | None:
    """The element that holds the text, without what surrounds it; the page is changed."""
    for noise in soup.select(_NOISE):
        if noise.parent is not None and noise.find("article") is None:
            noise.extract()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    body = next((element for selector in _BODIES for element in soup.select(selector)[:3] if _has_text(element)), None) or _densest(soup)
    if body is None:
        return None
    for heading in body.find_all(["h1", "h2", "h3"], limit=3):
        if dom.text_of(heading) == title:
            heading.extract()
    return body


def _has_text(element: Tag) -> bool:
    return len(dom.text_of(element)) > _FEW or element.find(["img", "iframe", "object", "video"]) is not None


def _densest(soup: Tag) -> Tag | None:
    """The element whose own words and paragraphs say most; half of it counts for the one around."""
    weights: dict[int, float] = {}
    elements: dict[int, Tag] = {}
    for text in soup.find_all(string=True):
        holder = next((parent for parent in text.parents if parent.name not in _INLINE), None)
        if holder is None or text.find_parent("a") is not None:
            continue
        holder = holder.parent if holder.name in _BLOCKS else holder
        for element, share in ((holder, 1.0), (holder.parent if holder else None, 0.5)):
            if element is not None and element.name not in {"[document]", "html", "head", "title"}:
                elements[id(element)] = element
                weights[id(element)] = weights.get(id(element), 0) + len(text.strip()) * share
    best = max(weights, key=lambda key: weights[key], default=None)
    if best is not None and weights[best] > _FEW:
        return elements[best]
    body = dom.first(soup, "body")
    return body if body is not None and _has_text(body) else None
