"""A reader of a folder: how its generator is recognised, and where its settings stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from plancher.importing.blogs.model import Item
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.folders.folder import MARKDOWN, Folder, root_of
from plancher.importing.blogs.readers.folders.site import Site
from plancher.importing.blogs.source import Source, SourceError


class FolderReader(Reader):
    """Recognises a generator by its files of settings, else by what its texts look like."""

    settings_files: ClassVar[tuple[str, ...]]
    """Names of files, or of folders with a slash at their end, that only this generator has."""

    def __init__(self, *, by_settings_alone: bool = False) -> None:
        """:param by_settings_alone: what texts look like is no sign: another generator may have its settings there."""
        self._by_settings_alone = by_settings_alone

    def recognises(self, source: Source) -> bool:
        """Whether the folder holds a blog of this generator."""
        if source.is_single_file or not any(part.name.lower().endswith((*MARKDOWN, ".html", ".rst")) for part in source.parts):
            return False
        try:
            root = root_of(source, self.settings_files)
            if root is not None and self.is_sure(Folder(source, root)):
                return True
            return not self._by_settings_alone and self.looks_right(Folder(source))
        except SourceError:
            return False

    def read(self, source: Source) -> Iterator[Item]:
        """The items of the blog."""
        yield from self.site(source, root_of(source, self.settings_files) or "").items()

    def is_sure(self, _folder: Folder) -> bool:
        """Whether files of settings that are there are truly those of this generator."""
        return True

    def looks_right(self, _folder: Folder) -> bool:
        """Whether a folder without settings is one of this generator."""
        return False

    def site(self, source: Source, root: str) -> Site:
        """The folder as this generator sees it."""
        raise NotImplementedError
