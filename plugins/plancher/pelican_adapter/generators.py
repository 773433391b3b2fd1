"""Pelican's generators of posts and pages, where somebody else's plugin or theme is at work: they run as Pelican made them, on texts that we read."""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from plancher.base import links
from plancher.build.context import BuildContext
from plancher.pelican_adapter.contents import OwnContents
from plancher.pelican_adapter.unreadable import ForgivingTemplates


class _Reading(ForgivingTemplates):
    """Texts come from the library, and only those that the walk of this build has seen: Pelican's own walk follows links and pipes."""

    build: BuildContext

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """Those of them that may be texts."""
        names = self.build.library.tree.below([paths] if isinstance(paths, str) else paths, exclude or ())
        return {name for name in names if self._include_path(name, extensions)}

    def check_disabled_readers(self) -> None:
        """Nothing: a text in another format is a problem, said by the rules on files."""

    def read_first(self, kind: str) -> None:
        """Have all texts ready, then give Pelican a reader of them.

        :param kind: « ARTICLE » or « PAGE ».
        """
        library = self.build.library
        library.load(library.texts(self.settings[f"{kind}_PATHS"], self.settings[f"{kind}_EXCLUDES"]))
        self.readers: Any = OwnContents(self.readers, self.build)


class PostsGenerator(_Reading, ArticlesGenerator):
    """Posts; their feeds are ours."""

    def generate_context(self) -> None:
        """Read, then do as Pelican does."""
        self.read_first("ARTICLE")
        super().generate_context()

    def generate_feeds(self, writer: Any) -> None:
        """None."""


class TextPagesGenerator(_Reading, PagesGenerator):
    """Pages."""

    def generate_context(self) -> None:
        """Read, then do as Pelican does."""
        self.read_first("PAGE")
        super().generate_context()


class ComponentsGenerator(Generator):
    """The pages and files of components, once all that Pelican makes is written."""

    build: BuildContext

    def __init__(self, context: dict[str, Any], settings: Any, *words: Any, **named: Any) -> None:
        super().__init__(context, settings, *words, **named)
        context["localsiteurl"] = links.path_of(str(settings["SITEURL"]))  # Pelican's own name: texts link from the root of the host

    def generate_output(self, writer: Any) -> None:
        """Ask for each of them."""
        writer.write_components(self)
