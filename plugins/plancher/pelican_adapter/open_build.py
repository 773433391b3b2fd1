"""A build in which Pelican runs as it does without us, for plugins and themes of others."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

from plancher.build import gate
from plancher.build.context import BuildContext
from plancher.build.plan import Plan
from plancher.pelican_adapter import direct, own_texts, templates
from plancher.pelican_adapter.blog_pages import BlogPages
from plancher.pelican_adapter.contents import terms_of
from plancher.pelican_adapter.site_frame import parts_of
from plancher.pelican_adapter.site_from_pelican import PelicanSite
from plancher.pelican_adapter.writer import PelicanWriter
from plancher.site import claims, site_checks
from plancher.site.assembly import Assembly
from plancher.site.model import Post


@dataclasses.dataclass(slots=True)
class OpenBuild:
    """What our generators, our receivers and our writer know of it."""

    settings: Any
    plan: Plan
    build: BuildContext
    on_assembled: Callable[[BuildContext], None]
    """Called once components know the site, before anything is written."""
    generators: list[Any] = dataclasses.field(default_factory=list)

    def assembled(self, *, has_texts: bool) -> Assembly:
        """What components make of the posts, as plugins of others have left them so far."""
        settings = self.settings
        posts_and_files = PelicanSite(parts_of(self.build), settings, has_texts=has_texts, library=self.build.pictures).make(self.generators)
        site = dataclasses.replace(posts_and_files, own_texts=own_texts.read(self.build, settings))
        return direct.assembled(self.build, BlogPages(site, settings), self._holder)

    @property
    def _holder(self) -> Any:
        """One of our generators: each gives a template by its name."""
        return next(generator for generator in self.generators if hasattr(generator, "open"))

    def check(self, generators: list[Any]) -> None:
        """The last signal before the first byte is written: rules on the whole site."""
        self.generators = generators
        build, settings = self.build, self.settings
        whole = self.assembled(has_texts=False)
        self.on_assembled(build)
        texts = sorted((post for post in whole.site.texts.values() if post.save_as), key=lambda post: post.path)
        gate.inspect(build, texts, terms_of(generators[0].context, settings, build))
        for generator in generators:
            if hasattr(generator, "staticfiles"):
                direct.drop_static(build, whole.site, generator, settings)
        _separate(texts, generators)

    def writer(self) -> type[PelicanWriter]:
        """The class Pelican will write with, for this build."""
        whole = self.build.assembly or self.assembled(has_texts=False)
        settings = self.settings
        shared = templates.shared_values(settings, self.build, whole)
        planner = direct.page_planner(self.plan, self.build, settings, shared, self._holder)
        del shared["localsiteurl"]  # Pelican's own name, which each page may change
        return type(
            "PelicanWriter",
            (PelicanWriter,),
            {"planner": planner, "assembly": whole, "shared": shared, "reassemble": staticmethod(functools.partial(self.assembled, has_texts=True))},
        )


def _separate(texts: list[Post], generators: list[Any]) -> None:
    """Of two texts that want one address, give the later one its own, so that a preview can show both; the problem is said elsewhere."""
    late = site_checks.latecomers(texts)
    for content in (content for generator in generators for content in _contents(generator)) if late else ():
        if content.get_relative_source_path() in late:
            content.override_save_as = claims.aside(content.get_relative_source_path())
            content.override_url = content.override_save_as.removesuffix("index.html")


_LISTS = ("articles", "translations", "hidden_articles", "drafts", "pages", "hidden_pages", "draft_pages")


def _contents(generator: Any) -> list[Any]:
    return [content for name in _LISTS for content in getattr(generator, name, ())]
