"""Pelican's generator for what components ask for: pages by templates that a theme may replace, feeds, data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound, StaticGenerator
from pelican.utils import sanitised_join

from plancher.base.problems import SiteProblem
from plancher.base.settings import load
from plancher.outputs.feeds.plan import FeedPlan
from plancher.outputs.feeds.settings import FeedSettings
from plancher.pelican_adapter.plain import known, report, setup
from plancher.pelican_adapter.plain.extension import PlainExtension
from plancher.pelican_adapter.plain.files import FileWriter
from plancher.pelican_adapter.plugins import template_folders
from plancher.pelican_adapter.site_from_pelican import PelicanSite
from plancher.site import assembly
from plancher.site.assembly import Assembly
from plancher.site.requests import CopiedFile, PageRequest, TemplatePage

_HERE = Path(__file__).parent
_STYLES = "plancher.css"
_FEEDS = "PLANCHER_FEEDS"


class _PlainSite(PelicanSite):
    """Out of Pelican's own generators."""

    kinds = (ArticlesGenerator, PagesGenerator, StaticGenerator)

    def title_of(self, content: Any) -> str:
        """For Pelican, a title is HTML."""
        return Markup(super().title_of(content)).striptags()  # noqa: S704 - its tags are taken out, as in Pelican's feeds


class ComponentPages(Generator):
    """Asks components once Pelican has read everything, and writes what they ask for."""

    def __init__(self, *words: Any, **named: Any) -> None:
        """Templates of components, then ours, come after those of the theme."""
        super().__init__(*words, **named)
        found = setup.extension_of(self.settings)
        if found is None:
            raise LookupError(setup.extension_of.__name__)
        self.extension: PlainExtension = found
        self.extension.assembly = None
        folders = [*template_folders(found.parts.components), str(_HERE / "templates")]
        self.env.loader = jinja2.ChoiceLoader([*([self.env.loader] if self.env.loader else []), jinja2.FileSystemLoader(folders)])
        self.taken: dict[str, str] = {}

    def assemble(self, generators: Iterable[Any]) -> None:
        """What components make of the posts; what templates of the theme may show of it."""
        parts = self.extension.parts
        site = _PlainSite(parts, self.settings, has_texts=False, known=known.of_content).make(generators)
        whole = self.extension.assembly = assembly.assemble(site, parts.components, self._has_template)
        shared = {"MENU": whole.menu_entries(), "COMPONENTS": tuple(component.name for component in parts.components), **whole.site_values}
        for name, value in shared.items():
            self.context.setdefault(name, value)
        texts = [text for generator in generators for text in contents_of(generator)]
        self.taken = {text.save_as: text.get_relative_source_path() for text in texts if text.save_as}
        report.tell(site.content, (*_of_texts(texts), *parts.settled.problems, *whole.checks))

    def generate_output(self, writer: Any) -> None:
        """Write pages by Pelican's writer, and files as they are."""
        whole = self.extension.assembly
        if whole is None:
            return
        files = FileWriter(self, writer)
        for request in self._requests(whole):
            files.write(request)

    def _requests(self, whole: Assembly) -> Iterator[PageRequest]:
        """What components ask for: a feed of each kind, and a page for each address that moved, too."""
        pages = [*whole.plain_pages(), *whole.pages]
        yield from pages
        parts = dataclasses.replace(whole, feeds=tuple(feed for feed in whole.feeds if not feed.posts))  # whole posts have no text on this road
        yield from FeedPlan(whole.site, load(self.settings, _FEEDS, FeedSettings), parts).of_components()
        made = {page.path for page in pages}
        for former, present in whole.redirections:
            moved = TemplatePage(address=former, template="moved", values={"former": former, "present": present, "tag_name": ""})
            if moved.path not in made:
                made.add(moved.path)
                yield moved
        yield CopiedFile(path=f"{self.settings['THEME_STATIC_DIR']}/{_STYLES}", source=_HERE / _STYLES)

    def place_of(self, path: str) -> Path:
        """A file of the site."""
        return Path(sanitised_join(self.output_path, path))

    def _has_template(self, name: str) -> bool:
        try:
            self.get_template(name)
        except (PelicanTemplateNotFound, jinja2.TemplateError):
            return False
        return True


_OF_POSTS = ("articles", "translations", "hidden_articles", "hidden_translations", "drafts", "drafts_translations")
_OF_PAGES = ("pages", "hidden_pages", "draft_pages", "draft_translations")


def contents_of(generator: Any) -> list[Any]:
    """The texts of one of Pelican's generators."""
    names = (*_OF_POSTS, *_OF_PAGES) if isinstance(generator, (ArticlesGenerator, PagesGenerator)) else ()
    return [text for name in names for text in getattr(generator, name, ())]


def _of_texts(texts: Iterable[Any]) -> Iterator[SiteProblem]:
    """What was wrong with their blocks when they were read, in this build or in an earlier one."""
    for text in texts:
        found = known.of_content(text)
        for problem in found.problems if found else ():
            yield text.get_relative_source_path(), problem
