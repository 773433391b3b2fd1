"""Filmed talks, as blocks."""

from __future__ import annotations

from plancher.core.registry import BlockKind
from plancher.talks import markup, mentions, render

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


def register() -> None:
    """Nothing to connect yet: the reader finds ``BLOCKS`` by itself."""
