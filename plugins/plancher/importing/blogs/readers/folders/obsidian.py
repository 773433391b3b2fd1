"""Obsidian: notes that link to each other by name. A vault is private first: what says « publish: false » stays out.

Sources: help.obsidian.md, « Obsidian Flavored Markdown », « Properties », « Publish ».
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import ClassVar

from plancher.importing.blogs.readers.folders.folder import Folder, TypedText
from plancher.importing.blogs.readers.folders.folder_reader import FolderReader
from plancher.importing.blogs.readers.folders.markup import admonitions, obsidian
from plancher.importing.blogs.readers.folders.markup.work import Work
from plancher.importing.blogs.readers.folders.site import Site, looks
from plancher.importing.blogs.readers.folders.trees import Settings
from plancher.importing.blogs.source import Source, SourceError

_TEMPLATES = re.compile(r"(?:^|/)(?:_?templates?|modèles?|gabarits?)/", re.IGNORECASE)


class _ObsidianSite(Site):
    key = "obsidian"

    def names(self) -> Iterator[str]:
        """All notes, without models and the bin."""
        return (name for name in self.folder.markdown() if not self._is_model(name))

    def _is_model(self, name: str) -> bool:
        typed = self.settings.text("folder").strip("/")
        return _TEMPLATES.search(name) is not None or bool(typed and name.startswith(f"{typed}/"))

    @functools.cached_property
    def _says_publish(self) -> bool:
        """Whether any note says « publish: true »: the others are then not public."""
        return any(re.search(r"(?m)^publish:[ \t]*(?:true|yes|oui)[ \t]*$", self.folder.start(name)) for name in self.names())

    def held_back(self, text: TypedText) -> str:
        """« publish », and what its header says."""
        typed = text.header.typed("publish").lower()
        if self._says_publish and not typed:
            return "sans « publish: true », que d'autres notes du dossier portent"
        return super().held_back(text)

    def address(self, text: TypedText) -> str:
        """As Obsidian Publish has it: its path, spaces as plus signs; « permalink » before."""
        typed = text.header.typed("permalink")
        return f"/{(typed or re.sub(r'[.]md$', '', text.name).replace(' ', '+')).strip('/')}"

    def slug(self, text: TypedText) -> str:
        """Of its header; else its title gives one."""
        return text.header.text("slug")

    def other_addresses(self, _text: TypedText) -> tuple[str, ...]:
        """« aliases » are names here."""
        return ()

    def is_page(self, _text: TypedText, published: dt.datetime | None) -> bool:
        """Notes without a date."""
        return published is None

    def title(self, text: TypedText, work: Work) -> str:
        """Of its header; else its first heading; else the name of the file."""
        return super().title(text, work) or text.name.rpartition("/")[2].removesuffix(".md")

    def tags(self, text: TypedText) -> tuple[str, ...]:
        """« a/b » is two."""
        return tuple(dict.fromkeys(part for tag in super().tags(text) for part in tag.lstrip("#").split("/") if part))

    def file_addresses(self, name: str) -> tuple[str, ...]:
        """Files stand where they lie."""
        return (f"/{name}",)

    def steps(self, work: Work, _text: TypedText) -> Work:
        """What is private goes first."""
        steps = [obsidian.private, obsidian.callouts, obsidian.wikilinks, obsidian.tags, obsidian.block_ids, admonitions.marks]
        return work.run(*steps) if self.settings.text("strictLineBreaks") == "true" else work.run(*steps, obsidian.line_breaks)


class _Vault(Folder):
    """A folder of notes."""

    def markdown(self, *, under: str = "") -> Iterator[str]:
        """Notes alone: « .md »."""
        return (name for name in super().markdown(under=under) if name.endswith(".md") and not name.endswith(".excalidraw.md"))


class ObsidianReader(FolderReader):
    """Obsidian."""

    name = "Obsidian"
    settings_files: ClassVar[tuple[str, ...]] = (".obsidian/",)

    def recognises(self, source: Source) -> bool:
        """Its hidden folder, else wikilinks."""
        if source.is_single_file or not source.named(".md"):
            return False
        if any(re.search(r"(?:^|/)\.obsidian/", part.name) for part in source.parts):
            return True
        return super().recognises(source)

    def looks_right(self, folder: Folder) -> bool:
        """Wikilinks, private remarks."""
        shape = looks(folder, r"\[\[[^\[\]\n]+\]\]|%%[^%\n]+%%")
        return shape.count * 4 > shape.of

    def site(self, source: Source, root: str) -> Site:
        """The folder; two of its files of settings say where models stand, and what ends a line."""
        roots = (match[1] for part in source.parts if (match := re.match(r"((?:[^/]+/)*?)\.obsidian/", part.name)))
        folder = _Vault(source, min(roots, key=len, default=root))
        try:
            settings = folder.settings(".obsidian/app.json", ".obsidian/templates.json")
        except SourceError:
            settings = Settings()
        return _ObsidianSite(folder, settings)
