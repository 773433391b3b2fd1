"""Tags as Technorati meant them: one name and one address each, a cloud that informs, what stands around each.

The last path segment of a tag's address is the tag itself, as rel-tag asks.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.components.tags import historic, hooks
from plancher.components.tags.cloud import tag_cloud
from plancher.components.tags.settings import KEY, TagSettings

LEGACY_TAG_LINES = historic.read
SUGGESTIONS = historic.SUGGESTIONS


def offer_cloud(pelican: Any) -> None:
    """Check the settings; templates get ``tag_cloud``."""
    settings = pelican.settings
    core_settings.load(settings, KEY, TagSettings)
    settings["JINJA_GLOBALS"] = {**settings["JINJA_GLOBALS"], "tag_cloud": tag_cloud}


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(offer_cloud)
    signals.article_generator_pretaxonomy.connect(hooks.unify)
    signals.article_generator_finalized.connect(hooks.collect)
    signals.article_writer_finalized.connect(hooks.write)
