"""What only the page of a text needs of it: headings, reading time."""

from __future__ import annotations

import dataclasses

from plancher.base.fast_pickle import fast_pickle
from plancher.cache import pickling


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents."""

    level: int
    id: str
    title: str


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """What a template may say of a text before showing it."""

    headings: tuple[Heading, ...] = ()
    minutes: int = 1
    """To read it in silence."""
    is_introduced: bool = False
    """Whether its author wrote a summary, which stands above it; one that is made of its first words would say them twice."""
    kept: str = ""
    """What a component keeps of its words (``Component.keep_words``)."""

    def to_bytes(self) -> bytes:
        """As the cache keeps it."""
        return pickling.dumps(self)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Outline:
        """What ``to_bytes`` gave.

        :raises DamagedError: these bytes are not ours.
        """
        outline = pickling.loads(raw)
        if not isinstance(outline, cls):
            raise pickling.DamagedError(cls.__name__)
        return outline
