"""One bookmark of another tool, and how its fields are read whoever wrote them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email.utils
import json
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from plancher.base import tracking
from plancher.text.source import FORBIDDEN

_YES = frozenset({"1", "true", "yes", "on", "y", "t", "+", "oui"})
_NO = frozenset({"0", "false", "no", "off", "n", "f", "-", "non"})
_MOMENT = re.compile(r"\d{4}-\d\d|\d{9}")
"""The day on which a page was published is no answer to whether it is."""
_MILLI, _MICRO = 10**11, 10**14
"""Seconds since the epoch are fewer than these; some tools count finer."""
_SINCE_1601 = 11_644_473_600
"""Seconds between the epoch of Windows, which Chrome counts from, and that of Unix."""
_CHROME = 10**16
DEEPEST = 12
"""Folders around a bookmark that are its tags."""


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


def words(text: object) -> str:
    """One line, without signs that nobody sees."""
    plain = str(text or "")
    return " ".join((plain if plain.isprintable() else FORBIDDEN.sub("", plain)).split())


def day(typed: object) -> dt.date | None:
    """A day from seconds, thousandths or millionths since the epoch, ISO 8601, or a date as mail has it."""
    text = str(typed or "").strip()
    with contextlib.suppress(ValueError, OverflowError, OSError):
        if re.fullmatch(r"\d{6,}(?:\.\d+)?", text):
            number = int(text.partition(".")[0])
            if number >= _CHROME:
                number -= _SINCE_1601 * 1_000_000
            seconds = number / 1_000_000 if number >= _MICRO else number / 1000 if number >= _MILLI else number
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date() if seconds else None
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text[:10])
        if re.match(r"\d{1,2}/[A-Z][a-z]{2}/\d{4}:", text):  # as servers write it in their journals
            return email.utils.parsedate_to_datetime(text.replace("/", " ", 2).replace(":", " ", 1)).date()
        return email.utils.parsedate_to_datetime(text).date()
    return None


def tags(typed: object, *, by_spaces: bool = False) -> tuple[str, ...]:
    """Names in a list, or between commas, semicolons or bars; a name may have several words.

    :param by_spaces: where nothing else parts them, spaces do.
    """
    if isinstance(typed, str):
        typed = _listed(typed.strip(), by_spaces=by_spaces)
    names = [words(_name(one)).lstrip("#").strip() for one in (typed if isinstance(typed, list) else [])]
    return tuple(dict.fromkeys(filter(None, names)))


def _listed(text: str, *, by_spaces: bool) -> list[object]:
    if text.startswith("[") and text.endswith("]"):
        with contextlib.suppress(ValueError, RecursionError):
            found = json.loads(text)
            return found if isinstance(found, list) else []
        return [name.strip().strip("'\"") for name in text[1:-1].split(",")]
    parted = re.split(r"[,;|]", text)
    if not by_spaces or len(parted) > 1:
        return list(parted)
    quoted = re.findall(r'"([^"]+)"|([^\s"]+)', text) if '"' in text else []
    return [one or other for one, other in quoted] or list(text.split())


def _name(tag: object) -> object:
    """What a tag is called, where tools keep it as an object."""
    if isinstance(tag, Mapping):
        return next((tag[key] for key in ("name", "label", "title", "slug") if tag.get(key)), "")
    return tag


def note(text: str) -> str:
    """A note with its lines, its paragraphs and its lists, without the indentation of the file around it."""
    if text.isprintable():  # one line, as most are
        return text.strip()
    first, _, rest = "\n".join(FORBIDDEN.sub("", line).rstrip() for line in text.splitlines()).strip("\n").partition("\n")
    return re.sub(r"\n{3,}", "\n\n", f"{first.strip()}\n{textwrap.dedent(rest)}".strip())


def encoded(address: str) -> str:
    """An address as it must be written, where a browser wrote it as it is read."""
    bare = address.strip()
    return re.sub(r"\s", lambda space: "%20" if space[0] == " " else "", bare) if " " in bare or not bare.isprintable() else bare


def is_private(given: Mapping[str, Any]) -> bool:
    """Whether its owner kept it for himself, however the tool says so; in any doubt, or if two words differ, he did."""
    kept = any(_said(given[name]) not in _NO for name in ("private", "is_private") if name in given)
    is_told = [_said(given[name]) for name in ("shared", "public", "published", "pub") if name in given]
    return kept or any(value not in _YES and not _MOMENT.match(value) for value in is_told)


def _said(value: object) -> str:
    return str(value).strip().lower()
