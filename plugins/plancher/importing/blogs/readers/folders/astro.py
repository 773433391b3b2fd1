"""Astro: collections of Markdown and MDX, whose header is as each site wants it; nothing of its code is run.

Sources: docs.astro.build, « Content collections », « Markdown », « MDX ».
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.importing.blogs.readers.folders import permalinks, trees
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import admonitions
from plancher.importing.blogs.readers.folders.markup.mdx import mdx
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site
from plancher.importing.blogs.source import Source

_LITERAL = re.compile(r"(?m)^\s*(?P<key>site|base)\s*:\s*[\"'](?P<value>[^\"'\n]+)[\"']")
_FOLDERS = ("src/content/", "src/data/", "src/pages/", "content/")
_SETTINGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "js", "ts", "mts", "cjs"))


class _AstroSite(Site):
    key = "astro"
    more_keys: ClassVar[dict[str, str]] = {
        "heroimage": "image",
        "ogimage": "image",
        "coverimage": "image",
        "updateddate": "modified",
        "moddatetime": "modified",
        "moddate": "modified",
        "pubdatetime": "date",
        "pubdate": "date",
        "publishdate": "date",
        "publisheddate": "date",
        "datepublished": "date",
        "postslug": "slug",
    }

    def names(self) -> Iterator[str]:
        """All texts of its collections and pages; a name that begins with « _ » makes no page."""
        folders = tuple(folder for folder in _FOLDERS if any(name.startswith(folder) for name in self.folder.names))
        for name in self.folder.markdown():
            if not folders or (name.startswith(folders) and not any(part.startswith("_") for part in name.split("/"))):
                yield name

    def root_address(self) -> str:
        """« site » and « base »."""
        site, base = self.settings.text("site").rstrip("/"), self.settings.text("base").strip("/")
        return f"{site}/{base}" if base else site

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Where a file makes one."""
        return ((f"{self.base()}/rss.xml", "rss"),) if any(re.search(r"src/pages/rss\.xml\.", name) for name in self.folder.names) else ()

    def visible_name(self, name: str) -> str:
        """From its collection."""
        return super().visible_name(self._short(name))

    @staticmethod
    def _short(name: str) -> str:
        return next((name.removeprefix(folder) for folder in _FOLDERS if name.startswith(folder)), name)

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Texts without a date, and those of « src/pages »."""
        return published is None or text.name.startswith("src/pages/") or self._short(text.name).startswith("pages/")

    def address(self, text: TypedText) -> str:
        """The collection and the path: what most sites do. What else a site's code does, only its code knows."""
        short = str(PurePosixPath(self._short(text.name)).with_suffix(""))
        path = re.sub(r"(?:^|(?<=/))index$", "", short)
        slug = text.header.text("slug")
        if slug:
            path = f"{path.split('/')[0]}/{slug.strip('/')}" if "/" in path else slug.strip("/")
        elif not text.name.startswith("src/pages/"):
            path = "/".join(permalinks.with_letters(part) for part in path.split("/"))
        return f"{self.base()}/{path.strip('/')}/" if path.strip("/") else f"{self.base()}/"

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """« public/x » is found at « /x »."""
        return (f"{self.base()}/{name.removeprefix('public/')}",)

    def steps(self, work: Work, text: TypedText) -> Work:
        """Components and code of MDX; directives come with all."""
        return work.run(*((mdx,) if text.name.lower().endswith(".mdx") else ()), admonitions.without_attributes)


class AstroReader(FolderReader):
    """Astro."""

    name = "Astro"
    settings_files: ClassVar[tuple[str, ...]] = _SETTINGS

    def looks_right(self, folder: Folder) -> bool:
        """« src/content », or texts in MDX."""
        names = list(folder.markdown())
        return any(name.startswith("src/content/") for name in names) or sum(name.endswith(".mdx") for name in names) * 2 > len(names)

    def site(self, source: Source, root: str) -> Site:
        """The folder; of its settings, which are code, « site » and « base » are searched for when they are plain words."""
        folder = Folder(source, root, keeps="public")
        tree: dict[str, trees.Tree] = {}
        for name in _SETTINGS:
            for found in _LITERAL.finditer(folder.text(name)) if folder.has(name) else ():
                tree.setdefault(found["key"], found["value"])
        return _AstroSite(folder, trees.Settings(tree))
