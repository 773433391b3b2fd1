"""What is wrong with the parts of series, once all of them are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.base.french import fold, nearest
from plancher.base.problems import Problem, SiteProblem
from plancher.components.series.collection import Series
from plancher.site.model import Post

_NEAR = 0.85
_LOST = re.compile(r"[^\w+#]+")
"""What an address does not say, and nobody takes for a part of a name: « C++ » and « C# » are two names, « En ordre » and « En-ordre ! » are one."""


def same_numbers(found: Sequence[Series]) -> Iterator[SiteProblem]:
    """Two parts cannot have one number."""
    for series in found:
        owners: dict[int, Post] = {}
        for post in series.posts:
            owner = owners.setdefault(post.part, post) if post.part else post
            if owner is not post:
                message = f"« {series.name} » a déjà un volet {post.part} : {owner.path}. Changez l'un des deux numéros, ou retirez-les : la date suffit."
                yield post.path, Problem(post.line("part"), "PDV150", message)


def same_addresses(found: Sequence[Series]) -> Iterator[SiteProblem]:
    """Two names cannot have one page."""
    for series in found:
        first = series.posts[0].series
        for post in series.posts:
            if _bare(post.series) != _bare(first):
                message = f"la série « {post.series} » aurait la page de « {first} », /{series.url}. Changez l'un des deux noms."
                yield post.path, Problem(post.line("series"), "PDV152", message)


def _bare(name: str) -> str:
    return _LOST.sub(" ", fold(name)).strip()


def lookalikes(found: Sequence[Series]) -> Iterator[SiteProblem]:
    """A series of one part whose name resembles another's may be a slip of the pen."""
    for series in found:
        others = [other.name for other in found if other is not series and len(other.posts) >= len(series.posts)]
        near = nearest(series.name, others, _NEAR) if len(series.posts) == 1 else None
        if near is not None:
            post = series.posts[0]
            message = f"la série « {series.name} » n'a que ce billet, et « {near} » lui ressemble. Si c'est la même, écrivez « Series: {near} »."
            yield post.path, Problem(post.line("series"), "PDV151", message)
