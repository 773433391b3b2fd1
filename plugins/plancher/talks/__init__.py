"""Filmed talks, as blocks."""

from __future__ import annotations

from pelican import signals

from plancher.core.registry import BlockKind
from plancher.talks import hooks, markup, mentions, model, render

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


def register() -> None:
    """Connect the receivers."""
    signals.article_generator_finalized.connect(hooks.collect)
