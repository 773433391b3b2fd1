"""MkDocs with the blog of Material: admonitions, tabs, snippets of the folder, marks. « !!python/… » in its settings is a word.

Sources: squidfunk.github.io/mkdocs-material, « Setting up a blog », « Reference »; facelessuser.github.io/pymdown-extensions.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.importing.blogs.model import FormerBlog
from plancher.importing.blogs.readers.folders import permalinks
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.headers import date_of
from plancher.importing.blogs.readers.folders.markup import admonitions, headings, liquid
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.masks import Masked
from plancher.importing.blogs.readers.folders.site import Site, looks
from plancher.importing.blogs.readers.folders.trees import Settings
from plancher.importing.blogs.source import Source, SourceError


class _MkDocsSite(Site):
    key = "mkdocs"

    @property
    def docs(self) -> str:
        """The folder of texts, with its slash."""
        wanted = self.settings.text("docs_dir").strip("./") or "docs"
        return f"{wanted}/" if any(name.startswith(f"{wanted}/") for name in self.folder.names) else ""

    @property
    def plugin(self) -> Settings:
        """What its settings say of the blog."""
        for plugin in self.settings.list("plugins"):
            if isinstance(plugin, dict):
                for name, options in plugin.items():
                    if name in {"blog", "material/blog"} and isinstance(options, dict):
                        return Settings(options)
        return Settings(self.settings.group("plugins.blog"))

    @property
    def blog_folder(self) -> str:
        """From the folder of texts."""
        return (self.plugin.text("blog_dir") or "blog").strip("./")

    def names(self) -> Iterator[str]:
        """All texts of the folder, without snippets."""
        for name in self.folder.markdown(under=self.docs):
            if not re.search(r"(?:^|/)(?:overrides|includes|snippets|_snippets|\.[^/]*)/", name) and PurePosixPath(name).stem.lower() != "readme":
                yield name

    def blog(self) -> FormerBlog:
        """« site_name », « site_description »."""
        return dataclasses.replace(super().blog(), name=self.settings.text("site_name"), motto=self.settings.text("site_description"))

    def root_address(self) -> str:
        """« site_url »."""
        return self.settings.text("site_url").rstrip("/")

    def language(self) -> str:
        """That of its theme."""
        return self.settings.text("theme.language")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """Those of the RSS plugin."""
        return ((f"{self.base()}/feed_rss_created.xml", "rss"),) if "rss" in str(self.settings.list("plugins")) else ()

    def published(self, text: TypedText) -> dt.datetime | None:
        """« date », or « date: {created: …} »."""
        created = text.header.within("date", "created")
        return super().published(text) or (self._in_zone(date_of(created[0])) if created else None)

    def visible_name(self, name: str) -> str:
        """From the folder of texts."""
        return super().visible_name(name[len(self.docs) :])

    def author(self, typed: str) -> str:
        """Its name in « .authors.yml »."""
        names = [name for name in self.folder.names if name.endswith(".authors.yml")]
        return self.folder.settings(*names).text(f"authors.{typed}.name", f"{typed}.name") or typed

    def slug(self, text: TypedText) -> str:
        """Of its header, else of its title."""
        typed = text.header.text("slug")
        if typed or not self._is_of_the_blog(text):
            return typed or PurePosixPath(self.address(text).strip("/")).name
        title = text.header.text("title") or headings.title_of(Masked(text.body).text)
        return permalinks.with_letters(title) or PurePosixPath(text.name).stem

    def _is_of_the_blog(self, text: TypedText) -> bool:
        return self.published(text) is not None and bool(re.match(rf"{re.escape(self.docs)}(?:{re.escape(self.blog_folder)}/)?posts/", text.name))

    def address(self, text: TypedText) -> str:
        """A post: « post_url_format »; any other text: its path."""
        moment = self.published(text)
        pretty = self.settings.text("use_directory_urls") != "false"
        if self._is_of_the_blog(text) and moment:
            date = self._date(moment)
            categories = "/".join(permalinks.with_letters(name) for name in self.categories(text)[:1])
            values = {"date": date, "slug": self.slug(text), "file": PurePosixPath(text.name).stem, "categories": categories}
            path = re.sub(r"\{(\w+)\}", lambda field: values.get(field[1], ""), self.plugin.text("post_url_format") or "{date}/{slug}")
            return f"{self.base()}{permalinks.from_root(f'{self.blog_folder}/{path}')}{'/' if pretty else '.html'}"
        path = re.sub(r"(?:^|(?<=/))(?:index|README)$", "", str(PurePosixPath(text.name[len(self.docs) :]).with_suffix("")))
        ending = "" if not path or path.endswith("/") else "/" if pretty else ".html"
        return f"{self.base()}/{path}{ending}"

    def _date(self, moment: dt.datetime) -> str:
        """« yyyy/MM/dd »."""
        pattern = self.plugin.text("post_url_date_format") or "yyyy/MM/dd"
        for sign, value in (("yyyy", f"{moment:%Y}"), ("yy", f"{moment:%y}"), ("MM", f"{moment:%m}"), ("dd", f"{moment:%d}"), ("DDD", f"{moment:%j}")):
            pattern = pattern.replace(sign, value)
        return pattern

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Files stand where they lie."""
        return (f"{self.base()}/{name.removeprefix(self.docs)}",)

    def body(self, text: TypedText) -> str:
        """With the files of the folder that it includes."""
        return admonitions.Snippets(self._snippet)(text.body)

    def _snippet(self, name: str) -> str | None:
        for path in (name, f"{self.docs}{name}", *(f"{folder.strip('./')}/{name}" for folder in self._snippet_folders())):
            if self.folder.has(path):
                try:
                    return self.folder.text(path)
                except SourceError:
                    return None
        return None

    def _snippet_folders(self) -> tuple[str, ...]:
        for extension in self.settings.list("markdown_extensions"):
            if isinstance(extension, dict) and isinstance(options := extension.get("pymdownx.snippets"), dict):
                return Settings(options).items("base_path")
        return ("includes", "snippets")

    def steps(self, work: Work, text: TypedText) -> Work:
        """Admonitions first: what they hold is read as the rest."""
        for absent in admonitions.absent(text.body, self._snippet):
            work.note("un extrait d'un autre fichier n'est pas dans le dossier : la ligne reste comme elle est.", absent)
        return work.run(admonitions.admonitions, admonitions.without_attributes, admonitions.marks, liquid.without_attributes)


class MkDocsReader(FolderReader):
    """MkDocs."""

    name = "MkDocs"
    settings_files: ClassVar[tuple[str, ...]] = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")

    def looks_right(self, folder: Folder) -> bool:
        """Admonitions, tabs, snippets."""
        shape = looks(folder, r'(?m)^(?:!!!|\?\?\?\+?) [a-z]|^=== "|^--8<-- "')
        return shape.count * 4 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder, and its settings."""
        folder = Folder(source, root)
        return _MkDocsSite(folder, folder.settings(*self.settings_files))
