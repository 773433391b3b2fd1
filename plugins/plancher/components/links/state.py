"""``content/links/state.json``: what is known of each link, sorted, one line a link, so that a comparison shows what changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plancher.base import addresses, atomic, data, files
from plancher.base.settings import shown
from plancher.components.links.health import Copy, Health, State
from plancher.text.source import FORBIDDEN

NO_FEED = "-"
"""A page that was read and announces no feed."""
FILE = "links/state.json"
"""From the content folder."""


class StateError(ValueError):
    """The file does not say what it should; the message says why, in French, without full stop."""

    def __init__(self, why: str, line: int = 1) -> None:
        super().__init__(why)
        self.line = line


def parse(text: str) -> dict[str, Health]:
    """What is known of each link, by its address.

    :raises StateError: nobody can tell.
    """
    try:
        typed = data.from_json(text)
    except data.DataError as error:
        raise StateError(str(error), error.line) from error
    version, links = (typed.get("version"), typed.get("links")) if isinstance(typed, dict) else (None, None)
    if not isinstance(links, dict):
        raise StateError("« links » y manque")
    if type(version) is not int or version != 1:
        raise StateError(f"la version {shown(version)} est inconnue")
    return dict(_links(text, links))


def _links(text: str, links: Mapping[str, Any]) -> Iterator[tuple[str, Health]]:
    for address, found in links.items():
        try:
            yield address, health(found)
        except (ValueError, TypeError, AttributeError) as error:
            line = text[: max(text.find(json.dumps(address, ensure_ascii=False)), 0)].count("\n") + 1
            raise StateError(f"ce qui est dit de {shown(address)} n'est pas de sa forme", line) from error


_FIELDS = frozenset(field.name for field in dataclasses.fields(Health))


def health(found: Mapping[str, Any]) -> Health:
    """One line of the file.

    :raises ValueError: a name that is unknown, or a value that has not the shape of what it is.
    :raises TypeError: the same.
    """
    archive = found.get("archive") or {}
    if not (found.keys() <= _FIELDS and archive.keys() <= {"url", "date"} and isinstance(found.get("failures", []), list)):
        raise TypeError("shape")
    return Health(
        state=State(_text(found, "state") or State.UNKNOWN),
        checked=_day(_text(found, "checked")),
        reason=FORBIDDEN.sub("", _text(found, "reason")),
        failures=tuple(map(_day, found.get("failures", ()))),
        moved=_text(found, "moved"),
        feed=feed if is_feed(feed := _text(found, "feed")) else "",
        archive=Copy(url=_address(_text(archive, "url")), date=_day(_text(archive, "date"))) if archive else None,
        sought=_text(found, "sought"),
        silent_since=_day(_text(found, "silent_since")),
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    """:raises TypeError: it is no text."""
    value = found.get(name, "")
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def is_feed(typed: str) -> bool:
    """Whether an address of a feed, which a stranger's page announced, may be kept."""
    return typed == NO_FEED or (addresses.is_web(typed) and not FORBIDDEN.search(typed))


def _day(typed: object) -> str:
    """:raises ValueError: it is no day."""
    return dt.date.fromisoformat(str(typed)).isoformat() if typed else ""


def _address(typed: object) -> str:
    """:raises ValueError: it leads nowhere on the web."""
    if not addresses.is_web(str(typed)):
        raise ValueError(str(typed))
    return str(typed)


def plain(found: Health) -> dict[str, Any]:
    """The same as JSON has it; what is not known is left out."""
    fields = dataclasses.asdict(found) | {"state": str(found.state), "failures": list(found.failures)}
    return {name: value for name, value in fields.items() if value}


def text(known: Mapping[str, Health]) -> str:
    """The whole file."""
    lines = ",\n".join(f"{json.dumps(address, ensure_ascii=False)}: {json.dumps(plain(known[address]), ensure_ascii=False)}" for address in sorted(known))
    return f'{{"version": 1, "links": {{\n{lines}\n}}}}\n'


def load(path: Path) -> dict[str, Health]:
    """What a file says; nothing when there is none.

    :raises StateError: it cannot be read.
    """
    if not path.exists():
        return {}
    try:
        return parse(files.read_text(path))
    except files.UnreadableError as error:
        raise StateError(str(error), error.line) from error


def save(path: Path, known: Mapping[str, Health]) -> None:
    """Replace the file in one step."""
    atomic.write(path, text(known).encode())
