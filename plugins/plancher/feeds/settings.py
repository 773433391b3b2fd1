"""What a site decides about its feeds: ``PLANCHER_FEEDS``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_FEEDS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """Identity and length of the feeds."""

    authority: str = "plancher-des-vaches.example"
    """Domain in the ids of feeds and entries (RFC 4151): never change it, subscribers would see all again."""
    since: str = "2024"
    """A date on which the authority was ours (RFC 4151)."""
    size: int = 20
    """Entries in the feed a subscriber polls."""
    archive_size: int = 10
    """Entries in each archive document (RFC 5005)."""
