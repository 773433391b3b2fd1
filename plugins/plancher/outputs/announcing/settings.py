"""What a site decides about whom a publication is told to: ``PLANCHER_ANNOUNCING``."""

from __future__ import annotations

import dataclasses

from plancher.base.bounds import Bounds
from plancher.base.settings import between, shaped

KEY = "PLANCHER_ANNOUNCING"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncingSettings(Bounds):
    """Who is told once the site is online. Nobody is, but a hub that feeds name, before the owner says so."""

    visit: bool = True
    """Whether the site is asked as a reader would, once it is online."""
    patience: float = between(60.0, 0, 3600)
    """Seconds to wait until readers see the new site: a host may take its time; Pages of a forge, five times as long."""
    webmentions: bool = False
    """Whether the pages that a post cites are told so (w3.org/TR/webmention)."""
    days: int = between(365, 1, 36_500)
    """Age in days beyond which a post that was never told is not: its links are old news."""
    most: int = between(100, 1, 10_000)
    """Webmentions of one publication, at most; the next one goes on."""
    longest: float = between(120.0, 1, 3600)
    """Seconds that all of them may take; the next publication goes on."""
    size: int = between(1_000_000, 1, 100_000_000)
    indexnow: str = shaped("", "une clé de 8 à 128 lettres sans accent, chiffres ou tirets, ou rien", r"(?:[A-Za-z0-9-]{8,128})?")
    """The key by which search engines know that it is the owner who tells them (indexnow.org); empty: they are told nothing."""
    indexnow_server: str = shaped("https://api.indexnow.org/indexnow", "une adresse complète", r"https?://[\w.:\[\]-]+/[!-~]*")
    """Whom to tell: it tells the other engines that take part."""
