"""Pelican: plain fields above the text; a text in reStructuredText is counted. Settings are read as literals, never run.

Source: docs.getpelican.com, « Content », « Settings ».
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from feedgenerator import get_tag_uri

from plancher.base.slugs import slug
from plancher.importing.blogs.readers.folders import permalinks
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import admonitions, liquid
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks
from plancher.importing.blogs.source import Source

_SETTINGS = ("publishconf.py", "pelicanconf.py")
_INTERNAL = re.compile(r"\{(?:filename|static|attach)\}(?P<name>[^\s)>\"'#?]+)")
_NO_TEXT = frozenset({"readme", "license", "licence", "changelog", "contributing"})


class _PelicanSite(Site):
    key = "pelican"

    @functools.cached_property
    def content(self) -> str:
        """The folder of texts, with its slash."""
        wanted = self.settings.text("PATH").strip("./") or "content"
        return f"{wanted}/" if any(name.startswith(f"{wanted}/") for name in self.folder.names) else ""

    def names(self) -> Iterator[str]:
        """All Markdown."""
        return (name for name in self.folder.markdown(under=self.content) if PurePosixPath(name).stem.lower() not in _NO_TEXT)

    def root_address(self) -> str:
        """« SITEURL »."""
        return self.settings.text("SITEURL").rstrip("/")

    def language(self) -> str:
        """« DEFAULT_LANG »."""
        return self.settings.text("DEFAULT_LANG")

    def timezone(self) -> str:
        """« TIMEZONE »."""
        return self.settings.text("TIMEZONE")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Those that its settings name."""
        named = ((self.settings.text(f"FEED_{kind.upper()}", f"FEED_ALL_{kind.upper()}"), kind) for kind in ("atom", "rss"))
        found = tuple((f"{self.base()}/{path.lstrip('/')}", kind) for path, kind in named if path and path != "None")
        return found or ((f"{self.base()}/feeds/all.atom.xml", "atom"),)

    def visible_name(self, name: str) -> str:
        """From the folder of texts."""
        return super().visible_name(name[len(self.content) :])

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Those of the folders of pages, and those without a date."""
        folders = self.settings.items("PAGE_PATHS") or ("pages",)
        return text.name[len(self.content) :].startswith(tuple(f"{folder.strip('/')}/" for folder in folders)) or published is None

    def slug(self, text: TypedText) -> str:
        """Of its header; else of its title, as Pelican does, or of its name where the settings say so."""
        typed = text.header.text("slug")
        source = self.settings.text("SLUGIFY_SOURCE") or "title"
        return typed or (slug(text.header.text("title")) if source == "title" else "") or slug(PurePosixPath(text.name).stem)

    def categories(self, text: TypedText) -> tuple[str, ...]:
        """Of its header, else its folder."""
        typed = text.header.all_items("category")
        folder = PurePosixPath(text.name[len(self.content) :]).parent.name
        uses_folder = self.settings.text("USE_FOLDER_AS_CATEGORY") != "false"
        own = [folder] if folder and uses_folder and folder not in {"pages", "articles", "posts"} and not re.fullmatch(r"\d{1,4}", folder) else []
        return typed or tuple(own)

    def address(self, text: TypedText) -> str:
        """« url » or « save_as » of its header, else « ARTICLE_URL » or « PAGE_URL »."""
        typed = text.header.text("url") or text.header.text("save_as")
        if typed:
            return permalinks.directory(f"{self.base()}/{typed.lstrip('/')}")
        moment = self.published(text)
        is_page = self.is_page(text, moment)
        pattern = (
            self.settings.text("PAGE_URL", "PAGE_SAVE_AS") or "pages/{slug}.html"
            if is_page
            else self.settings.text("ARTICLE_URL", "ARTICLE_SAVE_AS") or "{slug}.html"
        )
        category = next(iter(self.categories(text)), self.settings.text("DEFAULT_CATEGORY") or "misc")
        values = {
            "slug": self.slug(text),
            "category": slug(category),
            "lang": text.header.text("lang") or self.language(),
            "author": slug(next(iter(self.authors(text)), self.settings.text("AUTHOR"))),
        }
        filled = re.sub(r"\{(\w+)\}", lambda field: values.get(field[1], ""), permalinks.python_date(pattern, moment))
        return permalinks.directory(self.base() + permalinks.from_root(filled))

    def feed_id(self, text: TypedText, address: str, published: dt.datetime | None) -> str:
        """As Pelican's writer makes it."""
        root = self.root_address().removesuffix(self.base())
        if not root.startswith("http") or published is None or self.is_page(text, published):
            return ""
        return str(get_tag_uri(root + address, published))  # type: ignore[no-untyped-call]

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Files stand where they lie in the folder of texts; « extra/ » is where the settings say."""
        return (f"{self.base()}/{name.removeprefix(self.content)}",)

    def steps(self, work: Work, text: TypedText) -> Work:
        """Pelican has Python-Markdown: admonitions and lists of attributes are its extensions."""
        return work.run(
            lambda work: self._internal(work, text), admonitions.admonitions, liquid.Liquid("", "", lambda _name: ""), admonitions.without_attributes, _toc
        )

    def _internal(self, work: Work, text: TypedText) -> str:
        """« {filename}x », « {static}x » as the addresses where readers found them; « {tag}x » is the same here."""

        def address(typed: re.Match[str]) -> str:
            name = typed["name"]
            path = name.lstrip("/") if name.startswith("/") else name
            return self.resolve(path, text.name if not name.startswith("/") else self.content) or self.resolve(name, text.name) or f"{self.base()}/{path}"

        return (
            _INTERNAL.sub(address, re.sub(r"\|(filename|static|attach|tag|category|author|index)\|", r"{\1}", work.text))
            if re.search(r"[{|](?:filename|static|attach)[}|]", work.text)
            else work.text
        )


def _toc(work: Work) -> str:
    return re.sub(r"(?m)^\[(?:TOC|toc)\][ \t]*$\n?", "", work.text) if "[TOC]" in work.text or "[toc]" in work.text else work.text


class PelicanReader(FolderReader):
    """Pelican."""

    name = "Pelican"
    settings_files: ClassVar[tuple[str, ...]] = ("pelicanconf.py", "publishconf.py")

    def looks_right(self, folder: Folder) -> bool:
        """« Title: » on the first line."""
        shape = looks(folder, r"(?i)\A\ufeff?\s*(?:title|titre) ?:")
        return shape.count * 2 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder, and the literals of its settings."""
        folder = Folder(source, root)
        return _PelicanSite(folder, folder.settings(*_SETTINGS))


class MarkdownFolderReader(PelicanReader):
    """A folder of Markdown that no other reader knows."""

    name = "Dossier de Markdown"
    settings_files: ClassVar[tuple[str, ...]] = ()

    def looks_right(self, folder: Folder) -> bool:
        """Any text in Markdown."""
        return next(folder.markdown(), None) is not None
