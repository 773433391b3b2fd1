"""One visit to one link: what the host answers, and whether that is the page."""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
import secrets
import urllib.parse
from collections import defaultdict

import httpx

from plancher.base import digest
from plancher.commands.links import failures
from plancher.components.links import state
from plancher.components.links.health import Finding, Health, Visit
from plancher.components.links.settings import LinkSettings
from plancher.web.client import Answer, LoopError, Web, wait_asked

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
_INVISIBLE = re.compile(rb"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<(/?[a-zA-Z][\w:-]*)[^<>]*>")
"""Attributes hold tokens that are new each time."""
_VOLATILE = re.compile(rb"\b(?=[\w-]*\d)[\w-]{6,}|\b[0-9a-fA-F]{8,}\b|[A-Za-z0-9+/_=-]{20,}|\d+|\s+")
"""Numbers, tokens, times, white space."""
_TOO_MANY = 429
_MIN_LENGTH = 8
"""Shorter parts of an address may stand anywhere in a page."""


class PostponedError(Exception):
    """The host asks for more time than we have: its other links are left for another day."""


class Visitor:
    """Visits links; what it learns about a host is used for the other links of that host."""

    def __init__(self, web: Web[LinkSettings]) -> None:
        self.web = web
        self.settings = web.mine
        self.has_answered = False
        """Whether any host has answered: otherwise our own connection may be cut."""
        self._soft_404s: dict[str, str] = {}
        """For each host, the fingerprint of its answer for a page that cannot exist; empty: an honest 404."""
        self._soft_404_locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waited: dict[str, float] = defaultdict(float)
        """Seconds spent on each host's Retry-After."""
        self._hosts_read_for_feed: set[str] = set()

    async def visit(self, address: str, before: Health) -> Visit:
        """One visit; whatever goes wrong is its result.

        :raises PostponedError: the host asks us to come back later.
        """
        try:
            answer = await self._probe(address)
        except PostponedError:
            raise
        except Exception as error:  # noqa: BLE001 - the reason says which
            self.has_answered = self.has_answered or isinstance(error, LoopError)
            return failures.as_visit(error)
        if answer.status in _GONE:
            return Visit(finding=Finding.GONE, reason=str(answer.status))
        if not httpx.codes.is_success(answer.status):
            finding = Finding.SILENT if httpx.codes.is_server_error(answer.status) else Finding.TROUBLE
            return Visit(finding=finding, reason=str(answer.status))
        try:
            return await self._inspect(address, answer, before)
        except PostponedError:
            raise
        except Exception as error:  # noqa: BLE001 - the page itself has answered
            return Visit(finding=Finding.TROUBLE, reason=failures.as_visit(error).reason)

    async def _probe(self, address: str) -> Answer:
        """HEAD, then GET for hosts that refuse HEAD, hang on it or redirect it in circles."""
        with contextlib.suppress(LoopError, TimeoutError, httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError):
            answer = await self._ask_with_wait("HEAD", address)
            if answer.status < httpx.codes.BAD_REQUEST or answer.status == _TOO_MANY:
                return answer
        return await self._ask_with_wait("GET", address)

    async def _inspect(self, address: str, answer: Answer, before: Health) -> Visit:
        """Whether the answer is the page itself, and its address now."""
        doubt = await self._why_doubtful(address, answer)
        if doubt:
            return Visit(finding=Finding.DOUBTFUL, reason=doubt)
        feed = await self._feed(answer, before)
        if answer.moved:
            return Visit(finding=Finding.MOVED, moved=answer.moved, feed=feed)
        return Visit(finding=Finding.GOOD, feed=feed)

    async def _ask_with_wait(self, method: str, address: str) -> Answer:
        """Ask, and once more after the wait that the host asks for, within our patience."""
        answer = await self._ask(method, address)
        wait, host = wait_asked(answer), urllib.parse.urlsplit(address).netloc
        if wait is None or answer.status not in {_TOO_MANY, httpx.codes.SERVICE_UNAVAILABLE}:
            return answer
        if self._waited[host] + wait <= self.settings.patience:
            self._waited[host] += wait
            await asyncio.sleep(wait)
            answer = await self._ask(method, address)
        # 429 is about all our requests, 503 about this page alone.
        if answer.status == _TOO_MANY:
            raise PostponedError(address)
        return answer

    async def _ask(self, method: str, address: str) -> Answer:
        answer = await self.web.ask(method, address, read=method == "GET")
        self.has_answered = True
        return answer

    async def _why_doubtful(self, address: str, answer: Answer) -> str:
        """Why the answer may not be the page; empty when nothing suggests it."""
        wanted, final = urllib.parse.urlsplit(address), urllib.parse.urlsplit(answer.url)
        is_home = not final.path.strip("/") and not final.query
        if wanted.path.strip("/") and answer.moved and is_home:
            return "redirigé vers l’accueil"
        soft_404 = await self._soft_404(final)
        if not soft_404:
            return ""
        body = answer.body or (await self._ask("GET", answer.url)).body
        if _PARKED.search(body):
            return "domaine à vendre"
        if wanted.path.strip("/") and _fingerprint(body, final) == soft_404:
            return "la même page que pour une adresse inventée"
        return ""

    async def _soft_404(self, url: urllib.parse.SplitResult) -> str:
        """The fingerprint of what this host answers for a page that cannot exist, asked once."""
        host = f"{url.scheme}://{url.netloc}"
        async with self._soft_404_locks[host]:
            if host not in self._soft_404s:
                self._soft_404s[host] = ""
                invented = f"{host}/{secrets.token_hex(12)}"
                try:
                    answer = await self._ask("GET", invented)
                except Exception:  # noqa: BLE001 - whatever it is, it says nothing of the page
                    return ""
                if httpx.codes.is_success(answer.status):
                    self._soft_404s[host] = _fingerprint(answer.body, urllib.parse.urlsplit(answer.url))
        return self._soft_404s[host]

    async def _feed(self, answer: Answer, before: Health) -> str:
        """The feed that the page announces; for that we read one page of each host, and none at a first visit."""
        body, host = answer.body, urllib.parse.urlsplit(answer.url).netloc
        if not body and before.checked and not before.feed and host not in self._hosts_read_for_feed and "html" in answer.headers.get("content-type", "html"):
            self._hosts_read_for_feed.add(host)
            body = (await self._ask("GET", answer.url)).body
        return announced_feed(body, answer.url) if body else ""


def announced_feed(body: bytes, page: str) -> str:
    """The address of the feed that a page announces in its head; « - » when it announces none."""
    for link in _LINK.findall(body):
        if _FEED_TYPE.search(link) and _ALTERNATE.search(link):
            href = _HREF.search(link)
            address = html.unescape(next(filter(None, href.groups()), b"").decode("utf-8", "replace")) if href else ""
            with contextlib.suppress(ValueError):
                address = urllib.parse.urljoin(page, address)
                if state.is_feed(address):
                    return address
    return state.NO_FEED


def _fingerprint(body: bytes, url: urllib.parse.SplitResult) -> str:
    """Tells two pages of a host apart: their words, without the address itself and what changes at each visit."""
    text = _INVISIBLE.sub(b"", body)
    for part in sorted({url.path, urllib.parse.unquote(url.path), url.path.strip("/")}, key=len, reverse=True):
        text = text.replace(part.encode(), b"") if part.startswith("/") or len(part) >= _MIN_LENGTH else text
    return digest.of_bytes(_VOLATILE.sub(b"", _TAG.sub(rb"<\1>", text))) or "-"
