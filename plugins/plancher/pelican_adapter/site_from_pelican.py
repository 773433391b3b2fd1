"""The site, made from Pelican's objects: what plugins of others have made of posts is in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from plancher.base import clock
from plancher.build.context import BuildContext
from plancher.cache.outline import Outline
from plancher.pelican_adapter.addresses import tag, term
from plancher.pelican_adapter.contents import is_page
from plancher.pelican_adapter.generators import CopiesGenerator, PostsGenerator, TextPagesGenerator
from plancher.pelican_adapter.site_frame import site_frame
from plancher.site import preparation
from plancher.site.model import Card, Grouped, Post, Site, StaticFile

_PAGES = ("pages", "hidden_pages", "draft_pages")


class PelicanSite:
    """Makes the site of one build out of its generators."""

    def __init__(self, build: BuildContext, settings: Any, *, has_texts: bool) -> None:
        """Make sites of these settings.

        :param has_texts: whether posts have their texts: Pelican works them out once, when all plugins have done with them.
        """
        self.build = build
        self.settings = settings
        self.has_texts = has_texts
        self.address = str(settings["SITEURL"]).rstrip("/")
        self.lang = settings["DEFAULT_LANG"].lower()

    def make(self, generators: Iterable[Any]) -> Site:
        """The whole site."""
        found: dict[str, Any] = {}
        for generator in generators:
            if isinstance(generator, PostsGenerator):
                found |= self._posts(generator)
            elif isinstance(generator, TextPagesGenerator):
                found |= {name: self._texts(getattr(generator, name)) for name in _PAGES}
                found["translations"] = (*found.get("translations", ()), *self._texts(generator.translations))
            elif isinstance(generator, CopiesGenerator):
                found["files"] = {static.get_relative_source_path(): _file(static) for static in generator.staticfiles}
        return dataclasses.replace(site_frame(self.build, self.settings), **found)

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
        return dataclasses.replace(site_frame(self.build, self.settings), **posts, translations=self._texts(generator.translations))

    def _texts(self, texts: Iterable[Any]) -> tuple[Post, ...]:
        return tuple([self._post(content) for content in texts])

    def _post(self, content: Any) -> Post:
        record, path = getattr(content, "record", None), content.get_relative_source_path()
        category = getattr(content, "category", None)
        outline = getattr(content, "outline", None)
        post = Post(
            path=path,
            card=Card(
                str(getattr(content, "title", "")),
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
            typed_tags=tuple(record.tags if record else [tag.name for tag in getattr(content, "tags", ())]),
            foreign_lang="" if content.lang == self.lang else content.lang,
            kind=str(getattr(content, "kind", "") or "billet"),
            image=str(getattr(content, "image", "")),
            template="" if content.template == content.default_template else content.template,
            body=content.get_content(self.address) if self.has_texts else "",
            outline=outline if isinstance(outline, Outline) else Outline(),
            index=preparation.entries(self.build.reading.grammar.kinds, record) if record else {},
            links=record.links if record else (),
            elsewhere=record.elsewhere if record else (),
            lines=record.lines if record else {},
        )
        return preparation.with_mentions(self.build.components, post)


def settle_tags(generator: Any, build: BuildContext, settings: Any) -> None:
    """Before Pelican groups posts by tag, give each tag the name and the address that components settled."""
    draft = PelicanSite(build, settings, has_texts=False).draft(generator)
    settled = build.settled = preparation.prepare(build.components, draft)
    known: dict[str, Any] = {}
    for post in (*generator.articles, *generator.translations, *generator.hidden_articles, *generator.drafts):
        names = (settled.tags or {}).get(post.get_relative_source_path())
        if names is not None:
            post.tags = [known.setdefault(name, tag(name, settings)) for name in names]


def _grouped(pairs: Iterable[tuple[Any, Iterable[Any]]], known: Mapping[str, Post]) -> Grouped:
    return tuple(
        (term(wrapper), tuple([known[path] for content in posts if (path := content.get_relative_source_path()) in known])) for wrapper, posts in pairs
    )


def _file(static: Any) -> StaticFile:
    """Its address as it stands: ``static.url`` would forbid a text to attach it later."""
    save_as = static.get_url_setting("save_as").replace("\\", "/")
    return StaticFile(path=static.get_relative_source_path(), url=static.get_url_setting("url"), save_as=save_as)


def _bare(moment: Any) -> Any:
    return clock.bare(moment) if moment else None
