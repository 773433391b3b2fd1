"""Builds that show how far they are, and sites that change at once (``swap``)."""

from __future__ import annotations

from typing import Any

from pelican import signals

from plancher.building.progress import Bar

_bar = Bar()


def start(pelican: Any) -> None:  # noqa: ARG001 - the signal's sender
    """A build begins."""
    _bar.start()


def read_one(generator: Any) -> None:  # noqa: ARG001 - the signal's sender
    """One file is about to be read."""
    _bar.step("Lecture")


def clear(generators: Any) -> None:  # noqa: ARG001 - the signal's sender
    """Reading is over and problems are about to be printed: the bar must not cover them."""
    _bar.stop()


def written_one(path: str, context: Any) -> None:  # noqa: ARG001 - the signal's sender
    """One page is written."""
    _bar.start_once()
    _bar.step("Écriture")


def finish(pelican: Any) -> None:  # noqa: ARG001 - the signal's sender
    """The build is over."""
    _bar.stop()


def register() -> None:
    """Connect the receivers."""
    signals.get_generators.connect(start)
    signals.article_generator_preread.connect(read_one)
    signals.page_generator_preread.connect(read_one)
    signals.all_generators_finalized.connect(clear)
    signals.content_written.connect(written_one)
    signals.finalized.connect(finish)
