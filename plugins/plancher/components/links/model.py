"""Links and quotations, as typed data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from plancher.base.problems import Problem


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Something worth reading elsewhere, and why."""

    title: str
    url: str = ""
    """As typed; empty: the address is lost, which is legal."""
    anchor: str = ""
    """Where it stands in its page: « lien-3 »."""
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


def number_links(models: Sequence[object]) -> tuple[tuple[object, ...], tuple[Problem, ...]]:
    """All models of a text, each link with its anchor: its place among the links of the text."""
    lines = sorted(link.line for model in models if isinstance(model, Roundup) for link in model.links)
    anchors = {line: f"lien-{number}" for number, line in enumerate(lines, 1)}
    return tuple(_with_anchors(model, anchors) for model in models), ()


def _with_anchors(model: object, anchors: Mapping[int, str]) -> object:
    if not isinstance(model, Roundup):
        return model
    return dataclasses.replace(model, links=tuple(dataclasses.replace(link, anchor=anchors[link.line]) for link in model.links))


def is_foreign(lang: str) -> bool:
    """Whether pages must name a language: any but French."""
    return bool(lang) and not lang.lower().startswith("fr")
