"""The site, made from the records of its texts: the road of nearly all builds, where no plugin of somebody else's changes a post.

Pelican's own objects compute for every post what one page in a thousand needs;
five thousand of them take a second. ``site_from_pelican`` is the other road; a
test compares the two.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from plancher.base import addresses, links
from plancher.base.problems import Problem
from plancher.build.context import BuildContext
from plancher.cache import body as cached_body
from plancher.cache import slots
from plancher.cache.body import CachedBody
from plancher.markdown.record import Record
from plancher.pelican_adapter import broken_texts, own_texts
from plancher.pelican_adapter.addresses import TermMaker, TextAddresses, grouped, ordered_pages
from plancher.pelican_adapter.generators import CopiesGenerator
from plancher.pelican_adapter.post_pictures import PostPictures
from plancher.pelican_adapter.site_frame import parts_of, site_frame
from plancher.site import claims, preparation, site_checks
from plancher.site.model import Card, Post, Site, StaticFile
from plancher.site.terms import Terms


class _Text(NamedTuple):
    """A post and its record; none for a text that cannot have a page."""

    post: Post
    record: Record | None


class _Attaching(NamedTuple):
    """What Pelican's ``attach_to`` asks of a text."""

    source_path: str
    save_as: str

    def get_relative_source_path(self) -> str:
        """For its log."""
        return self.source_path


