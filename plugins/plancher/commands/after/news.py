"""What there is to tell after a publication, and what was told of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from pathlib import Path

from plancher.outputs.announcing.texts import Announcement
from plancher.publishing.after import changes, pending, websub
from plancher.publishing.after.changes import Changes

_WAITING, _BEFORE = "a-dire.json", "textes.json"


@dataclasses.dataclass(slots=True, kw_only=True)
class News:
    """All of one blog."""

    known: Announcement
    site: Path
    """The finished site."""
    content: Path = Path()
    """The folder of texts."""
    cache: Path = Path()
    """A folder of this machine that may be forgotten at any time."""
    digests: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Of each text, by its file."""
    waiting: Changes = dataclasses.field(default_factory=Changes)
    """What was not told yet."""

    @property
    def is_for_somebody(self) -> bool:
        """Whether there is anybody who would be told."""
        mine = self.known.settings
        return mine.webmentions or bool(mine.indexnow) or any(websub.feeds(self.site, self.waiting.feeds))

    def add(self, changed: Collection[str]) -> None:
        """Add what a publication changed to what waits.

        :raises OSError: it cannot be kept.
        """
        before = changes.load(self.cache / _BEFORE)
        self.waiting |= changes.of_publication(changed, self.known.texts, self.digests, before)
        pending.save(self.cache / _WAITING, self.waiting)
        changes.keep(self.cache / _BEFORE, self.known.texts, self.digests)

    def told(self, some: Changes) -> None:
        """Somebody took this: it waits no longer.

        :raises OSError: it cannot be kept.
        """
        self.waiting = Changes(feeds=self.waiting.feeds - some.feeds, addresses=self.waiting.addresses - some.addresses)
        pending.save(self.cache / _WAITING, self.waiting)
