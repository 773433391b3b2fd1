"""Remarks set apart from the text, and examples of what authors type."""

from __future__ import annotations

from collections.abc import Sequence

from plancher.components.callouts import callouts, example
from plancher.components.callouts.callouts import Callout
from plancher.components.callouts.example import Example
from plancher.site import registration
from plancher.site.component import Component
from plancher.text.grammar import BlockKind


class Callouts(Component[None, None]):
    """``[!note]`` and its kind, and ``[!exemple]``."""

    name = "callouts"

    def blocks(self) -> Sequence[BlockKind[Callout] | BlockKind[Example]]:
        """What authors type."""
        return (*callouts.BLOCKS, example.BLOCK)


COMPONENT = Callouts


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
