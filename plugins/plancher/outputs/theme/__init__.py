"""What our theme needs beside its templates: style sheet, script, web manifest, icons, and the neighbours of a post."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base.problems import Problem, SiteProblem
from plancher.outputs.theme import assets, pictures
from plancher.outputs.theme.assets import Assets
from plancher.site import overrides
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import PageRequest

_OUTDATED = (
    "ce fichier remplace « {name} », qui a changé dans le moteur depuis."
    " Regardez ce qui a changé (invoke theme.diff {name}), reprenez-en ce qui vous sert, puis tapez « invoke theme.keep {name} »."
)
_GONE = "ce fichier remplace « {name} », que le moteur n'a plus : il n'est peut-être plus montré. Voyez le journal des changements."


class Theme(Component[None, Assets | None]):
    """Our theme, or one made from it; a theme of somebody else has its own files."""

    name = "theme"

    def collect(self, site: Site) -> Assets | None:
        """Its files."""
        return assets.load(site) if site.has_own_theme else None

    def pages(self, site: Site, index: Assets | None) -> Iterable[PageRequest]:
        """The same."""
        return (*index.files, *pictures.requests(site)) if index is not None else ()

    def site_values(self, site: Site, index: Assets | None) -> Values:
        """Where its style sheet and its script are, and how large the picture is that networks show."""
        if index is None:
            return {}
        parts = {name: {kind: file.path for kind, file in part.items()} for name, part in index.parts.items()}
        return {"ASSETS": {"styles": index.styles.path, "scripts": index.scripts.path, "parts": parts, "share_size": pictures.share_size(site)}}

    def advice(self, site: Site, index: Assets | None) -> Iterable[SiteProblem]:
        """Files of the blog that stand over something that has changed since."""
        for item in overrides.overrides(site.theme, site.own_theme) if site.own_theme else ():
            if item.is_outdated:
                path = Path(os.path.relpath(item.own, site.content)).as_posix()
                yield path, Problem(1, "PDV108", _OUTDATED.format(name=item.name) if item.original.is_file() else _GONE.format(name=item.name))

    def post_values(self, site: Site, index: Assets | None) -> Mapping[str, Values]:
        """The next newer and the next older post, as lists show them."""
        cards = [None, *(post.card for post in site.posts), None]
        return {"neighbours": {post.path: (newer, older) for post, newer, older in zip(site.posts, cards, cards[2:], strict=False)}}

    def checks(self, site: Site, index: Assets | None) -> Iterable[SiteProblem]:
        """Letters that the pictures cannot show."""
        return pictures.unwritten(site) if index is not None else ()


COMPONENT = Theme


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
