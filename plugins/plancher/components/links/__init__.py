"""Curated links and quotations, as blocks; the pages of all links, and how they are."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.components.links import hooks, lists, markup, mentions, model, render
from plancher.components.links.settings import KEY, LinkSettings
from plancher.text.grammar import BlockKind

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
TOGETHER = model.numbered
LAYOUTS = {"": lists.with_addresses, "revue": lists.whole_post}
SUGGESTIONS = lists.SUGGESTIONS


def check_settings(pelican: Any) -> None:
    """An unknown setting is fatal, before anything is read."""
    core_settings.load(pelican.settings, KEY, LinkSettings)


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(check_settings)
    signals.article_generator_pretaxonomy.connect(hooks.look_up)
    signals.article_generator_finalized.connect(hooks.collect)
    signals.article_writer_finalized.connect(hooks.write)
