"""Pelican's generators, ours in their place: of files that are copied always, of posts and pages where somebody else's plugin or theme is at work."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, TemplateError
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, PelicanTemplateNotFound, StaticGenerator

from plancher.base import links, theme_folder
from plancher.build.context import BuildContext
from plancher.cache import tree
from plancher.pelican_adapter.contents import OwnContents
from plancher.pelican_adapter.path_metadata import named_files
from plancher.pelican_adapter.plugins import foreign, has_own_theme
from plancher.pictures import phones
from plancher.site import root_files
from plancher.site.requests import CopiedFile


@dataclasses.dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for a template, for who has a page made by it."""

    environment: Environment
    name: str
    error: Exception

    def render(self, *_values: Any, **_others: Any) -> NoReturn:
        """:raises Exception: why it cannot be read."""
        raise self.error


class ForgivingTemplates(Generator):
    """Gives its templates to everybody, the wrong ones too."""

    def get_template(self, name: str) -> Any:
        """The template; one that fails when it is rendered, when this one cannot be read; None where somebody else's theme has no such page."""
        try:
            return super().get_template(name)
        except (TemplateError, PelicanTemplateNotFound) as error:
            if isinstance(error, PelicanTemplateNotFound) and not has_own_theme(self.settings):
                return None
            return Unreadable(self.env, f"{name}{self.settings['TEMPLATE_EXTENSIONS'][0]}", error)


def _start(folder: str) -> str:
    """How the paths of what lies in a folder of ``STATIC_PATHS`` begin, or that of a file among them."""
    return "" if folder in {"", "."} else f"{folder.removeprefix('./').strip('/')}/"


class CopiesGenerator(StaticGenerator):
    """Pelican's own generator, but for the walk and the copy."""

    build: BuildContext

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """The files for the root, those of these folders that the walk of this build has seen, and those that somebody else's plugin has added since."""
        seen = self.build.library.tree
        folders = [paths] if isinstance(paths, str) else list(paths)
        for_the_root = set(seen.below([root_files.FOLDER], exclude or ())) - set(seen.links)
        if foreign(self.settings["PLUGINS"]):
            others = {name.replace(os.sep, "/"): name for name in super().get_files(paths, exclude, extensions)}
            return for_the_root | {path for name, path in others.items() if not root_files.holds(name) and name not in seen.refused}
        names = {name for name in seen.below(folders, exclude or ()) if not root_files.holds(name) and self._include_path(name, extensions)}
        named = (os.path.relpath(path, self.path).replace(os.sep, "/") for path in named_files(self.settings))
        return names | for_the_root | {name for name in named if any(f"{name}/".startswith(_start(folder)) for folder in folders)}

    def _include_path(self, path: str, extensions: Any = None) -> bool:
        """Pelican's hook for what is ignored: nothing that the settings name is."""
        named = posixpath.normpath(path.replace(os.sep, "/")) in (self.settings.get("EXTRA_PATH_METADATA") or ())
        return named or bool(super()._include_path(path, extensions))

    def generate_context(self) -> None:
        """Find the files, then have the pictures among them ready: their sizes are known before any text is shown."""
        super().generate_context()
        self.build.pictures.load(static.get_relative_source_path() for static in self.staticfiles)

    def add_source_path(self, content: Any, static: bool = False) -> None:  # noqa: FBT001, FBT002 - Pelican's signature
        """Pelican's own list of the files of the site; the address of one for the root begins there, unless the settings give it another."""
        name = content.get_relative_source_path()
        if phones.published(name) != name and "path" not in content.metadata:
            content.override_save_as = content.override_url = phones.published(name)
        if root_files.holds(name) and "path" not in content.metadata:
            content.override_save_as = content.override_url = root_files.address(name)
        super().add_source_path(content, static=static)

    def copies(self) -> Iterator[CopiedFile]:
        """The theme's files, then the site's."""
        for folder in self.settings["THEME_STATIC_PATHS"]:
            own = theme_folder.own(Path(self.path), Path(self.theme))
            sources = self._below(Path(self.theme), folder) | (self._below(own, folder) if own else {})
            for name, source in sources.items():
                yield CopiedFile(path=posixpath.join(self.settings["THEME_STATIC_DIR"], name), source=source)
        for static in self.staticfiles:
            save_as = static.save_as.replace(os.sep, "/")
            as_it_is = CopiedFile(path=save_as, source=Path(self.path, static.source_path))
            made = self.build.pictures.copies(static.get_relative_source_path(), save_as)
            yield from (as_it_is,) if made is None else made

    def _below(self, theme: Path, folder: str) -> dict[str, Path]:
        """The files of a folder of a theme, by their names in the site; a theme need not have all that the settings of another name."""
        root = Path(os.path.join(theme, folder))  # noqa: PTH118 - an absolute folder stands for itself, as in Pelican
        if root.is_dir():
            return {name: root / name for name in tree.scan(root, self.settings["IGNORE_FILES"]).files if (root / name).is_file()}
        return {root.name: root} if root.is_file() else {}

    def generate_output(self, writer: Any) -> None:
        """Have them copied; the last thing that is asked of a writer."""
        for copy in self.copies():
            with contextlib.suppress(FileNotFoundError):  # its owner took it away while we looked: the next build sees a folder without it
                writer.planner.request(copy)
        writer.complete(self.context)

    def check_disabled_readers(self) -> None:
        """Nothing: a file of another format is a problem, said by the rules on files."""


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
