"""``content/links/state.json``: what is known of each link, sorted, one line a link, so that a comparison shows what changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plancher.base import addresses, atomic, data, files
from plancher.base.data import DataError
from plancher.base.settings import shown
from plancher.components.links.health import Copy, Health, State
from plancher.text.source import FORBIDDEN

NO_FEED = "-"
"""A page that was read and announces no feed."""
FILE = "links/state.json"
"""From the content folder."""
_FIELDS = frozenset(field.name for field in dataclasses.fields(Health))
_Json = Mapping[str, Any]  # Any: of a file that anybody may write; each value is checked below


def parse(text: str) -> dict[str, Health]:
    """What is known of each link, by its address.

    :raises DataError: nobody can tell.
    """
    return dict(_parsed(text))


@functools.lru_cache(maxsize=1)  # a build asks twice
def _parsed(text: str) -> Mapping[str, Health]:
    content = data.from_json(text)
    version, links = (content.get("version"), content.get("links")) if isinstance(content, dict) else (None, None)
    if not isinstance(links, dict):
        raise DataError("« links » y manque")
    if type(version) is not int or version != 1:
        raise DataError(f"la version {shown(version)} est inconnue")
    return {address: _link(text, address, link) for address, link in links.items()}


def _link(text: str, address: str, link: _Json) -> Health:
    try:
        return health(link)
    except (ValueError, TypeError, AttributeError) as error:
        line = text[: max(text.find(json.dumps(address, ensure_ascii=False)), 0)].count("\n") + 1
        raise DataError(f"ce qui est dit de {shown(address)} n'est pas de sa forme", line) from error


def health(link: _Json) -> Health:
    """One line of the file.

    :raises ValueError: a name that is unknown, or a value that has not the shape of what it is.
    :raises TypeError: the same.
    """
    archive = link.get("archive") or {}
    if not (link.keys() <= _FIELDS and archive.keys() <= {"url", "date"} and isinstance(link.get("failures", []), list)):
        raise TypeError("shape")
    return Health(
        state=State(_text(link, "state") or State.UNKNOWN),
        checked=_day(_text(link, "checked")),
        reason=FORBIDDEN.sub("", _text(link, "reason")),
        failures=tuple(map(_day, link.get("failures", ()))),
        moved=_text(link, "moved"),
        feed=feed if is_feed(feed := _text(link, "feed")) else "",
        archive=Copy(url=_address(_text(archive, "url")), date=_day(_text(archive, "date"))) if archive else None,
        sought=_text(link, "sought"),
        silent_since=_day(_text(link, "silent_since")),
    )


def _text(link: _Json, name: str) -> str:
    """:raises TypeError: it is no text."""
    value = link.get(name, "")
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def is_feed(address: str) -> bool:
    """Whether an address of a feed, which a stranger's page announced, may be stored."""
    return address == NO_FEED or (addresses.is_web(address) and not FORBIDDEN.search(address))


def _day(value: object) -> str:
    """:raises ValueError: it is no day."""
    return dt.date.fromisoformat(str(value)).isoformat() if value else ""


def _address(address: str) -> str:
    """:raises ValueError: it leads nowhere on the web."""
    if not addresses.is_web(address):
        raise ValueError(address)
    return address


def plain(known: Health) -> dict[str, object]:
    """The same as JSON has it; what is not known is left out."""
    fields = dataclasses.asdict(known) | {"state": str(known.state), "failures": list(known.failures)}
    return {name: value for name, value in fields.items() if value}


def text(known: Mapping[str, Health]) -> str:
    """The whole file."""
    lines = ",\n".join(f"{json.dumps(address, ensure_ascii=False)}: {json.dumps(plain(known[address]), ensure_ascii=False)}" for address in sorted(known))
    return f'{{"version": 1, "links": {{\n{lines}\n}}}}\n'


def load(path: Path) -> dict[str, Health]:
    """What a file says; nothing when there is none.

    :raises DataError: it cannot be read.
    """
    if not path.exists():
        return {}
    try:
        return parse(files.read_text(path))
    except files.UnreadableError as error:
        raise DataError(str(error), error.line) from error


def save(path: Path, known: Mapping[str, Health]) -> None:
    """Replace the file in one step."""
    atomic.write(path, text(known).encode())
