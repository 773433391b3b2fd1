"""Every call of the site with its answers, and the answers that a post has without a call."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base import dates
from plancher.base.french import NBSP, plural
from plancher.base.problems import Problem, SiteProblem
from plancher.components.answers.contact import Contact
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.settings import AnswerSettings
from plancher.site import testimonies
from plancher.site.feeds import Replies
from plancher.site.model import Post, Site
from plancher.site.testimonies import Testimonies, Testimony


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """An answer as pages show it."""

    id: str
    anchor: str
    author: str
    """« Un lecteur » when there is no name."""
    website: str
    address: str
    date: dt.datetime | None
    paragraphs: tuple[str, ...]
    """None of a page that is only linked."""
    facts: str
    """« Avant : 4 heures ; après : 1 heure. »; empty: it gives none."""
    counted: str
    """How it was counted, in words."""
    report: str
    """Where it is reported; empty: nowhere."""
    depth: int = 0
    """How many answers stand between it and the text, in a thread."""
    parent: str = ""
    """The anchor of the one that it answers; empty: it answers the text."""
    parent_author: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is a row of the register."""
        return self.counted == IN_REGISTER


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
    """What answers a post and none of its calls, by its path."""
    rows: tuple[tuple[Testimony, Post], ...] = ()
    """All that is shown, the newest first, each with its post."""
    problems: tuple[SiteProblem, ...] = ()

    def answers(self, path: str) -> Sequence[ShownAnswer]:
        """All those of a post, in the order of its page."""
        return (*(answer for call in self.by_post.get(path, ()) for answer in call.answers), *self.threads.get(path, ()))

    def replies(self, path: str) -> Replies | None:
        """The same, as feeds tell it."""
        answers = self.answers(path)
        return Replies(answers[0].anchor, len(answers)) if answers else None


IN_REGISTER = "Compte au registre des preuves, comme déclaré par son auteur."
_NOT_COUNTED = "Publié avec l’accord de son auteur ; ne compte pas au registre."
_LINKED = "Réponse publique, seulement liée."
NAMELESS = "Un lecteur"


def collect(site: Site, settings: AnswerSettings, contact: Contact) -> AnswerIndex:
    """Calls and answers of the posts that have a page.

    :param contact: where answers are reported.
    """
    loaded = testimonies.load(site.content, former=settings.former_comments)
    posts = {post.path: post for post in (*site.posts, *site.hidden, *site.pages)}
    answers: dict[str, list[Testimony]] = collections.defaultdict(list)
    for row in reversed(loaded.rows):
        answers[row.post].append(row)
    showing = {path: Showing(contact, site.absolute(post.url)) for path, post in posts.items() if path in answers or post.entries(CallEntry)}
    by_post = {post.path: tuple(_calls(post, answers[post.path], showing[post.path])) for post in posts.values() if post.entries(CallEntry)}
    threads = {path: tuple(_thread(_loose(posts[path], rows), showing[path])) for path, rows in sorted(answers.items()) if path in posts}
    return AnswerIndex(
        calls=tuple(call for post in site.posts for call in by_post.get(post.path, ())),
        by_post=by_post,
        threads={path: thread for path, thread in threads.items() if thread},
        rows=tuple((row, posts[row.post]) for row in loaded.rows if row.post in posts),
        problems=(*loaded.problems, *_lost(site, loaded, posts)),
    )


def _calls(post: Post, answers: Sequence[Testimony], showing: Showing) -> Iterator[ListedCall]:
    for entry in post.entries(CallEntry):
        yield ListedCall(
            question=entry.question,
            expected=entry.expected,
            is_open=entry.is_open,
            until=dates.day(dt.date.fromisoformat(entry.until)) if entry.until else "",
            post_title=post.title,
            post_url=post.url,
            anchor=entry.anchor,
            date=post.date if post.card.date else dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
            answers=tuple(showing.answer(row) for row in answers if row.call == entry.anchor),
        )


def _loose(post: Post, answers: Iterable[Testimony]) -> list[Testimony]:
    """Those of a post that answer none of its calls."""
    anchors = {entry.anchor for entry in post.entries(CallEntry)}
    return [row for row in answers if row.call not in anchors]


def _thread(rows: Sequence[Testimony], showing: Showing) -> Iterator[ShownAnswer]:
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
            shown = showing.answer(row)
            yield dataclasses.replace(shown, depth=depth, parent=parent.anchor, parent_author=parent.author) if parent else shown
            waiting += [(inner, depth + 1, shown) for inner in reversed(under[row.id])]
    yield from (showing.answer(row) for row in rows if row.id not in seen)


@dataclasses.dataclass(frozen=True, slots=True)
class Showing:
    """How the answers of one post are shown."""

    contact: Contact
    place: str
    """The whole address of the post."""

    def answer(self, row: Testimony) -> ShownAnswer:
        """One of them."""
        is_link = row.kind == testimonies.LINK
        return ShownAnswer(
            id=row.id,
            anchor=row.anchor,
            author=row.author or NAMELESS,
            website=row.website,
            address=row.address,
            date=row.date,
            paragraphs=() if is_link else tuple(filter(None, (part.strip() for part in row.words.split("\n\n")))),
            facts=_facts(row),
            counted=_counted(row),
            report=self.contact.report(row.anchor, self.place),
        )


def _facts(row: Testimony) -> str:
    told = f"{NBSP}; ".join(f"{name}{NBSP}: {value}" for name, value in (("avant", row.before), ("après", row.after)) if value)
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def _counted(row: Testimony) -> str:
    if row.kind in testimonies.FORMER:
        return ""
    return _LINKED if row.kind == testimonies.LINK else IN_REGISTER if row.is_counted else _NOT_COUNTED


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
