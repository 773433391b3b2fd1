"""A former blog may have left thousands of comments under one text: its page shows the first, pages of their own the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from plancher.components.answers.shown import ShownAnswer

PER_PAGE = 100
"""Former comments."""
Page = tuple[ShownAnswer, ...]


def split(thread: Sequence[ShownAnswer]) -> tuple[Page, ...]:
    """Its pages, each in the order of reading; what was not brought home from a former blog stands on the first."""
    former = [answer.id for answer in thread if answer.is_former]
    number = {identifier: place // PER_PAGE for place, identifier in enumerate(former)}
    pages: list[list[ShownAnswer]] = [[] for _ in range(max(number.values(), default=0) + 1)]
    for answer in thread:
        pages[number.get(answer.id, 0)].append(answer)
    return tuple(tuple(_apart(page)) for page in pages)


def _apart(page: Sequence[ShownAnswer]) -> Iterator[ShownAnswer]:
    """An answer to one of another page names its author and leads nowhere."""
    anchors = {answer.anchor for answer in page}
    yield from (answer if answer.parent in anchors else dataclasses.replace(answer, parent="") for answer in page)
