"""What a site decides about reading: ``PLANCHER_READING``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_READING"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How strict a build is with its authors."""

    mode: str = "preview"
    """``preview``: problems are said, pages are made. ``strict``: any error stops
    before a byte is written. ``check``: problems are said, nothing is written."""
    templates: tuple[str, ...] = ("article", "page", "guide")
    """The templates an author may ask for with « Template: »."""
    words_per_minute: int = 230
    """Silent reading of French non-fiction (Brysbaert 2019 gives 195 to 240)."""
    reserved: tuple[str, ...] = ("feeds", "theme", "page", "tag", "tags", "categorie", "categories", "archives")
    """First segments of addresses that belong to the site, not to a post or page."""
