"""The page of calls and answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from plancher.base.french import NBSP, plural
from plancher.components.answers.collection import AnswerIndex, ListedCall
from plancher.site.requests import TemplatePage

ROOT = "temoignages/"
"""An address that never changes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallsPage:
    """All calls, those that are open first."""

    title: str
    description: str
    url: str
    open: tuple[ListedCall, ...]
    closed: tuple[ListedCall, ...]


def requests(index: AnswerIndex) -> Iterator[TemplatePage]:
    """``/temoignages/``."""
    is_open = tuple(call for call in index.calls if call.is_open)
    closed = tuple(call for call in index.calls if not call.is_open)
    answers = sum(len(call.answers) for call in index.calls)
    title = "Appels à témoignages"
    counts = (plural(len(index.calls), "question posée", "questions posées"), plural(answers, "réponse publiée", "réponses publiées"))
    page = CallsPage(title=title, description=f"{title}{NBSP}: {', '.join(counts)}.", url=ROOT, open=is_open, closed=closed)
    yield TemplatePage(address=ROOT, template="temoignages", values={"sheet": page})
