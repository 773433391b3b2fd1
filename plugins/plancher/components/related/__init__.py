"""What else to read: at the foot of each post, the few that are like it; nothing where nothing is."""

from __future__ import annotations

from collections.abc import Mapping

from plancher.base.slugs import slug
from plancher.components.related import features
from plancher.components.related.model import RelatedPost
from plancher.components.related.scores import Family, best, scores
from plancher.site import registration
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.model import Site

MOST = 3
"""Posts that are shown."""
FLOOR = 0.12
"""The least score: two posts that share one tag among four, and no more, do not reach it when the tag is on a tenth of the blog."""

RelatedIndex = Mapping[str, tuple[RelatedPost, ...]]
"""By the path of a post."""


class Related(Component[None, RelatedIndex]):
    """Posts that are like one another."""

    name = "related"

    def collect(self, site: Site) -> RelatedIndex:
        """The posts related to each, the closest first; not those of its own series, which it shows already."""
        posts = site.posts
        found = scores(
            (
                Family(features.tags(posts), share=0.5, most=100),
                Family(features.links(posts), share=0.2, most=50),
                Family(features.words(posts), share=0.3, most=30),
            )
        )
        series = [slug(post.series) if post.series else "" for post in posts]
        shown = [RelatedPost(title=post.title, url=post.url, lang=post.foreign_lang) for post in posts]
        index = {}
        for number, post in enumerate(posts):
            others = {other: score for other, score in found[number].items() if not series[number] or series[other] != series[number]}
            index[post.path] = tuple(shown[other] for other in best(others, FLOOR, MOST))
        return index

    def post_values(self, site: Site, index: RelatedIndex) -> Mapping[str, Values]:
        """Those of a post."""
        return {"related": index}


COMPONENT = Related


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
