"""Feeds as a first-class page: Atom with its archives, RSS, JSON Feed, per tag and category.

``get_writer`` puts our writer in Pelican's hands; ``article_writer_finalized``
adds the feeds Pelican knows nothing of.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.core import settings as core_settings
from plancher.feeds.settings import KEY, FeedSettings
from plancher.feeds.writer import PlancherWriter


def check_settings(pelican: Any) -> None:
    """An unknown setting is fatal, before anything is read."""
    core_settings.load(pelican.settings, KEY, FeedSettings)


def our_writer(pelican: Any) -> type[PlancherWriter]:  # noqa: ARG001 - the signal's sender
    """The class Pelican will write with."""
    return PlancherWriter


def write_site_feeds(generator: Any, writer: PlancherWriter) -> None:
    """Archives and JSON, once every post is known."""
    if generator.settings.get("FEED_ALL_ATOM"):
        writer.write_site_feeds(generator.articles)


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(check_settings)
    signals.get_writer.connect(our_writer)
    signals.article_writer_finalized.connect(write_site_feeds)
