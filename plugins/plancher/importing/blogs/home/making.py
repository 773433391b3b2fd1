"""One text of the export becomes a file of ours: in the workers."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from plancher.importing.blogs.home import former_site, header, holes, names, term_names
from plancher.importing.blogs.home.book import Book, TextLinks
from plancher.importing.blogs.home.plan import PlacedText
from plancher.importing.blogs.home.term_names import Spellings
from plancher.importing.blogs.model import FormerText, Kind, Markup, Note, Place
from plancher.text import header as headers
from plancher.text.front_reader import FEED_ID
from plancher.text.source import FORBIDDEN

NO_ID = "identifiant de l'ancien flux sans la forme d'une adresse : il ne vient pas, les abonnés reverront ce texte une fois"


class Markdown(Protocol):
    """What a converter gives."""

    @property
    def markdown(self) -> str:
        """The text."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was changed on the way."""


class Settled(Markdown, Protocol):
    """A text that was made ours."""

    @property
    def title(self) -> str:
        """Mended."""

    @property
    def summary(self) -> str:
        """Mended."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Those that its body held."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Converters:
    """What makes our Markdown of former bodies."""

    to_markdown: Callable[[str, Place, TextLinks], Markdown]
    rewrite_links: Callable[[str, TextLinks], str]
    settle: Callable[[str, FormerText, frozenset[str]], Settled]
    lost_words: Callable[[str, Markup, str], tuple[str, ...]]


class Task(NamedTuple):
    """A text, and where it comes to stand."""

    text: FormerText
    placed: PlacedText


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file, ready to be written."""

    raw: bytes
    notes: tuple[Note, ...]
    lost: tuple[str, ...]
    """Words of the source that are nowhere in the result."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What all texts share."""

    book: Book
    converters: Converters
    spellings: Spellings
    without: frozenset[str]
    author: str

    def make(self, task: Task) -> Made:
        """The file of one text."""
        text, placed = task
        links = TextLinks(self.book, text.place, former_site.base_of(text.addresses))
        body, notes = self._markdown(text.body, text, links)
        summary, more = self._markdown(text.summary, text, links)
        settled = self.converters.settle(body, dataclasses.replace(text, language=placed.language, summary=" ".join(summary.split())), self.without)
        title = settled.title.strip() or names.first_words(text.body) or f"{text.kind.capitalize()} du {placed.date:%d/%m/%Y}"
        image = links.picture(text.picture) if text.picture else ""
        tags = (*text.tags, *(text.categories[1:] if text.kind is Kind.POST else text.categories), *settled.tags)
        markdown = _without_forbidden(holes.filled(settled.markdown, links.absent))
        lines = header.lines(
            text,
            placed,
            title=title,
            summary=settled.summary,
            tags=tags,
            image="" if image in links.absent else image,
            author=self.author,
            spellings=self.spellings,
        )
        whole = "\n".join([*lines, "", _guarded(markdown.strip("\n")), ""])
        said = (*text.notes, *notes, *more, *links.notes, *settled.notes, *_of_the_header(text))
        lost = self.converters.lost_words(text.body, text.markup, "\n".join([title, settled.summary, ", ".join(tags), markdown]))
        return Made(raw=whole.encode("utf-8", "replace"), notes=tuple(said), lost=lost)

    def _markdown(self, body: str, text: FormerText, links: TextLinks) -> tuple[str, tuple[Note, ...]]:
        if not body:
            return "", ()
        if text.markup is Markup.MARKDOWN:
            return self.converters.rewrite_links(body, links), ()
        converted = self.converters.to_markdown(body, text.place, links)
        return converted.markdown, converted.notes


def _without_forbidden(markdown: str) -> str:
    """Without what no text of ours may hold: signs that nobody sees, and that act."""
    return FORBIDDEN.sub("", markdown.replace("\r\n", "\n").replace("\r", "\n"))


def _guarded(markdown: str) -> str:
    """A body whose first line would be read as a field of the header (« Statut : brouillon ») is read as words."""
    lines = markdown.split("\n")
    return re.sub(r":", r"\\:", markdown, count=1) if headers.opens_with_a_field(lines, 0) else markdown


def _of_the_header(text: FormerText) -> tuple[Note, ...]:
    """What is said of fields that have no meaning here, and of names that could not stay."""
    fields = [Note(place=text.place, message=f"le champ « {name} » n'a pas de sens ici", former=value[:1000]) for name, value in text.other_fields if value]
    changed = [(name, term_names.as_tag(name)) for name in (*text.tags, *text.categories[1:])]
    names_ = [
        Note(place=text.place, message=f"mot-clé devenu « {now} », car il devient une adresse" if now else "mot-clé impossible : il ne vient pas", former=name)
        for name, now in changed
        if " ".join(name.split()).lstrip("#") != now
    ]
    second = [Note(place=text.place, message="une catégorie par billet : celle-ci devient un mot-clé", former=name) for name in text.categories[1:]]
    identifiers = [Note(place=text.place, message=NO_ID, former=text.feed_id)] if text.feed_id and not FEED_ID.fullmatch(text.feed_id) else []
    return (*fields, *identifiers, *names_, *(second if text.kind is Kind.POST else ()))
