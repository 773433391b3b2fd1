"""``Aliases:``, the former addresses of a text, as a header gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.base import former_address
from plancher.base.french import clip
from plancher.base.problems import Problem
from plancher.text.header_lines import HeaderField

_BEGINS = re.compile(r"/|https?://", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]?\s+(?=/|https?://)|[,;](?=/|https?://)", re.IGNORECASE)
"""Between two addresses. A comma, or a space, may be part of one: what follows it tells."""
_LONGEST = 60
"""Characters of an address in a message."""


def read(field: HeaderField | None, problems: list[Problem], *, is_foreign: bool) -> tuple[str, ...]:
    """Each address of the field, once, written in the one way that we know (« /un/%C3%A9t%C3%A9?p=1 »).

    :param problems: where what is wrong is noted.
    :param is_foreign: whether it was written for another generator. There ``aliases`` may hold other names of a note (Obsidian): these are no addresses.
    """
    found: dict[str, None] = {}
    for typed in _items(field, is_foreign=is_foreign) if field else ():
        if is_foreign and not _BEGINS.match(typed):
            continue
        try:
            found[str(former_address.parse(typed))] = None
        except ValueError as error:
            advice = "Écrivez-la comme « /2008/10/un-billet/ »."
            problems.append(Problem(field.line if field else 1, "PDV140", f"ancienne adresse « {clip(typed, _LONGEST)} » refusée : {error}. {advice}"))
    return tuple(found)


def _items(field: HeaderField, *, is_foreign: bool) -> Iterator[str]:
    if field.items and is_foreign:
        yield from field.items
        return
    for typed in _whole(field.items or (field.value,)):
        yield from (part.strip().rstrip(",;").rstrip() for part in _BETWEEN.split(typed) if part.strip(" ,;"))


def _whole(items: Sequence[str]) -> list[str]:
    """The items of a list, without the cuts that commas inside an address made."""
    whole: list[str] = []
    for item in items:
        if whole and not _BEGINS.match(item):
            whole[-1] += f",{item}"
        else:
            whole.append(item)
    return whole
