"""What the author reads at a terminal: what an import would do, and what it did."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable, Iterator, Sequence

from plancher.base.french import clip, plural
from plancher.importing.blogs.home import accounts
from plancher.importing.blogs.home.accounts import COLUMNS, Accounts, Row
from plancher.importing.blogs.home.plan import Plan

_NAMED = 12
"""Titles that are named for one reason; the report names all."""
_TITLE = 60
_WIDEST = 46
"""Letters of the first column."""


def counts(rows: Sequence[Row]) -> Iterator[str]:
    """The table, a line each; the numbers of a line add up to its first."""
    width = min(max((len(row.what) for row in rows), default=0), _WIDEST)
    widths = [max(len(column), 9) for column in COLUMNS]
    yield " " * width + "".join(f"  {column:>{size}}" for column, size in zip(COLUMNS, widths, strict=True))
    for row in rows:
        yield clip(row.what, width).ljust(width) + "".join(f"  {count or '–':>{size}}" for count, size in zip(row[1:], widths, strict=True))


def before(plan: Plan, name: str) -> Iterator[str]:
    """What the import would do."""
    blog = plan.survey.blog
    known = " ".join(filter(None, (f"« {blog.name} »" if blog.name else "", plan.site.whole("/") if plan.site.shown_host else "")))
    yield f"Export reconnu : {name}{f', {known}' if known else ''}."
    yield ""
    yield from counts(accounts.foreseen(plan).rows(plan))
    yield from _held_back(plan)
    yield from _advice(plan)


def _held_back(plan: Plan) -> Iterator[str]:
    """Titles by the reason that makes them drafts."""
    by_reason: dict[str, list[str]] = collections.defaultdict(list)
    for title, why in accounts.held_back(plan):
        by_reason[why].append(clip(title, _TITLE))
    for why, titles in sorted(by_reason.items()):
        yield ""
        yield f"Gardés en brouillon, « {why} » ({len(titles)}) :"
        yield from listed(titles)


def listed(titles: Sequence[str]) -> Iterator[str]:
    """Some of them, and how many others there are."""
    yield from (f"  {title}" for title in titles[:_NAMED])
    if len(titles) > _NAMED:
        yield f"  … et {len(titles) - _NAMED} de plus : le rapport les nomme."


def _advice(plan: Plan) -> Iterator[str]:
    absent = sum(not file.local and file.fate.is_written for file in plan.files.values())
    untouched = [f"content/{path} : {fate}." for path, fate in accounts.untouched(plan)]
    if absent or untouched or plan.survey.fault or not plan.site.hosts:
        yield ""
    if absent:
        what = plural(absent, "image ou fichier absent", "images ou fichiers absents")
        yield f"{what} de l'export : --files DOSSIER dit où ils sont, « invoke import.fetch » les demandera au web."
    if not plan.site.hosts and plan.texts:
        yield "L'export ne dit pas l'adresse de l'ancien blog : --address URL permet de suivre ses liens et ses images."
    if untouched:
        yield "Vos propres changements restent :"
        yield from listed(untouched)
    if plan.survey.fault:
        yield f"Attention : {plan.survey.fault} Ce qui précède peut venir."


def after(rows: Sequence[Row], done: Accounts, tell: Callable[[str], object]) -> None:
    """What it did."""
    for line in counts(rows):
        tell(line)
    for title, lines in (("Vos propres changements restent :", done.edited), ("À reprendre :", done.failures)):
        if lines:
            tell("")
            tell(title)
            for line in listed(lines):
                tell(line)


def absent(paths: Iterable[str]) -> str:
    """What to do for what is not here."""
    count = len(list(paths))
    return f"{plural(count, 'image ou fichier absent', 'images ou fichiers absents')} : « invoke import.fetch » les demande au web." if count else ""
