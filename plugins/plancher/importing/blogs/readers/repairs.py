"""What was mended in a file, as the report tells it."""

from __future__ import annotations

import collections
from collections.abc import Iterator, Sequence

from plancher.importing.blogs.model import Note, Place
from plancher.importing.blogs.readers.xml_node import Repair


def repair_notes(repairs: Sequence[Repair], place: Place) -> Iterator[Note]:
    """What was mended in the file for this text, by kind."""
    counts = collections.Counter(repair.what for repair in repairs)
    for what, count in counts.items():
        first = next(repair for repair in repairs if repair.what == what)
        lines = "" if count == 1 else f", et sur {count - 1} autres lignes"
        yield Note(place=Place(file=place.file, line=first.line), message=f"{what} dans l'export, réparé{lines}.", former=first.former)
