"""Eleventy: front matter, data files in JSON, collections as tags. What is JavaScript is counted, never run.

Sources: 11ty.dev/docs, « Front matter », « Permalinks », « Data cascade », « Collections ».
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.base.slugs import without_date
from plancher.importing.blogs.readers.folders import permalinks, trees
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.headers import Header
from plancher.importing.blogs.readers.folders.markup import admonitions, liquid
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site
from plancher.importing.blogs.source import Source, SourceError
from plancher.text.header_keys import normal
from plancher.text.header_lines import HeaderField

_COLLECTIONS = frozenset("post posts all nav page pages blog article articles billet billets note notes".split())
"""Tags that make a list, and say nothing of a text."""
_INPUT = re.compile(r"\binput\s*:\s*[\"'](?P<value>[^\"'\n]+)[\"']")
_EXPRESSION = re.compile(r"\{\{-?\s*(?P<name>[\w.]+)(?P<filters>[^{}]*?)-?\}\}")
_NO_TEXT = frozenset({"readme", "license", "licence", "changelog", "contributing", "code_of_conduct"})


class _EleventySite(Site):
    key = "eleventy"

    @functools.cached_property
    def content(self) -> str:
        """The folder of texts: a literal of the settings says it, which is searched for and not run."""
        typed = self.settings.text("input").strip("./")
        return f"{typed}/" if typed and any(name.startswith(f"{typed}/") for name in self.folder.names) else ""

    def names(self) -> Iterator[str]:
        """All Markdown, without includes and data."""
        for name in self.folder.markdown(under=self.content):
            if re.search(r"(?:^|/)(?:_includes|_data|_layouts|test|tests)/", name) or PurePosixPath(name).stem.lower() in _NO_TEXT:
                continue
            yield name

    def left_out(self, name: str) -> str:
        """« ---js » is code."""
        start = self.folder.start(name).lstrip("\ufeff")
        if re.match(r"---[ \t]*(?:js|javascript|coffee|ts)\b", start):
            return "son en-tête est du code JavaScript, qui n'est jamais exécuté : réécrivez-le en « clé: valeur »."
        return ""

    def root_address(self) -> str:
        """In a file of data, by habit."""
        return self.settings.text("url", "base_url", "baseUrl", "siteUrl").rstrip("/")

    def held_back(self, text: TypedText) -> str:
        """A permalink of « false » writes no page."""
        if text.header.typed("permalink").lower() == "false":
            return "sans page à lui (« permalink: false »)"
        return super().held_back(text)

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Texts without a date: Eleventy took that of the file, which no copy keeps."""
        tags = {normal(tag) for tag in text.header.all_items("tags")}
        return published is None or ("page" in tags and not tags & {"post", "posts", "article", "articles", "billet", "billets"})

    def tags(self, text: TypedText) -> tuple[str, ...]:
        """Without the names of collections."""
        return tuple(tag for tag in text.header.all_items("tags") if normal(tag) not in _COLLECTIONS)

    def address(self, text: TypedText) -> str:
        """« permalink », in which names are filled in, else its path without the day."""
        permalink = text.header.typed("permalink")
        if permalink and permalink.lower() != "false":
            filled = _EXPRESSION.sub(lambda typed: self._value(typed["name"], text), permalink)
            return "" if "{" in filled else self.base() + permalinks.directory(permalinks.from_root(filled.strip()))
        return f"{self.base()}{self._path(text)}"

    def _path(self, text: TypedText) -> str:
        parts = [without_date(part) for part in str(PurePosixPath(text.name[len(self.content) :]).with_suffix("")).split("/")]
        if parts[-1] == "index":
            parts.pop()
        return f"/{'/'.join(parts)}/" if parts else "/"

    def _value(self, name: str, text: TypedText) -> str:
        moment = self.published(text)
        stem = PurePosixPath(text.name).stem
        own = without_date(stem if stem != "index" else PurePosixPath(text.name).parent.name)
        match name:
            case "page.fileSlug":
                return own
            case "page.filePathStem":
                return self._path(text).rstrip("/")
            case "page.date" | "date":
                return f"{moment:%Y/%m/%d}" if moment else ""
            case "title":
                return permalinks.with_letters(text.header.text("title"))
            case _:
                return text.header.typed(normal(name.rpartition(".")[2])) or text.header.text(name)

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Copied where they lie below the folder of texts."""
        short = name.removeprefix(self.content)
        return (f"{self.base()}/{short}", f"{self.base()}/{re.sub('^(?:public|static)/', '', short)}")

    def steps(self, work: Work, text: TypedText) -> Work:
        """Liquid or Nunjucks, then lists of attributes."""

        def value(name: str) -> str:
            return {"title": text.header.text("title"), "page.url": self.address(text)}.get(name, "")

        return work.run(liquid.Liquid(self.root_address(), self.base(), value), admonitions.marks, liquid.without_attributes, admonitions.without_attributes)


class _EleventyFolder(Folder):
    """A text has the data of its folders too, where they are JSON."""

    def typed(self, name: str, more: Mapping[str, str] | None = None) -> TypedText:
        """The text; what its own header says counts first, tags of all are joined."""
        text = super().typed(name, more)
        fields = list(text.header.raw.fields)
        own = {normal(field.key) for field in fields}
        for data in self._data_files(name):
            for key, value in self._tree(data).items():
                items = tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
                if isinstance(value, dict) or (normal(key) in own and normal(key) != "tags"):
                    continue
                fields.append(HeaderField(key, trees.shown(value), 1, items))
                own.add(normal(key))
        raw = dataclasses.replace(text.header.raw, fields=tuple(fields))
        return dataclasses.replace(text, header=Header(raw, self.text(name).split("\n"), more or {}))

    def _tree(self, name: str) -> dict[str, trees.Tree]:
        try:
            return trees.of_json(self.text(name))
        except SourceError:
            return {}

    def _data_files(self, name: str) -> Iterator[str]:
        """« x.json » and « x.11tydata.json » beside the text, then those of each folder above."""
        stem = str(PurePosixPath(name).with_suffix(""))
        folders = [str(folder) for folder in PurePosixPath(name).parents if str(folder) != "."]
        for base in (stem, *(f"{folder}/{PurePosixPath(folder).name}" for folder in folders)):
            yield from (data for data in (f"{base}.11tydata.json", f"{base}.json") if self.has(data))


class EleventyReader(FolderReader):
    """Eleventy."""

    name = "Eleventy"
    settings_files: ClassVar[tuple[str, ...]] = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts")

    def looks_right(self, folder: Folder) -> bool:
        """Data files by its name."""
        return any(".11tydata." in name for name in folder.names)

    def site(self, source: Source, root: str) -> Site:
        """The folder; of its settings, which are code, only the name of the folder of texts is searched for."""
        folder = _EleventyFolder(source, root, keeps="public")
        tree: dict[str, trees.Tree] = {}
        for name in self.settings_files:
            found = _INPUT.search(folder.text(name)) if folder.has(name) else None
            if found:
                tree["input"] = found["value"]
        data = [name for name in folder.names if re.search(r"(?:^|/)_data/(?:site|metadata|meta)\.(?:json|ya?ml)$", name)]
        return _EleventySite(folder, trees.merged([trees.Settings(tree), folder.settings(*data)]))