class RecordSite:
    """Makes the site of one build."""

    def __init__(self, build: BuildContext, settings: Any) -> None:
        self.build = build
        self.settings = settings
        self.terms = TermMaker(settings)
        self.addresses = TextAddresses(settings, build.reading.timezone)
        self.root = Path(settings["PATH"]).as_posix()
        self.lang = settings["DEFAULT_LANG"].lower()
        self.base = links.path_of(str(settings["SITEURL"]))
        self.store = str(build.library.store.path)
        self.asked: list[Post] = []
        """The texts that have a page, under the address that each asks for, in the order of their files."""

    def make(self, statics: CopiesGenerator) -> Site:
        """The whole site; what is wrong with texts goes into the journal.

        :param statics: Pelican's generator of files that are copied, which has seen nothing yet.
        """
        texts = self._texts("ARTICLE", is_page=False)
        texts.sort(key=lambda text: (text.post.date, text.post.path), reverse=True)
        pages = self._ordered(self._texts("PAGE", is_page=True))
        texts, pages = self._apart(texts, pages)
        draft = dataclasses.replace(site_frame(parts_of(self.build), self.settings), **_by_status([text.post for text in texts], [text.post for text in pages]))
        settled = self.build.settled = preparation.prepare(self.build.components, draft)
        posts = [text._replace(post=self._tagged(text.post, settled.tags)) for text in texts]
        listed = [text.post for text in posts if text.post.status == "published"]
        groups = {
            "tags": grouped(listed, lambda post: post.tags),
            "categories": _sorted(grouped(listed, lambda post: (post.category,)), is_reversed=self.settings["REVERSE_CATEGORY_ORDER"]),
            "authors": _sorted(grouped(listed, lambda post: post.authors)),
        }
        names = {kind: [term for term, _ in group] for kind, group in groups.items()}
        terms = self.build.terms = Terms(str(self.settings.get("INDEX_URL", "")), names["tags"], names["categories"], names["authors"], settled.tag_aliases)
        files = self._static_files(statics, (*posts, *pages))
        whole = self._with_bodies((*posts, *pages), files, terms, settled.link_replacements)
        known = {post.path: post for post in whole}
        return dataclasses.replace(
            site_frame(parts_of(self.build), self.settings),
            **_by_status([known[text.post.path] for text in posts], [known[text.post.path] for text in pages]),
            **{kind: tuple((term, tuple([known[post.path] for post in members])) for term, members in group) for kind, group in groups.items()},  # type: ignore[arg-type] # by name, each of its kind
            own_texts=own_texts.read(self.build, self.settings),
            files={path: StaticFile(path=path, url=static.url, save_as=static.save_as.replace(os.sep, "/")) for path, static in files.items()},
        )

    def _texts(self, kind: str, *, is_page: bool) -> list[_Text]:
        """The texts of some folders, in the order of their files."""
        library, journal = self.build.library, self.build.journal
        paths = library.texts(self.settings[f"{kind}_PATHS"], self.settings[f"{kind}_EXCLUDES"])
        library.load(paths)
        texts = []
        for path in paths:
            record = library.record(path)
            if isinstance(record, Record) and not broken_texts.is_broken(record, is_page=is_page):
                journal.keep(record)
                texts.append(_Text(self._post(record, is_page=is_page), record))
            else:
                texts.append(_Text(self._broken(path, record, is_page=is_page), None))
        return texts

    def _post(self, record: Record, *, is_page: bool) -> Post:
        zone = self.build.reading.timezone
        lang = record.lang or self.lang
        url, save_as = self.addresses.of(record, lang, is_page=is_page)
        category = self.terms.category(record.category or self.settings["DEFAULT_CATEGORY"])
        shown = f"{record.shown} {zone} {lang} {url!r} {category!r}" if record.shown else ""
        return Post(
            path=record.path,
            card=Card(record.title, url, _moment(record.date, zone), _moment(record.modified, zone), record.summary, category, lang, shown),
            save_as=save_as,
            own_id=record.id,
            slug=record.slug,
            status=record.status,
            is_page=is_page,
            authors=tuple([self.terms.author(name) for name in record.authors or [self.settings["AUTHOR"]]]),
            tags=tuple([self.terms.tag(name) for name in record.tags]),
            typed_tags=tuple(record.tags),
            foreign_lang="" if lang == self.lang else lang,
            kind=record.kind,
            image=addresses.quote(record.image),
            template=record.template,
            aliases=record.aliases,
            series=record.series,
            part=record.part,
            index=preparation.entries(self.build.reading.grammar.kinds, record),
            links=record.links,
            elsewhere=record.elsewhere,
            lines=record.lines,
        )

    def _broken(self, path: str, found: Record | Problem, *, is_page: bool) -> Post:
        """A page that says what to mend."""
        record = found if isinstance(found, Record) else None
        broken = broken_texts.stand_in(self.build, self.build.root / path, record, broken_texts.problems_of(found))
        seen = _EMPTY._replace(path=path, title=broken.title, slug=broken.slug, status=broken.status, date=broken.date)
        url, save_as = self.addresses.of(seen, self.lang, is_page=is_page)
        category = self.terms.category(self.settings["DEFAULT_CATEGORY"])
        date = _moment(broken.date, self.build.reading.timezone)
        return Post(
            path=path,
            card=Card(broken.title, url, date, None, "", category, self.lang),
            save_as=save_as,
            slug=broken.slug,
            status=broken.status,
            is_page=is_page,
            authors=(self.terms.author(self.settings["AUTHOR"]),),
            body=broken.html,
        )

    def _ordered(self, pages: list[_Text]) -> list[_Text]:
        """Pages in the order that the settings ask for."""
        by_path = {text.post.path: text for text in pages}
        fields = {path: text.record.others for path, text in by_path.items() if text.record}
        return [by_path[page.path] for page in ordered_pages([text.post for text in pages], fields, self.settings["PAGE_ORDER_BY"])]

    def _apart(self, texts: Sequence[_Text], pages: Sequence[_Text]) -> tuple[list[_Text], list[_Text]]:
        """Of two texts that want one address, the later one gets another, so that a preview can show both; the problem is said elsewhere."""
        self.asked = sorted((text.post for text in (*texts, *pages) if text.post.save_as), key=lambda post: post.path)
        late = site_checks.latecomers(self.asked)

        def moved(text: _Text) -> _Text:
            if text.post.path not in late:
                return text
            save_as = claims.aside(text.post.path)
            card = dataclasses.replace(text.post.card, url=save_as.removesuffix("index.html"), digest="")
            return text._replace(post=dataclasses.replace(text.post, save_as=save_as, card=card))

        return [moved(text) for text in texts], [moved(text) for text in pages]

    def _tagged(self, post: Post, names: Mapping[str, tuple[str, ...]] | None) -> Post:
        if names is None or post.path not in names:
            return post
        return dataclasses.replace(post, tags=tuple([self.terms.named_tag(name) for name in names[post.path]]))

    def _static_files(self, statics: CopiesGenerator, texts: Iterable[_Text]) -> dict[str, Any]:
        """Pelican's own objects of the files that are copied, by path from the content folder."""
        context = statics.context
        context["generated_content"] = {text.post.path: True for text in texts}
        context["static_links"] = {path for text in texts if text.record for path in _static_links(text.record)}
        statics.generate_context()
        return {static.get_relative_source_path(): static for static in statics.staticfiles}

    def _with_bodies(self, texts: Sequence[_Text], files: dict[str, Any], terms: Terms, replacements: Any) -> Iterator[Post]:
        """Every text with its body: what its links lead to is known now."""
        urls, pictures = {text.post.path: text.post.url for text in texts}, PostPictures(self.build.pictures, self.build.components, files)
        for post, record in texts:
            if record is None:
                yield post
                continue
            where = _Attaching(f"{self.root}/{post.path}", post.save_as)
            leads_to = functools.partial(_leads_to, record.path, where, urls, files, terms)
            targets = tuple([(raw, target) for raw in record.targets if (target := leads_to(raw)) is not None])
            dead = tuple([replacements[address] for address in record.elsewhere if address in replacements]) if replacements and not post.is_page else ()
            named = tuple(pictures.named(record.path, record.targets))
            body = CachedBody(record.key, self.store, targets, dead, named, record.apart)
            card = post.card
            if slots.MARK in card.summary:
                card = dataclasses.replace(card, summary=cached_body.filled(card.summary, self.base, dict(targets), (), dict(named)))
            whole = preparation.with_mentions(self.build.components, dataclasses.replace(post, body=body, card=card))
            yield pictures.added(whole, record)


