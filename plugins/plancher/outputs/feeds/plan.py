"""Which feeds a site has, and what each carries."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence

from plancher.base.french import NBSP, fold
from plancher.outputs.feeds import formats, letter, model, opml
from plancher.outputs.feeds.entries import Entries
from plancher.outputs.feeds.model import Entry, Feed, FeedIcons, Subscription, SubscriptionList
from plancher.outputs.feeds.settings import FeedSettings
from plancher.site.collected import Collected
from plancher.site.feeds import FeedRequest
from plancher.site.makers import Maker
from plancher.site.model import Grouped, Post, Site, Term
from plancher.site.requests import MadeFile

JSON_FEED, OPML = "feeds/feed.json", "feeds.opml"
_ICONS = ("icon-192.png", "icon-512.png", "icon-1400.png", "partage.png")
"""What the theme makes, in the order of ``FeedIcons``."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _TermFeeds:
    """A feed for each tag, or for each category."""

    title: str
    terms: Grouped
    forms: Sequence[tuple[str, Maker]]
    """Patterns of paths, each with its format."""
    aliases: Mapping[str, Sequence[str]]
    """Other names of a term, each with its own feed, so that no subscriber loses one."""

    def ordered(self) -> Sequence[tuple[Term, tuple[Post, ...]]]:
        """In alphabetical order."""
        return sorted(self.terms, key=lambda group: (fold(group[0].name), group[0].name))


