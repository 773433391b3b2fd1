"""What all components give of a site: what is made from all of them together sees no more than this."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from plancher.base.problems import SiteProblem
from plancher.site.feeds import FeedRequest, Replies
from plancher.site.former import Former
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TemplatePage

Redirection = tuple[str, str]
"""A former address and the one it leads to now, from the root of the site."""
Values = Mapping[str, object]
"""By the name that templates use."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A link of the menu."""

    text: str
    address: str
    """From the root of the site."""
    in_footer: bool = False
    """Whether it stands at the foot of each page rather than in the main menu, which has room for few."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the components make of a site."""

    site: Site
    pages: tuple[PageRequest, ...]
    feeds: tuple[FeedRequest, ...]
    site_values: Values
    post_values: Mapping[str, Values]
    tag_values: Mapping[str, Values]
    category_values: Mapping[str, Values]
    replies: Mapping[str, Replies]
    redirections: tuple[Redirection, ...]
    former: Former
    """The former addresses that texts and their owner give."""
    frame_hosts: tuple[str, ...]
    form_hosts: tuple[str, ...]
    checks: tuple[SiteProblem, ...]
    expires_at: float | None
    blog_pages: tuple[TemplatePage, ...] = ()
    """Those of the blog itself that are lists, for the site map; never 404.html."""
    year_pages: tuple[TemplatePage, ...] = ()
    """The archives of each year, for the site map."""
    missing: frozenset[str] = frozenset()
    """Addresses for which the theme has no template: nothing may lead there."""

    def values_of(self, kind: str, key: str) -> Values:
        """What the page of a text (« article » or « page », by its path), of a tag or of a category (by its name) may use."""
        values = {"article": self.post_values, "page": self.post_values, "tag": self.tag_values, "category": self.category_values}.get(kind, {})
        return {name: known.get(key) for name, known in values.items()}
