"""A former blog may have left thousands of comments under one text: its page shows the first, pages of their own the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence

from plancher.components.answers.shown import ShownAnswer

PER_PAGE = 100
"""Former comments."""
Page = tuple[ShownAnswer, ...]


ROOT = "temoignages/"
"""An address that never changes."""


def address(post_url: str, number: int) -> str:
    """Where a page of the thread of a post is; the first is that of the post."""
    return f"{ROOT}{post_url.removesuffix('index.html').removesuffix('.html').strip('/')}/{number}/" if number > 1 else post_url


def split(thread: Sequence[ShownAnswer], report: Callable[[str, int], str]) -> tuple[Page, ...]:
    """Its pages, each in the order of reading; what was not brought home from a former blog stands on the first.

    :param report: the link that reports an answer, by its anchor and the number of its page.
    """
    former = [answer.id for answer in thread if answer.is_former]
    number = {identifier: place // PER_PAGE for place, identifier in enumerate(former)}
    pages: list[list[ShownAnswer]] = [[] for _ in range(max(number.values(), default=0) + 1)]
    for answer in thread:
        pages[number.get(answer.id, 0)].append(answer)
    return tuple(tuple(dataclasses.replace(answer, report=report(answer.anchor, place)) for answer in _apart(page)) for place, page in enumerate(pages, 1))


def _apart(page: Sequence[ShownAnswer]) -> Iterator[ShownAnswer]:
    """An answer to one of another page names its author and leads nowhere."""
    anchors = {answer.anchor for answer in page}
    yield from (answer if answer.parent in anchors else dataclasses.replace(answer, parent="") for answer in page)
