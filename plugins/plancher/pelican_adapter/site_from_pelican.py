"""The site, made from Pelican's objects: what plugins of others have made of posts is in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from plancher.base import clock
from plancher.build.pictures import PictureLibrary
from plancher.cache.outline import Outline
from plancher.markdown.record import Record
from plancher.pelican_adapter.addresses import tag, term
from plancher.pelican_adapter.contents import is_page
from plancher.pelican_adapter.generators import CopiesGenerator, PostsGenerator, TextPagesGenerator
from plancher.pelican_adapter.post_pictures import PostPictures
from plancher.pelican_adapter.site_frame import SiteParts, site_frame
from plancher.site import preparation
from plancher.site.component import Preparation
from plancher.site.model import Card, Grouped, Post, Site, StaticFile

_PAGES = ("pages", "hidden_pages", "draft_pages")


class Known(Protocol):
    """What was known of a text when it was read."""

    @property
    def links(self) -> Sequence[tuple[str, int]]:
        """See ``Post.links``."""

    @property
    def elsewhere(self) -> Sequence[str]:
        """See ``Post.elsewhere``."""

    @property
    def lines(self) -> Mapping[str, int]:
        """See ``Post.lines``."""

    @property
    def entries(self) -> Mapping[str, Sequence[Sequence[Any]]]:
        """The index entries of its blocks, by the name of their type."""


def our_record(content: Any) -> Record | None:
    """What our own reader knows of a text."""
    record: Record | None = getattr(content, "record", None)
    return record


class PelicanSite:
    """Makes the site of one build out of its generators."""

    kinds: tuple[Any, Any, Any] = (PostsGenerator, TextPagesGenerator, CopiesGenerator)
    """Those of posts, of pages and of files."""

    def __init__(
        self,
        parts: SiteParts,
        settings: Any,
        *,
        has_texts: bool,
        known: Callable[[Any], Known | None] = our_record,
        library: PictureLibrary | None = None,
    ) -> None:
        """Make sites of these settings.

        :param has_texts: whether posts have their texts: Pelican works them out once, when all plugins have done with them.
        :param known: what was known of a text when it was read.
        :param library: the pictures that are ready; posts with their texts are told theirs.
        """
        self.library = library
        self.pictures: PostPictures | None = None
        self.parts = parts
        self.known = known
        self.settings = settings
        self.has_texts = has_texts
        self.address = str(settings["SITEURL"]).rstrip("/")
        self.lang = settings["DEFAULT_LANG"].lower()

    def make(self, generators: Iterable[Any]) -> Site:
        """The whole site."""
        found: dict[str, Any] = {}
        of_posts, of_pages, of_files = self.kinds
        generators = list(generators)
        if self.has_texts and self.library is not None:
            statics = (static for generator in generators if isinstance(generator, of_files) for static in generator.staticfiles)
            self.pictures = PostPictures(self.library, self.parts.components, {static.get_relative_source_path(): static for static in statics})
        for generator in generators:
            if isinstance(generator, of_posts):
                found |= self._posts(generator)
            elif isinstance(generator, of_pages):
                found |= {name: self._texts(getattr(generator, name)) for name in _PAGES}
                found["translations"] = (*found.get("translations", ()), *self._texts(generator.translations))
            elif isinstance(generator, of_files):
                found["files"] = {static.get_relative_source_path(): _file(static) for static in generator.staticfiles}
        return dataclasses.replace(site_frame(self.parts, self.settings), **found)

    def _posts(self, generator: Any) -> dict[str, Any]:
        posts = self._texts(generator.articles)
        known = {post.path: post for post in posts}
        return {
            "posts": posts,
            "hidden": self._texts(generator.hidden_articles),
            "drafts": self._texts(generator.drafts),
            "translations": self._texts((*generator.translations, *generator.hidden_translations, *generator.drafts_translations)),
            "tags": _grouped(generator.tags.items(), known),
            "categories": _grouped(generator.categories, known),
            "authors": _grouped(generator.authors, known),
        }

    def draft(self, generator: Any) -> Site:
        """Posts alone, with the tags that were typed, before Pelican groups them."""
        posts: dict[str, Any] = {
            name: self._texts(getattr(generator, own)) for name, own in (("posts", "articles"), ("hidden", "hidden_articles"), ("drafts", "drafts"))
        }
        return dataclasses.replace(site_frame(self.parts, self.settings), **posts, translations=self._texts(generator.translations))

    def _texts(self, texts: Iterable[Any]) -> tuple[Post, ...]:
        return tuple([self._post(content) for content in texts])

    def title_of(self, content: Any) -> str:
        """A title, as plain words."""
        return str(getattr(content, "title", ""))

    def _post(self, content: Any) -> Post:
        record, path = self.known(content), content.get_relative_source_path()
        category = getattr(content, "category", None)
        outline = getattr(content, "outline", None)
        post = Post(
            path=path,
            card=Card(
                self.title_of(content),
                content.url,
                _bare(getattr(content, "date", None)),
                _bare(getattr(content, "modified", None)),
                content.summary if self.has_texts else "",
                term(category) if category else None,
                content.lang,
            ),
            save_as=content.save_as,
            own_id=str(content.metadata.get("id", "")),
            slug=content.slug,
            status=content.status,
            is_page=is_page(content),
            authors=tuple([term(author) for author in getattr(content, "authors", ())]),
            tags=tuple([term(tag) for tag in getattr(content, "tags", ())]),
            typed_tags=tuple(record.tags if isinstance(record, Record) else [tag.name for tag in getattr(content, "tags", ())]),
            foreign_lang="" if content.lang == self.lang else content.lang,
            kind=str(getattr(content, "kind", "") or "billet"),
            image=str(getattr(content, "image", "")),
            template="" if content.template == content.default_template else content.template,
            body=content.get_content(self.address) if self.has_texts else "",
            outline=outline if isinstance(outline, Outline) else Outline(),
            index=preparation.entries(self.parts.grammar.kinds, record) if record else {},
            aliases=record.aliases if isinstance(record, Record) else (),
            series=record.series if isinstance(record, Record) else _typed(content, "series"),
            part=record.part if isinstance(record, Record) else _number(_typed(content, "part", "series_index")),
            links=record.links if record else (),
            elsewhere=record.elsewhere if record else (),
            lines=record.lines if record else {},
        )
        whole = preparation.with_mentions(self.parts.components, post)
        return self.pictures.added(whole, record) if self.pictures and isinstance(record, Record) else whole


def settle_tags(generator: Any, site: PelicanSite, tag: Callable[[str, Any], Any] = tag) -> Preparation:
    """Before Pelican groups posts by tag, give each tag the name that components settled.

    :param tag: makes one, with its address.
    """
    settled = preparation.prepare(site.parts.components, site.draft(generator))
    known: dict[str, Any] = {}
    for post in (*generator.articles, *generator.translations, *generator.hidden_articles, *generator.drafts):
        names = (settled.tags or {}).get(post.get_relative_source_path())
        if names is not None:
            post.tags = [known.setdefault(name, tag(name, site.settings)) for name in names]
    return settled


def _grouped(pairs: Iterable[tuple[Any, Iterable[Any]]], known: Mapping[str, Post]) -> Grouped:
    return tuple(
        (term(wrapper), tuple([known[path] for content in posts if (path := content.get_relative_source_path()) in known])) for wrapper, posts in pairs
    )


def _file(static: Any) -> StaticFile:
    """Its address as it stands: ``static.url`` would forbid a text to attach it later."""
    save_as = static.get_url_setting("save_as").replace("\\", "/")
    return StaticFile(path=static.get_relative_source_path(), url=static.get_url_setting("url"), save_as=save_as)


def _typed(content: Any, *fields: str) -> str:
    """The first of these fields that Pelican's own reader found; another plugin may have put anything under such a name."""
    return next((value for field in fields if isinstance(value := getattr(content, field, ""), str) and value), "")


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() else 0


def _bare(moment: Any) -> Any:
    return clock.bare(moment) if moment else None
