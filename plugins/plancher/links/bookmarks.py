"""Bookmarks of other tools: Netscape files, Pinboard and linkding JSON, OPML, plain addresses.

Sources: the Netscape format as browsers, Delicious, Pinboard and Shaarli write
it (learn.microsoft.com, « Netscape Bookmark File Format »); Pinboard's and
linkding's exports; opml.org/spec2.opml.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email.utils
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from plancher.core import addresses, tracking
from plancher.core.source import FORBIDDEN
from plancher.links import soup

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_YES = frozenset({"1", "true", "yes", "on", "y", "t", "+", "oui"})
_NO = frozenset({"0", "false", "no", "off", "n", "f", "-", "non"})
_MILLI, _MICRO = 10**11, 10**14
"""Seconds since the epoch are fewer than these; some tools count finer."""
_LINKDING_NOTES = re.compile(r"\[/?linkding-notes\]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


_BRACKETS = {")": "(", "]": "[", "}": "{"}
_STOPS = frozenset(".,;:!?»")


class UnreadableError(ValueError):
    """The file holds no bookmark that we know how to read; the message says so in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """One address that somebody kept."""

    url: str
    """As it was kept."""
    title: str = ""
    date: dt.date | None = None
    """When it was kept."""
    tags: tuple[str, ...] = ()
    note: str = ""
    private: bool = False

    @property
    def clean(self) -> str:
        """The address without tracking parameters."""
        return tracking.clean(self.url)


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """What a file holds."""

    bookmarks: list[Bookmark]
    """In its order, each address once."""
    refused: list[str]
    """Addresses that lead nowhere on the web: scripts, folders of browsers, names of machines of one's own network."""


def read(raw: bytes) -> Kept:
    """The bookmarks of a file.

    :raises UnreadableError: there is none.
    """
    text = _text(raw)
    start = text.lstrip("\ufeff \t\r\n")
    try:
        found = list(_reader(start)(start))
    except RecursionError as error:
        raise UnreadableError("ce fichier a trop de niveaux les uns dans les autres.") from error
    alike: dict[str, list[Bookmark]] = {}
    for bookmark in found:
        if addresses.is_web(bookmark.url):
            alike.setdefault(tracking.key(bookmark.url), []).append(bookmark)
    once = [_together(kept) if len(kept) > 1 else kept[0] for kept in alike.values()]
    if not once:
        raise UnreadableError("aucun lien lisible : ni marque-pages Netscape, ni JSON de Pinboard ou de linkding, ni OPML, ni adresses.")
    return Kept(once, [bookmark.url for bookmark in found if not addresses.is_web(bookmark.url)])


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


def _reader(start: str) -> Callable[[str], Iterable[Bookmark]]:
    if start[:1] in {"[", "{"} and not re.match(r"\[[^\]\n]*\]\(", start):
        return _json
    head = start[:2000].lower()
    if "<opml" in head:
        return _opml
    return _netscape if re.search(r"<a\s", start, re.IGNORECASE) else _plain


