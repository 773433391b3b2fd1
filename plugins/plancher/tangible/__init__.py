"""From the intangible to the tangible: promises and their proofs, as blocks."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.core import settings as core_settings
from plancher.core.registry import BlockKind
from plancher.tangible import markup, render
from plancher.tangible.settings import KEY, TangibleSettings

BLOCKS = (
    BlockKind(name="tangible", purpose="Une promesse, ramenée à sa preuve.", read=markup.read_tangible, render=render.render_tangible),
    BlockKind(name="bilan", purpose="Une liste de promesses, chacune avec sa preuve.", read=markup.read_balance, render=render.render_balance),
)


def use_settings(pelican: Any) -> None:
    """The site's own list of natures."""
    markup.natures = core_settings.load(pelican.settings, KEY, TangibleSettings).natures


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(use_settings)
