"""Tells a WebSub hub that feeds have changed (w3.org/TR/websub, section 6)."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx

from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.publishing.after import reasons
from plancher.publishing.after.errors import AnnouncingError
from plancher.web.client import Web

_ATOM = "{http://www.w3.org/2005/Atom}"
_FOLDER = "feeds"
_TOGETHER = 50
"""Feeds that one request names."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed of the finished site that names a hub."""

    path: str
    """Its file, from the root of the site."""
    address: str
    """Where it is online."""
    hub: str


def feeds(site: Path, only: Collection[str] | None = None) -> Iterator[Feed]:
    """Each feed that names a hub; those of JSON stand beside their Atom, and name the same.

    :param only: files of which something changed; None: all of them.
    """
    for file in sorted((site / _FOLDER).rglob("*.xml")):
        twin = file.with_name(_twin(file.name))
        changed = {one for one in (file, twin) if only is None or one.relative_to(site).as_posix() in only}
        known = _read(file) if changed else None
        for one in sorted(changed) if known else ():
            if known and one.is_file():
                yield Feed(path=one.relative_to(site).as_posix(), address=known[0].replace(file.name, one.name), hub=known[1])


def _twin(name: str) -> str:
    if not name.endswith("atom.xml"):
        return name  # itself
    return "feed.json" if name == "atom.xml" else f"{name.removesuffix('.atom.xml')}.json"


def _read(path: Path) -> tuple[str, str] | None:
    """Its own address and its hub; None for a file that is no feed of ours, or names none."""
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - a file that a build of ours has written
    except (OSError, ET.ParseError):
        return None
    links = {link.get("rel"): link.get("href", "") for link in (*root.findall(f"{_ATOM}link"), *root.findall(f"channel/{_ATOM}link"))}
    return (links["self"], links["hub"]) if links.get("self") and links.get("hub") else None


def by_hub(known: Sequence[Feed]) -> Mapping[str, list[str]]:
    """The addresses that each hub is told of, each once."""
    hubs: dict[str, dict[str, None]] = collections.defaultdict(dict)
    for feed in known:
        hubs[feed.hub][feed.address] = None
    return {hub: list(addresses) for hub, addresses in hubs.items()}


async def tell(web: Web[AnnouncingSettings], hub: str, told: Sequence[str]) -> None:
    """Tell one hub.

    :raises AnnouncingError: it does not take it.
    """
    for start in range(0, len(told), _TOGETHER):
        fields = [("hub.mode", "publish"), *(("hub.url", address) for address in told[start : start + _TOGETHER])]
        try:
            answer = await web.tell(hub, fields)
        except reasons.FAILURES as error:
            raise AnnouncingError(f"le relais {hub} {reasons.of(error)}.") from error
        if not httpx.codes.is_success(answer.status):
            raise AnnouncingError(f"le relais {hub} répond {answer.status}. Vérifiez son adresse (« hub » de FeedSettings).")
