"""« invoke ping »: tell a WebSub hub that feeds have changed (w3.org/TR/websub), once the site is online.

A build uses no network, and « invoke publish » does not know when its folder
is online: that is why this is a command of its own. It reads the finished site
alone, and tells nothing before the main feed online is that of the site.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx

from plancher.base.bounds import Bounds
from plancher.base.french import plural
from plancher.web.client import LoopError, Web
from plancher.web.guard import NoHostError, RefusedHostError

_ATOM = "{http://www.w3.org/2005/Atom}"
_MAIN = Path("feeds", "atom.xml")
_TOGETHER = 50
"""Feeds that one request names."""
_FAILURES = (httpx.HTTPError, NoHostError, RefusedHostError, TimeoutError, LoopError)
LIMITS = Bounds(delay=0.0, timeout=10.0, total=20.0, size=20_000_000, redirects=3)
"""Of requests: a hub answers at once, it works afterwards."""


class PingError(Exception):
    """The hub was not told; the message says why, in French."""


@dataclasses.dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed of the finished site."""

    path: Path
    address: str
    """Where it is online."""
    hub: str


def ping(output: Path, bounds: Bounds) -> str:
    """Tell the hub of the site, if it names one; what was done, in a sentence.

    :param output: the finished site.
    :raises PingError: there is no such site, another one is online, or the hub does not take it.
    """
    main = _read(output / _MAIN)
    if main is None:
        raise PingError(f"{output.name} n'a pas de flux « {_MAIN.as_posix()} » qui se lise. Tapez d'abord « invoke publish ».")
    if not main.hub:
        return "Les flux ne nomment aucun relais : il n'y a personne à prévenir. « FeedSettings(hub=…) », dans pelicanconf.py, en nomme un."
    told = list(_feeds(output, main.hub))
    asyncio.run(_tell(main, told, bounds))
    return f"Relais prévenu de {plural(len(told), 'flux', 'flux')} : {main.hub}"


def _feeds(output: Path, hub: str) -> Iterator[str]:
    """The addresses of the feeds that name this hub: those of JSON stand beside their Atom."""
    for path in sorted((output / "feeds").rglob("*.xml")):
        found = _read(path)
        if found and found.hub == hub:
            yield found.address
            if path.name.endswith("atom.xml"):
                yield from (found.address.replace(path.name, twin) for twin in _twins(path))


def _twins(path: Path) -> Iterator[str]:
    """The JSON Feed of the same entries."""
    name = "feed.json" if path.name == _MAIN.name else f"{path.name.removesuffix('.atom.xml')}.json"
    if path.with_name(name).is_file():
        yield name


def _read(path: Path) -> FeedFile | None:
    """What a feed says of itself; None for a file that is no feed of ours."""
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - a file that a build of ours has written
    except (OSError, ET.ParseError):
        return None
    links = {link.get("rel"): link.get("href", "") for link in (*root.findall(f"{_ATOM}link"), *root.findall(f"channel/{_ATOM}link"))}
    return FeedFile(path, links["self"], links.get("hub", "")) if links.get("self") else None


async def _tell(main: FeedFile, told: list[str], bounds: Bounds) -> None:
    async with Web(bounds) as web:
        await _see_online(web, main)
        for start in range(0, len(told), _TOGETHER):
            fields = [("hub.mode", "publish"), *(("hub.url", address) for address in told[start : start + _TOGETHER])]
            try:
                answer = await web.tell(main.hub, fields)
            except _FAILURES as error:
                raise PingError(f"le relais {main.hub} n'a pas répondu. Le site, lui, est en ligne ; réessayez plus tard.") from error
            if not httpx.codes.is_success(answer.status):
                raise PingError(f"le relais {main.hub} répond {answer.status}. Vérifiez son adresse ; le site, lui, est en ligne.")


async def _see_online(web: Web[Bounds], main: FeedFile) -> None:
    """:raises PingError: what is online is not this site, or nothing is."""
    try:
        answer = await web.ask("GET", main.address, read=True)
    except _FAILURES as error:
        raise PingError(f"{main.address} ne répond pas : le site n'est pas encore en ligne, ou son adresse n'est pas la bonne.") from error
    if answer.status != httpx.codes.OK or answer.body != main.path.read_bytes():
        raise PingError(f"{main.address} n'est pas encore le flux de ce site. Mettez-le en ligne, attendez une minute, puis recommencez.")
