"""What our theme needs beside its templates: style sheet, script, web manifest, icons, and the neighbours of a post."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base.problems import Problem, SiteProblem
from plancher.outputs.theme import assets, cards, pictures, wordmark
from plancher.outputs.theme.assets import Assets
from plancher.outputs.theme.cards import ShareCard
from plancher.outputs.theme.pair_picture import PairPicture
from plancher.outputs.theme.settings import KEY, ThemeSettings
from plancher.outputs.theme.share_picture import SharePicture
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


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeFiles:
    """What the theme is made of."""

    assets: Assets
    cards: Mapping[str, tuple[ShareCard, SharePicture | PairPicture]]
    """By the path of a post."""


class Theme(Component[ThemeSettings, ThemeFiles | None]):
    """Our theme, or one made from it; a theme of somebody else has its own files."""

    name = "theme"
    settings_name = KEY
    settings_type = ThemeSettings

    def collect(self, site: Site) -> ThemeFiles | None:
        """Its files."""
        return ThemeFiles(assets.load(site), cards.cards(site, self.settings)) if site.has_own_theme else None

    def pages(self, site: Site, index: ThemeFiles | None) -> Iterable[PageRequest]:
        """The same."""
        return (*index.assets.files, *pictures.requests(site), *cards.requests(index.cards)) if index is not None else ()

    def site_values(self, site: Site, index: ThemeFiles | None) -> Values:
        """Where its style sheets and its scripts are, how large the picture is that networks show, and the name as it is drawn."""
        if index is None:
            return {}
        parts = {name: {kind: file.path for kind, file in part.items()} for name, part in index.assets.parts.items()}
        return {
            "ASSETS": {"styles": index.assets.styles.path, "scripts": index.assets.scripts.path, "parts": parts, "share_size": pictures.share_size(site)},
            "WORDMARK": wordmark.drawn(site),
        }

    def advice(self, site: Site, index: ThemeFiles | None) -> Iterable[SiteProblem]:
        """Files of the blog that stand over something that has changed since."""
        for item in overrides.overrides(site.theme, site.own_theme) if site.own_theme else ():
            if item.is_outdated:
                path = Path(os.path.relpath(item.own, site.content)).as_posix()
                yield path, Problem(1, "PDV108", _OUTDATED.format(name=item.name) if item.original.is_file() else _GONE.format(name=item.name))

    def post_values(self, site: Site, index: ThemeFiles | None) -> Mapping[str, Values]:
        """The next newer and the next older post, as lists show them; the card that networks show."""
        around = [None, *(post.card for post in site.posts), None]
        neighbours = {post.path: (newer, older) for post, newer, older in zip(site.posts, around, around[2:], strict=False)}
        return {"neighbours": neighbours, "share_card": {path: card for path, (card, _) in index.cards.items()} if index is not None else {}}

    def checks(self, site: Site, index: ThemeFiles | None) -> Iterable[SiteProblem]:
        """Letters that the pictures cannot show; a drawing that cannot stand for the name."""
        return (*pictures.unwritten(site), *wordmark.problems(site)) if index is not None else ()


COMPONENT = Theme


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
