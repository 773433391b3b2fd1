"""The pages of two tags that go together."""

from __future__ import annotations

import dataclasses
import datetime as dt
import posixpath
from collections.abc import Iterable, Mapping, Sequence

from plancher.base.fast_pickle import fast_pickle
from plancher.components.tags.relations import TagPair
from plancher.components.tags.usage import Word, collation
from plancher.site.model import Post

_ADDRESS = "{first}et/{second}/"
"""An address that never changes: under the first of both tags."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TagLink:
    """A tag that another page leads to."""

    name: str
    url: str
    """Empty: no post bears it, it has no page."""


CrossingLink = tuple[TagLink, str, int]
"""The other tag, the page of both, the number of its posts."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListedPost:
    """A post, as the page of two tags lists it."""

    url: str
    title: str
    date: dt.date
    lang: str
    """When it is not that of the site."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two tags that go together."""

    tags: tuple[TagLink, TagLink]
    url: str
    posts: tuple[ListedPost, ...]
    """Newest first."""


def crossing(pair: TagPair, posts: Iterable[Post], words: Mapping[str, Word]) -> Crossing:
    """The page of two tags.

    :param posts: those that bear both.
    """
    tags = TagLink(name=pair[0], url=words[pair[0]].url), TagLink(name=pair[1], url=words[pair[1]].url)
    listed = (ListedPost(url=post.url, title=post.title, date=post.date.date(), lang=post.foreign_lang) for post in posts)
    return Crossing(tags=tags, url=address(pair, words), posts=tuple(listed))


def address(pair: TagPair, words: Mapping[str, Word]) -> str:
    """Where the page of two tags stands."""
    return _ADDRESS.format(first=_folder(words[pair[0]].url), second=pair[1])


def former_addresses(page: Crossing, aliases: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The addresses that the page of two tags had, or would have, under other names of one of them.

    :param aliases: the other names of each tag.
    """
    for here, there in (page.tags, page.tags[::-1]):
        for alias in aliases.get(here.name, ()):
            start = _start(here)
            first, second = sorted((alias, there.name), key=collation)
            yield _ADDRESS.format(first=f"{start}{first}/", second=second)


def _folder(url: str) -> str:
    """What stands under a tag: under « tag/pme/ », or beside « tag/pme.html »."""
    return url if url.endswith("/") else f"{posixpath.splitext(url)[0]}/"


def _start(tag: TagLink) -> str:
    """What all addresses of tags begin with; a tag whose name holds a slash is one segment no more."""
    if tag.url.endswith(f"{tag.name}/"):
        return tag.url.removesuffix(f"{tag.name}/")
    folder = posixpath.dirname(tag.url.rstrip("/"))
    return f"{folder}/" if folder else ""
