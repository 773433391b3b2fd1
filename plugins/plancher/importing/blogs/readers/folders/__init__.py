"""Folders of Markdown: one reader for each generator, all of them read as data and none of their code ever run.

A reader knows its generator's header, dates, addresses and shortcodes; ``markup/`` turns what is written in the syntax
of a generator into our Markdown; ``links`` writes the addresses of a text anew.
"""

from __future__ import annotations

from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.folders.astro import AstroReader
from plancher.importing.blogs.readers.folders.eleventy import EleventyReader
from plancher.importing.blogs.readers.folders.hugo import HugoReader
from plancher.importing.blogs.readers.folders.jekyll import JekyllReader
from plancher.importing.blogs.readers.folders.mkdocs import MkDocsReader
from plancher.importing.blogs.readers.folders.nikola import NikolaReader
from plancher.importing.blogs.readers.folders.obsidian import ObsidianReader
from plancher.importing.blogs.readers.folders.pelican import MarkdownFolderReader, PelicanReader
from plancher.importing.blogs.readers.folders.zola import ZolaReader

_READERS = (EleventyReader, AstroReader, MkDocsReader, ZolaReader, HugoReader, JekyllReader, NikolaReader, PelicanReader, ObsidianReader)
FOLDER_READERS: tuple[Reader, ...] = (
    *(reader(by_settings_alone=True) for reader in _READERS),
    *(reader() for reader in _READERS),
    MarkdownFolderReader(),
)
"""Settings first, then what texts look like; the last one takes any folder of Markdown."""