_EMPTY = Record._make([None] * len(Record._fields))._replace(
    title="",
    category="",
    summary="",
    tags=[],
    authors=[],
    lang="",
    id="",
    kind="billet",
    image="",
    template="",
    save_as="",
    url="",
    aliases=[],
    series="",
    part=0,
    lines={},
    others={},
)


def _leads_to(  # noqa: PLR0913, PLR0917 - all that an address may name
    path: str, where: _Attaching, urls: dict[str, str], files: dict[str, Any], terms: Terms, raw: str
) -> str | None:
    """The address of the page or file that an internal address names.

    :param path: of the text that holds it.
    """
    typed, escaped = addresses.parse_internal(raw.replace("&amp;", "&")), addresses.parse_internal(raw)
    inside = typed.file(path) if typed else None
    if typed is None or escaped is None or inside is None or (inside not in files and (typed.kind != "filename" or inside not in urls)):
        return terms.address(raw)
    if typed.kind == "filename" and inside in urls:
        return f"{urls[inside]}{escaped.rest}"
    if typed.kind == "attach":
        files[inside].attach_to(where)
    return f"{files[inside].url}{escaped.rest}"


def _static_links(record: Record) -> Iterator[str]:
    """The static files a text asks for, from the content folder."""
    if record.image:
        yield record.image
    for raw in record.targets:
        if raw.startswith(("{static}", "{attach}", "|static|", "|attach|")):
            inside = addresses.inside(raw.replace("&amp;", "&"), record.path)
            if inside is not None:
                yield inside


def _by_status(posts: Sequence[Post], pages: Sequence[Post]) -> dict[str, Any]:
    """The fields of a site that hold texts."""
    names = {"published": ("posts", "pages"), "hidden": ("hidden", "hidden_pages"), "draft": ("drafts", "draft_pages")}
    groups = ((status, name, texts) for status, both in names.items() for name, texts in zip(both, (posts, pages), strict=True))
    return {name: tuple([text for text in texts if text.status == status]) for status, name, texts in groups}


def _sorted(groups: Any, *, is_reversed: bool = False) -> Any:
    return tuple(sorted(groups, key=lambda group: group[0].slug, reverse=is_reversed))


def _moment(seconds: float | None, zone: dt.tzinfo) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, zone)
