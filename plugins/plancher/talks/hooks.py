"""Between Pelican and the talks."""

from __future__ import annotations

from typing import Any

from plancher.core import registry
from plancher.talks.mentions import SHELF


def collect(generator: Any) -> None:
    """Say which hosts a click may contact: a page's policy allows no other."""
    posts = (*generator.articles, *generator.hidden_articles, *generator.drafts)
    kept = (talk for post in posts for talk in getattr(post, "gathered", {}).get(SHELF, ()))
    generator.context.setdefault(registry.FRAMES, []).extend(talk["origin"] for talk in kept if talk["origin"])
