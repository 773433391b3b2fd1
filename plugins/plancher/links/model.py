"""Links and quotations, as typed data."""

from __future__ import annotations

import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something worth reading elsewhere, and why."""

    title: str
    url: str = ""
    """Empty: the address is lost, which is legal."""
    author: str = ""
    site: str = ""
    date: dt.datetime | None = None
    lang: str = ""
    """Language of what it leads to, when not French."""
    via: str = ""
    """Who showed it: inline Markdown."""
    type: str = ""
    archive: str = ""
    access: str = ""
    """``libre`` or ``payant``."""
    comment: str = ""
    """Markdown."""
    line: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Roundup:
    """A curated list of links."""

    title: str
    intro: str
    """Markdown before the list."""
    links: tuple[Link, ...]
    line: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Somebody's words, and where they stand."""

    title: str
    author: str
    source: str
    date: dt.datetime | None
    lang: str
    text: str
    """Markdown."""
    line: int
