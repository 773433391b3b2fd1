"""Categories and tags of a WordPress export, in its head and under each text."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerTerm
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.wordpress.library import Library, plain
from plancher.importing.blogs.readers.xml_node import Node

_TAGS = frozenset({"post_tag", "tag"})
_SILENT = frozenset({"post_format", "nav_menu", "author", "language", "post_translations", "term_language", "term_translations", "link_category", "wp_theme"})
"""Groups of terms that are no words for readers."""


@dataclasses.dataclass(slots=True)
class Terms:
    """Those of one text, by name."""

    categories: list[str] = dataclasses.field(default_factory=list)
    tags: list[str] = dataclasses.field(default_factory=list)
    authors: list[str] = dataclasses.field(default_factory=list)
    language: str = ""
    others: list[tuple[str, str]] = dataclasses.field(default_factory=list)


def terms_of(item: Node) -> Terms:
    """The terms of a text; version 1.0 says each twice, once without its group."""
    terms, ungrouped = Terms(), []
    for node in item.nodes("category"):
        group, name = node.attributes.get("domain", ""), plain(node.text)
        if not name:
            continue
        if group == "language":
            terms.language = node.attributes.get("nicename", "") or name
        elif not group:
            ungrouped.append(name)
        elif group in {"category", "author"} or group in _TAGS:
            {"category": terms.categories, "author": terms.authors}.get(group, terms.tags).append(name)
        elif group not in _SILENT:
            terms.others.append((group, name))
    if not terms.categories and not terms.tags:
        terms.categories = ungrouped
    return terms


def head_term(node: Node, library: Library) -> FormerTerm | None:
    """A term of the head of the export; None: readers never saw it."""
    group = node.said("wp:term_taxonomy")
    if node.name == "wp:term" and group != "category" and group not in _TAGS:
        return None
    is_category = node.name == "wp:category" or group == "category"
    name = plain(node.said("wp:cat_name", "wp:tag_name", "wp:term_name"))
    slug = node.said("wp:category_nicename", "wp:tag_slug", "wp:term_slug")
    if not name:
        return None
    description = words(node.said("wp:category_description", "wp:tag_description", "wp:term_description"))
    path = "/".join(_path(slug, library)) if is_category else slug
    kind, query = ("category", f"cat={node.said('wp:term_id')}") if is_category else ("tag", f"tag={slug}")
    addresses = tuple(f"{library.root}/{end}" for end in (f"{kind}/{path}/", f"?{query}", f"{kind}/{path}/feed/"))
    return FormerTerm(is_category=is_category, name=name, description=description, addresses=addresses if slug else ())


def _path(slug: str, library: Library) -> Iterator[str]:
    """The slugs of the categories that this one stands in, and its own."""
    line = [slug]
    while (parent := library.parents.get(line[-1], "")) and parent not in line:
        line.append(parent)
    return reversed(line)


def decoded_slug(slug: str) -> str:
    """« l%c3%a9gumes » is « légumes »; what is no UTF-8 stays as it is."""
    try:
        return urllib.parse.unquote(slug, errors="strict")
    except UnicodeDecodeError:
        return slug
