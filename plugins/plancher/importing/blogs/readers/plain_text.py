"""The plain text of a post, as it is copied from a page: each line is a paragraph."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from plancher.base.slugs import date_in_name, slug, without_date
from plancher.importing.blogs.model import FormerText, Item, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.words import clean
from plancher.importing.blogs.source import Source, decoded

_SHORT = 100
"""Characters of a title, at most."""
_LARGE = 5_000_000
"""Bytes of one text, at most."""


class PlainText(Reader):
    """The plain text of a post, or a folder of such texts."""

    name = "Texte brut"

    def recognises(self, source: Source) -> bool:
        """Files that end with « .txt », and hold text."""
        files = source.named(".txt")
        return bool(files) and all(_is_text(source.start(part.name)) for part in files[:20])

    def read(self, source: Source) -> Iterator[Item]:
        """A text for each file."""
        for part in source.named(".txt"):
            yield _text(clean(decoded(source.read(part.name, _LARGE))), part.name)


def _is_text(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in start


def _text(text: str, file: str) -> FormerText:
    lines = text.lstrip("\ufeff").split("\n")
    title, lines = _title(lines)
    stem = without_date(re.sub(r"\.txt$", "", file, flags=re.IGNORECASE).rpartition("/")[2])
    words = re.sub(r"[-_ ]+", " ", stem).strip()
    return FormerText(
        identifier=f"texte:{hashlib.sha256(file.encode('utf-8', 'replace')).hexdigest()[:16]}",
        place=Place(file=file),
        title=title or words[:1].upper() + words[1:],
        body="\n".join(dom.html_of(dom.el("p", line.strip())) for line in lines if line.strip()),
        published=date_in_name(file.rpartition("/")[2]),
        slug=slug(stem),
    )


def _title(lines: list[str]) -> tuple[str, list[str]]:
    """The first line, if it is short and an empty one follows; and the other lines."""
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    first, following = ("", "") if start >= len(lines) else (lines[start].strip(), lines[start + 1 : start + 2])
    has_text = any(line.strip() for line in lines[start + 1 :])
    is_title = bool(first) and len(first) <= _SHORT and has_text and not "".join(following).strip() and not first.endswith((".", ",", ";", ":", "…"))
    return (first, lines[start + 1 :]) if is_title else ("", lines)
