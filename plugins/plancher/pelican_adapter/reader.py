"""Pelican's reader for authors' Markdown: it never raises, it reports."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader
from pelican.utils import SafeDatetime, slugify

from plancher.base import addresses
from plancher.base.problems import Problem
from plancher.build import session
from plancher.cache.body import CachedBody
from plancher.cache.page_extras import Outline, PageExtras
from plancher.markdown.record import Record
from plancher.text.html import add, add_plain, el, to_html_string

EXTENSIONS = ("md", "MD", "Md", "mD")
"""Pelican compares extensions with their case."""


class PlancherReader(MarkdownReader):
    """Gives Pelican one text; what cannot be read becomes a page that says why.

    It is one of Pelican's readers of Markdown, so that those of other plugins
    can be made to call it (``bridge``).
    """

    enabled = True
    file_extensions: list[str] = []  # noqa: RUF012 - Pelican's attribute; empty: registered by hand in readers_init

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML, and the metadata Pelican expects."""
        return self.given(*self.looked_up(Path(source_path)))

    def looked_up(self, path: Path) -> tuple[Path, Record | Problem]:
        """The file of a text, and what is known of it."""
        return path, session.current().look_up(path)

    def given(self, path: Path, record: Record | Problem) -> tuple[str, dict[str, Any]]:
        """The same, of a text that was looked up."""
        current = session.current()
        if isinstance(record, Problem):
            current.journal.say(path, [record])
            return broken(path, None, [record], self.settings)
        if is_broken(record, is_page=current.rules(path).is_page):
            return broken(path, record, [*record.found, *why(record)], self.settings)
        current.journal.keep(record)
        row = CachedBody(record.key, str(current.library.store.path)).load()
        return row.html, self._metadata(record, PageExtras.from_bytes(row.facts))

    def _metadata(self, record: Record, facts: PageExtras) -> dict[str, Any]:
        typed: dict[str, Any] = {"tags": record.tags, "category": record.category, "authors": record.authors}
        metadata = {name: self.process_metadata(name, value) for name, value in typed.items() if value}
        metadata |= plain(record)
        metadata |= moments(record, session.current().timezone)
        metadata.update(outline=facts.outline, blocks=facts.models, gathered=record.gathered, record=record)
        return metadata


def is_broken(record: Record, *, is_page: bool) -> bool:
    """Whether a text cannot have a page."""
    return not (record.readable and record.slug and record.title and (record.date is not None or is_page))


def why(record: Record) -> list[Problem]:
    """Why a text cannot have a page, when its record does not say it."""
    if record.readable and not record.slug:
        return [Problem(1, "PDV026", "le nom du fichier ne donne aucune adresse. Ajoutez « Slug: … » dans l'en-tête.")]
    return []


def plain(record: Record) -> dict[str, Any]:
    """What Pelican takes as it is."""
    save_as = record.save_as or (f"{record.url}index.html" if record.url.endswith("/") else record.url)
    url = record.url or record.save_as.removesuffix("index.html")
    chosen = {**record.others, "lang": record.lang, "template": record.template, "save_as": save_as, "url": url}
    found: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    found.update(
        title=record.title,
        status=record.status,
        slug=record.slug,
        summary=record.summary,
        id=record.id,
        kind=record.kind,
        image=addresses.quote(record.image),
    )
    return found


def moments(record: Record, zone: dt.tzinfo) -> dict[str, SafeDatetime]:
    """Dates in the site's time zone."""
    dates = {"date": record.date, "modified": record.modified}
    return {name: SafeDatetime.fromtimestamp(seconds, zone) for name, seconds in dates.items() if seconds is not None}


def broken(path: Path, record: Record | None, problems: list[Problem], settings: Any) -> tuple[str, dict[str, Any]]:
    """A page in the preview that says what to mend; a draft stays out of sight."""
    current = session.current()
    current.journal.say(path, problems)
    box = el("div")
    polish = current.brought.polish
    add_plain(box, "p", polish("Ce fichier n'a pas pu être publié. Voici ce qu'il faut corriger :"))
    points = add(box, "ul")
    for problem in sorted(problems, key=lambda problem: problem.line):
        add_plain(points, "li", polish(f"ligne {problem.line} : {problem.message} ({problem.code})"))
    date = record.date if record and record.date is not None else _date_from(path).timestamp()
    return to_html_string(box), {
        "title": polish(f"À corriger : {os.path.relpath(path)}"),
        "date": SafeDatetime.fromtimestamp(date, current.timezone),
        "status": "draft" if record and record.status == "draft" else "hidden",
        "slug": (record.slug if record else "") or slugify(path.stem, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"]) or "sans-adresse",
        "summary": "",
        "outline": Outline(),
        "blocks": (),
        "gathered": {},
    }


def _date_from(path: Path) -> dt.datetime:
    """A date for a post that has none: the year of its folder."""
    year = re.fullmatch(r"\d{4}", path.parent.name)
    return dt.datetime(int(year[0]) if year else 2000, 1, 1, tzinfo=dt.UTC)
