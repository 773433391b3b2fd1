"""Remarks set apart from the text, and examples of what authors type."""

from __future__ import annotations

from plancher.components.callouts import callouts, example

BLOCKS = (*callouts.BLOCKS, *example.BLOCKS)


def register() -> None:
    """Nothing to connect: the blocks are all there is."""
