"""Bookmarks of other tools, whatever wrote them: which reader takes a file, and each address once."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from plancher.base import addresses, tracking
from plancher.importing.bookmarks import json_exports as bookmark_json
from plancher.importing.bookmarks import netscape, opml, posts
from plancher.importing.bookmarks import tables as bookmark_table
from plancher.importing.bookmarks.bookmark import Bookmark, UnreadableError, note, words
from plancher.text import typed_link

__all__ = ["Bookmark", "Kept", "UnreadableError", "read"]

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_ORG = re.compile(r"\[\[(https?://[^\]\s<>]+)\](?:\[([^\]]*)\])?\]")
"""A link of Org mode."""
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """What a file holds."""

    bookmarks: list[Bookmark]
    """In its order, each address once."""
    refused: list[str]
    """Addresses that lead nowhere on the web: scripts, folders of browsers, names of machines of one's own network."""


def read(raw: bytes, name: str = "") -> Kept:
    """The bookmarks of a file.

    :param name: of the file: what ends with « .csv » is a table.
    :raises UnreadableError: there is none, or a shape that is not known.
    """
    text = _text(raw)
    start = text.lstrip("\ufeff \t\r\n")
    try:
        found = list(_reader(start, name)(start))
    except RecursionError as error:
        raise UnreadableError("ce fichier a trop de niveaux les uns dans les autres.") from error
    alike: dict[str, list[Bookmark]] = {}
    refused: list[str] = []
    for bookmark in found:
        if addresses.is_web(bookmark.url):
            alike.setdefault(tracking.key(bookmark.url), []).append(bookmark)
        else:
            refused.append(bookmark.url)
    once = [_together(kept) if len(kept) > 1 else kept[0] for kept in alike.values()]
    if not once:
        raise UnreadableError("aucun lien lisible : ni marque-pages Netscape, ni JSON de navigateur ou de service, ni OPML, ni tableau, ni adresses.")
    return Kept(once, refused)


def _together(kept: Sequence[Bookmark]) -> Bookmark:
    """One address that was kept several times: nothing is lost, and it is private if one of them is."""
    return dataclasses.replace(
        kept[0],
        title=next((one.title for one in kept if one.title), ""),
        date=min((one.date for one in kept if one.date), default=None),
        tags=tuple(dict.fromkeys(tag for one in kept for tag in one.tags)),
        note="\n\n".join(dict.fromkeys(one.note for one in kept if one.note)),
        private=any(one.private for one in kept),
    )


def _reader(start: str, name: str) -> Callable[[str], Iterable[Bookmark]]:
    if re.match(r"[\[{]\s*(?:[\[{}\]\"]|\d|-\d|null\b|true\b|false\b|\Z)", start):
        return bookmark_json.read
    head = start[:2000].lower()
    if "<opml" in head:
        return opml.read
    if re.search(r"<posts\b", head):
        return posts.read
    if re.match(r"<\?xml|<(?:rss|feed|plist|xbel)\b", head) and "<html" not in head and "netscape-bookmark" not in head:
        raise UnreadableError("ce fichier XML n'est ni un OPML, ni un export de Delicious ou de Pinboard : il n'est pas lu.")
    if re.match(r"@[a-z]+\s*\{", head):
        raise UnreadableError("une bibliographie BibTeX n'est pas lue : exportez-la en CSV, avec une colonne « url ».")
    if name.lower().endswith((".csv", ".tsv")) or bookmark_table.is_table(start):
        return bookmark_table.read
    return netscape.read if re.search(r"<a\s", start, re.IGNORECASE) else _plain


def _text(raw: bytes) -> str:
    """The text, in whatever letters it says it is, or seems to be."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    said = _CHARSET.search(raw[:2000])
    for encoding in ("utf-8-sig", said[1].decode("ascii") if said else "cp1252", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def _plain(text: str) -> Iterator[Bookmark]:
    """Addresses in lines of text or of Markdown; what stands around one of them is its title and its note."""
    for typed in text.splitlines():
        line = _ORG.sub(r"[\2](<\1>)", typed)
        found = _ADDRESS.findall(line)
        if len(found) > 1:
            yield from (Bookmark(url=link.url, title=words(link.title)) for link in typed_link.every(line))
        elif found:
            link = typed_link.read(_ITEM.sub("", line, count=1).strip(" |•\t"))
            title = "" if link.title == link.url or link.title.endswith("=") else words(link.title).strip(" -–—*•:|[")
            yield Bookmark(url=link.url or typed_link.trimmed(found[0]), title=title, note=note(link.words.strip(" |")))
