"""One visit to one link: what it answers, and whether that looks like the page."""

from __future__ import annotations

import asyncio
import html
import re
import secrets
import ssl
import urllib.parse
from collections import defaultdict

import httpx

from plancher.core import digest
from plancher.core.guard import NoHostError, RefusedError, UnsureError
from plancher.core.web import Answer, LoopError, Web, wait_asked
from plancher.links.health import Finding, Health, Visit
from plancher.links.settings import LinkSettings

NO_FEED = "-"
"""A page that was read and announces no feed."""
_GONE = frozenset({404, 410})
_PARKED = re.compile(
    rb"sedoparking|parkingcrew|bodis\.com|afternic|hugedomains|dan\.com/buy|parklogic|cashparking|domain(?: name)? (?:is|may be) for sale"
    rb"|buy this domain|ce (?:nom de )?domaine est (?:\xc3\xa0|a) vendre|domaine (?:\xc3\xa0|a) vendre",
    re.IGNORECASE,
)
_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"type\s*=\s*[\"']?application/(?:atom|rss)\+xml", re.IGNORECASE)
_ALTERNATE = re.compile(rb"rel\s*=\s*[\"']?[^\"'>]*\balternate\b", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_TOO_MANY = 429
_LONG = 8
"""Letters of an address that stand nowhere else."""


class PostponedError(Exception):
    """The host asks for more time than we have: its other links are left for another day."""


class Visitor:
    """Visits links; what it learns of a host serves for its other links."""

    def __init__(self, web: Web[LinkSettings]) -> None:
        self.web = web
        self.mine = web.mine
        self.heard = False
        """Whether anybody at all has answered: else it may be our own line that is cut."""
        self._strangers: dict[str, str] = {}
        """For each host, what it answers for a page that cannot exist; empty: that there is none."""
        self._asked: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._read: set[str] = set()
        """Hosts of which a page was read for its feed."""

    async def visit(self, address: str, before: Health) -> Visit:  # noqa: PLR0911 - one for each way to fail
        """One visit.

        :raises PostponedError: the host asks us to come back later.
        """
        try:
            return await self._visit(address, before)
        except TimeoutError:
            return Visit(finding=Finding.TROUBLE, reason="délai dépassé")
        except RefusedError:
            return Visit(finding=Finding.TROUBLE, reason="adresse d’un réseau privé, pas visitée")
        except UnsureError:
            return Visit(finding=Finding.TROUBLE, reason="hôte introuvable pour l’instant")
        except NoHostError:
            return Visit(finding=Finding.GONE, reason="hôte introuvable")
        except LoopError as error:
            self.heard = True
            return Visit(finding=Finding.GONE, reason=str(error))
        except httpx.HTTPError as error:
            return _failure(error)
        except (httpx.InvalidURL, ValueError):
            return Visit(finding=Finding.GONE, reason="adresse illisible")

    async def _visit(self, address: str, before: Health) -> Visit:
        answer = await self._patiently("HEAD", address)
        if answer.status >= httpx.codes.BAD_REQUEST and answer.status != _TOO_MANY:
            answer = await self._patiently("GET", address)  # some hosts refuse the first, or answer it at random
        if answer.status in _GONE:
            return Visit(finding=Finding.GONE, reason=str(answer.status))
        if not httpx.codes.is_success(answer.status):
            return Visit(finding=Finding.TROUBLE, reason=str(answer.status))
        doubt = await self._doubt(address, answer)
        if doubt:
            return Visit(finding=Finding.DOUBTFUL, reason=doubt)
        feed = await self._feed(answer, before)
        if answer.moved:
            return Visit(finding=Finding.MOVED, moved=answer.moved, feed=feed)
        return Visit(finding=Finding.GOOD, feed=feed)

    async def _patiently(self, method: str, address: str) -> Answer:
        """Ask, and once more after the wait that the host asks for."""
        answer = await self._ask(method, address)
        wait = wait_asked(answer) if answer.status in {_TOO_MANY, httpx.codes.SERVICE_UNAVAILABLE} else None
        if wait is None:
            return answer
        if wait > self.mine.patience:
            raise PostponedError(address)
        await asyncio.sleep(wait)
        return await self._ask(method, address)

    async def _ask(self, method: str, address: str) -> Answer:
        answer = await self.web.ask(method, address, read=method == "GET")
        self.heard = True
        return answer

    async def _doubt(self, address: str, answer: Answer) -> str:
        """Why what answers may not be the page; empty when nothing says so."""
        here, there = urllib.parse.urlsplit(address), urllib.parse.urlsplit(answer.url)
        is_home = not there.path.strip("/") and not there.query
        if here.path.strip("/") and answer.moved and is_home:
            return "redirigé vers l’accueil"
        stranger = await self._stranger(there)
        if not stranger:
            return ""
        body = answer.body or (await self._ask("GET", answer.url)).body
        if _PARKED.search(body):
            return "domaine à vendre"
        if here.path.strip("/") and _face(body, there) == stranger:
            return "la même page que pour une adresse inventée"
        return ""

    async def _stranger(self, there: urllib.parse.SplitResult) -> str:
        """What this host answers for a page that cannot exist, asked once."""
        host = f"{there.scheme}://{there.netloc}"
        async with self._asked[host]:
            if host not in self._strangers:
                self._strangers[host] = ""
                invented = f"{host}/{secrets.token_hex(12)}"
                try:
                    answer = await self._ask("GET", invented)
                except (httpx.HTTPError, LoopError, NoHostError, RefusedError, TimeoutError, ValueError):
                    return ""
                if httpx.codes.is_success(answer.status):
                    self._strangers[host] = _face(answer.body, urllib.parse.urlsplit(answer.url))
        return self._strangers[host]

    async def _feed(self, answer: Answer, before: Health) -> str:
        """The feed that the page announces; one page a host is read for that, and none at a first visit."""
        body, host = answer.body, urllib.parse.urlsplit(answer.url).netloc
        if not body and before.checked and not before.feed and host not in self._read and "html" in answer.headers.get("content-type", "html"):
            self._read.add(host)
            body = (await self._ask("GET", answer.url)).body
        return announced(body, answer.url) if body else ""


def announced(body: bytes, page: str) -> str:
    """The address of the feed that a page announces in its head; « - » when it announces none."""
    for link in _LINK.findall(body):
        if _FEED_TYPE.search(link) and _ALTERNATE.search(link):
            found = _HREF.search(link)
            address = html.unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")) if found else ""
            address = urllib.parse.urljoin(page, address)
            if address.startswith(("http://", "https://")):
                return address
    return NO_FEED


def _face(body: bytes, asked: urllib.parse.SplitResult) -> str:
    """What tells two pages of a host apart: their text, without the address that was asked for, and without figures."""
    text = body
    for part in sorted({asked.path, urllib.parse.unquote(asked.path), asked.path.strip("/")}, key=len, reverse=True):
        # A short word may stand anywhere in the page.
        text = text.replace(part.encode(), b"") if part.startswith("/") or len(part) >= _LONG else text
    return digest.of_bytes(re.sub(rb"\d+|\s+", b"", text)) or "-"


def _failure(error: httpx.HTTPError) -> Visit:
    """What a request that got no answer says."""
    if isinstance(error, httpx.TimeoutException):
        return Visit(finding=Finding.TROUBLE, reason="délai dépassé")
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return Visit(finding=Finding.DOUBTFUL, reason="certificat refusé")
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.UnsupportedProtocol):
        return Visit(finding=Finding.GONE, reason="redirigé hors du web")
    if isinstance(error, httpx.ConnectError):
        return Visit(finding=Finding.GONE, reason="connexion refusée")
    return Visit(finding=Finding.TROUBLE, reason="réponse interrompue")
