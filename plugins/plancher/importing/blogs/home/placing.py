"""Decides where everything comes to stand: the same at each import of the same export, whatever was interrupted before."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from plancher.base import clock, digest, files
from plancher.base.slugs import date_in_name, slug, without_date
from plancher.importing.blogs.habits import languages
from plancher.importing.blogs.home import aliases, local_files, terms
from plancher.importing.blogs.home.book import Book
from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.home.ledger import Entry, Ledger, Made
from plancher.importing.blogs.home.local_files import LocalFiles
from plancher.importing.blogs.home.names import Names
from plancher.importing.blogs.home.plan import Fate, PlacedText, Plan
from plancher.importing.blogs.home.site_terms import TermPages
from plancher.importing.blogs.home.survey import Survey, Surveyed
from plancher.importing.blogs.model import Kind

TEXTS = "articles"
_PAGES = "pages"
_HEADER = 4000
"""Letters of a text in which its slug is looked for."""
_OURS = frozenset({"fr", "fr-fr"})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_FIRST_YEAR, _LAST_YEAR = 1970, 9000
"""Blogs are younger; an export says 1900 or -1 when it knows nothing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the author asks of an import."""

    address: str = ""
    """The root of the former blog; empty: the export tells it, or nobody does."""
    without: frozenset[str] = frozenset()
    """Changes that are refused."""
    timezone: dt.tzinfo = dt.UTC
    author: str = ""
    """Who signs what names nobody."""
    category_slug: Callable[[str], str] = slug
    """What the site makes of the name of a category."""


def plan(survey: Survey, reader: str, ledger: Ledger, content: Path, local: LocalFiles, wishes: Wishes) -> Plan:  # noqa: PLR0913, PLR0917 - all that decides of it
    """Where everything stands.

    :param reader: the name of the format.
    """
    site = FormerSite.at(wishes.address or survey.blog.address, survey.blog.address, *_whole(survey))
    scope = _scope(reader, survey)
    placer = _Placer(scope, ledger, content, wishes, survey.blog.language)
    texts = {identifier: placer.text(one) for identifier, one in survey.texts.items()}
    spellings = terms.spellings(texts.values(), wishes.category_slug)
    pages = TermPages(content=content, timezone=wishes.timezone, category_slug=wishes.category_slug).foreseen(texts.values(), spellings)
    texts = aliases.given(texts, site, pages)
    book = Book(site, local.names)
    for one in texts.values():
        if one.fate is not Fate.DELETED and one.is_public:  # nothing may lead to what is not published
            book.by_file.setdefault(one.surveyed.file, one.path)
            for address in one.surveyed.addresses:
                book.texts.setdefault(key(site.path(address)), one.path)
    placed, book.same = local_files.placed(survey, site, local, placer.names, ledger, scope)
    book.pages = {key(site.path(page)): file.canonical for file in placed.values() for page in file.pages}
    book.terms = terms.links(survey, site, pages)
    replies = {identifier: placer.replies(texts[identifier], one.digest) for identifier, one in survey.replies.items() if one.public}
    return Plan(
        scope=scope,
        site=site,
        survey=survey,
        texts=texts,
        files=placed,
        replies=replies,
        spellings=spellings,
        book=book,
        without=wishes.without,
        timezone=wishes.timezone,
        category_slug=wishes.category_slug,
    )


class _Placer:
    def __init__(self, scope: str, ledger: Ledger, content: Path, wishes: Wishes, language: str) -> None:
        self.language = language
        self.scope, self.ledger, self.content, self.wishes = scope, ledger, content, wishes
        self.names = Names(taken(content, ledger))
        self._ids: dict[str, str] = {}
        """Identifiers of the former feed, and the text that has each."""
        self.today = clock.now().astimezone(wishes.timezone).replace(second=0, microsecond=0)

    def text(self, text: Surveyed) -> PlacedText:
        """Where a text stands."""
        source = digest.of_text(text.digest, *sorted(self.wishes.without))
        known = self.ledger.get(Made.TEXT, self.scope, text.identifier)
        date, held_back, is_dated = self._date(text)
        folder = _PAGES if text.kind is Kind.PAGE else f"{TEXTS}/{date.year:04}"
        path = known.path if known else f"{folder}/{self.names.unique_slug(folder, text.slug)}.md"
        feed_id = text.feed_id if self._ids.setdefault(text.feed_id, text.identifier) == text.identifier else ""
        fate = self._fate(known, source)
        spoken, lang = _languages(text, self.language)
        return PlacedText(
            surveyed=text,
            path=path,
            date=date,
            held_back=held_back,
            fate=fate,
            source=source,
            is_dated=is_dated,
            feed_id=feed_id,
            language=spoken,
            lang=lang,
        )

    def replies(self, text: PlacedText, source: str) -> tuple[str, Fate]:
        """The file of the comments of a text, and what becomes of it."""
        known = self.ledger.get(Made.REPLIES, self.scope, text.surveyed.identifier)
        year = f"{text.date.year:04}"
        return known.path if known else self.names.unique(f"temoignages/{year}", text.slug, ".toml"), self._fate(known, source)

    def _fate(self, known: Entry | None, source: str) -> Fate:
        if known is None:
            return Fate.NEW
        path = self.content / known.path
        if not path.is_file():
            return Fate.DELETED
        if known.source == source:
            return Fate.SAME
        return Fate.CHANGED if digest.of_file(path) == known.written else Fate.EDITED

    def _date(self, text: Surveyed) -> tuple[dt.datetime, str, bool]:
        """In the zone of the site, which gives the year of its address; why the text is held back; whether it is the day of the export."""
        published, modified = self._local(text.published), self._local(text.modified)
        if published is None and text.kind is Kind.POST and not text.held_back:
            return modified or self.today, "sans date de publication", False
        return published or modified or self.today, text.held_back, published is not None

    def _local(self, moment: dt.datetime | None) -> dt.datetime | None:
        if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return None
        return moment.replace(tzinfo=self.wishes.timezone) if moment.tzinfo is None else moment.astimezone(self.wishes.timezone)


def _languages(text: Surveyed, blog: str) -> tuple[str, str]:
    """The language of a text, and what its header says of it: where only its words tell, its blog must be in another one than ours too.

    :param blog: the language of its blog.
    """
    if text.language:
        is_ours = text.language.lower() in _OURS or not _LANGUAGE.fullmatch(text.language)
        return text.language, "" if is_ours else text.language
    if text.looks:
        is_foreign = blog and not languages.is_french(blog) and not languages.is_french(text.looks)
        return text.looks, text.looks if is_foreign else ""
    return blog, ""


def taken(content: Path, ledger: Ledger) -> Iterable[str]:
    """Paths of the content folder that nothing new may take: files that are there, those that came before, and the addresses of other texts."""
    yield from (entry.path for entry in ledger if entry.path)
    came = {entry.path for entry in ledger}
    for path in sorted(content.rglob("*")) if content.is_dir() else ():
        name = path.relative_to(content).as_posix()
        yield name
        if path.suffix == ".md" and name not in came:
            yield from _other_names(name, path)


def _other_names(name: str, path: Path) -> Iterable[str]:
    """The paths that a text of the author's would have if its file were named after its address."""
    try:
        head = files.read_text(path)[:_HEADER]
    except files.UnreadableError:
        return
    typed = re.search(r"^slug\s*:\s*[\"']?([\w-]+)", head, re.MULTILINE | re.IGNORECASE)
    stem = typed[1] if typed else slug(without_date(path.stem))
    day = date_in_name(name)
    years = {*re.findall(r"(?:19|20)\d\d", re.split(r"\n\s*\n", head, maxsplit=1)[0]), *([str(day.year)] if day else [])}
    yield from (f"{TEXTS}/{year}/{stem}.md" for year in sorted(years)) if name.startswith(TEXTS) else (f"{_PAGES}/{stem}.md",)


def _whole(survey: Survey) -> Sequence[str]:
    """The hosts that the texts themselves name, when most of them name one: an export without an address tells it so."""
    hosts: dict[str, int] = {}
    for text in survey.texts.values():
        for host in {match[0] for address in text.addresses if (match := re.match(r"https?://[^/?#]+", address))}:
            hosts[host] = hosts.get(host, 0) + 1
    return sorted((host for host, count in hosts.items() if count * 2 > len(survey.texts)), key=lambda host: -hosts[host])


def _scope(reader: str, survey: Survey) -> str:
    """Which former blog it is, by what its export says, and by that alone."""
    address = re.sub(r"^https?://(?:www\.)?", "", survey.blog.address).rstrip("/")
    return f"{slug(reader)}:{address or survey.blog.name}"
