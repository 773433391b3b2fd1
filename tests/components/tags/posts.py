"""Posts under tags, without a site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from plancher.site.model import Card, Mention, Post, Term


def post(number: int, day: dt.datetime, category: str, tags: Sequence[str], mentions: Sequence[Mention] = ()) -> Post:
    """The post of this number, « 3/ », « Billet 3 »."""
    card = Card(title=f"Billet {number}", url=f"{number}/", date=day, modified=None, summary="", category=Term(category, category, f"{category}/"), lang="fr")
    terms = tuple(Term(tag, tag, f"tag/{tag}/") for tag in tags)
    return Post(path=f"articles/{number}.md", card=card, save_as=f"{number}/index.html", tags=terms, mentions=tuple(mentions))
