"""``content/links/state.json``: what is known of each link, sorted, one line a link, so that a comparison shows what changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plancher.core import addresses, atomic
from plancher.core.source import FORBIDDEN
from plancher.links.health import Copy, Health, State

NO_FEED = "-"
"""A page that was read and announces no feed."""
FILE = "links/state.json"
"""From the content folder."""


class StateError(ValueError):
    """The file does not say what it should; the message says where, in French."""


def parse(text: str) -> dict[str, Health]:
    """What is known of each link, by its address.

    :raises StateError: nobody can tell.
    """
    try:
        typed = json.loads(text)
        version, links = typed["version"], {str(address): health(found) for address, found in typed["links"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateError(f"illisible ({error})") from error
    if version != 1:
        raise StateError(f"version {version!r} inconnue")
    return links


def health(found: Mapping[str, Any]) -> Health:
    """One line of the file."""
    archive = found.get("archive")
    return Health(
        state=State(found.get("state", State.UNKNOWN)),
        checked=_day(found.get("checked", "")),
        reason=str(found.get("reason", "")),
        failures=tuple(map(_day, found.get("failures", ()))),
        moved=str(found.get("moved", "")),
        feed=feed if is_feed(feed := str(found.get("feed", ""))) else "",
        archive=Copy(url=_address(archive["url"]), date=_day(archive.get("date", ""))) if archive else None,
        sought=str(found.get("sought", "")),
    )


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
    if not path.is_file():
        return {}
    try:
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise StateError("pas en UTF-8") from error


def save(path: Path, known: Mapping[str, Health]) -> None:
    """Replace the file in one step."""
    atomic.write(path, text(known).encode())
