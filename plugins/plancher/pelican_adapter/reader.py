"""Pelican's reader for authors' Markdown: it never raises, it reports."""

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

EXTENSIONS = ("md", "MD", "Md", "mD")
"""Pelican compares extensions with their case."""


class PlancherReader(MarkdownReader):
    """Gives Pelican one text; what cannot be read becomes a page that says why.

    It is one of Pelican's readers of Markdown, so that those of other plugins
    can be made to call it (``bridge``).
    """

    enabled = True
    file_extensions: list[str] = []  # noqa: RUF012 - Pelican's attribute; empty: registered by hand in readers_init
    build: BuildContext
    """Set before anything is read (``bridge.settle``)."""

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
    save_as = record.save_as or (f"{record.url}index.html" if record.url.endswith("/") else record.url)
    url = record.url or record.save_as.removesuffix("index.html")
    chosen = {**record.others, "lang": record.lang, "template": record.template, "save_as": save_as, "url": url}
    found: dict[str, Any] = {name: value for name, value in chosen.items() if value}
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
