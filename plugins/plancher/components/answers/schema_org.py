"""Answers as search engines read them: a ``Comment`` of schema.org for each one that is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plancher.components.answers import collection
from plancher.components.answers.collection import AnswerIndex
from plancher.components.answers.shown import ShownAnswer
from plancher.site.model import Post, Site

_Comment = Mapping[str, object]
MOST = 100
"""Of one post: nobody reads more of them there, and a post may have thousands of former comments."""


def by_post(site: Site, index: AnswerIndex) -> Mapping[str, tuple[_Comment, ...]]:
    """Those of each text, by its path."""
    found = {path: tuple(_comments(site, post, index.answers(path)[:MOST])) for path, post in collection.shown_texts(site).items()}
    return {path: comments for path, comments in found.items() if comments}


def _comments(site: Site, post: Post, answers: Iterable[ShownAnswer]) -> Iterable[_Comment]:
    for answer in answers:
        if answer.paragraphs:
            page, kind = site.absolute(post.url), "WebPage" if post.is_page else "BlogPosting"
            yield {
                "@type": "Comment",
                "url": f"{page}#{answer.anchor}",
                "text": "\n\n".join(answer.paragraphs),
                "author": {"@type": "Person", "name": answer.author},
                **({"datePublished": answer.date.isoformat()} if answer.date else {}),
                "parentItem": {"@type": "Comment", "url": f"{page}#{answer.parent}"} if answer.parent else {"@type": kind, "url": page},
            }
