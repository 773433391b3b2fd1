"""The pages of the blog itself, as Pelican's settings ask for them: texts, lists, archives, terms."""

from __future__ import annotations

import calendar
import itertools
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from plancher.build.values import ListPage, Pages
from plancher.pelican_adapter.addresses import list_pages
from plancher.site.assembly import Assembly
from plancher.site.model import Site
from plancher.site.requests import FirstPage, TemplatePage


class BlogPage(NamedTuple):
    """A page, or a list that is cut in pages."""

    save_as: str
    url: str
    template: str
    values: Mapping[str, object]
    is_list: bool = False
    shows: frozenset[str] = frozenset()
    """The addresses of the posts of a list."""


class BlogPages:
    """Which pages a site has, beside those of its components."""

    def __init__(self, site: Site, settings: Mapping[str, Any]) -> None:
        self.site = site
        self.settings = settings
        self.by_date = tuple(sorted(site.posts, key=lambda post: post.date, reverse=settings["NEWEST_FIRST_ARCHIVES"]))

    def shared_values(self) -> dict[str, object]:
        """What every template may use of the blog, as Pelican names it."""
        site = self.site
        return {
            "articles": site.posts,
            "dates": self.by_date,
            "drafts": site.drafts,
            "hidden_articles": site.hidden,
            "pages": site.pages,
            "hidden_pages": site.hidden_pages,
            "draft_pages": site.draft_pages,
            "tags": site.tags,
            "categories": site.categories,
            "authors": site.authors,
            "period_archives": {},
        }

    def lists(self) -> Iterator[BlogPage]:
        """Archives, and the pages that are only a template."""
        for kind in ("year", "month", "day"):
            yield from self._periods(kind)
        for name in self.settings["DIRECT_TEMPLATES"]:
            save_as = self.settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
            if save_as:
                url = str(self.settings.get(f"{name.upper()}_URL", save_as))
                yield BlogPage(save_as, url, name, {"articles": self.site.posts, "dates": self.by_date}, is_list=True)

    def for_sitemap(self) -> tuple[TemplatePage, ...]:
        """The pages that are only a template."""
        names = [name for name in self.settings["DIRECT_TEMPLATES"] if name != "404"]
        return tuple(TemplatePage(address=str(self.settings.get(f"{name.upper()}_URL", "")), template=name, shows=self._shown_first(name)) for name in names)

    def _shown_first(self, template: str) -> frozenset[str]:
        """The posts of the first page of a list."""
        is_cut = template in self.settings["PAGINATED_TEMPLATES"]
        size = (self.settings["PAGINATED_TEMPLATES"][template] or self.settings["DEFAULT_PAGINATION"]) if is_cut else None
        return frozenset(post.url for post in self.site.posts[:size])

    def years(self) -> tuple[TemplatePage, ...]:
        """The archives of each year."""
        return tuple(TemplatePage(address=page.url, template=page.template, shows=page.shows) for page in self._periods("year"))

    def all(self, assembly: Assembly) -> Iterator[BlogPage]:
        """Every page, in the order in which Pelican makes them."""
        site = self.site
        for post in (*site.translations, *site.posts, *site.hidden, *site.drafts):
            values = {"article": post, "category": post.category, "blog": True, **assembly.values_of("article", post.path)}
            yield BlogPage(post.save_as, post.url, post.template or "article", values)
        yield from self.lists()
        for kind, groups in (("tag", site.tags), ("category", site.categories), ("author", site.authors)):
            for term, posts in groups:
                values = {kind: term, "articles": posts, "blog": True, **assembly.values_of(kind, term.name)}
                yield BlogPage(term.save_as, term.url, kind, values, is_list=True)
        for page in (*site.pages, *site.hidden_pages, *site.draft_pages):
            yield BlogPage(page.save_as, page.url, page.template or "page", {"page": page, **assembly.values_of("page", page.path)})

    def _periods(self, kind: str) -> Iterator[BlogPage]:
        """Years, months or days, where the site has such pages."""
        save_as, url = self.settings[f"{kind.upper()}_ARCHIVE_SAVE_AS"], self.settings[f"{kind.upper()}_ARCHIVE_URL"]
        depth = {"year": 1, "month": 2, "day": 3}[kind]
        days = itertools.groupby(self.by_date, key=lambda post: (post.date.year, post.date.month, post.date.day)[:depth]) if save_as else ()
        for period, group in days:
            posts = tuple(group)
            date = posts[0].date
            words = (period[0], calendar.month_name[period[1]], *period[2:]) if depth > 1 else period
            values = {"dates": posts, "articles": posts, "period": words, "period_num": period, "blog": True}
            shown = frozenset(post.url for post in posts)
            yield BlogPage(save_as.format(date=date), url.format(date=date), "period_archives", values, is_list=True, shows=shown)

    def cut(self, page: BlogPage) -> Iterator[tuple[str, str, Mapping[str, object]]]:
        """The file, the template and the values of each page of a list; of one page, when it is no list."""
        values = dict(page.values)
        if page.is_list:
            values["page_name"] = os.path.splitext(page.save_as)[0]  # noqa: PTH122 - an address, not a path of this machine
        if not page.is_list or page.template not in self.settings["PAGINATED_TEMPLATES"]:
            yield page.save_as, page.template, values
            return
        size = self.settings["PAGINATED_TEMPLATES"][page.template] or self.settings["DEFAULT_PAGINATION"]
        posts = {key: values[key] for key in ("articles", "dates") if key in values}
        lists = {key: list_pages(page.save_as, page.url, found, self.settings, size) for key, found in posts.items()}  # type: ignore[arg-type] # posts
        first = next(iter(lists))
        count = len(lists[first])
        cuts: dict[str, list[ListPage | None]] = {key: [*pages[:count], *[None] * (count - len(pages))] for key, pages in lists.items()}
        counts = {f"{key}_paginator": Pages(len(pages), len(posts[key])) for key, pages in lists.items()}  # type: ignore[arg-type] # posts
        for number in range(count):
            own: dict[str, object] = {}
            for key, sheets in cuts.items():
                own[f"{key}_previous_page"] = _without_posts(sheets[number - 1]) if number else None
                own[f"{key}_page"] = sheets[number]
                own[f"{key}_next_page"] = _without_posts(sheets[number + 1]) if number + 1 < count else None
            here = cuts[first][number]
            shown = {key: (None if number and isinstance(value, FirstPage) else value) for key, value in values.items()}
            yield here.save_as if here else "", page.template, {**shown, **counts, **own}


def _without_posts(page: ListPage | None) -> ListPage | None:
    """The pages before and after one are known by their address alone."""
    return ListPage(page.number, page.url, page.save_as) if page else None
