"""The pages that the site makes of tags and categories: one for each, under the spelling that the site itself chooses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base.slugs import slug
from plancher.components.tags import names, vocabulary_reader
from plancher.components.tags.vocabulary import FILE, Vocabulary
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.term_names import Spellings, as_category, as_tag
from plancher.importing.blogs.model import Kind
from plancher.text import front_reader, header, source
from plancher.text.front import FrontRules

_TEXTS = "articles"
_HEADER = 16_000
"""Bytes of a text in which its header is read."""


class Bearer(NamedTuple):
    """The terms of one post."""

    tags: tuple[str, ...]
    category: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SiteTerms:
    """Those that have a page."""

    tags: Mapping[str, str]
    """By what all spellings share, the one that is shown."""
    categories: Mapping[str, str]
    """By their slug, their name."""
    key: Callable[[str], str]
    category_slug: Callable[[str], str]

    def address(self, name: str, *, is_category: bool) -> str:
        """Where a former term leads now; that of the list of all when no published post has it."""
        category, tag = self._category(name, is_category=is_category), self._tag(name)
        if category:
            return f"/categorie/{self.category_slug(category)}/"
        return f"/tag/{urllib.parse.quote(tag, safe='')}/" if tag else _list(is_category=is_category)

    def link(self, name: str, *, is_category: bool) -> str:
        """The same as texts write it, whatever spelling the site comes to choose."""
        category, tag = self._category(name, is_category=is_category), self._tag(name)
        if category:
            return f"{{category}}{urllib.parse.quote(category, safe='')}"
        return f"{{tag}}{urllib.parse.quote(tag, safe='')}" if tag else _list(is_category=is_category)

    def pages(self) -> Iterator[str]:
        """Their addresses."""
        yield from (f"/tag/{tag}/" for tag in self.tags.values())
        yield from (f"/categorie/{category}/" for category in self.categories)

    def _category(self, name: str, *, is_category: bool) -> str:
        return self.categories.get(self.category_slug(as_category(name)), "") if is_category else ""

    def _tag(self, name: str) -> str:
        tag = as_tag(name)
        return self.tags.get(self.key(tag), "") if tag else ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TermPages:
    """Finds them."""

    content: Path
    timezone: dt.tzinfo
    category_slug: Callable[[str], str] = slug
    """What the site makes of the name of a category."""

    def written(self) -> SiteTerms:
        """Those of the texts that are there."""
        return self._of(self._there().values())

    def foreseen(self, texts: Iterable[PlacedText], spellings: Spellings) -> SiteTerms:
        """Those of the texts that are there, and of those that come."""
        bearers = self._there()
        for text in texts:
            if text.fate.is_written and text.surveyed.kind is Kind.POST:
                bearers.pop(text.path, None)
                if text.is_public:
                    bearers[text.path] = _coming(text, spellings)
        return self._of(bearers.values())

    def _of(self, bearers: Iterable[Bearer]) -> SiteTerms:
        bearers = tuple(bearers)
        vocabulary = self._vocabulary()
        typed = [tag for bearer in bearers for tag in bearer.tags]
        shown = {**names.canonical_names(typed, vocabulary.preferred_names, vocabulary.key), **vocabulary.preferred_names}
        tags = {shared: shown[shared] for shared in map(vocabulary.key, typed)}
        others = {shared: name for shared, name in shown.items() if name in set(tags.values())}  # the other names that the registry gives them
        categories = {self.category_slug(bearer.category): bearer.category for bearer in bearers if bearer.category}
        return SiteTerms(tags={**others, **tags}, categories=categories, key=vocabulary.key, category_slug=self.category_slug)

    def _vocabulary(self) -> Vocabulary:
        path = self.content / FILE
        read = source.decode(path.read_bytes()) if path.is_file() else None
        return vocabulary_reader.parse("\n".join(read.lines))[0] if read else Vocabulary()

    def _there(self) -> dict[str, Bearer]:
        """The published posts of the content folder."""
        paths = sorted((self.content / _TEXTS).rglob("*.md"))
        read = ((path.relative_to(self.content).as_posix(), path) for path in paths if path.is_file() and not path.is_symlink())
        return {name: bearer for name, path in read if (bearer := self._bearer(name, path))}

    def _bearer(self, name: str, path: Path) -> Bearer | None:
        rules = FrontRules(is_page=False, templates=(), timezone=self.timezone, path=name)
        with path.open("rb") as text:
            lines = text.read(_HEADER).decode("utf-8-sig", "ignore").splitlines()
        front = front_reader.read(header.split(lines), rules).front
        return Bearer(front.tags, front.category) if front.status == "published" else None


def _coming(text: PlacedText, spellings: Spellings) -> Bearer:
    """A second category is a tag here."""
    first, *others = text.surveyed.categories or ("",)
    tags = tuple(filter(None, map(as_tag, (*text.surveyed.tags, *others))))
    category = as_category(first)
    return Bearer(tags, spellings.of(category) if category else "")


def _list(*, is_category: bool) -> str:
    return "/categories/" if is_category else "/tags/"
