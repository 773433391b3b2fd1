"""Every call of the site with its answers, and the answers that a post has without a call."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plancher.base import dates
from plancher.base.french import plural
from plancher.base.problems import Problem, SiteProblem
from plancher.components.answers import paging, shown
from plancher.components.answers.contact import Contact
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.paging import Page
from plancher.components.answers.settings import AnswerSettings
from plancher.components.answers.shown import ShownAnswer
from plancher.site import testimonies
from plancher.site.feeds import Replies
from plancher.site.model import Post, Site
from plancher.site.testimonies import Testimonies, Testimony


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListedCall:
    """A call, its post, its answers: the oldest first, as a thread is read."""

    question: str
    expected: str
    is_open: bool
    until: str
    """« 31 décembre 2026 »; empty: no day."""
    post_title: str
    post_url: str
    anchor: str
    date: dt.datetime
    """Of the post."""
    answers: tuple[ShownAnswer, ...]

    @property
    def results(self) -> str:
        """Where its answers stand in the page of its post."""
        return f"reponses-{self.anchor}"

    @property
    def outcome(self) -> str:
        """What came of it, in words."""
        counted = sum(answer.is_counted for answer in self.answers)
        words = plural(len(self.answers), "réponse publiée", "réponses publiées")
        return f"{words}, dont {counted} au registre des preuves" if counted else words


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AnswerIndex:
    """All that the component knows of a site."""

    calls: tuple[ListedCall, ...] = ()
    """Those of the newest post first."""
    by_post: Mapping[str, tuple[ListedCall, ...]] = dataclasses.field(default_factory=dict)
    """The calls of each post, by its path."""
    threads: Mapping[str, tuple[ShownAnswer, ...]] = dataclasses.field(default_factory=dict)
    """What answers a post and none of its calls, by its path: the first page of it."""
    rest: Mapping[str, tuple[Page, ...]] = dataclasses.field(default_factory=dict)
    """The other pages of a thread, which few have."""
    rows: tuple[tuple[Testimony, Post], ...] = ()
    """All that is shown, the newest first, each with its post."""
    problems: tuple[SiteProblem, ...] = ()

    def answers(self, path: str) -> Sequence[ShownAnswer]:
        """Those on the page of a post, in its order."""
        return (*(answer for call in self.by_post.get(path, ()) for answer in call.answers), *self.threads.get(path, ()))

    def replies(self, path: str) -> Replies | None:
        """The same, as feeds tell it."""
        answers = self.answers(path)
        return Replies(answers[0].anchor, len(answers) + sum(map(len, self.rest.get(path, ())))) if answers else None


def shown_texts(site: Site) -> Mapping[str, Post]:
    """Posts and pages that readers see, by their path: former blogs had comments under both."""
    return {post.path: post for post in (*site.posts, *site.hidden, *site.pages, *site.hidden_pages)}


def collect(site: Site, settings: AnswerSettings, contact: Contact) -> AnswerIndex:
    """Calls and answers of the texts that have a page.

    :param contact: where answers are reported.
    """
    loaded = testimonies.load(site.content, former=settings.former_comments)
    posts = shown_texts(site)
    answers: dict[str, list[Testimony]] = collections.defaultdict(list)
    for row in reversed(loaded.rows):
        answers[row.post].append(row)
    by_post = {post.path: tuple(_calls(post, answers[post.path], _reports(site, contact, post))) for post in posts.values() if post.entries(CallEntry)}
    threads = {
        path: paging.split(tuple(_thread(_loose(posts[path], rows))), _reports(site, contact, posts[path]))
        for path, rows in sorted(answers.items())
        if path in posts
    }
    return AnswerIndex(
        calls=tuple(call for post in site.posts for call in by_post.get(post.path, ())),
        by_post=by_post,
        threads={path: first for path, (first, *_) in threads.items() if first},
        rest={path: tuple(rest) for path, (_, *rest) in threads.items() if rest},
        rows=tuple((row, posts[row.post]) for row in loaded.rows if row.post in posts),
        problems=(*loaded.problems, *_lost(site, loaded, posts)),
    )


def _reports(site: Site, contact: Contact, post: Post) -> Callable[[str, int], str]:
    """The link that reports an answer to this post, by its anchor and the number of its page."""
    return lambda anchor, number: contact.report(anchor, site.absolute(paging.address(post.url, number)))


def _calls(post: Post, answers: Sequence[Testimony], report: Callable[[str, int], str]) -> Iterator[ListedCall]:
    for entry in post.entries(CallEntry):
        yield ListedCall(
            question=entry.question,
            expected=entry.expected,
            is_open=entry.is_open,
            until=dates.day(dt.date.fromisoformat(entry.until)) if entry.until else "",
            post_title=post.title,
            post_url=post.url,
            anchor=entry.anchor,
            date=post.moment,
            answers=tuple(dataclasses.replace(shown.of(row), report=report(row.anchor, 1)) for row in answers if row.call == entry.anchor),
        )


def _loose(post: Post, answers: Iterable[Testimony]) -> list[Testimony]:
    """Those of a post that answer none of its calls."""
    anchors = {entry.anchor for entry in post.entries(CallEntry)}
    return [row for row in answers if row.call not in anchors]


def _thread(rows: Sequence[Testimony]) -> Iterator[ShownAnswer]:
    """Each answer after the one it answers, which it names; a circle of them ends."""
    known = {row.id for row in rows}
    under: dict[str, list[Testimony]] = collections.defaultdict(list)
    for row in rows:
        under[row.parent if row.parent in known else ""].append(row)
    waiting: list[tuple[Testimony, int, ShownAnswer | None]] = [(row, 0, None) for row in reversed(under[""])]
    seen: set[str] = set()
    while waiting:
        row, depth, parent = waiting.pop()
        if row.id not in seen:
            seen.add(row.id)
            answer = shown.of(row)
            yield dataclasses.replace(answer, depth=depth, parent=parent.anchor, parent_author=parent.author) if parent else answer
            waiting += [(inner, depth + 1, answer) for inner in reversed(under[row.id])]
    yield from (shown.of(row) for row in rows if row.id not in seen)


def _lost(site: Site, loaded: Testimonies, posts: Mapping[str, Post]) -> Iterator[SiteProblem]:
    """Answers whose post or call is gone; a post that is held back keeps its own."""
    for row in loaded.rows:
        post = posts.get(row.post)
        if row.kind in testimonies.FORMER or (post is None and row.post in site.texts):
            continue
        if post is None:
            message = f"le texte « {row.post} » n'est pas publié : cette réponse n'est montrée nulle part. Corrigez « texte », s'il a changé de nom."
            yield row.path, Problem(row.line, "PDV161", message)
        elif row.call and row.call not in {entry.anchor for entry in post.entries(CallEntry)}:
            message = f"« {row.post} » n'a plus d'appel « {row.call} » : cette réponse est montrée sous le billet. Donnez ce nom à l'appel (« id : … »)."
            yield row.path, Problem(row.line, "PDV161", message)
