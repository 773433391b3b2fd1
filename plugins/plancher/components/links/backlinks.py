"""For each post, those that link to it."""

from __future__ import annotations

from collections.abc import Mapping

from plancher.base import addresses
from plancher.site.model import Card, Site


def backlinks(site: Site) -> Mapping[str, tuple[Card, ...]]:
    """Cards of the posts that link to a post, newest first, by the path of that post."""
    posts = {post.path for post in site.posts}
    citing: dict[str, dict[str, Card]] = {}
    for post in site.posts:
        for address, _ in post.links:
            target = addresses.inside(address, post.path)
            if target in posts and target != post.path:
                citing.setdefault(target, {})[post.path] = post.card
    return {path: tuple(cards.values()) for path, cards in citing.items()}
