"""From Pelican's objects to the values of templates, and the digests of these."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.paginator import Page as Sheet
from pelican.paginator import Paginator
from pelican.urlwrappers import URLWrapper

from plancher.base import clock, digest
from plancher.build.templates import UnknownError
from plancher.build.values import Card, ListPage, Pages, Term, Text
from plancher.cache.body import CachedBody
from plancher.cache.page_extras import Outline


class Viewer:
    """Makes views, each post's once, and their digests."""

    def __init__(self) -> None:
        self._cards: dict[int, tuple[Content, Card]] = {}
        self._shown: dict[int, tuple[Content, str]] = {}
        self._terms: dict[int, tuple[URLWrapper, Term, str]] = {}
        self._ways: dict[type, Callable[[str, Any], str]] = {}
        self._values: dict[int, tuple[object, str, frozenset[str]]] = {}
        self._bodies: set[str] = set()

    def term(self, wrapper: URLWrapper) -> Term:
        """A name and its page."""
        return self._termed(wrapper)[1]

    def _termed(self, wrapper: URLWrapper) -> tuple[URLWrapper, Term, str]:
        found = self._terms.get(id(wrapper))
        if found is None:
            term = Term(wrapper.name, wrapper.slug, wrapper.url)
            found = self._terms[id(wrapper)] = (wrapper, term, repr(term))
        return found

    def card(self, content: Content) -> Card:
        """A post in a list."""
        found = self._cards.get(id(content))
        if found is None:
            card = Card(
                str(getattr(content, "title", "")),
                content.url,
                _bare(getattr(content, "date", None)),
                _bare(getattr(content, "modified", None)),
                content.summary,
                self.term(content.category) if hasattr(content, "category") else None,
                content.lang,
            )
            found = self._cards[id(content)] = (content, card)
        return found[1]

    def _card_mark(self, content: Content) -> str:
        """The digest of what ``card`` gives; a post that knows it in short need not be looked at."""
        found = self._shown.get(id(content))
        if found is None:
            shown, category = getattr(content, "shown", ""), getattr(content, "category", None)
            if shown and category:
                mark = f"{shown} {content.url!r} {self._termed(category)[2]}"
            else:
                card = self.card(content)
                mark = digest.of_text(
                    card.title, card.url, repr(_seconds(card.date)), repr(_seconds(card.modified)), card.summary, repr(card.category), card.lang
                )
            found = self._shown[id(content)] = (content, mark)
        return found[1]

    def text(self, content: Content) -> Text:
        """A post on its own page."""
        card = self.card(content)
        body = getattr(content, "body", None)
        seen: dict[str, Any] = {field.name: getattr(card, field.name) for field in dataclasses.fields(Card)}
        return Text(
            **seen,
            status=content.status,
            author=self.term(content.author),
            authors=tuple(self.term(author) for author in content.authors),
            tags=tuple(self.term(tag) for tag in getattr(content, "tags", ())),
            body=content.content if body is None else body,
            plan=_outline(content) if body is None else Outline(),
            base=content.get_siteurl(),
            image=getattr(content, "image", ""),
        )

    def view(self, name: str, value: Any) -> Any:
        """What a template sees under this name.

        :raises UnknownError: a value of a kind that is not listed here.
        """
        if isinstance(value, Content):
            return self.text(value) if name in {"article", "page"} else self.card(value)
        if isinstance(value, tuple | list):
            return tuple([self.view("", item) for item in value])
        if isinstance(value, Mapping):
            return {key: self.view("", item) for key, item in value.items()}
        if isinstance(value, URLWrapper):
            return self.term(value)
        return self._list_view(name, value)

    def _list_view(self, name: str, value: Any) -> Any:
        if isinstance(value, Sheet):
            return ListPage(value.number, value.url, value.save_as, tuple([self.card(post) for post in _posts(name, value)]))
        return Pages(value.num_pages, value.count) if isinstance(value, Paginator) else value

    def bodies(self) -> frozenset[str]:
        """The texts met in the marks that were made since this was last asked: their keys in the cache."""
        found = frozenset(self._bodies)
        self._bodies.clear()
        return found

    def mark(self, name: str, value: Any) -> str:
        """The digest of what a template sees under this name.

        :raises UnknownError: a value of a kind that is not listed here.
        """
        kind = type(value)
        if kind is str:
            return f"'{value}"
        if kind in _SIMPLE:
            return repr(value)
        if kind is tuple or kind is list:
            marks = [f"'{item}" if type(item) is str else self.mark("", item) for item in value]
            return repr(marks) if len(marks) < _FEW else digest.of_text("list", *marks)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(kind)
        return way(name, value)

    def _way(self, kind: Any) -> Callable[[str, Any], str]:
        """How the values of a kind are digested.

        :raises UnknownError: none is known.
        """
        for known, way in (
            (Article | Page, lambda name, value: self._text_mark(value) if name in {"article", "page"} else self._card_mark(value)),
            (URLWrapper, lambda _, value: self._termed(value)[2]),
            (dt.datetime, lambda _, value: repr(_seconds(value))),
            (str | int | float | dt.date, lambda _, value: repr(value)),
            (Sheet, lambda name, value: digest.of_text(str(value.number), value.url, *[self._card_mark(post) for post in _posts(name, value)])),
            (Paginator, lambda _, value: f"{value.num_pages} {value.count}"),
            (Mapping, lambda _, value: digest.of_text("map", *[f"{key!r} {self.mark('', item)}" for key, item in value.items()])),
        ):
            if issubclass(kind, known):
                return way
        if dataclasses.is_dataclass(kind):
            return lambda _, value: self._value_mark(value)
        raise UnknownError(kind.__name__)

    def _value_mark(self, value: Any) -> str:
        """A dataclass is what its fields are, but for those it does not show; one that many pages share is digested once."""
        found = self._values.get(id(value))
        if found is None:
            kind, around = value.__class__, self._bodies
            self._bodies = {value.key} if kind is CachedBody else set()
            marks = [f"'{item}" if type(item) is str else self.mark("", item) for item in _shown(kind)(value)]
            found = self._values[id(value)] = (value, digest.of_text(kind.__name__, *marks), frozenset(self._bodies))
            self._bodies = around
        self._bodies |= found[2]
        return found[1]

    def _text_mark(self, content: Content) -> str:
        body = getattr(content, "body", None) or content.content
        shown = body if isinstance(body, str) else repr(body)
        if isinstance(body, CachedBody):
            self._bodies.add(body.key)
        outline = "" if isinstance(body, CachedBody) else self.mark("", _outline(content))  # the body's key covers it
        terms = [self._termed(term)[2] for term in (content.author, *content.authors, *getattr(content, "tags", ()))]
        return digest.of_text(self._card_mark(content), content.status, shown, outline, content.get_siteurl(), getattr(content, "image", ""), *terms)


_FEW = 4
"""Things of which a list is not worth a digest: whatever holds it has one."""
_SIMPLE = frozenset({int, float, bool, type(None)})


def _outline(content: Content) -> Outline:
    found = getattr(content, "outline", None)
    return found if isinstance(found, Outline) else Outline()


@functools.cache
def _shown(kind: Any) -> Callable[[Any], Sequence[Any]]:
    """What gives the values of the fields that a kind of dataclass shows."""
    names = [field.name for field in dataclasses.fields(kind) if field.repr]
    return operator.attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]


def _posts(name: str, sheet: Sheet) -> list[Any]:
    """The posts of a page of a list; the pages before and after it are known by their address alone."""
    return [] if name.endswith(("_previous_page", "_next_page")) else list(sheet.object_list)


def _bare(moment: dt.datetime | None) -> dt.datetime | None:
    return clock.bare(moment) if moment else None


def _seconds(moment: dt.datetime | None) -> tuple[float, float] | None:
    """An instant and its offset: all that a template can show of it."""
    offset = moment.utcoffset() if moment else None
    return (moment.timestamp(), offset.total_seconds() if offset else 0.0) if moment else None
