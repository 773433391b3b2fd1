"""A Ghost export: its JSON alone, or in a folder or an archive beside ``content/images``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerFile, Item
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.ghost.blog import TABLES, Blog
from plancher.importing.blogs.readers.ghost.posts import text
from plancher.importing.blogs.readers.json_tables import rows
from plancher.importing.blogs.source import Source

_START = re.compile(r'\A\s*\{\s*"(?:db"\s*:\s*\[\s*\{\s*"(?:meta|data)"|meta"\s*:\s*\{|data"\s*:\s*\{)')
_SIGNS = ('"exported_on"', '"version"', '"posts"', '"posts_tags"', '"mobiledoc"')
_FOLDERS = ("content/images/", "content/media/", "content/files/")


class Ghost(Reader):
    """Ghost 0 to 6."""

    name = "Ghost"

    def recognises(self, source: Source) -> bool:
        """A JSON that begins with its tables or with when it was made."""
        return bool(_exports(source))

    def read(self, source: Source) -> Iterator[Item]:
        """Small tables first, then posts one at a time."""
        for file in _exports(source):
            with source.open(file) as stream:
                blog = Blog(rows(stream, file, TABLES))
            yield blog.former()
            yield from blog.terms()
            with source.open(file) as stream:
                for _, row in rows(stream, file, frozenset({"posts"})):
                    yield text(row, blog, file)
        yield from _files(source)


def _exports(source: Source) -> list[str]:
    names = [part.name for part in source.named(".json") if part.name.count("/") < 3]  # noqa: PLR2004 - exports lie near the root
    return [name for name in names[:100] if _is_export(source.start(name).decode("utf-8", "replace").lstrip("\ufeff"))]


def _is_export(start: str) -> bool:
    return bool(_START.match(start)) and any(sign in start for sign in _SIGNS)


def _files(source: Source) -> Iterator[FormerFile]:
    for part in source.parts:
        for folder in _FOLDERS:
            place = ("/" + part.name).find("/" + folder)
            if place >= 0:
                address = part.name[place:]
                sized = address.replace("content/images/", "content/images/size/w1000/", 1)
                yield FormerFile(addresses=tuple(dict.fromkeys((f"/{address}", f"/{sized}"))), path=part.name)
                break
