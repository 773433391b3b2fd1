"""What Pelican knows of addresses: those of texts, of tags, categories and authors, and of the pages of a list."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pelican import contents
from pelican.paginator import Paginator
from pelican.urlwrappers import Author, Category, Tag, URLWrapper
from pelican.utils import SafeDatetime, order_content, slugify

from plancher.build.values import ListPage
from plancher.markdown.record import Record
from plancher.site.model import Grouped, Post, Term


def term(wrapper: URLWrapper) -> Term:
    """The name, and where its page is."""
    return Term(wrapper.name, wrapper.slug, wrapper.url, wrapper.save_as or "")


def tag(name: str, settings: Any) -> Tag:
    """A tag whose address ends with its name, as rel-tag asks."""
    made = Tag(name, settings)
    made.slug = name
    return made


def pelicans_tag(name: str, settings: Any) -> Tag:
    """A tag at the address that Pelican makes of its name."""
    return Tag(name, settings)


class TermMaker:
    """One term for each name, however many posts bear it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.tag = functools.cache(lambda name: term(Tag(name, settings)))
        self.named_tag = functools.cache(lambda name: term(tag(name, settings)))
        self.category = functools.cache(lambda name: term(Category(name, settings)))
        self.author = functools.cache(lambda name: term(Author(name, settings)))


def grouped(posts: Iterable[Post], terms_of: Any) -> Grouped:
    """Posts by term, in the order of the posts; two names of one address are one term.

    :param terms_of: the terms of a post.
    """
    groups: dict[str, tuple[Term, list[Post]]] = {}
    for post in posts:
        for found in terms_of(post):
            groups.setdefault(found.slug, (found, []))[1].append(post)
    return tuple((found, tuple(members)) for found, members in groups.values())


_DATE = re.compile(r"\{date:([^{}]*)\}")
_PLAIN = re.compile(r"(?:[^{}]|\{date:(?:%[Ymd]|[^%{}])*\}|\{(?:slug|lang)\})*")
"""The patterns of addresses that we fill in ourselves: year, month and day, slug, language."""


class TextAddresses:
    """Addresses of all texts of one build."""

    def __init__(self, settings: Any, timezone: dt.tzinfo) -> None:
        self.settings = settings
        self.timezone = timezone
        self._pattern = functools.cache(self._plain_pattern)

    def of(self, record: Record, lang: str, *, is_page: bool) -> tuple[str, str]:
        """The address and the file of a text; a file without a name when it has no page.

        :param lang: its language; that of the site when it has none of its own.
        """
        own_url, own_file = chosen(record)
        is_default = lang == self.settings["DEFAULT_LANG"].lower()
        kind = ("DRAFT_PAGE" if is_page else "DRAFT") if record.status == "draft" else "PAGE" if is_page else "ARTICLE"
        url, file = (self._pattern(f"{kind}_{'' if is_default else 'LANG_'}{what}") for what in ("URL", "SAVE_AS"))
        if url is None or file is None:
            made = self._pelicans(record, lang, is_page=is_page)
            return own_url or made.url, own_file or made.save_as
        return own_url or self._filled(url, record, lang), own_file or self._filled(file, record, lang)

    def _plain_pattern(self, setting: str) -> str | None:
        """How such an address is made; None where Pelican itself must make it."""
        pattern = str(self.settings[setting])
        return pattern if _PLAIN.fullmatch(pattern) else None

    def _filled(self, pattern: str, record: Record, lang: str) -> str:
        if "{date" in pattern:
            date = dt.datetime.fromtimestamp(record.date or 0, self.timezone)
            pattern = _dated(pattern, date.year, date.month, date.day)
        return pattern.format(slug=record.slug, lang=lang)

    def _pelicans(self, record: Record, lang: str, *, is_page: bool) -> Any:
        settings = self.settings
        metadata: dict[str, Any] = {**record.others, "title": record.title, "slug": record.slug, "status": record.status, "lang": lang}
        metadata["category"] = Category(record.category or settings["DEFAULT_CATEGORY"], settings)
        metadata["authors"] = [Author(name, settings) for name in record.authors or [settings["AUTHOR"]]]
        if record.date is not None:
            metadata["date"] = SafeDatetime.fromtimestamp(record.date, self.timezone)
        kind = contents.Page if is_page else contents.Article
        return kind("", metadata, settings, f"{settings['PATH']}/{record.path}", {})


def chosen(record: Record) -> tuple[str, str]:
    """The address and the file that the header of a text asks for; empty: none."""
    save_as = record.save_as or (f"{record.url}index.html" if record.url.endswith("/") else record.url)
    return record.url or record.save_as.removesuffix("index.html"), save_as


@functools.lru_cache(maxsize=10_000)
def _dated(pattern: str, year: int, month: int, day: int) -> str:
    """The pattern with its dates filled in, once for all texts of a day."""
    return _DATE.sub(lambda date: dt.date(year, month, day).strftime(date[1]), pattern)


def slug_of(substitutions: Any, name: str) -> str:
    """The last segment of an address, from the name of a file."""
    return str(slugify(name, regex_subs=substitutions))


def ordered_pages(pages: Sequence[Post], fields: Mapping[str, Mapping[str, str]], order: Any) -> list[Post]:
    """Pages in the order that the settings ask for.

    :param fields: those of each header that only a site knows, by the path of the page.
    :param order: « PAGE_ORDER_BY ».
    """
    holders: Any = [_Orderable(page, fields.get(page.path, {})) for page in pages]
    order_content(holders, order)  # in place
    return [holder.page for holder in holders]


class _Orderable:
    """What ``order_content`` may ask of a page: its attributes, and those that only a site knows."""

    def __init__(self, page: Post, fields: Mapping[str, str]) -> None:
        self.page, self._fields = page, fields
        self.source_path = page.path

    def __getattr__(self, name: str) -> Any:
        return self._fields[name] if name in self._fields else getattr(self.page, name)

    def get_relative_source_path(self) -> str:
        """For its log."""
        return self.source_path


def list_pages(save_as: str, url: str, posts: Sequence[Post], settings: Any, size: int) -> list[ListPage]:
    """A list of posts cut in pages, each at the address that ``PAGINATION_PATTERNS`` gives it."""
    cut: Any = Paginator(save_as, url, posts, settings, size)
    pages = (cut.page(number) for number in range(1, cut.num_pages + 1))
    return [ListPage(page.number, page.url, page.save_as, tuple([post.card for post in page.object_list])) for page in pages]
