"""A series and its parts, as pages show them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.base.fast_pickle import fast_pickle


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """A post of a series, by what its other parts show of it."""

    title: str
    url: str
    """From the root of the site."""
    date: dt.datetime
    lang: str


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPlace:
    """Where a post stands in its series."""

    name: str
    url: str
    """Of the page of the series; empty: it has none yet."""
    number: int
    """From 1."""
    parts: tuple[SeriesPart, ...]
    """All of them, this one too."""

    @property
    def count(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    @property
    def previous(self) -> SeriesPart | None:
        """The part before."""
        return self.parts[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> SeriesPart | None:
        """The part after."""
        return self.parts[self.number] if self.number < self.count else None
