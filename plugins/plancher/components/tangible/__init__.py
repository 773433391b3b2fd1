"""From the intangible to the tangible: promises and their proofs, as blocks, and their public register."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.components.tangible import hooks, markup, render, suggestions
from plancher.components.tangible import register as proofs
from plancher.components.tangible.model import numbered
from plancher.components.tangible.settings import KEY, TangibleSettings
from plancher.text.grammar import BlockKind

BLOCKS = (
    BlockKind(
        name="tangible",
        purpose="Une promesse, ramenée à sa preuve.",
        read=markup.read_tangible,
        render=render.render_tangible,
        shelf=proofs.SHELF,
        gather=proofs.gather,
        mention=proofs.mention,
        turns=proofs.turns,
    ),
    BlockKind(
        name="bilan",
        purpose="Une liste de promesses, chacune avec sa preuve.",
        read=markup.read_balance,
        render=render.render_balance,
        shelf=proofs.SHELF,
        gather=proofs.gather,
        mention=proofs.mention,
        turns=proofs.turns,
    ),
)
TOGETHER = numbered
SUGGESTIONS = suggestions.SUGGESTIONS


def use_settings(pelican: Any) -> None:
    """The site's own list of natures."""
    markup.natures = core_settings.load(pelican.settings, KEY, TangibleSettings).natures


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(use_settings)
    signals.article_generator_finalized.connect(hooks.collect)
    signals.article_writer_finalized.connect(hooks.write)
