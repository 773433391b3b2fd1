"""The feeds of a site: which there are, and which posts each carries."""

from __future__ import annotations

import dataclasses
import functools
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from plancher.base import addresses, clock
from plancher.base import settings as core_settings
from plancher.base.french import NBSP, fold
from plancher.outputs.feeds import formats, model, opml
from plancher.outputs.feeds.model import Subscription
from plancher.outputs.feeds.settings import KEY, FeedSettings
from plancher.pelican_adapter.generator import PlainGenerator
from plancher.site.feeds import CHANNELS, Item
from plancher.site.partial import Partial
from plancher.text.grammar import FORMER

_Form = Callable[[model.Feed], str | Partial]
JSON_FEED, OPML = "feeds/feed.json", "feeds.opml"

_TAGS = 100
"""Tags that an entry names, at most: each has two feeds, which all say the others once more. The page of the post has them all."""


class FeedsGenerator(PlainGenerator):
    """Pelican makes one for each build; it takes the place of the feeds Pelican makes itself."""

    def __init__(self, context: dict[str, Any], settings: Any, *words: Any, **named: Any) -> None:
        super().__init__(context, settings, *words, **named)
        self.mine = core_settings.load(settings, KEY, FeedSettings)
        self.site = str(settings["SITEURL"]).rstrip("/")
        self._label = functools.cache(lambda tag: model.Label(tag.name, self._absolute(tag.url)))

    def generate_output(self, writer: Any) -> None:
        """Write every feed."""
        entries = {id(article): self._entry(article) for article in self.context["articles"]}
        everything = list(entries.values())
        groups: list[tuple[str, list[Subscription]]] = [("Tout le blog", [])]
        if self.settings.get("FEED_ALL_ATOM"):
            self._whole_site(writer, everything)
            groups[0][1].append(self._subscription(str(self.settings["FEED_ALL_ATOM"]), "", ""))
        for channel in self.context.get(CHANNELS, ()):
            parts = tuple(self._part(item, leads_out=channel.leads_out) for item in channel.items)
            for path, form in ((channel.path, formats.atom), (channel.rss, formats.podcast), (channel.json, formats.json_feed)):
                if path:
                    writer.make(path, form, self._feed(parts, path, channel.title))
            groups[0][1].append(self._subscription(channel.path, channel.title, "" if writer.skips(channel.page) else channel.page))
        for kind, title in (("CATEGORY", "Catégories"), ("TAG", "Mots-clés")):
            groups.append((title, self._group(writer, kind, entries)))
        writer.make(OPML, opml.opml, (str(self.settings["SITENAME"]), groups))

    def _group(self, writer: Any, kind: str, entries: Mapping[int, model.Entry]) -> list[Subscription]:
        """A feed in both formats for each tag, or for each category; under its other names too, each its own feed, so that no subscriber loses one."""
        forms = [
            (str(self.settings[name]), form)
            for name, form in ((f"{kind}_FEED_ATOM", formats.atom), (f"{kind}_FEED_RSS", formats.rss))
            if self.settings.get(name)
        ]
        former = self.context.get(FORMER, {}) if kind == "TAG" else {}
        listed = []
        for wrapper, articles in sorted(self.context["categories" if kind == "CATEGORY" else "tags"], key=lambda pair: (fold(pair[0].name), pair[0].name)):
            recent = tuple(entries[id(article)] for article in articles[: self.mine.size])
            for name in (wrapper.slug, *former.get(wrapper.name, ())):
                for pattern, form in forms:
                    path = pattern.format(slug=name)
                    writer.make(path, form, self._feed(recent, path, wrapper.name))
            if forms:
                listed.append(self._subscription(forms[0][0].format(slug=wrapper.slug), wrapper.name, wrapper.url))
        return listed

    def _subscription(self, path: str, title: str, page: str) -> Subscription:
        return Subscription(self._title(title), self._absolute(path), self._absolute(page))

    def _title(self, title: str) -> str:
        name = str(self.settings["SITENAME"])
        return f"{name}{NBSP}: {title}" if title else name

    def _part(self, item: Item, *, leads_out: bool) -> model.Entry:
        """A place of a post, under the post's identifier and its own."""
        whole = self._entry(item.post)
        where = {"id": f"{whole.id}#{item.name or item.anchor}", "url": f"{whole.url}#{item.anchor}", "title": item.title, "summary": "", "body": item.html}
        about = {"external": item.external, "via": item.via, "leads_out": leads_out, "media": item.media, "is_part": True}
        return dataclasses.replace(whole, **where, **about)  # type: ignore[arg-type] # by name, each of its kind

    def _whole_site(self, writer: Any, entries: Sequence[model.Entry]) -> None:
        """Everything: the recent posts in each format, and the archives of the Atom feed (RFC 5005)."""
        recent = tuple(entries[: self.mine.size])
        archives = list(self._archives(entries))
        last = [("prev-archive", archives[-1].path)] if archives else []
        atom, rss = str(self.settings["FEED_ALL_ATOM"]), self.settings.get("FEED_ALL_RSS")
        forms: list[tuple[str, Callable[[model.Feed], str | Partial], Sequence[tuple[str, str]]]] = [
            (atom, formats.atom, last),
            (JSON_FEED, formats.json_feed, ()),
        ]
        forms += [(str(rss), formats.rss, ())] if rss else []
        for path, form, links in forms:
            writer.make(path, form, self._feed(recent, path, "", links=links))
        for feed in archives:
            writer.make(feed.path, formats.atom, feed)

    def _archives(self, entries: Sequence[model.Entry]) -> Iterator[model.Feed]:
        parts = model.archives(entries, self.mine.archive_size)
        paths = [f"feeds/archives/{number}.atom.xml" for number in range(1, len(parts) + 1)]
        for index, (path, part) in enumerate(zip(paths, parts, strict=True)):
            links = [("current", str(self.settings["FEED_ALL_ATOM"]))]
            links += [("prev-archive", paths[index - 1])] if index else []
            links += [("next-archive", paths[index + 1])] if index + 1 < len(paths) else []
            yield self._feed(part, path, f"archive {index + 1}", links=links, is_archive=True)

    def _feed(
        self,
        entries: tuple[model.Entry, ...],
        path: str,
        title: str,
        *,
        links: Sequence[tuple[str, str]] = (),
        is_archive: bool = False,
    ) -> model.Feed:
        return model.Feed(
            path=path,
            id=f"tag:{self.mine.authority},{self.mine.since}:{urllib.parse.quote(path)}",
            title=self._title(title),
            subtitle=str(self.settings.get("SITESUBTITLE", "")),
            home=f"{self.site}/",
            url=self._absolute(path),
            lang=str(self.settings["DEFAULT_LANG"]),
            author=str(self.settings["AUTHOR"]),
            entries=entries,
            links=tuple((relation, self._absolute(target)) for relation, target in links),
            is_archive=is_archive,
        )

    def _absolute(self, path: str) -> str:
        """The public address of a file of the site."""
        return f"{self.site}/{addresses.quote(path)}"

    def _entry(self, article: Any) -> model.Entry:
        return model.Entry(
            id=model.entry_id(article.metadata.get("id", ""), self.mine.authority, article.date, article.get_relative_source_path()),
            title=str(article.title),
            url=self._absolute(article.url),
            published=clock.bare(article.date),
            updated=clock.bare(getattr(article, "modified", article.date)),
            summary=article.get_summary(self.site),
            body=getattr(article, "body", None) or article.get_content(self.site),
            base=self.site,
            tags=tuple(self._label(tag) for tag in getattr(article, "tags", ())[:_TAGS]),
            authors=tuple(author.name for author in getattr(article, "authors", ())),
            lang=article.lang,
        )
