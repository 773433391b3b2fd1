"""Bookmarks of other tools: which reader takes a file, and each address once."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from plancher.base import addresses, tracking
from plancher.importing.bookmarks import json_exports, netscape, opml, posts, tables
from plancher.importing.bookmarks.bookmark import Bookmark, UnreadableFileError, note, words
from plancher.text import typed_link

__all__ = ["Bookmark", "BookmarkFile", "UnreadableFileError", "read"]

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ORG_LINK = re.compile(r"\[\[(https?://[^\]\s<>]+)\](?:\[([^\]]*)\])?\]")
"""A link of Org mode."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")


@dataclasses.dataclass(frozen=True, slots=True)
class BookmarkFile:
    """The content of a file."""

    bookmarks: list[Bookmark]
    """In its order, each address once."""
    refused: list[str]
    """Addresses that are not on the web: scripts, folders of browsers, machines of a local network."""


def read(raw: bytes, name: str = "") -> BookmarkFile:
    """The bookmarks of a file.

    :param name: of the file: « .csv » means a table.
    :raises UnreadableFileError: there is none, or the format is unknown.
    """
    text = _decoded(raw)
    start = text.lstrip("\ufeff \t\r\n")
    try:
        bookmarks = list(_choose_reader(start, name)(start))
    except RecursionError as error:
        raise UnreadableFileError("ce fichier a trop de niveaux les uns dans les autres.") from error
    by_key: dict[str, list[Bookmark]] = {}
    refused: list[str] = []
    for bookmark in bookmarks:
        if addresses.is_web(bookmark.url):
            by_key.setdefault(tracking.key(bookmark.url), []).append(bookmark)
        else:
            refused.append(bookmark.url)
    merged = [_merged(same) if len(same) > 1 else same[0] for same in by_key.values()]
    if not merged:
        raise UnreadableFileError("aucun lien lisible : ni marque-pages Netscape, ni JSON de navigateur ou de service, ni OPML, ni tableau, ni adresses.")
    return BookmarkFile(merged, refused)


def _merged(same: Sequence[Bookmark]) -> Bookmark:
    """One bookmark from several of the same address: nothing is lost, and it is private if one of them is."""
    return dataclasses.replace(
        same[0],
        title=next((bookmark.title for bookmark in same if bookmark.title), ""),
        date=min((bookmark.date for bookmark in same if bookmark.date), default=None),
        tags=tuple(dict.fromkeys(tag for bookmark in same for tag in bookmark.tags)),
        note="\n\n".join(dict.fromkeys(bookmark.note for bookmark in same if bookmark.note)),
        private=any(bookmark.private for bookmark in same),
    )


def _choose_reader(start: str, name: str) -> Callable[[str], Iterable[Bookmark]]:
    if re.match(r"[\[{]\s*(?:[\[{}\]\"]|\d|-\d|null\b|true\b|false\b|\Z)", start):
        return json_exports.read
    head = start[:2000].lower()
    if "<opml" in head:
        return opml.read
    if re.search(r"<posts\b", head):
        return posts.read
    if re.match(r"<\?xml|<(?:rss|feed|plist|xbel)\b", head) and "<html" not in head and "netscape-bookmark" not in head:
        raise UnreadableFileError("ce fichier XML n'est ni un OPML, ni un export de Delicious ou de Pinboard : il n'est pas lu.")
    if re.match(r"@[a-z]+\s*\{", head):
        raise UnreadableFileError("une bibliographie BibTeX n'est pas lue : exportez-la en CSV, avec une colonne « url ».")
    if name.lower().endswith((".csv", ".tsv")) or tables.is_table(start):
        return tables.read
    return netscape.read if re.search(r"<a\s", start, re.IGNORECASE) else _read_lines


def _decoded(raw: bytes) -> str:
    """The text, in the encoding that it declares or seems to have."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    declared = _CHARSET.search(raw[:2000])
    for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "cp1252", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def _read_lines(text: str) -> Iterator[Bookmark]:
    """Addresses in lines of text or of Markdown; the words around one of them are its title and its note."""
    for typed in text.splitlines():
        line = _ORG_LINK.sub(r"[\2](<\1>)", typed)
        urls = _ADDRESS.findall(line)
        if len(urls) > 1:
            yield from (Bookmark(url=link.url, title=words(link.title)) for link in typed_link.every(line))
        elif urls:
            link = typed_link.read(_ITEM.sub("", line, count=1).strip(" |•\t"))
            title = "" if link.title == link.url or link.title.endswith("=") else words(link.title).strip(" -–—*•:|[")
            yield Bookmark(url=link.url or typed_link.trimmed(urls[0]), title=title, note=note(link.words.strip(" |")))
