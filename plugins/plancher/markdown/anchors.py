"""The anchors of a text."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from plancher.base.problems import Problem

if TYPE_CHECKING:
    from plancher.text.document import Document

OF_NOTES = ("fn:", "fnref")


def of(ids: Iterable[str]) -> list[str]:
    """The anchors of a text, without those of its notes and of the names of its blocks (« _preuve-1 » names « preuve-1 »): nobody links to these."""
    names = list(ids)
    return [name for name in names if not name.startswith(OF_NOTES) and not (name.startswith("_") and name[1:] in names)]


def repeated(ids: Sequence[str], document: Document) -> Iterator[Problem]:
    """Each anchor of a text has its own name: browsers stop at the first of that name."""
    for name, count in collections.Counter(ids).items() if len(set(ids)) < len(ids) else ():
        if count > 1:
            line = next((line for way in (f'id="{name}"', f"id='{name}'", f"#{name}") if (line := document.scan.find(way)) > 1), 1)
            yield Problem(line, "PDV018", f"deux passages ont la même ancre « #{name} ». Donnez un autre nom à celui que vous avez nommé.")


def is_on_the_site(address: str) -> bool:
    """Whether an address names an anchor of a page by the page's own address, or of its own page."""
    return "#" in address and address.startswith(("/", "#")) and not address.startswith("//")
