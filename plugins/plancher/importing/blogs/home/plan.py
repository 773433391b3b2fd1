"""What an import is about to do: where each text and each file comes to stand, and what became of those that came before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable

from plancher.base import clock
from plancher.base.slugs import slug
from plancher.importing.blogs.home.book import Book
from plancher.importing.blogs.home.former_site import FormerSite
from plancher.importing.blogs.home.survey import Survey, Surveyed
from plancher.importing.blogs.home.term_names import Spellings


class Fate(enum.StrEnum):
    """What becomes of something that the export holds."""

    NEW = "nouveau"
    CHANGED = "changé à la source"
    SAME = "déjà là"
    EDITED = "modifié ici depuis : laissé tel quel"
    DELETED = "effacé ici depuis : il le reste"

    @property
    def is_written(self) -> bool:
        """Whether this import writes it."""
        return self in {Fate.NEW, Fate.CHANGED}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """Where a text comes to stand."""

    surveyed: Surveyed
    path: str
    """From the content folder."""
    date: dt.datetime
    """When it was published; for a text that says nothing of it, when it was last seen, or today."""
    held_back: str
    """Why it is not published; empty: it is."""
    fate: Fate
    source: str
    """Digest of all that decides of what is written."""
    is_dated: bool = True
    """Whether the export tells a day that can be."""
    feed_id: str = ""
    """Empty when another text has it."""
    aliases: tuple[str, ...] = ()
    language: str = ""
    """Of its words; empty: nobody knows."""
    lang: str = ""
    """That its header says; empty: that of the site."""

    @property
    def is_public(self) -> bool:
        """Whether readers see it as soon as it has come."""
        return not self.held_back and self.date <= clock.now()

    @property
    def slug(self) -> str:
        """The end of its address."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFile:
    """Where a picture or another file comes to stand."""

    canonical: str
    target: str
    """From the content folder."""
    local: str = ""
    """Where it lies: « source:images/a.jpg », or a path of this machine; empty: it is absent."""
    is_named: bool = True
    """Whether a text names it."""
    pages: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    fate: Fate = Fate.NEW

    @property
    def shown(self) -> str:
        """Its name as a report has it."""
        return self.canonical.removeprefix("source:")


@dataclasses.dataclass(slots=True, kw_only=True)
class Plan:
    """All of it."""

    scope: str
    """Which former blog it is, the same at each import."""
    site: FormerSite
    survey: Survey
    texts: dict[str, PlacedText]
    files: dict[str, PlacedFile]
    """By canonical name."""
    replies: dict[str, tuple[str, Fate]]
    """The file of the comments of each text that has some, and what becomes of it."""
    spellings: Spellings
    book: Book
    without: frozenset[str] = frozenset()
    timezone: dt.tzinfo = dt.UTC
    category_slug: Callable[[str], str] = slug
    """What the site makes of the name of a category."""
