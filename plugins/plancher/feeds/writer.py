"""Pelican's writer, with our feeds in place of its own."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pelican.utils import sanitised_join
from pelican.writers import Writer

from plancher.core import addresses
from plancher.core import settings as core_settings
from plancher.core.french import NBSP
from plancher.feeds import content, formats, model
from plancher.feeds.settings import KEY, FeedSettings

JSON_FEED = "feeds/feed.json"


class PlancherWriter(Writer):
    """Writes pages as Pelican does, and feeds that lose nothing."""

    def __init__(self, output_path: str, settings: Any = None) -> None:
        super().__init__(output_path, settings)
        self.feed_settings = core_settings.load(self.settings, KEY, FeedSettings)
        self.site = str(self.settings["SITEURL"]).rstrip("/")
        self._entries: dict[str, model.Entry] = {}

    def write_feed(  # noqa: PLR0913, PLR0917 - Pelican's signature
        self,
        elements: Sequence[Any],
        context: Any,  # noqa: ARG002 - Pelican's signature
        path: str | None = None,
        url: str | None = None,  # noqa: ARG002 - Pelican's signature
        feed_type: str = "atom",
        override_output: bool = False,  # noqa: ARG002, FBT001, FBT002 - Pelican's signature
        feed_title: str | None = None,
    ) -> model.Feed | None:
        """Called by Pelican for each Atom and RSS feed of its settings."""
        if path is None:
            return None
        entries = tuple(self.entry(article) for article in elements[: self.feed_settings.size])
        archives = self._archive_paths(len(elements)) if path == self.settings["FEED_ALL_ATOM"] else []
        links = [("prev-archive", archives[-1])] if archives else []
        feed = self._feed(entries, path, feed_title or "", links=links)
        self.save(path, formats.rss(feed) if feed_type == "rss" else formats.atom(feed))
        return feed

    def write_site_feeds(self, articles: Sequence[Any]) -> None:
        """What Pelican knows nothing of: the archives of the Atom feed (RFC 5005), and JSON Feed."""
        entries = [self.entry(article) for article in articles]
        parts = model.archives(entries, self.feed_settings.archive_size)
        paths = self._archive_paths(len(entries))
        for index, (path, part) in enumerate(zip(paths, parts, strict=True)):
            links = [("current", str(self.settings["FEED_ALL_ATOM"]))]
            links += [("prev-archive", paths[index - 1])] if index else []
            links += [("next-archive", paths[index + 1])] if index + 1 < len(paths) else []
            self.save(path, formats.atom(self._feed(part, path, f"archive {index + 1}", links=links, is_archive=True)))
        current = tuple(entries[: self.feed_settings.size])
        self.save(JSON_FEED, formats.json_feed(self._feed(current, JSON_FEED, "")))

    def _archive_paths(self, posts: int) -> list[str]:
        """One path for each full archive document, oldest first."""
        return [f"feeds/archives/{number}.atom.xml" for number in range(1, posts // self.feed_settings.archive_size + 1)]

    def _feed(
        self,
        entries: tuple[model.Entry, ...],
        path: str,
        title: str,
        *,
        links: Sequence[tuple[str, str]] = (),
        is_archive: bool = False,
    ) -> model.Feed:
        settings = self.feed_settings
        name = str(self.settings["SITENAME"])
        return model.Feed(
            id=f"tag:{settings.authority},{settings.since}:{urllib.parse.quote(path)}",
            title=f"{name}{NBSP}: {title}" if title else name,
            subtitle=str(self.settings.get("SITESUBTITLE", "")),
            home=f"{self.site}/",
            url=self.absolute(path),
            lang=str(self.settings["DEFAULT_LANG"]),
            author=str(self.settings["AUTHOR"]),
            entries=entries,
            links=tuple((relation, self.absolute(target)) for relation, target in links),
            is_archive=is_archive,
        )

    def absolute(self, path: str) -> str:
        """The public address of a file of the site."""
        return f"{self.site}/{addresses.quote(path)}"

    def entry(self, article: Any) -> model.Entry:
        """One post; made once, however many feeds carry it."""
        key = str(article.source_path)
        if key not in self._entries:
            self._entries[key] = self._make_entry(article)
        return self._entries[key]

    def _make_entry(self, article: Any) -> model.Entry:
        page = self.absolute(article.url)
        summary = content.for_readers(article.get_summary(self.site), page)
        return model.Entry(
            id=model.entry_id(article.metadata.get("id", ""), self.feed_settings.authority, article.date, article.get_relative_source_path()),
            title=str(article.title),
            url=page,
            published=article.date,
            updated=getattr(article, "modified", article.date),
            summary=html.unescape(re.sub(r"<[^>]*>", "", summary)).strip(),
            content=content.for_readers(article.get_content(self.site), page),
            tags=tuple(tag.name for tag in getattr(article, "tags", ())),
            authors=tuple(author.name for author in getattr(article, "authors", ())),
            lang=article.lang,
        )

    def save(self, path: str, text: str) -> None:
        """Write one file of the site; a later call for the same path replaces it."""
        target = Path(sanitised_join(self.output_path, path))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