class FeedPlan:
    """The feeds of one site."""

    def __init__(self, site: Site, settings: FeedSettings, collected: Collected) -> None:
        self._site = site
        self._settings = settings
        self._collected = collected
        self._entries = Entries(site, settings.authority_of(site.identity), collected.replies)
        patterns = site.patterns
        self._term_feeds = (
            _TermFeeds(title="Catégories", terms=site.categories, forms=_forms(patterns.category_atom, patterns.category_rss), aliases={}),
            _TermFeeds(title="Mots-clés", terms=site.tags, forms=_forms(patterns.tag_atom, patterns.tag_rss), aliases=site.tag_aliases),
        )

    def files(self) -> Iterator[MadeFile]:
        """Every feed, and the list of them."""
        if self._site.patterns.all_atom:
            yield from self._whole_site()
            yield from self._letter()
        yield from self.of_components()
        for group in self._term_feeds:
            for term, posts in group.ordered():
                yield from self._of_term(group, term, posts)
        yield MadeFile(path=OPML, maker=opml.opml, argument=self._subscriptions())

    def of_components(self) -> Iterator[MadeFile]:
        """The feeds that components ask for, alone."""
        for request in self._collected.feeds:
            yield from self._requested(request)

    def _whole_site(self) -> Iterator[MadeFile]:
        """Everything: the recent posts in each format, and the archives of the Atom feed (RFC 5005)."""
        entries = [self._entries.of_post(post) for post in self._site.posts]
        recent, archives = tuple(entries[: self._settings.size]), list(self._archives(entries))
        last = [("prev-archive", archives[-1].path)] if archives else []
        patterns = self._site.patterns
        yield self._file(formats.atom, self._feed(recent, patterns.all_atom, "", links=last))
        yield self._file(formats.json_feed, self._feed(recent, JSON_FEED, ""))
        if patterns.all_rss:
            yield self._file(formats.rss, self._feed(recent, patterns.all_rss, ""))
        for feed in archives:
            yield self._file(formats.atom, feed)

    def _archives(self, entries: Sequence[Entry]) -> Iterator[Feed]:
        parts = model.archives(entries, self._settings.archive_size)
        paths = [f"feeds/archives/{number}.atom.xml" for number in range(1, len(parts) + 1)]
        for index, (path, part) in enumerate(zip(paths, parts, strict=True)):
            links = [("current", self._site.patterns.all_atom)]
            links += [("prev-archive", paths[index - 1])] if index else []
            links += [("next-archive", paths[index + 1])] if index + 1 < len(paths) else []
            yield self._feed(part, path, f"archive {index + 1}", links=links, is_archive=True)

    def _letter(self) -> Iterator[MadeFile]:
        """The newsletter; no list of feeds names it, since readers have all of it already."""
        entries = letter.entries(self._site, self._settings.authority_of(self._site.identity), self._settings.since)
        for path, maker in ((letter.ATOM, formats.atom), (letter.RSS, formats.rss)):
            yield self._file(maker, self._feed(entries, path, letter.TITLE))

    def _requested(self, request: FeedRequest) -> Iterator[MadeFile]:
        """What a component asked for."""
        whole = tuple(self._entries.of_post(post) for post in request.posts[: self._settings.size])
        entries = whole or tuple(self._entries.of_item(item, leads_out=request.leads_out) for item in request.items)
        for path, maker in ((request.path, formats.atom), (request.rss, formats.rss if whole else formats.podcast), (request.json, formats.json_feed)):
            if path:
                yield self._file(maker, dataclasses.replace(self._feed(entries, path, request.title), show=request.show))

    def _of_term(self, group: _TermFeeds, term: Term, posts: Sequence[Post]) -> Iterator[MadeFile]:
        recent = tuple(self._entries.of_post(post) for post in posts[: self._settings.size])
        for name in (term.slug, *group.aliases.get(term.name, ())):
            for pattern, maker in group.forms:
                yield self._file(maker, self._feed(recent, pattern.format(slug=name), term.name))

    @staticmethod
    def _file(maker: Maker, feed: Feed) -> MadeFile:
        return MadeFile(path=feed.path, maker=maker, argument=feed)

    def _feed(self, entries: tuple[Entry, ...], path: str, title: str, *, links: Sequence[tuple[str, str]] = (), is_archive: bool = False) -> Feed:
        identity = self._site.identity
        return Feed(
            path=path,
            id=f"tag:{self._settings.authority_of(identity)},{self._settings.since}:{urllib.parse.quote(path)}",
            title=self._title(title),
            subtitle=identity.motto,
            home=self._site.absolute(""),
            url=self._site.absolute(path),
            lang=self._site.lang,
            author=identity.author,
            entries=entries,
            links=tuple((relation, self._site.absolute(target)) for relation, target in links),
            is_archive=is_archive,
            icons=self._icons(),
            hub="" if is_archive else self._settings.hub,
        )

    def _icons(self) -> FeedIcons | None:
        """Those that the theme draws, or its owner in their place."""
        if not self._site.has_own_theme or "theme" not in self._site.components:
            return None
        small, large, cover, wide = (self._site.absolute(f"theme/{name}") for name in _ICONS)
        return FeedIcons(small=small, large=large, cover=cover, wide=wide)

    def _title(self, title: str) -> str:
        name = self._site.identity.name
        return f"{name}{NBSP}: {title}" if title else name

    def _subscriptions(self) -> SubscriptionList:
        """One feed for each subject: Atom, where there is one."""
        everything = [self._subscription(self._site.patterns.all_atom, "", "")] if self._site.patterns.all_atom else []
        folders = {"Tout le blog": everything}
        for request in self._collected.feeds:
            page = "" if request.page in self._collected.missing else request.page
            folders.setdefault(request.group or "Tout le blog", []).append(self._subscription(request.path, request.title, page))
        groups = [(title, tuple(feeds)) for title, feeds in folders.items()]
        for group in self._term_feeds:
            first = group.forms[0][0] if group.forms else ""
            feeds = (self._subscription(first.format(slug=term.slug), term.name, term.url) for term, _ in group.ordered() if first)
            groups.append((group.title, tuple(feeds)))
        return SubscriptionList(self._site.identity.name, tuple(groups))

    def _subscription(self, path: str, title: str, page: str) -> Subscription:
        return Subscription(self._title(title), self._site.absolute(path), self._site.absolute(page))


def _forms(atom: str, rss: str) -> Sequence[tuple[str, Maker]]:
    return [(pattern, maker) for pattern, maker in ((atom, formats.atom), (rss, formats.rss)) if pattern]
