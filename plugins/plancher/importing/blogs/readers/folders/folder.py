"""The folder of a former blog, from where its settings stand."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from plancher.importing.blogs.model import Place
from plancher.importing.blogs.readers.folders import headers, trees
from plancher.importing.blogs.readers.folders.headers import Header
from plancher.importing.blogs.source import Source, SourceError, decoded

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")
OTHER_TEXTS = {
    ".rst": "reStructuredText",
    ".adoc": "AsciiDoc",
    ".asciidoc": "AsciiDoc",
    ".org": "Org",
    ".textile": "Textile",
    ".ipynb": "carnet Jupyter",
    ".pug": "Pug",
    ".haml": "Haml",
}
_FILES = frozenset(
    "jpg jpeg png gif webp avif svg bmp tif tiff heic ico pdf epub odt ods odp doc docx xls xlsx ppt pptx csv tsv zip gz tar 7z rar mp3 ogg oga opus m4a wav"
    " flac mp4 webm ogv mov m4v avi mkv vtt srt txt gpx kml geojson ics bib tex".split()
)
"""What a text shows or gives to take away; the looks and the code of a site stay there."""
_MACHINERY = frozenset("node_modules _layouts _includes _sass _site __pycache__ .github .git .obsidian .trash .vscode .idea .jekyll-cache .cache .venv".split())
"""Folders that hold the looks or the tools of a site, wherever they stand."""
_TOP_MACHINERY = frozenset("themes theme layouts archetypes i18n public output dist resources vendor plugins includes".split())
"""The same at the root; deeper, these are words like others."""
_TOPS = [[name] for name in sorted(_TOP_MACHINERY)]
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that nobody sees, which a text may not hold here."""
_LARGEST = 5_000_000
"""Bytes of a text."""


@dataclasses.dataclass(frozen=True, slots=True)
class TypedText:
    """A text as it lies in the folder."""

    name: str
    """From the folder's root."""
    place: Place
    header: Header
    body: str
    first_line: int
    """Of the body."""


class Folder:
    """Names are those of the source, without the folders above the settings."""

    def __init__(self, source: Source, root: str = "", *, keeps: str = "") -> None:
        """:param keeps: a folder that holds content here, and the finished site elsewhere."""
        self.source, self.root, self.keeps = source, root, keeps
        self.names = tuple(part.name[len(root) :] for part in source.parts if part.name.startswith(root))
        self._names = frozenset(self.names)

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""
        return name in self._names

    def markdown(self, *, under: str = "") -> Iterator[str]:
        """The names of all texts in Markdown below a folder."""
        return (name for name in self.names if name.startswith(under) and name.lower().endswith(MARKDOWN) and not self._is_machinery(name))

    def text(self, name: str) -> str:
        """A whole file as text.

        :raises SourceError: it cannot be read, or is no text by its size.
        """
        return decoded(self.source.read(self.root + name, _LARGEST)).replace("\r\n", "\n").replace("\r", "\n")

    def start(self, name: str) -> str:
        """Its first lines."""
        return decoded(_whole_characters(self.source.start(self.root + name))).replace("\r\n", "\n").replace("\r", "\n")

    def place(self, name: str) -> Place:
        """Where a file stands in the source."""
        return Place(file=self.root + name)

    def typed(self, name: str, more: Mapping[str, str] | None = None) -> TypedText:
        """A text with its header.

        :raises SourceError: it cannot be read.
        """
        lines = _HIDDEN.sub("", self.text(name)).split("\n")
        header = headers.split(lines, more)
        return TypedText(name, self.place(name), header, "\n".join(lines[header.raw.body_start :]), header.raw.body_start + 1)

    def settings(self, *names: str) -> trees.Settings:
        """The files of settings of these names that are there, the first ones first."""
        found = []
        for name in names:
            if self.has(name):
                try:
                    found.append(trees.read(self.text(name), name))
                except SourceError:
                    continue
        return trees.merged(found)

    def files(self, *, under: str = "") -> Iterator[str]:
        """The pictures and other files that a text may show."""
        for name in self.names:
            if name.startswith(under) and PurePosixPath(name).suffix.lower().lstrip(".") in _FILES and not self._is_machinery(name):
                yield name

    def _is_machinery(self, name: str) -> bool:
        return is_machinery(name) and not (self.keeps and name.startswith(f"{self.keeps}/"))


def is_machinery(name: str) -> bool:
    """Whether a file belongs to the looks or the tools of a site."""
    folders = name.split("/")[:-1]
    return not _MACHINERY.isdisjoint(folders) or folders[:1] in _TOPS


def root_of(source: Source, names: Iterable[str]) -> str | None:
    """The folder that holds one of these, the nearest one to the root; None when none is there.

    :param names: of files, or of folders with a slash at their end.
    """
    wanted = [re.compile(rf"(?P<root>(?:[^/]+/)*?){re.escape(name)}{'' if name.endswith('/') else '$'}") for name in names]
    roots = (match["root"] for part in source.parts if not is_machinery(part.name) for shape in wanted if (match := shape.match(part.name)))
    return min(roots, key=lambda root: (root.count("/"), root), default=None)


def _whole_characters(raw: bytes) -> bytes:
    """Without the letter that the end of a piece cuts."""
    for cut in range(min(4, len(raw))):
        try:
            raw[: len(raw) - cut].decode()
        except UnicodeDecodeError:
            continue
        return raw[: len(raw) - cut]
    return raw
