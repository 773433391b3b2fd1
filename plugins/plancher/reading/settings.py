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
    article_templates: tuple[str, ...] = ("article",)
    """The templates a post may ask for with « Template: »."""
    page_templates: tuple[str, ...] = ("page", "guide")
    """The same, for a page."""
    words_per_minute: int = 230
    """Silent reading of French non-fiction (Brysbaert 2019 gives 195 to 240)."""
    reserved: tuple[str, ...] = tuple(
        "feeds theme page tag tags categorie categories archives abonnement preuves preuves.json preuves.csv preuves.schema.json"
        " index.html 404.html robots.txt sitemap.xml".split()
    )
    """First segments of addresses that belong to the site, not to a post or page."""
