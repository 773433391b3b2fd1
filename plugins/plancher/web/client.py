"""Asking the web, within bounds: one host at a time, so many bytes, so many seconds, so many redirections."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import json
import ssl
import time
import urllib.parse
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Generic, Self, TypeVar

import httpx

from plancher.base.bounds import Bounds
from plancher.web.answer import Answer, certificate_of, wait_asked
from plancher.web.cookies import Cookies, ForgetfulJar
from plancher.web.guard import Guard

__all__ = ["Answer", "LoopError", "Web", "is_refused", "wait_asked"]
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class LoopError(Exception):
    """Redirections lead nowhere; the message says how, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What is asked, wherever it leads."""

    method: str
    read: bool
    headers: Mapping[str, str]
    content: bytes | None = None
    """What is sent."""


B = TypeVar("B", bound=Bounds)


@functools.cache  # it takes a tenth of a second to read
def _believed() -> ssl.SSLContext:
    """The authorities that browsers believe."""
    return httpx.create_ssl_context(trust_env=False)


class Web(Generic[B]):
    """One client for a whole run."""

    def __init__(self, mine: B, context: ssl.SSLContext | None = None) -> None:
        """:param context: which certificates are believed; None: those that browsers believe."""
        self.mine = mine
        self.guard = Guard(mine.allowed)
        self._client = httpx.AsyncClient(
            verify=context or _believed(),
            follow_redirects=False,
            trust_env=False,  # a proxy would hide which machine is asked
            timeout=httpx.Timeout(mine.timeout),
            # No connection serves twice: two hosts of one machine must each show their own certificate.
            limits=httpx.Limits(max_connections=mine.together, max_keepalive_connections=0),
            cookies=ForgetfulJar(),
            headers={"User-Agent": mine.agent.encode("ascii", "replace").decode(), "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"},
        )
        self._slots = asyncio.Semaphore(mine.together)
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """End all connections."""
        await self._client.aclose()

    async def tell(self, address: str, fields: Sequence[tuple[str, str]]) -> Answer:
        """Send what a form would, and follow no redirection: what was sent is for nobody else.

        :raises httpx.HTTPError: nobody answered; and whatever else ``ask`` raises, but no loop.
        """
        return await self._post(address, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def tell_json(self, address: str, value: object) -> Answer:
        """Send a value as JSON, likewise."""
        return await self._post(address, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    async def _post(self, address: str, content: bytes, kind: str) -> Answer:
        request = _Request(method="POST", read=False, headers={"Content-Type": kind}, content=content)
        return (await self._once(request, address, self.mine.total))[0]

    async def ask(self, method: str, address: str, *, read: bool = False, headers: Mapping[str, str] | None = None, follow: bool = True) -> Answer:
        """Ask for an address, and follow where it leads.

        :param read: whether to read what comes after the headers.
        :param follow: whether to go where it leads: not with a secret, which is for nobody else.
        :raises LoopError: redirections turn in circles, or never end.
        :raises httpx.HTTPError: nobody answered.
        :raises RefusedHostError: a host that may not be asked.
        :raises NoHostError: no such host.
        :raises TimeoutError: it took too long.
        """
        url, moved, is_permanent, left, cookies = address, "", True, self.mine.total, Cookies()
        seen = {(address, "")}
        for _ in range(self.mine.redirects + 1):
            request = _Request(method=method, read=read, headers={**(headers or {}), **cookies.header(url)})
            answer, spent = await self._once(request, url, left)
            left -= spent
            cookies.take(url, answer.headers)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTIONS or not target or not follow:
                return dataclasses.replace(answer, moved=moved)
            url = urllib.parse.urldefrag(urllib.parse.urljoin(url, target))[0]
            is_permanent = is_permanent and answer.status in _PERMANENT
            moved = url if is_permanent else moved
            step = (url, cookies.header(url).get("Cookie", ""))
            if step in seen:
                raise LoopError("les redirections tournent en rond")
            seen.add(step)
        raise LoopError(f"plus de {self.mine.redirects} redirections")

    async def _once(self, request: _Request, url: str, left: float) -> tuple[Answer, float]:
        """One request, and the seconds it took; its own turn is waited for without being counted."""
        parts = httpx.URL(url)
        if parts.scheme not in {"http", "https"} or not parts.host:
            raise httpx.UnsupportedProtocol(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        async with self._turn(parts.netloc.decode("ascii", "replace")), self._slots:
            start = time.monotonic()
            async with asyncio.timeout(max(left, 0.0)):
                return await self._at_some_address(request, parts, port), time.monotonic() - start

    async def _at_some_address(self, request: _Request, parts: httpx.URL, port: int) -> Answer:
        failures: list[httpx.HTTPError] = []
        for address in await self.guard.addresses(parts.host, port):
            try:
                return await self._send(request, parts, address)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failures.append(error)  # the next address of the same host, if it has one
        # A failure that is no refusal goes first: the machine may only be slow, or out of reach.
        raise next((one for one in failures if not is_refused(one)), failures[0] if failures else httpx.ConnectError(str(parts)))

    async def _send(self, request: _Request, parts: httpx.URL, address: str) -> Answer:
        asked = self._client.build_request(
            request.method,
            parts.copy_with(host=address),
            content=request.content,
            headers={**request.headers, "Host": parts.netloc.decode("ascii", "replace")},
            extensions={"sni_hostname": parts.raw_host.decode("ascii", "replace")},
        )
        response = await self._client.send(asked, stream=True)
        try:
            body = await self._body(response) if request.read else b""
            certificate = certificate_of(response)
            return Answer(status=response.status_code, url=str(parts), moved="", headers=response.headers, body=body, certificate=certificate)
        finally:
            with contextlib.suppress(httpx.HTTPError, OSError):
                await response.aclose()

    async def _body(self, response: httpx.Response) -> bytes:
        """The body up to the limit; of one that ends badly, what arrived."""
        found = bytearray()
        with contextlib.suppress(httpx.HTTPError, TimeoutError):
            async with asyncio.timeout(self.mine.timeout):
                async for chunk in response.aiter_raw():
                    found += chunk[: self.mine.size - len(found)]
                    if len(found) >= self.mine.size:
                        break
        return bytes(found)

    @contextlib.asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Wait until this host may be asked again, and keep others waiting."""
        async with self._locks[host]:
            wait = self._last.get(host, -self.mine.delay) + self.mine.delay - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._last[host] = time.monotonic()
            yield


def is_refused(error: BaseException) -> bool:
    """Whether the machine itself refused the connection; False when it could not be reached."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionRefusedError):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
