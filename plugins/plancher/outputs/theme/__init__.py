"""What our theme needs beside its pages: style sheet, script, web manifest, and the neighbours of a post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plancher.outputs.theme import assets, manifest, neighbours
from plancher.outputs.theme.assets import Assets
from plancher.site.component import Component, Values
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TextFile


class Theme(Component[None, Assets | None]):
    """Our theme, or one made from it; a theme of somebody else has its own files."""

    name = "theme"

    def collect(self, site: Site) -> Assets | None:
        """Its style sheet and its script."""
        return assets.load(site.theme) if site.has_own_theme else None

    def pages(self, site: Site, index: Assets | None) -> Iterable[PageRequest]:
        """Its files."""
        if index is not None:
            for asset in (index.styles, index.scripts):
                yield TextFile(path=asset.path, text=asset.text)
            yield TextFile(path=manifest.PATH, text=manifest.web_manifest(site.identity))

    def site_values(self, site: Site, index: Assets | None) -> Values:  # noqa: ARG002 - of the contract
        """Where its style sheet and its script are."""
        return {"ASSETS": {"styles": index.styles.path, "scripts": index.scripts.path}} if index is not None else {}

    def post_values(self, site: Site, index: Assets | None) -> Mapping[str, Values]:  # noqa: ARG002 - of the contract
        """The next newer and the next older post."""
        return {"neighbours": neighbours.of_posts(site.posts)}


COMPONENT = Theme


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
