"""Calls to readers, as blocks; the answers that their authors let be published, under their call, on a page and in a feed."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence

from plancher.base.problems import SiteProblem
from plancher.components.answers import asked, checks, collection, entries, feed, form, markup, model, pages, paging, privacy, render, schema_org
from plancher.components.answers.collection import AnswerIndex
from plancher.components.answers.contact import Contact
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.letter import Letter
from plancher.components.answers.model import Call
from plancher.components.answers.render import Ways
from plancher.components.answers.settings import KEY, AnswerSettings
from plancher.site import registration
from plancher.site.collected import MenuEntry, Values
from plancher.site.component import Component
from plancher.site.feeds import FeedRequest, Replies
from plancher.site.model import Site
from plancher.site.requests import PageRequest
from plancher.text.grammar import BlockKind

CALLS = "appels.json"
"""What the author's commands ask a build for."""


class Answers(Component[AnswerSettings, AnswerIndex]):
    """What readers were asked, and what they answered."""

    name = "answers"
    settings_name = KEY
    settings_type = AnswerSettings

    @property
    def _address(self) -> str:
        """Where readers answer; empty: nowhere."""
        return self.settings.email or self.email

    @property
    def _ways(self) -> Ways:
        return Ways(self._address, bool(self.settings.webmention), self.settings.form, self.has_forms)

    def blocks(self) -> Sequence[BlockKind[Call]]:
        """``[!appel]``."""
        call = BlockKind(
            name="appel",
            purpose="Une question aux lecteurs, qui répondent par un fait.",
            read=markup.read_call,
            render=functools.partial(render.render_call, self._ways),
            index=CallEntry,
            index_entries=entries.index_entries,
            expires_on=model.last_days,
        )
        return (call,)

    def collect(self, site: Site) -> AnswerIndex:
        """Calls and answers."""
        return collection.collect(site, self.settings, Contact.of(site, self._address))

    def pages(self, site: Site, index: AnswerIndex) -> Iterator[PageRequest]:
        """``/temoignages/``, and the further pages of long threads."""
        yield from pages.requests(site, index)

    def feeds(self, site: Site, index: AnswerIndex) -> Sequence[FeedRequest]:
        """``/feeds/temoignages.atom.xml``."""
        return (feed.request(site, index, self.settings, self._ways),)

    def site_values(self, site: Site, index: AnswerIndex) -> Values:
        """The receiver of webmentions, which every page declares; what « Vie privée » says of answers."""
        return {"WEBMENTION": self.settings.webmention, "PRIVACY": privacy.of(site, self.settings, self._address)}

    def post_values(self, site: Site, index: AnswerIndex) -> Mapping[str, Values]:
        """The answers to a text and to its calls; the form of each open call; the mail that answers a post without a call."""
        address = self._address if self.settings.on_posts else ""
        letters = {post.path: Letter(address, post.title, model.token_of(post.id)) for post in site.posts if address and post.path not in index.by_post}
        texts = collection.shown_texts(site)
        return {
            "calls": index.by_post,
            "answer_forms": form.by_post(site, self.settings.form),
            "answers": index.threads,
            "more_answers": {path: paging.address(texts[path].url, 2) for path in index.rest},
            "answer_by": letters,
            "comments": schema_org.by_post(site, index),
        }

    def replies(self, site: Site, index: AnswerIndex) -> Mapping[str, Replies]:
        """How many answers each text shows, and where."""
        return {path: found for path in index.by_post.keys() | index.threads.keys() if (found := index.replies(path))}

    def menu(self, site: Site, index: AnswerIndex) -> Sequence[MenuEntry]:
        """« Témoignages »."""
        return (MenuEntry(text="Témoignages", address=paging.ROOT, in_footer=True),) if index.calls else ()

    def checks(self, site: Site, index: AnswerIndex) -> Iterator[SiteProblem]:
        """What cannot be read, or shown; two calls that would share their answers; one whose answers nobody would see."""
        yield from index.problems
        yield from checks.mixed(site)
        yield from checks.misplaced(site)

    def advice(self, site: Site, index: AnswerIndex) -> Iterator[SiteProblem]:
        """A call that nobody can answer; one of which no page says what becomes of the answers."""
        yield from privacy.unsaid(site, privacy.of(site, self.settings, self._address))
        if not (self._address or self.settings.webmention or self.settings.form):
            yield from checks.unanswerable(site)

    def expires_at(self, site: Site, index: AnswerIndex) -> float | None:
        """When the next call closes: the end of its last day (UTC)."""
        days = [entry.until for post in (*site.posts, *site.hidden) for entry in post.entries(CallEntry) if entry.is_open and entry.until]
        if not days:
            return None
        last = dt.date.fromisoformat(min(days)) + dt.timedelta(days=1)
        return dt.datetime.combine(last, dt.time(), dt.UTC).timestamp()

    def form_hosts(self, site: Site) -> Sequence[str]:
        """The receiver."""
        return (form.origin_of(self.settings.form),) if self.settings.form else ()

    def command_files(self, site: Site, index: AnswerIndex) -> Mapping[str, str]:
        """The calls and posts that an answer may name, for « invoke answers.fetch »."""
        return {CALLS: asked.as_json(site, self.settings)}


COMPONENT = Answers


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
