"""What a site decides about reading: ``PLANCHER_READING``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, one_of, shaped

KEY = "PLANCHER_READING"
_TEMPLATES = "des noms de gabarits, sans « .html » ni dossier"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How strict a build is with its authors."""

    mode: str = one_of("preview", "strict", "check")
    """``preview``: problems are said, pages are made. ``strict``: any error stops
    before a byte is written. ``check``: problems are said, nothing is written."""
    article_templates: tuple[str, ...] = shaped(("article",), _TEMPLATES, r"[\w-]+")
    """The templates a post may ask for with « Template: »."""
    page_templates: tuple[str, ...] = shaped(("page",), _TEMPLATES, r"[\w-]+")
    """The same, for a page."""
    words_per_minute: int = between(230, 1, 10_000)
    """Silent reading of French non-fiction (Brysbaert 2019 gives 195 to 240)."""
