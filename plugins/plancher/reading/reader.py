"""Pelican's reader for authors' Markdown: it never raises, it reports."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader
from pelican.utils import SafeDatetime, slugify

from plancher.core.front import Front
from plancher.core.html import add, add_plain, el, to_html_string
from plancher.core.problems import Problem
from plancher.reading import session
from plancher.reading.convert import Reading

EXTENSIONS = ("md", "MD", "Md", "mD")
"""Pelican compares extensions with their case."""


class PlancherReader(BaseReader):
    """Reads one Markdown file; what cannot be read becomes a page that says why."""

    enabled = True
    file_extensions: list[str] = []  # noqa: RUF012 - Pelican's attribute; empty: registered by hand in readers_init

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The body as HTML, and the metadata Pelican expects."""
        path, current = Path(source_path), session.current()
        try:
            if not current.holds(path):
                problem = Problem(1, "PDV034", "lien symbolique vers un fichier hors du dossier de contenu. Copiez le fichier à la place.")
                return self._broken(path, None, [problem])
            reading = current.converter.read(path, current.rules(path))
            return self._read(path, reading)
        except (OSError, RecursionError, ValueError, OverflowError) as error:
            return self._broken(path, None, [Problem(1, "PDV036", f"lecture impossible : {error}. Vérifiez le fichier.")])

    def _read(self, path: Path, reading: Reading) -> tuple[str, dict[str, Any]]:
        current, front = session.current(), reading.document.front
        complete = front.title and (front.date or current.rules(path).is_page)
        slug = front.slug or slugify(path.stem, regex_subs=self.settings["SLUG_REGEX_SUBSTITUTIONS"])
        if not slug:
            problem = Problem(1, "PDV026", "le nom du fichier ne donne aucune adresse. Ajoutez « Slug: … » dans l'en-tête.")
            current.journal.say(path, [problem])
        if not reading.document.readable or not complete or not slug:
            return self._broken(path, reading, list(reading.problems))
        current.journal.keep(path, reading)
        return reading.html, self._metadata(front, reading, slug)

    def _metadata(self, front: Front, reading: Reading, slug: str) -> dict[str, Any]:
        typed: dict[str, Any] = {"tags": list(front.tags), "category": reading.category, "authors": list(front.authors)}
        metadata = {name: self.process_metadata(name, value) for name, value in typed.items() if value}
        save_as = front.save_as or (f"{front.url}index.html" if front.url.endswith("/") else front.url)
        url = front.url or front.save_as.removesuffix("index.html")
        plain = {"lang": front.lang, "template": front.template, "save_as": save_as, "url": url}
        metadata.update({name: value for name, value in plain.items() if value})
        metadata.update(title=reading.title, status=front.status, slug=slug, summary=reading.summary, id=front.id, kind=front.kind)
        metadata["blocks"] = tuple(block.model for block in reading.document.blocks if block)
        for name, moment in (("date", front.date), ("modified", front.modified)):
            if moment:
                metadata[name] = SafeDatetime.fromtimestamp(moment.timestamp(), session.current().timezone)
        return metadata

    def _broken(self, path: Path, reading: Reading | None, problems: list[Problem]) -> tuple[str, dict[str, Any]]:
        """A page in the preview that says what to mend; a draft stays out of sight."""
        current = session.current()
        current.journal.say(path, problems)
        front = reading.document.front if reading else Front()
        box = el("div")
        polish = current.converter.brought.polish
        add_plain(box, "p", polish("Ce fichier n'a pas pu être publié. Voici ce qu'il faut corriger :"))
        points = add(box, "ul")
        for problem in sorted(problems, key=lambda problem: problem.line):
            add_plain(points, "li", polish(f"ligne {problem.line} : {problem.message} ({problem.code})"))
        date = front.date or _date_from(path)
        return to_html_string(box), {
            "title": polish(f"À corriger : {os.path.relpath(path)}"),
            "date": SafeDatetime.fromtimestamp(date.timestamp(), current.timezone),
            "status": "draft" if front.status == "draft" else "hidden",
            "slug": front.slug or slugify(path.stem, regex_subs=self.settings["SLUG_REGEX_SUBSTITUTIONS"]) or "sans-adresse",
            "summary": "",
            "blocks": (),
        }


def _date_from(path: Path) -> dt.datetime:
    """A date for a post that has none: the year of its folder."""
    year = re.fullmatch(r"\d{4}", path.parent.name)
    return dt.datetime(int(year[0]) if year else 2000, 1, 1, tzinfo=dt.UTC)
