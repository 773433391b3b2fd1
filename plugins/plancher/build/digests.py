"""What templates see of a value, and the digest of it: a page is made again when one of its digests has changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plancher.base import digest
from plancher.build.templates import UnknownError
from plancher.build.values import ListPage, text_of
from plancher.cache.body import CachedBody
from plancher.site.model import Card, Post, Term

_FEW = 4
"""Values of which a list is not worth a digest: whatever holds it has one."""
_SIMPLE = frozenset({int, float, bool, type(None)})
_TEXTS = frozenset({"article", "page"})
"""The names under which a template gets a text with its body; under any other it gets a card."""


class Digests:
    """Digests of the values of one build; a value that many pages share is digested once."""

    def __init__(self, base: str) -> None:
        """:param base: what stands before an address of the site in the bodies of texts."""
        self.base = base
        self._terms: dict[int, tuple[Term, str]] = {}
        self._values: dict[int, tuple[object, str, frozenset[str]]] = {}
        self._by_kind: dict[type, Callable[[str, Any], str]] = {}  # Any: a value of this kind
        self._bodies: set[str] = set()

    def view(self, name: str, value: object) -> object:
        """What a template sees under this name."""
        if isinstance(value, Post):
            return text_of(value, self.base) if name in _TEXTS else value.card
        if isinstance(value, tuple | list):
            return tuple([self.view("", item) for item in value])
        if isinstance(value, Mapping):
            return {key: self.view("", item) for key, item in value.items()}
        return value

    def take_bodies(self) -> frozenset[str]:
        """The texts that were digested since this was last asked: their keys in the cache."""
        bodies = frozenset(self._bodies)
        self._bodies.clear()
        return bodies

    def of(self, name: str, value: object) -> str:
        """The digest of what a template sees under this name.

        :raises UnknownError: a value of a kind that is not listed here.
        """
        kind = type(value)
        if kind is str:
            return f"'{value}"
        if kind in _SIMPLE:
            return repr(value)
        if isinstance(value, tuple | list):
            digests = [f"'{item}" if type(item) is str else self.of("", item) for item in value]
            return repr(digests) if len(digests) < _FEW else digest.of_text("list", *digests)
        way = self._by_kind.get(kind)
        if way is None:
            way = self._by_kind[kind] = self._way(kind)
        return way(name, value)

    def _way(self, kind: type) -> Callable[[str, Any], str]:  # Any: a value of this very kind
        """How the values of a kind are digested.

        :raises UnknownError: nobody knows.
        """
        own: dict[type, Callable[[str, Any], str]] = {  # Any: the same
            Post: self._post,
            Card: lambda _, card: self._card(card),
            Term: lambda _, term: self._term(term),
            ListPage: lambda _, page: self._list_page(page),
        }
        if kind in own:
            return own[kind]
        if issubclass(kind, dt.datetime):
            return lambda _, moment: repr(_seconds(moment))
        if issubclass(kind, str | int | float | dt.date):
            return lambda _, value: repr(value)
        if issubclass(kind, Mapping):
            return lambda _, mapping: digest.of_text("map", *[f"{key!r} {self.of('', item)}" for key, item in mapping.items()])
        if dataclasses.is_dataclass(kind):
            return lambda _, value: self._dataclass(value)
        raise UnknownError(kind.__name__)

    def _term(self, term: Term) -> str:
        known = self._terms.get(id(term))
        if known is None:
            known = self._terms[id(term)] = (term, repr(term))
        return known[1]

    def _card(self, card: Card) -> str:
        return card.digest or self._dataclass(card)

    def _list_page(self, page: ListPage) -> str:
        return digest.of_text(str(page.number), page.url, *[self._card(card) for card in page.object_list])

    def _post(self, name: str, post: Post) -> str:
        if name not in _TEXTS:
            return self._card(post.card)
        body = post.body
        if isinstance(body, CachedBody):
            self._bodies.add(body.key)
        outline = "" if isinstance(body, CachedBody) else self.of("", post.outline)  # the key of a body covers it
        terms = [self._term(term) for term in (*post.authors, *post.tags)]
        shown = body if isinstance(body, str) else repr(body)
        return digest.of_text(self._card(post.card), post.status, shown, outline, self.base, post.image, repr(post.picture), repr(post.pictures), *terms)

    def _dataclass(self, value: object) -> str:
        """A dataclass is what its fields are, but for those that its ``repr`` leaves out."""
        known = self._values.get(id(value))
        if known is None:
            kind: Any = type(value)  # Any: as ``_fields`` takes it
            around = self._bodies
            self._bodies = {value.key} if isinstance(value, CachedBody) else set()
            digests = [f"'{item}" if type(item) is str else self.of("", item) for item in _fields(kind)(value)]
            known = self._values[id(value)] = (value, digest.of_text(kind.__name__, *digests), frozenset(self._bodies))
            self._bodies = around
        self._bodies |= known[2]
        return known[1]


@functools.cache
def _fields(kind: Any) -> Callable[[object], Sequence[object]]:  # Any: a class of dataclasses has no type of its own
    """What gives the values of the fields that the ``repr`` of a dataclass shows."""
    names = [field.name for field in dataclasses.fields(kind) if field.repr]
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def _seconds(moment: dt.datetime) -> tuple[float, float]:
    """An instant and its offset: all that a template can show of it."""
    offset = moment.utcoffset()
    return moment.timestamp(), offset.total_seconds() if offset else 0.0
