"""What a site decides about its feeds: ``PLANCHER_FEEDS``."""

from __future__ import annotations

import dataclasses

from plancher.base.identity import Identity
from plancher.base.settings import between, shaped

NOWHERE = "localhost"
"""Stands for the domain of a blog without an address."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """Identity and length of the feeds."""

    authority: str = shaped(
        "",
        "un domaine, comme « exemple.fr »",
        r"(?:(?:[\w.+-]+@)?(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)?",
    )
    """Domain in the ids of feeds and entries (RFC 4151): never change it, subscribers would see all again; empty: that of the blog's address."""
    since: str = shaped("2024", "une date, comme « 2024 », « 2024-05 » ou « 2024-05-02 »", r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
    """A date on which the authority was ours (RFC 4151)."""
    size: int = between(20, 1, 10_000)
    """Entries in the feed a subscriber polls."""
    archive_size: int = between(10, 1, 10_000)
    """Entries in each archive document (RFC 5005)."""

    hub: str = shaped("", "une adresse, comme « https://hub.exemple.fr/ »", r"(?:https?://[^\s/]+\S*)?")
    """A WebSub hub (w3.org/TR/websub), which tells subscribers of what is new: each feed but archives names it, and « invoke ping » tells it; empty: none."""

    def authority_of(self, identity: Identity) -> str:
        """The domain in the ids of a blog."""
        return self.authority or identity.host or NOWHERE
