"""Facts that readers declared, and agreed to see counted: rows of the register like any other, marked as theirs, never measured.

Their words are no Markdown: each stands as it was typed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from plancher.components.tangible import change, entries
from plancher.components.tangible.entries import ProofEntry
from plancher.components.tangible.model import Pair
from plancher.components.tangible.proof import LinkTarget, Proof, from_entry
from plancher.site import testimonies
from plancher.site.model import Post, Site
from plancher.site.testimonies import Testimony

_LEVEL = "déclaré"
_SOURCE = "Réponse d’un lecteur"


@dataclasses.dataclass(frozen=True, slots=True)
class _Words:
    """What a block asks of the text around it, where there is no text: words stand for themselves."""

    lang: str = "fr"

    def text(self, markdown: str) -> str:
        """The words as they are."""
        return markdown

    def file(self, address: str) -> bytes | None:
        """None: a reader names no file of the site."""

    def link(self, markdown: str) -> str:
        """None: what a reader types leads nowhere."""
        return ""


def rows(site: Site) -> Iterator[tuple[Proof, ProofEntry, Post]]:
    """One for each answer with a fact; nothing when the blog shows no answers, where a row would lead."""
    if "answers" not in site.components:
        return
    posts = {post.path: post for post in site.posts}
    for row in testimonies.load(site.content).rows:
        post = posts.get(row.post)
        if post is not None and row.is_counted and (row.before or row.after):
            (entry,) = entries.of_block(_pair(row), _Words())
            place = LinkTarget(post.url, row.anchor)
            proof = from_entry(entry, post, place, "", site.today)
            yield dataclasses.replace(proof, source_text=_SOURCE, date=row.date or post.date, lang=""), entry, post


def _pair(row: Testimony) -> Pair:
    return Pair(
        promise=row.promise or row.words,
        proof=row.words if row.promise else "",
        indicator=row.indicator,
        before=row.before,
        after=row.after,
        change=change.between(row.before, row.after)[0],
        period=row.period,
        level=_LEVEL,
        measured_by=f"un lecteur, {row.author}" if row.author else "un lecteur",
        line=row.line,
        own_id=row.anchor,
        anchor=row.anchor,
    )
