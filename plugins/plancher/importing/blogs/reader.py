"""The contract of a reader: one for each format that a former blog may come in."""

from __future__ import annotations

import abc
from collections.abc import Iterator

from plancher.importing.blogs.model import Item
from plancher.importing.blogs.source import Source


class Reader(abc.ABC):
    """Reads one format. It may be run several times on the same source, and keeps no text in memory."""

    name: str
    """As its users call it: « WordPress »."""

    @abc.abstractmethod
    def recognises(self, source: Source) -> bool:
        """Whether the source is in this format; looks at names and first bytes alone."""

    @abc.abstractmethod
    def read(self, source: Source) -> Iterator[Item]:
        """Its items, in the order of the export.

        :raises SourceError: the source cannot be read; what was yielded before is whole and right.
        """
