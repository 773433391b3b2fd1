"""The header of a text that came, in the words of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from plancher.importing.blogs.home import term_names
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.term_names import Spellings
from plancher.importing.blogs.model import FormerText, Kind
from plancher.text import header
from plancher.text.front_reader import FEED_ID
from plancher.text.source import FORBIDDEN


def lines(text: FormerText, placed: PlacedText, *, title: str, summary: str, tags: Iterable[str], image: str, author: str, spellings: Spellings) -> list[str]:  # noqa: PLR0913 - a header has as many fields
    """The lines, without the empty one after them.

    :param tags: those of the text, and those that its body held.
    :param author: who signs what names nobody.
    """
    fields = _fields(text, placed, title=title, tags=tags, author=author, spellings=spellings)
    found = [header.line(name, one_line(value)) for name, value in (*fields, ("Summary", summary), ("Image", image)) if one_line(value)]
    return [*found, *([f"Aliases: {', '.join(placed.aliases)}"] if placed.aliases else [])]


def _fields(text: FormerText, placed: PlacedText, *, title: str, tags: Iterable[str], author: str, spellings: Spellings) -> Iterator[tuple[str, str]]:  # noqa: PLR0913 - the same
    yield "Title", title
    yield "Date", moment(text.published if placed.is_dated and text.published else placed.date)
    if text.modified and text.published and _after(text.modified, placed.date):
        yield "Modified", moment(text.modified)
    if text.kind is Kind.POST and text.categories and (category := term_names.as_category(text.categories[0])):
        yield "Category", spellings.of(category)
    yield "Tags", ", ".join(dict.fromkeys(filter(None, map(term_names.as_tag, tags))))
    yield "Slug", placed.slug
    if FEED_ID.fullmatch(placed.feed_id):
        yield "Id", placed.feed_id
    people = [name for name in (one_line(name).replace(",", " ").replace(";", " ") for name in text.authors) if name]
    if people and people != [author]:
        yield "Author", ", ".join(people)
    yield "Lang", placed.lang
    if placed.lang and text.kind is Kind.PAGE:  # Pelican keeps pages in another language elsewhere
        yield "Url", f"{placed.slug}/"
        yield "Save_as", f"{placed.slug}/index.html"
    if placed.held_back:
        yield "Status", "draft"


def moment(when: dt.datetime) -> str:
    """A date as a header has it: with its zone, and without an hour when it is midnight and nobody knows."""
    if when.tzinfo is None:
        return f"{when:%Y-%m-%d %H:%M}" if (when.hour or when.minute) else f"{when:%Y-%m-%d}"
    shown = when.replace(microsecond=0).isoformat(sep=" ")
    return f"{when.year:04}{shown[4:]}"


def one_line(value: str) -> str:
    """A value without line ends, and without what no text of ours holds."""
    return " ".join(FORBIDDEN.sub("", value).split(" ")).replace("\n", " ").replace("\t", " ").strip()


def _after(modified: dt.datetime, published: dt.datetime) -> bool:
    known = modified if modified.tzinfo else modified.replace(tzinfo=published.tzinfo)
    return known > published
