"""What one publication knows, whatever the target."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from plancher.publishing.manifest import Manifest
from plancher.publishing.plan import Plan

PATIENCE = 120.0
"""Seconds to wait for somebody else who publishes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be put online."""

    site: Path
    """The finished site."""
    new: Manifest
    checkpoint: Path
    """A file on this machine where an upload notes how far it has come."""
    confirm: Callable[[Plan], None]
    """Looks at the plan before the first byte leaves; raises ``PublishingError`` to stop."""
    on_progress: Callable[[int, int], None] = lambda _done, _total: None
    """Files that stand there, of how many."""
    is_adopting: bool = False
    """Whether the owner says that all files found at the target are the site's."""
    is_forgetting: bool = False
    """Whether somebody asked to be forgotten: nothing of a former site stays at the target, not even to return to."""
    patience: float = PATIENCE
    host: str = ""
    """Who shows the site, where its owner says so: it may obey what the server of the target does not. Else empty."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it."""

    plan: Plan
    is_switched: bool
    """Whether readers got the new site in one step."""
    is_alone: bool = False
    """Whether nothing of a former site is left at the target: said only where that is sure."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is online."""

    identifier: str
    """Empty: nothing of ours."""
    files: int
    size: int
    releases: tuple[str, ...]
    """To which « invoke rollback » can return, the newest first."""
    holder: str
    """A sentence on who publishes now; empty: nobody."""
