"""Rebuilds that touch only what changed, and equal a full build byte for byte.

``engine`` stands in Pelican's place; ``writer`` records what each file is made
from; ``plan`` decides which must be made again; ``generations`` puts the whole
site in its place at once; ``ledger`` remembers.
"""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.building.progress import BAR
from plancher.building.writer import RecordingWriter


def our_writer(pelican: Any) -> type[RecordingWriter]:  # noqa: ARG001 - the signal's sender
    """The class Pelican will write with."""
    return RecordingWriter


def clear(sender: Any) -> None:  # noqa: ARG001 - the signal's sender
    """Problems are about to be printed, or the build is over: the bar must not cover them."""
    BAR.stop()


def register() -> None:
    """Connect the receivers."""
    signals.get_writer.connect(our_writer)
    signals.all_generators_finalized.connect(clear)
