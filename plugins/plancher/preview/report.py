"""What the builder tells the server: plain values, sent as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Self

FAILURE, ERROR, WARNING = "panne", "erreur", "avertissement"
"""The build stopped; a publication would stop; worth a look."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to correct."""

    severity: str
    message: str
    path: str = ""
    """From the project's folder; empty when no file is at fault."""
    line: int = 0
    """0 when no line is known."""
    code: str = ""
    """Explained in the author's guide; empty for other errors."""

    def __str__(self) -> str:
        """``path:line: CODE message``, which editors can open."""
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return place + (f"{self.code} " if self.code else "") + self.message


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SiteInfo:
    """What the server needs to know of the settings."""

    address: str = ""
    """SITEURL."""
    content: tuple[str, ...] = ("content", "theme")
    """Folders of texts and templates."""
    code: tuple[str, ...] = ("plugins",)
    """Folders of plugins."""
    answers: str = ""
    """The folder where answers of readers wait; empty: nobody is asked for any."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did."""

    notices: tuple[Notice, ...] = ()
    made: tuple[str, ...] = ()
    """Files of the site whose content is new."""
    removed: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_broken(self) -> bool:
        """Whether the site is still that of an earlier build."""
        return any(notice.severity == FAILURE for notice in self.notices)

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Self:
        """From JSON; Any: its own ``asdict`` wrote it."""
        notices = tuple(Notice(**notice) for notice in raw["notices"])
        return cls(notices=notices, made=tuple(raw["made"]), removed=tuple(raw["removed"]), seconds=raw["seconds"])


def failed(notices: Iterable[Notice]) -> Outcome:
    """The outcome when nothing was built."""
    return Outcome(notices=tuple(notices))
