"""Filmed talks, as blocks."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.components.talks import bare, hooks, markup, mentions, model, render
from plancher.components.talks.settings import KEY, TalkSettings
from plancher.text.grammar import BlockKind

BLOCKS = (
    BlockKind(
        name="video",
        purpose="Une intervention filmée : qui parle, où, combien de temps, où la voir.",
        read=markup.read_talk,
        render=render.render_talk,
        shelf=mentions.SHELF,
        gather=mentions.gather,
        mention=mentions.mention,
    ),
)
TOGETHER = model.numbered
LAYOUTS = {"": bare.layout}


def use_settings(pelican: Any) -> None:
    """Whether a bare address is a talk."""
    bare.is_on = core_settings.load(pelican.settings, KEY, TalkSettings).bare


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(use_settings)
    signals.article_generator_finalized.connect(hooks.collect)
    signals.page_generator_finalized.connect(hooks.collect_pages)
    signals.article_writer_finalized.connect(hooks.write)
