"""What a site decides about its links: ``PLANCHER_LINKS``."""

from __future__ import annotations

import dataclasses

from plancher.base.bounds import Bounds
from plancher.base.settings import between, shaped

KEY = "PLANCHER_LINKS"
_ADDRESS = r"(?:https?://[\w.:\[\]-]+(?:/[!-~]*)?)?"
_EXPECTED = "l'adresse http ou https d'un service, ou rien"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings(Bounds):
    """How links are shown, and how ``invoke links.check`` behaves towards the web."""

    leads_out: bool = False
    """Whether the title of an entry, in the feeds of links, leads to the link itself; else to its place in the post."""
    feed_size: int = between(30, 1, 10_000)
    """Entries in the feeds of links."""
    failures: int = between(3, 1, 1000)
    """Failed visits before a link is dead."""
    days: int = between(7, 0, 3650)
    """Days over which they must be spread."""
    patience: float = between(60.0, 0, 86_400)
    """Longest wait, in seconds, that a host may ask for (« Retry-After »); beyond, its links are visited another time."""
    wayback: str = shaped("https://archive.org/wayback/available", _EXPECTED, _ADDRESS)
    """The service that knows which copies exist (Wayback availability API); empty: none."""
    timegate: str = shaped("", _EXPECTED, _ADDRESS)
    """A Memento TimeGate (RFC 7089), asked in its place; the address of the page is written after it."""
    save: str = shaped("https://web.archive.org/save/", _EXPECTED, _ADDRESS)
    """Where « invoke links.archive » asks for copies; the address of the page is written after it."""
