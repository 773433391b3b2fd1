"""A post as Pelican knows it, made from its record in a few microseconds.

``pelican.contents.Article`` computes for every post what one page in a
thousand needs; five thousand of them take a second. This one has the same
attributes with the same values (a test compares them), the dear ones computed
when somebody asks.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from pathlib import Path
from typing import Any

from pelican.urlwrappers import Author, Category, Tag

from plancher.base.addresses import inside
from plancher.build import session
from plancher.cache.body import CachedBody
from plancher.cache.page_extras import Outline
from plancher.markdown.record import Record
from plancher.pelican_adapter import reader
from plancher.pelican_adapter.contents import Article
from plancher.text.registry import SWAPS


class CachedArticle(Article):
    """One post of the site; its text stays in the cache."""

    def __init__(self, record: Record, names: Names, context: dict[str, Any]) -> None:
        # No super().__init__: it would compute again what the record holds.
        settings = names.settings
        self.settings = settings
        self.record = record
        self._context = context
        self._names = names
        self.translations: list[Any] = []
        metadata = names.metadata(record) | reader.plain(record) | reader.moments(record, names.timezone)
        # The properties of Content (url, save_as, summary, status) do not see what has their name here.
        self.__dict__.update(metadata)
        for name in ("save_as", "url"):
            if name in metadata:
                setattr(self, f"override_{name}", metadata[name])
        self.status = record.status
        self.metadata = metadata
        self.template = record.template or self.default_template
        if record.authors:
            self.author = self.authors[0]
        else:
            self.author = names.author(settings["AUTHOR"])
            self.authors = [self.author]
        default = settings["DEFAULT_LANG"].lower()
        if not record.lang:
            self.lang = default
        self.in_default_lang = self.lang == default
        self.source_path = f"{names.root}/{record.path}"
        self.relative_source_path = record.path
        self.date_format = settings["DATE_FORMATS"].get(self.lang, settings["DEFAULT_DATE_FORMAT"])
        self.timezone = names.timezone
        self._summary = record.summary

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """The path from the content folder; known, unless it is that of another file."""
        return self.relative_source_path if source_path is None else super().get_relative_source_path(source_path)

    @property
    def url(self) -> str:
        """The address, from the root of the site; it may be imposed later."""
        return self.__dict__.get("override_url") or self._url

    @functools.cached_property
    def _url(self) -> str:
        return self._address("url")

    @property
    def save_as(self) -> str:
        """The file, from the root of the site; it may be imposed later."""
        imposed = self.__dict__.get("override_save_as")
        return self._save_as if imposed is None else str(imposed)

    @functools.cached_property
    def _save_as(self) -> str:
        return self._address("save_as")

    def _address(self, what: str) -> str:
        pattern = self._names.pattern(what, self.status == "draft", self.in_default_lang)
        if pattern:
            return _dated(pattern, self.date.year, self.date.month, self.date.day).format(slug=self.slug, lang=self.lang)
        return str(self.get_url_setting(what))

    @functools.cached_property
    def body(self) -> CachedBody:
        """Where the text is, and what its links lead to."""
        pairs = ((raw, self._leads_to(raw)) for raw in self.record.targets)
        targets = tuple(pair for pair in pairs if pair[1] is not None)
        turns = (self.record.shown_since, self.record.expires_at)
        apart = self.record.files if turns == (None, None) else f"{self.record.files} {turns}"
        dead = self._context.get(SWAPS, {})
        replacements = tuple(dead[address] for address in self.record.elsewhere if address in dead) if dead else ()
        return CachedBody(self.record.key, self._names.store, targets, replacements, apart)  # type: ignore[arg-type]

    def _leads_to(self, raw: str) -> str | None:
        """The address of the page or file that an internal address names."""
        typed = raw.replace("&amp;", "&")
        path, kind = inside(typed, self.record.path), typed[1:].split("}")[0].split("|")[0]
        pages = ("generated_content", "static_content") if kind == "filename" else ("static_content",)
        found = next((self._context[name][path] for name in pages if self._context[name].get(path)), None) if path is not None else None
        if found is None:
            return session.current().terms(self._context, self.settings).address(raw)
        if kind == "attach":
            found.attach_to(self)
        rest = raw[min((raw.find(mark) for mark in "?#" if mark in raw), default=len(raw)) :]
        return f"{found.url}{rest}"

    @property
    def shown(self) -> str:
        """What other pages show of it, address and category aside, in short; empty when that must be looked at."""
        return f"{self.record.shown} {self.timezone} {self.lang}" if self.record.shown else ""

    @property
    def outline(self) -> Outline:
        """Headings and reading time."""
        return self.body.facts().outline

    @property
    def gathered(self) -> dict[str, list[dict[str, Any]]]:
        """What pages of the whole site show of the text's blocks, by shelf."""
        return self.record.gathered

    @property
    def blocks(self) -> tuple[object, ...]:
        """The models of the text's blocks."""
        return self.body.facts().models

    @property
    def _content(self) -> str:  # type: ignore[override] # Pelican's is an attribute; nobody sets ours
        return self.body.load().html

    @property
    def locale_date(self) -> str:  # type: ignore[override] # the same
        """The date as Pelican's own themes show it."""
        return str(self.date.strftime(self.date_format))

    @property
    def locale_modified(self) -> str:  # type: ignore[override] # the same
        """The date of the last change, likewise; absent where there is none."""
        return str(self.modified.strftime(self.date_format))

    def get_static_links(self) -> set[str]:
        """The static files the text asks for, from the content folder."""
        typed = (raw for raw in self.record.targets if raw.startswith(("{static}", "{attach}", "|static|", "|attach|")))
        shown = {self.record.image} if self.record.image else set()
        return shown | {path for path in (inside(raw.replace("&amp;", "&"), self.record.path) for raw in typed) if path is not None}

    def refresh_metadata_intersite_links(self) -> None:
        """Links in the summary, when it has any."""
        if "<a " in self.record.summary:
            super().refresh_metadata_intersite_links()


