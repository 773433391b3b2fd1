"""Feeds as a first-class page: Atom with its archives, RSS, JSON Feed, per tag and category."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.outputs.feeds.generator import FeedsGenerator
from plancher.outputs.feeds.settings import KEY, FeedSettings

PAGE = "abonnement"
"""The template of the page that says how to subscribe."""


def check_settings(pelican: Any) -> None:
    """An unknown setting is fatal, before anything is read; the page that lists the feeds is ours."""
    settings = pelican.settings
    core_settings.load(settings, KEY, FeedSettings)
    settings["DIRECT_TEMPLATES"] = list(dict.fromkeys([*settings["DIRECT_TEMPLATES"], PAGE]))


def feeds_generator(pelican: Any) -> type[FeedsGenerator]:  # noqa: ARG001 - the signal's sender
    """Writes the feeds, once every post is known."""
    return FeedsGenerator


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(check_settings)
    signals.get_generators.connect(feeds_generator)
