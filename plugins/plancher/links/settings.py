"""What a site decides about its links: ``PLANCHER_LINKS``."""

from __future__ import annotations

import dataclasses

from plancher.core.bounds import Bounds

KEY = "PLANCHER_LINKS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings(Bounds):
    """How links are shown, and how ``invoke links.check`` behaves towards the web."""

    leads_out: bool = False
    """Whether the title of an entry, in the feeds of links, leads to the link itself; else to its place in the post."""
    feed_size: int = 30
    """Entries in the feeds of links."""
    failures: int = 3
    """Failures before a link is said dead."""
    days: int = 7
    """Days over which they must be spread."""
    patience: float = 60.0
    """Seconds one waits when a host asks for it (« Retry-After »); beyond, its links are left for another time."""
    wayback: str = "https://archive.org/wayback/available"
    """The service that knows which copies there are (Wayback availability API); empty: nobody is asked."""
    timegate: str = ""
    """A Memento TimeGate (RFC 7089), asked in its place; the address of the page is written after it."""
    save: str = "https://web.archive.org/save/"
    """Where « invoke links.archive » asks for copies; the address of the page is written after it."""
