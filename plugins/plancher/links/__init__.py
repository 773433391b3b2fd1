"""Curated links and quotations, as blocks."""

from __future__ import annotations

from plancher.core.registry import BlockKind
from plancher.links import markup, mentions, render

BLOCKS = (
    BlockKind(
        name="liens",
        purpose="Une liste de liens choisis, avec pour chacun pourquoi le lire.",
        read=markup.read_roundup,
        render=render.render_roundup,
        shelf=mentions.SHELF,
        gather=mentions.gather,
        mention=mentions.mention,
    ),
    BlockKind(name="citation", purpose="Les mots d'un autre, avec son nom et la source.", read=markup.read_quotation, render=render.render_quotation),
)


def register() -> None:
    """Nothing to connect yet: the reader finds ``BLOCKS`` by itself."""
