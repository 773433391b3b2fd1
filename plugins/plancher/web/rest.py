"""Asking an interface of somebody else's (JSON over HTTPS), again where it says « later » or the line is cut."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import time
from collections.abc import Mapping
from typing import Self

import httpx

from plancher.web.client import Answer, wait_asked

_LATER = frozenset({429, 500, 502, 503, 504})
_TRIES = 5
_PATIENCE = 90.0
"""Seconds that an interface may ask us to wait; beyond, the owner is told."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. All of them may be made twice: what they ask for is then there already."""

    method: str
    path: str
    token: str = ""
    """Another one than that of the session."""
    query: Mapping[str, str] = dataclasses.field(default_factory=dict)
    value: object = None
    """Sent as JSON."""
    content: bytes | None = None
    """Sent as it is."""
    parts: tuple[tuple[str, tuple[str, bytes, str]], ...] = ()
    """Sent as a form: name; then name of the file, content, type."""


class Rest:
    """A session with one interface."""

    def __init__(self, address: str, token: str, agent: str, pause: float = 0.5) -> None:
        """:param pause: seconds before the second try; each later one waits twice as long."""
        self._address, self._token, self._pause = address.rstrip("/"), token, pause
        self._client = httpx.AsyncClient(
            follow_redirects=False,  # a token is for nobody else
            timeout=httpx.Timeout(60.0, connect=10.0),
            verify=not address.startswith("http:"),  # reading the authorities takes a while, for nothing there
            headers={"User-Agent": agent, "Accept": "application/json"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """End all connections."""
        await self._client.aclose()

    async def ask(self, call: Call) -> Answer:
        """The answer, whatever it says, once it is no « later ».

        :raises httpx.HTTPError: nobody answered, several times.
        """
        for attempt in range(_TRIES):
            wait = self._pause * 2**attempt
            is_last = attempt == _TRIES - 1
            try:
                answer = await self._once(call)
            except httpx.TransportError:
                if is_last:
                    raise
            else:
                asked = _wait(answer)
                if answer.status not in _LATER or is_last or (asked or 0.0) > _PATIENCE:
                    return answer
                wait = wait if asked is None else asked
            await asyncio.sleep(wait)
        raise AssertionError("unreachable")

    async def _once(self, call: Call) -> Answer:
        body = json.dumps(call.value).encode() if call.value is not None else call.content
        kind = {"Content-Type": "application/json" if call.value is not None else "application/octet-stream"} if body is not None else {}
        response = await self._client.request(
            call.method,
            f"{self._address}{call.path}",
            params=dict(call.query),
            content=body,
            files=list(call.parts) or None,
            headers={"Authorization": f"Bearer {call.token or self._token}", **kind},
        )
        return Answer(status=response.status_code, url=str(response.url), moved="", headers=response.headers, body=response.content)


def _wait(answer: Answer) -> float | None:
    """Seconds that an interface asks us to wait: « Retry-After », or the moment from which it counts anew."""
    asked = wait_asked(answer)
    if asked is None and answer.headers.get("x-ratelimit-remaining") == "0":
        with contextlib.suppress(ValueError):
            return max(0.0, float(answer.headers.get("x-ratelimit-reset", "")) - time.time())
    return asked
