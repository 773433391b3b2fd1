"""One bookmark of another tool, and how to read its fields."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email.utils
import json
import re
import textwrap
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from plancher.base import tracking
from plancher.text.source import FORBIDDEN

_YES = frozenset({"1", "true", "yes", "on", "y", "t", "+", "oui"})
_NO = frozenset({"0", "false", "no", "off", "n", "f", "-", "non"})
_MOMENT = re.compile(r"\d{4}-\d\d|\d{9}")
"""A date: the day of publication does not say whether the page is public."""
_MILLI, _MICRO = 10**11, 10**14
"""Seconds since the epoch are below these; some tools count in smaller units."""
_SINCE_1601 = 11_644_473_600
"""Seconds between the epoch of Windows, used by Chrome, and that of Unix."""
_CHROME = 10**16
MAX_FOLDERS = 12
"""That many folders around a bookmark become its tags."""


class UnreadableFileError(ValueError):
    """We cannot read any bookmark of this file; the message says why, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """One address that somebody saved."""

    url: str
    """As it was saved."""
    title: str = ""
    date: dt.date | None = None
    """When it was saved."""
    tags: tuple[str, ...] = ()
    note: str = ""
    private: bool = False

    @property
    def clean(self) -> str:
        """The address without tracking parameters."""
        return tracking.clean(self.url)


def words(text: object) -> str:
    """One line, without invisible characters."""
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

    :param by_spaces: where there is no other separator, spaces are.
    """
    if isinstance(typed, str):
        typed = _split(typed.strip(), by_spaces=by_spaces)
    names = [words(_name(tag)).lstrip("#").strip() for tag in (typed if isinstance(typed, list) else [])]
    return tuple(dict.fromkeys(filter(None, names)))


def _split(text: str, *, by_spaces: bool) -> list[object]:
    if text.startswith("[") and text.endswith("]"):
        with contextlib.suppress(ValueError, RecursionError):
            names = json.loads(text)
            return names if isinstance(names, list) else []
        return [name.strip().strip("'\"") for name in text[1:-1].split(",")]
    parted = re.split(r"[,;|]", text)
    if not by_spaces or len(parted) > 1:
        return list(parted)
    quoted = re.findall(r'"([^"]+)"|([^\s"]+)', text) if '"' in text else []
    return [quoted_name or bare_name for quoted_name, bare_name in quoted] or list(text.split())


def _name(tag: object) -> object:
    """The name of a tag that some tool stores as an object."""
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
    """An address with its spaces encoded, as browsers do not always write it."""
    bare = address.strip()
    return re.sub(r"\s", lambda space: "%20" if space[0] == " " else "", bare) if " " in bare or not bare.isprintable() else bare


def is_private(fields: Mapping[str, object]) -> bool:
    """Whether its owner saved it for himself, however the tool says so; when in doubt, yes."""
    is_marked_private = any(_lowered(fields[name]) not in _NO for name in ("private", "is_private") if name in fields)
    public_values = [_lowered(fields[name]) for name in ("shared", "public", "published", "pub") if name in fields]
    return is_marked_private or any(value not in _YES and not _MOMENT.match(value) for value in public_values)


def _lowered(value: object) -> str:
    return str(value).strip().lower()


def tree(text: str, form: str) -> ET.Element:
    """What a file in XML holds.

    :param form: its name, for its author.
    :raises UnreadableFileError: it is not XML, or defines entities.
    """
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise UnreadableFileError(f"ce fichier {form} définit des entités : il n'est pas lu.")
    try:
        return ET.fromstring(re.sub(r"^<\?xml[^>]*\?>", "", text))  # noqa: S314 - entities are refused just before
    except ET.ParseError as error:
        raise UnreadableFileError(f"ce fichier {form} ne se lit pas à partir de la ligne {error.position[0]}.") from error
