"""Zola: headers in TOML, sections, « @/ » links, calls of Tera.

Sources: getzola.org/documentation, « Page », « Section », « Internal links », « Shortcodes ».
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.base.slugs import date_in_name, slug, without_date
from plancher.importing.blogs.model import Item, LeftOut
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import shortcodes
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks, stem_of
from plancher.importing.blogs.source import Source, SourceError

_INTERNAL = re.compile(r"(?P<open>\]\(\s*<?|^[ ]{0,3}\[[^\]\n]+\]:\s*<?|\shref=[\"'])@/(?P<name>[^\s)>\"'#]+)(?P<anchor>#[^\s)>\"']*)?", re.MULTILINE)
_ANCHOR = re.compile(r"(?m)^(?P<heading>#{1,6}[^\n]*?)[ \t]*\{#[^{}\n]*\}[ \t]*$")


class _ZolaSite(Site):
    key = "zola"

    @functools.cached_property
    def content(self) -> str:
        return "content/" if any(name.startswith("content/") for name in self.folder.names) else ""

    def names(self) -> Iterator[str]:
        """All texts of « content »."""
        return (name for name in self.folder.markdown(under=self.content) if PurePosixPath(name).stem.lower() not in {"readme", "license", "changelog"})

    def root_address(self) -> str:
        """« base_url »."""
        return self.settings.text("base_url").rstrip("/")

    def language(self) -> str:
        """« default_language »."""
        return self.settings.text("default_language")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Only those that the settings ask for."""
        if self.settings.text("generate_feed", "generate_feeds", "generate_rss") != "true":
            return ()
        names = self.settings.items("feed_filenames", "feed_filename") or ("atom.xml",)
        return tuple((f"{self.base()}/{name}", "rss" if "rss" in name else "atom") for name in names)

    def _items(self, name: str) -> Iterator[Item]:
        """A section that says something is a page."""
        if PurePosixPath(name).name.split(".")[0] != "_index":
            yield from super()._items(name)
            return
        try:
            text = self.folder.typed(name, self.more_keys)
        except SourceError as error:
            yield LeftOut(what="texte", why=str(error), place=self.folder.place(name), name=name)
            return
        if text.body.strip() and name != f"{self.content}_index.md":
            yield self.former(text)
        else:
            yield LeftOut(what="page de liste", why="elle ne dit rien : ici les listes se font d'elles-mêmes.", place=text.place, name=name)

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Texts without a date, and sections."""
        return stem_of(text.name) != text.name and (PurePosixPath(text.name).name.startswith("_index") or published is None)

    def visible_name(self, name: str) -> str:
        """From the folder of texts."""
        return super().visible_name(name[len(self.content) :])

    def held_back(self, text: TypedText) -> str:
        """« render = false » makes no page."""
        if text.header.typed("render").lower() == "false":
            return "sans page à lui (« render = false »)"
        return super().held_back(text)

    def address(self, text: TypedText) -> str:
        """« path », else its sections and its « slug » or its name without the day."""
        path = text.header.typed("path")
        if path:
            return f"{self.base()}/{path.strip('/')}/"
        name = text.name[len(self.content) :]
        folders = name.split("/")[:-1]
        stem = PurePosixPath(name).stem.split(".")[0]
        if stem in {"index", "_index"}:
            folders, stem = (folders, "") if stem == "_index" else (folders[:-1], folders[-1] if folders else "")
        last = text.header.text("slug") or slug(without_date(f"{stem}")) if stem else ""
        whole = "/".join(filter(None, [*map(slug, folders), last]))
        return f"{self.base()}/{whole}/" if whole else f"{self.base()}/"

    def other_addresses(self, text: TypedText) -> tuple[str, ...]:
        """« aliases », with or without a slash."""
        return tuple(f"/{alias.lstrip('/')}" for alias in text.header.typed_items("aliases"))

    def categories(self, text: TypedText) -> tuple[str, ...]:
        """Under « [taxonomies] »."""
        return text.header.within("taxonomies", "categories") or text.header.within("taxonomies", "category") or super().categories(text)

    def tags(self, text: TypedText) -> tuple[str, ...]:
        """The same; taxonomies of its own stay among the other fields."""
        return text.header.within("taxonomies", "tags") or super().tags(text)

    def feed_id(self, _text: TypedText, address: str, _published: dt.datetime | None) -> str:
        """Its address."""
        root = self.root_address().removesuffix(self.base())
        return root + address if root.startswith("http") else ""

    def published(self, text: TypedText) -> dt.datetime | None:
        """« date », else the day of its name or of its folder."""
        named = date_in_name(text.name) or date_in_name(f"{text.name.rpartition('/')[0]}")
        return super().published(text) or (self._in_zone(named) if named else None)

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """« static/x » is found at « /x »; a file beside « index.md », beside its text."""
        if name.startswith("static/"):
            return (f"{self.base()}/{name[len('static/') :]}",)
        above = name.rpartition("/")[0]
        if self.folder.has(f"{above}/index.md"):
            try:
                return (f"{self.address(self.folder.typed(f'{above}/index.md', self.more_keys))}{PurePosixPath(name).name}",)
            except SourceError:
                pass
        return (f"{self.base()}/{name.removeprefix(self.content)}",)

    def steps(self, work: Work, text: TypedText) -> Work:
        """Calls, then « @/ » links, then names of headings."""
        return work.run(shortcodes.zola, lambda work: self._internal(work, text), lambda work: _ANCHOR.sub(r"\g<heading>", work.text))

    def _internal(self, work: Work, text: TypedText) -> str:
        def address(typed: re.Match[str]) -> str:
            found = self.resolve(typed["name"], text.name)
            if not found:
                work.note("un lien interne vers un texte qui n'est pas dans le dossier.", typed[0])
            return typed["open"] + (found or f"/{typed['name'].removesuffix('.md')}/") + (typed["anchor"] or "")

        return _INTERNAL.sub(address, work.text) if "@/" in work.text else work.text


class ZolaReader(FolderReader):
    """Zola."""

    name = "Zola"
    settings_files: ClassVar[tuple[str, ...]] = ("zola.toml", "config.toml")

    def is_sure(self, folder: Folder) -> bool:
        """« config.toml » is also Hugo's."""
        settings = folder.settings("zola.toml", "config.toml")
        return "base_url" in settings.tree or folder.has("zola.toml")

    def looks_right(self, folder: Folder) -> bool:
        """« [taxonomies] » in headers of TOML, « @/ » links."""
        shape = looks(folder, r"\A\ufeff?\+\+\+\n(?:.*\n)*?\[(?:taxonomies|extra)\]|\]\(@/")
        return shape.count * 4 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder, and its settings."""
        folder = Folder(source, root)
        return _ZolaSite(folder, folder.settings("zola.toml", "config.toml"))
