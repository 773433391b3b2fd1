"""What our theme needs beside its templates: style sheet, script, web manifest, and the neighbours of a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plancher.outputs.theme import assets
from plancher.outputs.theme.assets import Assets
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import PageRequest


class Theme(Component[None, Assets | None]):
    """Our theme, or one made from it; a theme of somebody else has its own files."""

    name = "theme"

    def collect(self, site: Site) -> Assets | None:
        """Its files."""
        return assets.load(site) if site.has_own_theme else None

    def pages(self, site: Site, index: Assets | None) -> Iterable[PageRequest]:
        """The same."""
        return (index.styles, index.scripts, index.manifest) if index is not None else ()

    def site_values(self, site: Site, index: Assets | None) -> Values:
        """Where its style sheet and its script are."""
        return {"ASSETS": {"styles": index.styles.path, "scripts": index.scripts.path}} if index is not None else {}

    def post_values(self, site: Site, index: Assets | None) -> Mapping[str, Values]:
        """The next newer and the next older post, as lists show them."""
        cards = [None, *(post.card for post in site.posts), None]
        return {"neighbours": {post.path: (newer, older) for post, newer, older in zip(site.posts, cards, cards[2:], strict=False)}}


COMPONENT = Theme


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
