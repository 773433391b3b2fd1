"""What a template may know: values that hold nothing else.

A page is rendered again when the values its templates name have changed. That
is sound because a template can reach nothing beyond them: a post in a list has
no text, and a post has no road to the other posts.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.base.fast_pickle import fast_pickle
from plancher.cache.body import CachedBody
from plancher.cache.outline import Outline
from plancher.site.model import Card, Post, PostPicture, Term


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Text:
    """A post or a page, on its own page."""

    title: str
    url: str
    date: dt.datetime | None
    modified: dt.datetime | None
    summary: str
    category: Term | None
    lang: str
    status: str
    author: Term
    authors: tuple[Term, ...]
    tags: tuple[Term, ...]
    body: CachedBody | str
    """The text as HTML, or where it is."""
    plan: Outline
    """Of a text that is here; that of another is with it."""
    base: str
    """What stands before an address of the site, in the text."""
    image: str = ""
    """The address of the picture that the header names."""
    picture: PostPicture | None = None
    """Its size, where it is known."""

    @property
    def outline(self) -> Outline:
        """Headings and reading time."""
        return self.plan if isinstance(self.body, str) else self.body.outline()

    @property
    def content(self) -> str:
        """The text as HTML."""
        return self.body if isinstance(self.body, str) else self.body.html(self.base, is_page=True)


def text_of(post: Post, base: str) -> Text:
    """A post on its own page.

    :param base: what stands before an address of the site.
    """
    card = post.card
    return Text(
        title=card.title,
        url=card.url,
        date=card.date,
        modified=card.modified,
        summary=card.summary,
        category=card.category,
        lang=card.lang,
        status=post.status,
        author=post.authors[0],
        authors=post.authors,
        tags=post.tags,
        body=post.body,
        plan=post.outline,
        base=base,
        image=post.image,
        picture=post.picture,
    )


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list of posts."""

    number: int
    url: str
    save_as: str
    object_list: tuple[Card, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Pages:
    """A list of posts cut in pages."""

    num_pages: int
    count: int
