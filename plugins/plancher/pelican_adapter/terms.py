"""Tags, categories and authors: Pelican's wrappers, which know their addresses, as terms of the site."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from pelican.urlwrappers import Author, Category, Tag, URLWrapper

from plancher.site.model import Grouped, Post, Term


def term(wrapper: URLWrapper) -> Term:
    """The name, and where its page is."""
    return Term(wrapper.name, wrapper.slug, wrapper.url, wrapper.save_as or "")


def tag(name: str, settings: Any) -> Tag:
    """A tag whose address ends with its name, as rel-tag asks."""
    made = Tag(name, settings)
    made.slug = name
    return made


class TermMaker:
    """One term for each name, however many posts bear it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.tag = functools.cache(lambda name: term(Tag(name, settings)))
        self.named_tag = functools.cache(lambda name: term(tag(name, settings)))
        self.category = functools.cache(lambda name: term(Category(name, settings)))
        self.author = functools.cache(lambda name: term(Author(name, settings)))


def grouped(posts: Iterable[Post], terms_of: Any) -> Grouped:
    """Posts by term, in the order of the posts; two names of one address are one term.

    :param terms_of: the terms of a post.
    """
    groups: dict[str, tuple[Term, list[Post]]] = {}
    for post in posts:
        for found in terms_of(post):
            groups.setdefault(found.slug, (found, []))[1].append(post)
    return tuple((found, tuple(members)) for found, members in groups.values())
