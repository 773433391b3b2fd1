"""Tags: one name, one address each (the last path segment is the tag itself, as rel-tag asks)."""

from __future__ import annotations

from typing import Any

from pelican import signals
from pelican.urlwrappers import Tag

from plancher.core.french import fold
from plancher.tags import model


def unify(generator: Any) -> None:
    """Before Pelican groups posts by tag, give each tag a single spelling."""
    published = [*generator.articles, *generator.translations, *generator.hidden_articles]
    canonical = model.canonical_names(tag.name for post in published for tag in getattr(post, "tags", ()))
    known: dict[str, Tag] = {}
    for post in (*published, *generator.drafts):
        names = model.normalise((tag.name for tag in getattr(post, "tags", ())), canonical)
        post.tags = [known.get(name) or known.setdefault(name, _tag(name, generator.settings)) for name in names]


def _tag(name: str, settings: Any) -> Tag:
    tag = Tag(name, settings)
    tag.slug = name
    return tag


def offer_cloud(generator: Any) -> None:
    """Templates get the cloud: (tag, number of posts, step), in French alphabetical order."""
    counts = {tag.name: len(posts) for tag, posts in generator.tags.items()}
    steps = model.weights(counts)
    tags = sorted(generator.tags, key=lambda tag: (fold(tag.name), tag.name))
    generator.context["CLOUD"] = [(tag, counts[tag.name], steps[tag.name]) for tag in tags]


def register() -> None:
    """Connect the receivers."""
    signals.article_generator_pretaxonomy.connect(unify)
    signals.article_generator_finalized.connect(offer_cloud)
