"""The posts beside each post, in the order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plancher.site.model import Card, Post

Neighbours = tuple[Card | None, Card | None]
"""The next newer post and the next older one; None at the ends."""


def of_posts(posts: Sequence[Post]) -> Mapping[str, Neighbours]:
    """The neighbours of each post, by its path.

    :param posts: newest first.
    """
    cards = [None, *(post.card for post in posts), None]
    return {post.path: (newer, older) for post, newer, older in zip(posts, cards, cards[2:], strict=False)}