class Names:
    """One object for each tag, category and author, however many posts bear its name."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.root = Path(settings["PATH"]).as_posix()
        self.timezone = session.current().timezone
        self.store = str(session.current().library.store.path)
        self.tag = functools.cache(lambda name: Tag(name, settings))
        self.category = functools.cache(lambda name: Category(name, settings))
        self.author = functools.cache(lambda name: Author(name, settings))
        self.pattern = functools.cache(self._pattern)

    def _pattern(self, what: str, is_draft: bool, is_in_default_lang: bool) -> str:  # noqa: FBT001 - by place: what functools.cache keeps it under
        """How the address of such a post is made; empty where Pelican itself must make it."""
        kind, lang = "DRAFT" if is_draft else "ARTICLE", "" if is_in_default_lang else "LANG_"
        pattern = str(self.settings[f"{kind}_{lang}{what.upper()}"])
        return pattern if _PLAIN.fullmatch(pattern) else ""

    def metadata(self, record: Record) -> dict[str, Any]:
        """The names a post bears."""
        found: dict[str, Any] = {"category": self.category(record.category or self.settings["DEFAULT_CATEGORY"])}
        if record.tags:
            found["tags"] = [self.tag(name) for name in record.tags]
        if record.authors:
            found["authors"] = [self.author(name) for name in record.authors]
        return found


_DATE = re.compile(r"\{date:([^{}]*)\}")
_PLAIN = re.compile(r"(?:[^{}]|\{date:(?:%[Ymd]|[^%{}])*\}|\{(?:slug|lang)\})*")
"""The patterns of addresses that we fill in ourselves: year, month and day, slug, language."""


@functools.lru_cache(maxsize=10_000)
def _dated(pattern: str, year: int, month: int, day: int) -> str:
    """The pattern with its dates filled in, once for all posts of a day."""
    return _DATE.sub(lambda found: dt.date(year, month, day).strftime(found[1]), pattern)
