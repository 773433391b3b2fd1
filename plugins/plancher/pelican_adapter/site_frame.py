"""What Pelican's settings say of a site: whose it is, where it is, which files it has; no text yet."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plancher.base import clock, identity, theme_folder
from plancher.base.identity import Identity
from plancher.base.settings import load
from plancher.build import command_settings, reading_settings
from plancher.build.command_settings import CommandSettings
from plancher.build.context import BuildContext
from plancher.build.reading_settings import ReadingSettings
from plancher.cache import tree
from plancher.pelican_adapter.plugins import has_own_theme
from plancher.site.assembly import AnyComponent
from plancher.site.component import Preparation
from plancher.site.model import Patterns, Site
from plancher.text.grammar import Grammar

_PATTERNS = {
    "all_atom": "FEED_ALL_ATOM",
    "all_rss": "FEED_ALL_RSS",
    "category_atom": "CATEGORY_FEED_ATOM",
    "category_rss": "CATEGORY_FEED_RSS",
    "tag_atom": "TAG_FEED_ATOM",
    "tag_rss": "TAG_FEED_RSS",
    "tag": "TAG_URL",
    "index": "INDEX_URL",
}


@dataclasses.dataclass(frozen=True, slots=True)
class SiteParts:
    """What a site is made with, beside its texts."""

    components: Sequence[AnyComponent]
    grammar: Grammar
    settled: Preparation = dataclasses.field(default_factory=Preparation)
    """What components have settled so far."""


def parts_of(build: BuildContext) -> SiteParts:
    """Those of a build of ours."""
    return SiteParts(build.components, build.reading.grammar, build.settled)


def site_frame(parts: SiteParts, settings: Any) -> Site:
    """A site without texts, with what components have settled so far."""
    content, now = Path(settings["PATH"]), clock.now()
    return Site(
        identity=identity_of(settings),
        lang=str(settings["DEFAULT_LANG"]),
        patterns=Patterns(subscription=_subscription(settings), **{name: str(settings.get(setting) or "") for name, setting in _PATTERNS.items()}),
        content=content,
        theme=Path(settings["THEME"]),
        own_theme=theme_folder.own(content, Path(settings["THEME"])),
        has_own_theme=has_own_theme(settings),
        today=now.date(),
        now=now,
        components=tuple(component.name for component in parts.components),
        is_preview=load(settings, command_settings.KEY, CommandSettings).preview,
        is_publication=load(settings, reading_settings.KEY, ReadingSettings).mode == "strict",
        tag_aliases=parts.settled.tag_aliases,
        link_states=parts.settled.link_states,
        link_replacements=parts.settled.link_replacements,
        is_case_blind=tree.is_case_blind(content),
        filtered=functools.partial(parts.grammar.filtered),
    )


def identity_of(settings: Mapping[str, Any]) -> Identity:
    """Whose blog it is; what Pelican has a setting for, that setting says: it is what was asked of this build.

    :raises SettingsError: ``IDENTITY`` is wrong.
    """
    return dataclasses.replace(
        load(settings, identity.KEY, Identity),
        name=str(settings["SITENAME"]),
        motto=str(settings.get("SITESUBTITLE", "")),
        author=str(settings["AUTHOR"]),
        address=str(settings["SITEURL"]).rstrip("/"),
    )


def _subscription(settings: Any) -> str:
    """The address of the page that says how to subscribe; none when the settings give it no file."""
    return "" if settings.get("ABONNEMENT_SAVE_AS", "-") == "" else str(settings.get("ABONNEMENT_URL", "abonnement/"))
