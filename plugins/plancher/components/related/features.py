"""What is looked at in a post to know which others are like it: its tags, the posts it is linked with, the words of its title and its summary.

Not the words of its text: an edit of a text then changes no other page, and
costs what it costs without this component. Title and summary are where authors
say what a text is about.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from plancher.base import addresses
from plancher.base.french import fold
from plancher.site.model import Post

_WORD = re.compile(r"[^\W\d_]{4,}")
_EMPTY = frozenset(
    "afin ainsi alors apres assez aucun aucune aussi autant autre autres avant avec avoir beaucoup bien cela celle celles celui cent ceux chaque chez chose"
    " comme comment contre dans deja depuis derriere dire dont donc elle elles encore enfin entre etaient etait etre faire faites fait faits faut font fois"
    " jamais jour jours leur leurs lors mais meme memes mettre mieux mille moins nous parce parfois partout passe pendant petit petite petits peut peuvent plus"
    " plusieurs point pour pourquoi pourtant premier premiere presque prend puis quand quatre quel quelle quelles quelque quelques quels quoi rend rien sans"
    " savoir selon sept sera seul seule sert sien soit sont sous souvent suffit surtout tant tels tenir tient toujours tous tout toute toutes trois trop trouve"
    " vers veut veux vient voici voila voir vont votre vous vrai vraie".split()
)
"""Words of French that say nothing of a subject, folded."""
_TITLE = 2
"""How often a word of the title counts."""


def tags(posts: Sequence[Post]) -> list[Mapping[str, int]]:
    """The tags of each post."""
    return [{tag.slug: 1 for tag in post.tags} for post in posts]


def links(posts: Sequence[Post]) -> list[Mapping[str, int]]:
    """For each post, itself and the posts that it links to or that link to it: two that are linked share both, two that one post links to share it."""
    around: dict[str, dict[str, int]] = {post.path: {post.path: 1} for post in posts}
    for post in posts:
        for address, _ in post.links:
            target = addresses.inside(address, post.path)
            if target in around and target != post.path:
                around[target][post.path] = around[post.path][target] = 1
    return [found if len(found) > 1 else {} for found in around.values()]


def words(posts: Sequence[Post]) -> list[Mapping[str, int]]:
    """The words of each title and each summary, without accents and plurals."""
    return [_counted(post) for post in posts]


def _counted(post: Post) -> Mapping[str, int]:
    counts = dict.fromkeys(_stems(Markup(post.summary).striptags()), 1)  # noqa: S704 - its tags are taken out
    counts |= dict.fromkeys(_stems(post.title), _TITLE)
    return counts


def _stems(text: str) -> Iterable[str]:
    return [stem for word in _WORD.findall(text) if (stem := _stem(word))]


@functools.lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    """« Étés » is « ete »; empty for a word that says nothing."""
    folded = fold(word)
    return "" if folded in _EMPTY else folded.rstrip("sx")
