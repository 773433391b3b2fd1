"""Nikola: « .. key: value » lines, in a comment or in a file beside the text. « conf.py » is read as literals, never run.

Source: getnikola.com/handbook.html.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import ClassVar

from plancher.importing.blogs.model import FormerBlog
from plancher.importing.blogs.readers.folders import headers, permalinks
from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import admonitions, liquid, shortcodes
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks
from plancher.importing.blogs.source import Source

_LANGUAGE = re.compile(r"\.(?P<lang>[a-z]{2}(?:_[A-Z]{2})?)\.[a-z]+$")
_NO_TEXT = frozenset({"readme", "license", "licence", "changelog", "contributing"})
_STATES = frozenset({"draft", "private", "mathjax", "retired", "nocomments"})
"""Words that Nikola took among tags, and that are none."""


class _NikolaSite(Site):
    key = "nikola"

    def names(self) -> Iterator[str]:
        """All Markdown of the folders of posts and pages."""
        for name in self.folder.markdown():
            if PurePosixPath(name).stem.lower() not in _NO_TEXT and not name.startswith(("files/", "listings/", "templates/")):
                yield name

    def root_address(self) -> str:
        """« SITE_URL »."""
        return self.settings.text("SITE_URL", "BASE_URL").rstrip("/")

    def blog(self) -> FormerBlog:
        """Its own names of settings."""
        return dataclasses.replace(super().blog(), name=self.settings.text("BLOG_TITLE"), motto=self.settings.text("BLOG_DESCRIPTION"))

    def language(self) -> str:
        """« DEFAULT_LANG »."""
        return self.settings.text("DEFAULT_LANG")

    def timezone(self) -> str:
        """« TIMEZONE »; without one, Nikola counts in UTC."""
        return self.settings.text("TIMEZONE")

    def feeds(self) -> tuple[tuple[str, str], ...]:
        """« rss.xml », and « index.atom » when it is asked for."""
        return ((f"{self.base()}/rss.xml", "rss"), (f"{self.base()}/index.atom", "atom"))

    def is_page(self, text: TypedText, published: dt.datetime | None) -> bool:
        """Those of « pages/ » and « stories/ »."""
        return text.name.startswith(("pages/", "stories/")) or published is None

    def held_back(self, text: TypedText) -> str:
        """« status », formerly said among tags."""
        retired = {"draft": "brouillon", "private": "privé", "retired": "retiré"}
        sign = next((tag for tag in text.header.items("tags") if tag.lower() in retired), "")
        return f"{retired[sign.lower()]} (mot-clé « {sign} »)" if sign else super().held_back(text)

    def tags(self, text: TypedText) -> tuple[str, ...]:
        """Without the words that are states."""
        return tuple(tag for tag in super().tags(text) if tag.lower() not in _STATES)

    def address(self, text: TypedText) -> str:
        """The folder's address and the slug; pretty unless the settings say otherwise."""
        folder = text.name.split("/")[0] if "/" in text.name else ""
        target = self._target(folder)
        below = text.name.split("/")[1:-1]
        lang = _LANGUAGE.search(text.name)
        prefix = f"/{lang['lang']}" if lang and lang["lang"] != self.language() else ""
        stem = re.sub(_LANGUAGE, "", text.name).rpartition("/")[2]
        slug = text.header.text("slug") or PurePosixPath(stem).stem if not lang else text.header.text("slug") or stem
        path = permalinks.from_root("/".join(filter(None, [target, *below, slug])))
        return f"{self.base()}{prefix}{path}{'.html' if self.settings.text('PRETTY_URLS') == 'false' else '/'}"

    def _target(self, folder: str) -> str:
        for group in ("POSTS", "PAGES"):
            for rule in self.settings.list(group):
                if isinstance(rule, list) and len(rule) > 1 and isinstance(rule[0], str) and isinstance(rule[1], str) and rule[0].startswith(f"{folder}/"):
                    return rule[1]
        return "" if folder == "pages" else folder

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """« files/x » is found at « /x »; « images/ » and « galleries/ » at their own."""
        return (f"{self.base()}/{name.removeprefix('files/')}",)

    def steps(self, work: Work, _text: TypedText) -> Work:
        """Shortcodes, then Python-Markdown's extensions."""
        return work.run(shortcodes.hugo, admonitions.admonitions, admonitions.without_attributes, liquid.without_attributes)

    def body(self, text: TypedText) -> str:
        """Without the comment of an excerpt that Nikola wrote its own way."""
        return text.body.replace("<!-- END_TEASER -->", "<!-- TEASER_END -->")


class _NikolaFolder(Folder):
    """The header may stand in a file of its own."""

    def typed(self, name: str, more: Mapping[str, str] | None = None) -> TypedText:
        """The text and its « .meta »."""
        text = super().typed(name, more)
        beside = re.sub(r"\.[a-z]+$", ".meta", name)
        if not self.has(beside):
            return text
        lines = self.text(beside).split("\n")
        if lines and ".. " not in "\n".join(lines[:3]) and "---" not in lines[0]:  # formerly: a title, a slug, a date, tags, a line each
            lines = [f".. {key}: {value}" for key, value in zip(("title", "slug", "date", "tags", "link", "description"), lines, strict=False) if value.strip()]
        header = headers.split(lines)
        whole = text.body if text.header.fields else self.text(name)
        return dataclasses.replace(text, header=header, body=whole) if header.fields else text


class NikolaReader(FolderReader):
    """Nikola."""

    name = "Nikola"
    settings_files: ClassVar[tuple[str, ...]] = ("conf.py",)

    def is_sure(self, folder: Folder) -> bool:
        """« conf.py » is also Sphinx's."""
        return re.search(r"(?m)^(?:BLOG_TITLE|BLOG_AUTHOR|POSTS)\s*=", folder.text("conf.py")) is not None

    def looks_right(self, folder: Folder) -> bool:
        """« .. title: » above a text."""
        shape = looks(folder, r"\A\ufeff?\s*(?:<!--\s*)?\.\. (?:title|slug|date):")
        return shape.count * 2 > shape.of or (any(name.endswith(".meta") for name in folder.names) and next(folder.markdown(), None) is not None)

    def site(self, source: Source, root: str) -> Site:
        """The folder, and the literals of its settings."""
        folder = _NikolaFolder(source, root)
        return _NikolaSite(folder, folder.settings("conf.py"))
