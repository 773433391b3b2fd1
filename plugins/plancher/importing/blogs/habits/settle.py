"""From a former text in Markdown to one that an author could have written here: each habit in turn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from plancher.importing.blogs.habits import accents, appel, bilan, chunks, citation, liens, technorati, typographie, video
from plancher.importing.blogs.habits.habit import Settling
from plancher.importing.blogs.html import escape
from plancher.importing.blogs.model import FormerText, Note

_HABITS: tuple[tuple[str, str, Callable[[Settling], None]], ...] = (
    (accents.NAME, accents.PURPOSE, accents.settle),
    (typographie.NAME, typographie.PURPOSE, typographie.settle),
    (technorati.NAME, technorati.PURPOSE, technorati.settle),
    (video.NAME, video.PURPOSE, video.settle),
    (bilan.NAME, bilan.PURPOSE, bilan.settle),
    (liens.NAME, liens.PURPOSE, liens.settle),
    (citation.NAME, citation.PURPOSE, citation.settle),
    (appel.NAME, appel.PURPOSE, appel.settle),
)
RULES: dict[str, str] = {name: purpose for name, purpose, _ in _HABITS}
"""What « --without » refuses, and what each does, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A text with our blocks, and all that changed in it."""

    markdown: str
    title: str
    summary: str
    tags: tuple[str, ...] = ()
    """Those that the text held, beyond its own."""
    notes: tuple[Note, ...] = ()


def settle(markdown: str, text: FormerText, without: frozenset[str]) -> Settled:
    """Apply every habit that is not refused.

    :param markdown: the body, converted.
    :param text: the rest of it: title, summary, tags, language, place.
    :param without: names of ``RULES``.
    """
    settling = Settling(text, chunks.parted(markdown), text.title, text.summary)
    for name, _, apply in _HABITS:
        if name not in without:
            apply(settling)
    body = escape.opening(chunks.whole(settling.chunks))
    return Settled(markdown=body, title=settling.title, summary=settling.summary, tags=tuple(settling.tags), notes=tuple(settling.notes))
