"""A text that cannot have a page: what the preview shows in its place."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import NamedTuple

from plancher.base.problems import Problem
from plancher.build.context import BuildContext
from plancher.markdown.record import Record
from plancher.text.html import add, add_plain, as_typed, el


class BrokenText(NamedTuple):
    """A page that says what to mend; a draft stays out of sight."""

    html: str
    title: str
    date: float
    """Seconds since the epoch."""
    status: str
    slug: str


def is_broken(record: Record, *, is_page: bool) -> bool:
    """Whether a text cannot have a page."""
    return not (record.readable and record.slug and record.title and (record.date is not None or is_page))


def problems_of(found: Record | Problem) -> list[Problem]:
    """Why a text cannot have a page."""
    if isinstance(found, Problem):
        return [found]
    if found.readable and not found.slug:
        return [*found.found, Problem(1, "PDV026", "le nom du fichier ne donne aucune adresse. Ajoutez « Slug: … » dans l'en-tête.")]
    return found.found


def stand_in(build: BuildContext, path: Path, record: Record | None, problems: list[Problem]) -> BrokenText:
    """The page in the place of a text, whose problems go into the journal."""
    build.journal.say(path, problems)
    set_text = build.reading.grammar.filtered
    box = el("div")
    add_plain(box, "p", set_text("Ce fichier n'a pas pu être publié. Voici ce qu'il faut corriger :"))
    points = add(box, "ul")
    for problem in sorted(problems, key=lambda problem: problem.line):
        add_plain(points, "li", set_text(f"ligne {problem.line} : {problem.message} ({problem.code})"))
    return BrokenText(
        html=as_typed(box),
        title=set_text(f"À corriger : {os.path.relpath(path)}"),
        date=record.date if record and record.date is not None else _date_from(path).timestamp(),
        status="draft" if record and record.status == "draft" else "hidden",
        slug=(record.slug if record else "") or build.reading.slugify(path.stem) or "sans-adresse",
    )


def _date_from(path: Path) -> dt.datetime:
    """A date for a post that has none: the year of its folder."""
    year = re.fullmatch(r"\d{4}", path.parent.name)
    return dt.datetime(int(year[0]) if year else 2000, 1, 1, tzinfo=dt.UTC)