def _text(raw: bytes) -> str:
    """The text, in whatever letters it says it is, or seems to be."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    said = _CHARSET.search(raw[:2000])
    for encoding in ("utf-8-sig", said[1].decode("ascii") if said else "cp1252", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


def _words(text: object) -> str:
    return " ".join(FORBIDDEN.sub("", str(text or "")).split())


def _date(typed: object) -> dt.date | None:
    """A day from seconds, thousandths or millionths since the epoch, ISO 8601, or a date as mail has it."""
    text = str(typed or "").strip()
    with contextlib.suppress(ValueError, OverflowError, OSError):
        if re.fullmatch(r"\d{6,}", text):
            number = int(text)
            seconds = number / 1_000_000 if number >= _MICRO else number / 1000 if number >= _MILLI else number
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date() if seconds else None
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text[:10])
        if re.match(r"\d{1,2}/[A-Z][a-z]{2}/\d{4}:", text):  # as servers write it in their journals
            return email.utils.parsedate_to_datetime(text.replace("/", " ", 2).replace(":", " ", 1)).date()
        return email.utils.parsedate_to_datetime(text).date()
    return None


def _tags(typed: object) -> tuple[str, ...]:
    """Names between commas, or between spaces where there is no comma."""
    if isinstance(typed, list):
        names = [_words(name) for name in typed]
    else:
        text = _words(typed)
        names = [name.strip() for name in (re.split(r"[,;]", text) if re.search(r"[,;]", text) else text.split(" "))]
    return tuple(dict.fromkeys(name.lstrip("#") for name in names if name.lstrip("#")))


def _note(text: str) -> str:
    """A note with its lines, its paragraphs and its lists, without the indentation of the file around it."""
    first, _, rest = "\n".join(FORBIDDEN.sub("", line).rstrip() for line in text.splitlines()).strip("\n").partition("\n")
    return re.sub(r"\n{3,}", "\n\n", f"{first.strip()}\n{textwrap.dedent(rest)}".strip())


def _encoded(address: str) -> str:
    """An address as it must be written, where a browser wrote it as it is read."""
    return re.sub(r"\s", lambda space: "%20" if space[0] == " " else "", address.strip())


_DEEPEST = 12
"""Folders around a bookmark that are its tags."""


def _netscape(text: str) -> Iterable[Bookmark]:
    reader = _Netscape()
    for piece in soup.read(text):
        if isinstance(piece, str):
            reader.words(piece)
        elif piece.is_end:
            reader.close(piece.name)
        else:
            reader.open(piece.name, piece.attributes)
    reader.end()
    return reader.found


class _Netscape:
    """``<DT><A HREF…>title</A><DD>note``, in folders; the tags are rarely closed."""

    def __init__(self) -> None:
        self.found: list[Bookmark] = []
        self._folders: list[str] = []
        self._next_folder = ""
        self._into = ""
        """What the text that comes belongs to: « title », « note », « folder », or nothing."""
        self._attributes: dict[str, str] = {}
        self._parts: dict[str, list[str]] = {"title": [], "note": [], "folder": []}
        self._is_open = False
        self._begins_line = True
        """Whether nothing stands yet on this line of a note."""
        self._has_items = False
        """Whether bookmarks are items of lists: else a link that begins a line is a bookmark, in a note too."""

    def open(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "a" if self._into == "note" and not self._is_bookmark(given):
                pass  # a link in a note: its words are the note's
            case "a":
                self.end()
                self._attributes, self._is_open, self._into = given, True, "title"
            case "dd":
                self._into, self._begins_line = "note" if self._is_open else "", True
            case "h3":
                self.end()
                self._into, self._parts["folder"] = "folder", []
                is_special = any(name.endswith("_folder") for name in given) or "personal_toolbar_folder" in given
                self._attributes = {"special": "1"} if is_special else {}
            case "dl":
                self.end()
                self._folders.append(self._next_folder)
                self._next_folder = ""
            case "dt" | "li":
                self.end()
                self._has_items = True
            case "br" if self._into == "note":
                self.words("\n")
            case _:
                pass

    def _is_bookmark(self, given: Mapping[str, str]) -> bool:
        """Whether a link that comes in a note is a bookmark of its own, as where nothing else parts them."""
        return bool({"add_date", "tags", "private"} & set(given)) or (self._begins_line and not self._has_items)

    def close(self, tag: str) -> None:
        match tag:
            case "a" if self._into == "title":
                self._into = ""
            case "h3":
                name = _words("".join(self._parts["folder"]))
                self._next_folder = "" if self._attributes.get("special") else name
                self._into = ""
            case "dl":
                self.end()
                if self._folders:
                    self._folders.pop()
            case _:
                pass

    def words(self, text: str) -> None:
        if self._into:
            self._parts[self._into].append(text)
            _, line, last = text.rpartition("\n")
            self._begins_line = (self._begins_line or bool(line)) and not last.strip()

    def end(self) -> None:
        """The bookmark that was being read is whole."""
        if self._is_open:
            given = self._attributes
            note = _LINKDING_NOTES.sub("\n", "".join(self._parts["note"]) or given_note(given))
            self.found.append(
                Bookmark(
                    url=_encoded(given.get("href", "")),
                    title=_words("".join(self._parts["title"])),
                    date=_date(next((given[name] for name in ("add_date", "time_added", "created", "date_added", "last_modified") if given.get(name)), "")),
                    tags=tuple(dict.fromkeys([*_tags(given.get("tags") or given.get("labels")), *filter(None, self._folders[-_DEEPEST:])])),
                    note=_note(note),
                    private=_is_private(given),
                )
            )
        self._is_open, self._into = False, ""
        self._parts["title"], self._parts["note"] = [], []


def given_note(attributes: Mapping[str, str]) -> str:
    """The note that some tools write among the attributes."""
    return attributes.get("note") or attributes.get("description") or ""


def _is_private(given: Mapping[str, Any]) -> bool:
    """Whether its owner kept it for himself, however the tool says so; in any doubt, or if two words differ, he did."""
    said = {name: str(value).strip().lower() for name, value in given.items()}
    kept = any(said[name] not in _NO for name in ("private", "is_private") if name in said)
    return kept or any(said[name] not in _YES for name in ("shared", "public", "published", "pub") if name in said)


def _json(text: str) -> Iterator[Bookmark]:
    """Pinboard: a list with ``href``; linkding: ``results``, or a list, with ``url``."""
    try:
        typed = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"ce JSON ne se lit pas à partir de la ligne {error.lineno}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("ce JSON ne se lit pas : trop de niveaux, ou un nombre sans fin.") from error
    items = typed.get("results", typed.get("bookmarks", [])) if isinstance(typed, dict) else typed
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        is_pinboard = "href" in item
        title = item.get("description") if is_pinboard else item.get("title") or item.get("website_title")
        notes = [item.get("extended")] if is_pinboard else [item.get("description"), item.get("notes")]
        yield Bookmark(
            url=str(item.get("href") or item.get("url") or "").strip(),
            title=_words(title),
            date=_date(item.get("time") or item.get("date_added") or item.get("created")),
            tags=_tags(item.get("tags", "") if is_pinboard else item.get("tag_names", item.get("tags", []))),
            note="\n\n".join(filter(None, (_note(str(note)) for note in notes if note))),
            private=_is_private(item),
        )


def _opml(text: str) -> Iterator[Bookmark]:
    if "<!ENTITY" in text or "<!entity" in text:
        raise UnreadableError("ce fichier OPML définit des entités : il n'est pas lu.")
    try:
        root = ET.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))  # noqa: S314 - entities are refused just before
    except ET.ParseError as error:
        raise UnreadableError(f"ce fichier OPML ne se lit pas à partir de la ligne {error.position[0]}.") from error
    waiting = [(outline, ()) for outline in reversed(root.findall("./body/outline"))]  # type: list[tuple[ET.Element, tuple[str, ...]]]
    while waiting:
        outline, folders = waiting.pop()
        given = {name.lower(): value for name, value in outline.attrib.items()}
        url = given.get("htmlurl") or given.get("url") or given.get("xmlurl") or ""
        title = _words(given.get("title") or given.get("text"))
        if url:
            categories = [part.rpartition("/")[2] for part in given.get("category", "").split(",")]
            yield Bookmark(
                url=url.strip(),
                title=title,
                date=_date(given.get("created")),
                tags=tuple(dict.fromkeys([*_tags(categories), *folders])),
                note=_words(given.get("description")),
            )
        inside = folders if url or not title else (*folders, title)[-_DEEPEST:]
        waiting += [(one, inside) for one in reversed(outline.findall("./outline"))]


def _plain(text: str) -> Iterator[Bookmark]:
    """Addresses, wherever they stand; words on the same line are the title."""
    for line in text.splitlines():
        found = _ADDRESS.findall(line)
        words = _words(_ADDRESS.sub(" ", line)).strip(" -–—*•:|\t()[]<>")
        for address in found:
            yield Bookmark(url=_bare(address), title=words if len(found) == 1 else "")


def _bare(address: str) -> str:
    """Without the signs of the sentence around it; a bracket that it opens is its own."""
    opened = {closing: address.count(closing) - address.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _BRACKETS and opened[last] > 0:
            opened[last] -= 1
        elif last not in _STOPS:
            break
        end -= 1
    return address[:end]
