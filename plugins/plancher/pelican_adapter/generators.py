"""Pelican's generator of posts, with every text from the library and every list made once.

Pelican looks for each post in each tag, category and period (``a in list``),
which grows with the square of a blog. Where a plugin we do not know is at
work, its signals must find what Pelican's own generator gives: that one runs,
and only the reading is ours.
"""

from __future__ import annotations

import collections
import functools
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from plancher.base.problems import Problem
from plancher.build import session
from plancher.markdown.record import Record
from plancher.pelican_adapter import cached_article, reader
from plancher.pelican_adapter.contents import Article, OwnContents
from plancher.pelican_adapter.unreadable import ForgivingTemplates


def _seen(generator: Any, paths: Any, exclude: Any, extensions: Any) -> set[str]:
    """The files that the walk of this build has seen: Pelican's own follows links and pipes, and stops in a folder that is too deep."""
    names = session.current().library.tree.below([paths] if isinstance(paths, str) else paths, exclude or ())
    return {name for name in names if generator._include_path(name, extensions)}  # noqa: SLF001 - which of them it wants


class PostsGenerator(ForgivingTemplates, ArticlesGenerator):
    """Posts: what they are, and the pages that show or list them."""

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """Those of them that may be texts."""
        return _seen(self, paths, exclude, extensions)

    def generate_context(self) -> None:
        """Give the shared context every post, in all its lists."""
        current = session.current()
        current.library.load(current.texts(self.settings["ARTICLE_PATHS"], self.settings["ARTICLE_EXCLUDES"]))
        if not self._is_plain():
            self.readers: Any = OwnContents(self.readers)
            super().generate_context()
            return
        by_status: dict[str, list[Any]] = {"published": [], "draft": [], "hidden": []}
        names = cached_article.Names(self.settings)
        for path in current.texts(self.settings["ARTICLE_PATHS"], self.settings["ARTICLE_EXCLUDES"]):
            article = self._article(path, names)
            by_status[article.status].append(article)
            self.context["generated_content"][path] = article
            self.add_static_links(article)
        self.articles, self.drafts, self.hidden_articles = by_status["published"], by_status["draft"], by_status["hidden"]
        signals.article_generator_pretaxonomy.send(self)
        self._classify()
        self._update_context(("articles", "drafts", "hidden_articles", "dates", "tags", "categories", "authors", "related_posts"))
        self.context["period_archives"] = self.period_archives
        signals.article_generator_finalized.send(self)

    def _is_plain(self) -> bool:
        """Whether nobody but us gives a post anything."""
        settings = self.settings
        return not registry.is_open(settings) and not settings["ARTICLE_TRANSLATION_ID"]

    def _article(self, path: str, names: cached_article.Names) -> Article:
        current = session.current()
        record = current.library.record(path)
        if isinstance(record, Record) and not reader.is_broken(record, is_page=False):
            current.journal.keep(record)
            return cached_article.CachedArticle(record, names, self.context)
        source = Path(names.root, path)
        if isinstance(record, Problem):
            current.journal.say(source, [record])
            content, metadata = reader.broken(source, None, [record], self.settings)
        else:
            content, metadata = reader.broken(source, record, [*record.found, *reader.why(record)], self.settings)
        metadata["category"] = names.category(self.settings["DEFAULT_CATEGORY"])
        return Article(content, metadata, self.settings, str(source), self.context)

    def _classify(self) -> None:
        """Posts by tag, category, author and year, each list in the order of the posts."""
        for article in self.articles:
            self.categories[article.category].append(article)
            for tag in getattr(article, "tags", ()):
                self.tags[tag].append(article)
            for author in article.authors:
                self.authors[author].append(article)
        self.categories: Any = sorted(self.categories.items(), reverse=self.settings["REVERSE_CATEGORY_ORDER"])
        self.authors: Any = sorted(self.authors.items())
        self.dates: Any = sorted(self.articles, key=lambda article: article.date, reverse=self.context["NEWEST_FIRST_ARCHIVES"])
        self.period_archives = self._periods()

    def _periods(self) -> Any:
        """Posts by year, and by month and day where the site has such pages: Pelican's own way, which few use, looks for each post in each."""
        if self.settings["MONTH_ARCHIVE_SAVE_AS"] or self.settings["DAY_ARCHIVE_SAVE_AS"]:
            return self._build_period_archives(self.dates, self.articles, self.settings)
        return collections.defaultdict(list, {"year": list(self._years())} if self.settings["YEAR_ARCHIVE_SAVE_AS"] else {})

    def _years(self) -> Iterator[dict[str, Any]]:
        for year, group in itertools.groupby(self.dates, key=lambda article: article.date.year):
            posts = list(group)
            date = posts[0].date
            yield {
                "dates": posts,
                "articles": posts,
                "save_as": self.settings["YEAR_ARCHIVE_SAVE_AS"].format(date=date),
                "url": self.settings["YEAR_ARCHIVE_URL"].format(date=date),
                "period": (year,),
                "period_num": (year,),
            }

    def check_disabled_readers(self) -> None:
        """Nothing: a text in another format is a problem, said by ``file_checks``."""

    def generate_output(self, writer: Any) -> None:
        """Each page that shows posts; feeds are another plugin's."""
        write = functools.partial(writer.write_file, relative_urls=self.settings["RELATIVE_URLS"])
        self._posts(write)
        for period in itertools.chain.from_iterable(self.period_archives[kind] for kind in ("year", "month", "day")):
            values = {name: period[name] for name in ("dates", "articles", "period", "period_num")}
            self._list(write, "period_archives", period["save_as"], period["url"], **values)
        for name in self.settings["DIRECT_TEMPLATES"]:
            save_as = self.settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
            if save_as:
                self._list(write, name, save_as, self.settings.get(f"{name.upper()}_URL", save_as), articles=self.articles, dates=self.dates)
        for tag, posts in self.tags.items():
            self._list(write, "tag", tag.save_as, tag.url, tag=tag, articles=posts, **self._about("tag", tag.name))
        for category, posts in self.categories:
            about = self._about("category", category.name)
            self._list(write, "category", category.save_as, category.url, category=category, articles=posts, **about)
        for author, posts in self.authors:
            self._list(write, "author", author.save_as, author.url, author=author, articles=posts)
        signals.article_writer_finalized.send(self, writer=writer)

    def _about(self, kind: str, name: str) -> dict[str, Any]:
        """What plugins know of a tag or a category."""
        return {key: found.get(name) for key, found in self.context.get(registry.ABOUT, {}).get(kind, {}).items()}

    def _posts(self, write: Callable[..., None]) -> None:
        relations, told = self.context.get(registry.RELATIONS, {}), signals.article_generator_write_article
        for article in itertools.chain(self.translations, self.articles, self.hidden_translations, self.hidden_articles, self.drafts_translations, self.drafts):
            if told.receivers:
                told.send(self, content=article)
            write(
                article.save_as,
                self.get_template(article.template),
                self.context,
                article=article,
                category=article.category,
                override_output=hasattr(article, "override_save_as"),
                url=article.url,
                blog=True,
                **{name: related.get(article.source_path) for name, related in relations.items()},
            )

    def _list(self, write: Callable[..., None], template: str, save_as: str, url: str, **values: Any) -> None:
        page_name = os.path.splitext(save_as)[0]  # noqa: PTH122 - an address, not a path of this machine
        write(save_as, self.get_template(template), self.context, template_name=template, url=url, page_name=page_name, blog=True, **values)


class TextPagesGenerator(ForgivingTemplates, PagesGenerator):
    """Pages: Pelican's own generator, on texts that are read with the others."""

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """Those of them that may be texts."""
        return _seen(self, paths, exclude, extensions)

    def generate_context(self) -> None:
        """Have the texts ready, then do as Pelican does."""
        current = session.current()
        current.library.load(current.texts(self.settings["PAGE_PATHS"], self.settings["PAGE_EXCLUDES"]))
        self.readers: Any = OwnContents(self.readers)
        super().generate_context()
