"""Pelican's reader for authors' Markdown: it never raises, it reports. Somebody else's reader of Markdown stands above it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader
from pelican.utils import SafeDatetime

from plancher.base import addresses
from plancher.base.problems import Problem
from plancher.build.context import BuildContext
from plancher.cache import slots
from plancher.cache.body import CachedBody
from plancher.cache.outline import Outline
from plancher.markdown.record import Record
from plancher.pelican_adapter import broken_texts
from plancher.pelican_adapter.addresses import chosen

EXTENSIONS = ("md", "MD", "Md", "mD")
"""Pelican compares extensions with their case."""


class PlancherReader(MarkdownReader):
    """Gives Pelican one text; what cannot be read becomes a page that says why.

    It is one of Pelican's readers of Markdown, so that those of other plugins
    can be made to call it (``bridged``).
    """

    enabled = True
    file_extensions: list[str] = []  # noqa: RUF012 - Pelican's attribute; empty: registered by hand in readers_init
    build: BuildContext
    """Set before anything is read (``settle_readers``)."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML, and the metadata Pelican expects."""
        return self.given(*self.looked_up(Path(source_path)))

    def looked_up(self, path: Path) -> tuple[Path, Record | Problem]:
        """The file of a text, and what is known of it."""
        return path, self.build.library.look_up(self.build.reading.name(path))

    def given(self, path: Path, found: Record | Problem) -> tuple[str, dict[str, Any]]:
        """The same, of a text that was looked up."""
        build = self.build
        if isinstance(found, Problem) or broken_texts.is_broken(found, is_page=build.reading.rules(path).is_page):
            return self.broken(path, found if isinstance(found, Record) else None, broken_texts.problems_of(found))
        build.journal.keep(found)
        row = CachedBody(found.key, str(build.library.store.path)).load()
        return row.html, self._metadata(found, Outline.from_bytes(row.facts))

    def broken(self, path: Path, record: Record | None, problems: list[Problem]) -> tuple[str, dict[str, Any]]:
        """A page in the preview that says what to mend."""
        broken = broken_texts.stand_in(self.build, path, record, problems)
        date = SafeDatetime.fromtimestamp(broken.date, self.build.reading.timezone)
        metadata = {"title": broken.title, "date": date, "status": broken.status, "slug": broken.slug, "summary": "", "outline": Outline()}
        return broken.html, metadata

    def _metadata(self, record: Record, outline: Outline) -> dict[str, Any]:
        typed: dict[str, Any] = {"tags": record.tags, "category": record.category, "authors": record.authors}
        metadata = {name: self.process_metadata(name, value) for name, value in typed.items() if value}
        metadata |= _plain(record)
        metadata |= _moments(record, self.build.reading.timezone)
        metadata.update(outline=outline, record=record)
        return metadata


def _plain(record: Record) -> dict[str, Any]:
    """What Pelican takes as it is."""
    url, save_as = chosen(record)
    asked = {**record.others, "lang": record.lang, "template": record.template, "save_as": save_as, "url": url}
    asked |= {"series": record.series, "series_index": str(record.part or "")}  # as the plugin « pelican-series » reads them
    found: dict[str, Any] = {name: value for name, value in asked.items() if value}
    found.update(
        title=record.title,
        status=record.status,
        slug=record.slug,
        summary=slots.without_marks(record.summary),
        id=record.id,
        kind=record.kind,
        image=addresses.quote(record.image),
    )
    return found


def _moments(record: Record, zone: dt.tzinfo) -> dict[str, SafeDatetime]:
    """Dates in the site's time zone."""
    dates = {"date": record.date, "modified": record.modified}
    return {name: SafeDatetime.fromtimestamp(seconds, zone) for name, seconds in dates.items() if seconds is not None}


def is_pelicans(kind: type | None) -> bool:
    """Whether a reader is one of Pelican's own, or none."""
    return kind is None or kind.__module__.startswith("pelican.readers")


def settle_readers(readers: Any, build: BuildContext) -> None:
    """Put ours under each reader of Markdown that a plugin brought, and tell ours which build it reads for."""
    build.formats = frozenset(name for name, reader in readers.readers.items() if name not in EXTENSIONS and name != "static" and reader)
    for extension, reader in list(readers.readers.items()):
        kind = type(reader)
        if issubclass(kind, MarkdownReader) and not issubclass(kind, PlancherReader):
            readers.readers[extension] = bridged(kind)(readers.settings)
        if isinstance(readers.readers[extension], PlancherReader):
            readers.readers[extension].build = build


def bridged(kind: type) -> type:
    """The same reader, above ours."""
    return type(kind.__name__, (_Bridge, kind, PlancherReader), {"enabled": True, "file_extensions": [], "__module__": kind.__module__})


class _Bridge:
    """Before a reader of somebody else, which stands before ours: no subclass of ours, or Python would put ours first."""

    build: BuildContext
    given: Any
    broken: Any

    _source = Path()
    _reached = False
    """Whether ours was called by theirs."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """What theirs gives, with what only ours knows."""
        self._source, self._reached = Path(source_path), False
        try:
            body, metadata = super().read(source_path)  # type: ignore[misc] # mypy does not see the plugin's reader it is mixed with
            return (body, metadata) if self._reached else self._ours(metadata)
        except Exception as error:  # noqa: BLE001 - somebody else's code: nobody knows what it raises
            line = getattr(error, "lineno", None) or 1
            reason = str(getattr(error, "message", None) or error).rstrip(".") or type(error).__name__
            said = f"l'extension {type(self).__module__} n'a pas pu lire ce texte : {reason}. Corrigez le texte, ou retirez-la de PLUGINS."
            broken: tuple[str, dict[str, Any]] = self.broken(self._source, None, [Problem(line, "PDV067", said)])
            return broken

    def _ours(self, metadata: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Theirs read the text by itself: ours reads it too, and theirs says what ours does not know."""
        body, own = self.given(*super().looked_up(self._source))  # type: ignore[misc] # nor our reader, here
        return body, {**metadata, **own}

    def looked_up(self, path: Path) -> tuple[Path, Record | Problem]:
        """The file that theirs was given, whatever it gives ours."""
        self._reached = True
        if path != self._source:
            return self._source, self._read_as(path.read_bytes())
        found: tuple[Path, Record | Problem] = super().looked_up(path)  # type: ignore[misc] # nor our reader, here
        return found

    def _read_as(self, raw: bytes) -> Record:
        return self.build.library.read_as(self.build.reading.name(self._source), raw)
