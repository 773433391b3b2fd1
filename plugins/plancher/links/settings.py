"""What a site decides about its links: ``PLANCHER_LINKS``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_LINKS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """How links are shown, and how ``invoke links.check`` behaves towards the web."""

    leads_out: bool = False
    """Whether the title of an entry, in the feeds of links, leads to the link itself; else to its place in the post."""
    feed_size: int = 30
    """Entries in the feeds of links."""
    delay: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 15.0
    """Seconds one request may take before it answers."""
    total: float = 30.0
    """Seconds one request may take in all, its redirections too."""
    size: int = 200_000
    """Bytes read of one answer, at most."""
    redirects: int = 8
    """Redirections followed, at most."""
    together: int = 40
    """Requests at once, at most, all hosts together."""
    failures: int = 3
    """Failures before a link is said dead."""
    days: int = 7
    """Days over which they must be spread."""
    patience: float = 60.0
    """Seconds one waits when a host asks for it (« Retry-After »); beyond, its links are left for another time."""
    allowed: tuple[str, ...] = ()
    """Hosts or networks of this machine or of its network that may be asked all the same: « 127.0.0.0/8 »."""
    wayback: str = "https://archive.org/wayback/available"
    """The service that knows which copies there are (Wayback availability API); empty: nobody is asked."""
    timegate: str = ""
    """A Memento TimeGate (RFC 7089), asked in its place; the address of the page is written after it."""
    save: str = "https://web.archive.org/save/"
    """Where « invoke links.archive » asks for copies; the address of the page is written after it."""
    agent: str = "plancher-des-vaches/0.1 (+https://plancher-des-vaches.example/)"
    """How we say who we are, in plain letters."""
