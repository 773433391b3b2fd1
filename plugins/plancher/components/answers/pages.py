"""The page of calls and answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from plancher.base.french import NBSP, plural
from plancher.components.answers import collection, paging
from plancher.components.answers.collection import AnswerIndex, ListedCall
from plancher.components.answers.paging import ROOT, Page
from plancher.site.model import Post, Site
from plancher.site.requests import TemplatePage


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CallsPage:
    """All calls, those that are open first."""

    title: str
    description: str
    url: str
    open: tuple[ListedCall, ...]
    closed: tuple[ListedCall, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """What former readers wrote under one text, from the second page on."""

    title: str
    description: str
    url: str
    post_title: str
    post_url: str
    answers: Page
    number: int
    total: int
    newer: str
    """The page before, which is that of the text for the second."""
    older: str | None


def requests(site: Site, index: AnswerIndex) -> Iterator[TemplatePage]:
    """``/temoignages/``, and the further pages of long threads."""
    yield _calls(index)
    texts = collection.shown_texts(site)
    for path, rest in index.rest.items():
        for number, answers in enumerate(rest, 2):
            page = _thread(texts[path], answers, (number, 1 + len(rest)))
            yield TemplatePage(address=page.url, template="reponses", values={"sheet": page}, in_sitemap=False)


def _thread(post: Post, answers: Page, place: tuple[int, int]) -> ThreadPage:
    number, total = place
    title = f"Réponses à «{NBSP}{post.title}{NBSP}», page {number}"
    return ThreadPage(
        title=title,
        description=f"{title} sur {total}.",
        url=paging.address(post.url, number),
        post_title=post.title,
        post_url=post.url,
        answers=answers,
        number=number,
        total=total,
        newer=paging.address(post.url, number - 1),
        older=paging.address(post.url, number + 1) if number < total else None,
    )


def _calls(index: AnswerIndex) -> TemplatePage:
    is_open = tuple(call for call in index.calls if call.is_open)
    closed = tuple(call for call in index.calls if not call.is_open)
    answers = sum(len(call.answers) for call in index.calls)
    title = "Appels à témoignages"
    counts = (plural(len(index.calls), "question posée", "questions posées"), plural(answers, "réponse publiée", "réponses publiées"))
    page = CallsPage(title=title, description=f"{title}{NBSP}: {', '.join(counts)}.", url=ROOT, open=is_open, closed=closed)
    return TemplatePage(address=ROOT, template="temoignages", values={"sheet": page})
