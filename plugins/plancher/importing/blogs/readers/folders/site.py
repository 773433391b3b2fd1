"""What the readers of all folders do alike: an index of addresses first, then each text on its own.

Longer than most: what a generator may say, with its default, and what all do alike, read as one list.
"""

from __future__ import annotations

import abc
import dataclasses
import datetime as dt
import html
import posixpath
import re
import urllib.parse
import zoneinfo
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.base.slugs import date_in_name, without_date
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerTerm, FormerText, Item, Kind, LeftOut, Markup
from plancher.importing.blogs.readers.folders import publication
from plancher.importing.blogs.readers.folders.folder import MARKDOWN, OTHER_TEXTS, Folder, TypedText
from plancher.importing.blogs.readers.folders.markup.finish import finished
from plancher.importing.blogs.readers.folders.markup.headings import title_of
from plancher.importing.blogs.readers.folders.markup.shortcodes import excerpt
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.trees import Settings
from plancher.importing.blogs.source import SourceError
from plancher.text.people import people


class Site(abc.ABC):
    """One folder; each generator says what is its own."""

    key: ClassVar[str]
    """Begins the identifier of each text."""
    more_keys: ClassVar[Mapping[str, str]] = {}
    """Keys of its headers, normal, that no other generator has, and the field of ours that each stands for."""
    tags_by_spaces: ClassVar[bool] = False

    def __init__(self, folder: Folder, settings: Settings) -> None:
        self.folder, self.settings = folder, settings
        self.zone = _zone(self.timezone())
        self.index: dict[str, str] = {}
        """The address of each text and file, by every name that a reference may give it."""

    # What a generator says.

    @abc.abstractmethod
    def names(self) -> Iterator[str]:
        """The texts of the blog."""

    @abc.abstractmethod
    def address(self, text: TypedText) -> str:
        """Where readers found a text, from the root of the host; empty when nobody knows."""

    @abc.abstractmethod
    def steps(self, work: Work, text: TypedText) -> Work:
        """A body without the syntax of this generator."""

    def blog(self) -> FormerBlog:
        """What its settings say of it."""
        return FormerBlog(
            name=self.settings.text("title", "name"),
            motto=self.settings.text("description", "tagline", "params.description"),
            address=self.root_address(),
            language=self.language(),
            timezone=self.timezone() if self.zone else "",
            feeds=self.feeds(),
        )

    def root_address(self) -> str:
        """The root of the blog, with its host, without a slash at its end."""
        return self.settings.text("url", "site_url", "base_url", "baseURL", "baseurl").rstrip("/")

    def base(self) -> str:
        """Its folder on its host, without a slash at its end."""
        return _path_of(self.root_address())

    def language(self) -> str:
        """Of the blog."""
        return self.settings.text("lang", "language", "locale").replace("_", "-")

    def timezone(self) -> str:
        """Its zone's name."""
        return self.settings.text("timezone", "timeZone")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Its feeds."""
        return ()

    def terms(self) -> Iterator[FormerTerm]:
        """Tags and categories that it describes."""
        return iter(())

    def left_out(self, _name: str) -> str:
        """Why a text does not come, where that is its generator's own reason."""
        return ""

    def visible_name(self, name: str) -> str:
        """The name in which signs of a draft are looked for."""
        return re.sub(r"(?:^|(?<=/))_+", "", name)

    def held_back(self, text: TypedText) -> str:
        """Why a text must not be published."""
        return publication.reason(text.header, self.visible_name(text.name), text.body, self.zone or dt.UTC)

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Whether a text stands outside of time."""
        return published is None or text.header.typed("type", "layout") == "page"

    def categories(self, text: TypedText) -> tuple[str, ...]:
        """Its categories, the main one first."""
        return text.header.all_items("category", by_spaces=self.tags_by_spaces)

    def tags(self, text: TypedText) -> tuple[str, ...]:
        """Its tags."""
        return text.header.items("tags", by_spaces=self.tags_by_spaces)

    def other_addresses(self, text: TypedText) -> tuple[str, ...]:
        """Addresses that lead to it."""
        return text.header.typed_items("aliases", "redirect_from", "redirect_to_from")

    def slug(self, text: TypedText) -> str:
        """The end of its address."""
        address = self.address(text)
        return text.header.text("slug").strip("/").rpartition("/")[2] or PurePosixPath(address.strip("/")).name.removesuffix(".html") if address else ""

    def feed_id(self, _text: TypedText, _address: str, _published: dt.datetime | None) -> str:
        """Its identifier in the former feed, where it is sure."""
        return ""

    def authors(self, text: TypedText) -> tuple[str, ...]:
        """Names of those who signed it."""
        typed = (*text.header.items("authors"), *text.header.items("author"))
        return tuple(dict.fromkeys(name for item in typed for name in people(self.author(item))))

    def author(self, typed: str) -> str:
        """The name that readers saw for one that a header gives."""
        return typed

    def body(self, text: TypedText) -> str:
        """The text before anything is done to it."""
        return text.body

    def title(self, text: TypedText, work: Work) -> str:
        """In plain words."""
        return html.unescape(text.header.text("title") or title_of(work.text)).strip()

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Where a picture or another file was found."""
        return (self.base() + "/" + name,)

    def language_of(self, text: TypedText) -> str:
        """Of one text; empty: that of the blog."""
        return text.header.text("lang").replace("_", "-")

    # What all do alike.

    def items(self) -> Iterator[Item]:
        """Everything that the folder holds."""
        yield self.blog()
        names = tuple(self.names())
        self._make_index(names)
        yield from self.terms()
        for name in names:
            yield from self._items(name)
        yield from self._others(frozenset(names))
        for name in self.folder.files():
            yield FormerFile(addresses=tuple(dict.fromkeys(self.file_addresses(name))), path=self.folder.root + name)

    def _make_index(self, names: tuple[str, ...]) -> None:
        for name in self.folder.files():
            address = next(iter(self.file_addresses(name)), "")
            self._index(name, urllib.parse.quote(address, safe="/%:+@!$&',;=~"))
        for name in names:
            try:
                text = self.folder.typed(name, self.more_keys)
            except SourceError:
                continue
            address = self.address(text)
            if address:
                self._index(name, urllib.parse.quote(address, safe="/%:+@!$&',;=~"))
                for alias in text.header.typed_items("aliases"):
                    self.index.setdefault(alias.strip("/").casefold(), urllib.parse.quote(address, safe="/%:+@!$&',;=~"))

    def _index(self, name: str, address: str) -> None:
        path = PurePosixPath(name)
        stem = re.sub(r"(?:^|/)_?index$", "", str(path.with_suffix(""))) if path.suffix.lower() in MARKDOWN else ""
        for known in (name, stem, path.name, PurePosixPath(stem).name if stem else ""):
            if known:
                self.index.setdefault(known.casefold(), address)

    def resolve(self, typed: str, name: str) -> str:
        """The address of the text or file that a reference names.

        :param name: the text that holds it.
        """
        wanted = urllib.parse.unquote(typed).strip().removeprefix("@/").casefold()
        near = posixpath.normpath(posixpath.join(posixpath.dirname(name), wanted)).casefold()
        bare = wanted.strip("/")
        for path in (near, bare, f"content/{bare}", f"{near}.md", re.sub(r"(?:/_?index)?\.(?:md|markdown|mdx|html)$", "", bare)):
            if path in self.index:
                return self.index[path]
        return next((self.index[key] for key in (PurePosixPath(bare).name, PurePosixPath(bare).stem) if key and key in self.index), "")

    def _items(self, name: str) -> Iterator[Item]:
        why = self.left_out(name)
        if why:
            yield LeftOut(what="texte", why=why, place=self.folder.place(name), name=name)
            return
        try:
            text = self.folder.typed(name, self.more_keys)
        except SourceError as error:
            yield LeftOut(what="texte", why=str(error), place=self.folder.place(name), name=name)
            return
        yield self.former(text)

    def former(self, text: TypedText) -> FormerText:
        """One text of the former blog."""
        work = Work(self.body(text), text.place, text.first_line, resolve=lambda typed: self.resolve(typed, text.name))
        work.title = self.title(text, work)
        held_back = self.held_back(text)
        finished(self.steps(work.run(excerpt), text))
        published, modified = self.published(text), self._in_zone(text.header.date("modified"))
        address = self.address(text)
        aliases = tuple(
            self.base() + "/" + urllib.parse.unquote(alias).lstrip("/") if not alias.startswith("http") else alias for alias in self.other_addresses(text)
        )
        written = text.header.text("summary")
        return FormerText(
            identifier=f"{self.key}:{text.name}",
            place=text.place,
            kind=Kind.PAGE if self.is_page(text, published) else Kind.POST,
            title=work.title or _title_of_a_name(text.name),
            body=self.ended(work),
            markup=Markup.MARKDOWN,
            summary=self._summary(written, text) or work.summary,
            published=published,
            modified=modified,
            held_back=held_back,
            slug=self.slug(text),
            authors=self.authors(text),
            categories=self.categories(text),
            tags=tuple(dict.fromkeys((*self.tags(text), *work.tags))),
            language=self.language_of(text),
            picture=text.header.text("image"),
            addresses=tuple(dict.fromkeys(filter(None, (address, *aliases)))),
            feed_id=self.feed_id(text, address, published),
            other_fields=text.header.others(),
            notes=tuple(work.notes),
        )

    def ended(self, work: Work) -> str:
        """The body as it is handed on."""
        return work.markdown()

    def _summary(self, typed: str, text: TypedText) -> str:
        if not re.search(r"\{[{%]|<|\[\[|!\[", typed):
            return typed
        work = Work(typed, text.place, 1, resolve=lambda wanted: self.resolve(wanted, text.name))
        return finished(self.steps(work, text)).markdown().strip()

    def published(self, text: TypedText) -> dt.datetime | None:
        """When it appeared: its header says it, or its name."""
        moment = text.header.date("date") or publication.first_moment(text.header, self.zone or dt.UTC)
        return self._in_zone(moment or date_in_name(text.name))

    def _in_zone(self, moment: dt.datetime | None) -> dt.datetime | None:
        if moment is None or self.zone is None:
            return moment
        return moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _others(self, read: frozenset[str]) -> Iterator[LeftOut]:
        """Texts in other syntaxes, which are counted."""
        for name in self.folder.names:
            kind = OTHER_TEXTS.get(PurePosixPath(name).suffix.lower())
            if kind and name not in read and PurePosixPath(name).stem.lower() not in {"readme", "license", "changelog"}:
                why = f"écrit en {kind} : convertissez-le en Markdown (pandoc sait le faire), puis recommencez."
                yield LeftOut(what="texte d'une autre syntaxe", why=why, place=self.folder.place(name), name=name)


def _zone(name: str) -> dt.tzinfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None


def _path_of(address: str) -> str:
    try:
        return urllib.parse.urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""


def _title_of_a_name(name: str) -> str:
    stem = PurePosixPath(name).stem
    if stem in {"index", "_index"}:
        stem = PurePosixPath(name).parent.name or stem
    words = " ".join(re.sub(r"[-_]+", " ", without_date(stem)).split())
    return words[:1].upper() + words[1:]


def stem_of(name: str) -> str:
    """The name of a text without its folders, its endings and its date; the folder's for « index.md »."""
    path = PurePosixPath(name)
    stem = re.sub(r"\.(?:[a-z]{2}(?:-[A-Za-z]{2})?)$", "", path.stem)
    return path.parent.name if stem in {"index", "_index"} else stem


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """How many of the first texts of a folder have a sign."""

    count: int
    of: int


def looks(folder: Folder, shape: str, *, sample: int = 40) -> Shape:
    """How many of the first texts begin with what a pattern describes."""
    every = list(folder.markdown())
    names = every[:: max(1, len(every) // sample)]
    pattern = re.compile(shape)
    return Shape(sum(pattern.search(folder.start(name)) is not None for name in names), len(names))
