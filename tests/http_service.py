"""An HTTP service in a thread, that plays one of somebody else's."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator

from aiohttp import web

from tests import background_loop


@contextlib.contextmanager
def listening(application: web.Application, *places: tuple[str, ssl.SSLContext | None]) -> Iterator[list[int]]:
    """The ports of one service at several places, as long as it answers."""
    with background_loop.running() as background:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)

        async def start() -> list[int]:
            await runner.setup()
            for host, context in places:
                await web.TCPSite(runner, host, 0, ssl_context=context, backlog=1024).start()
            return [address[1] for address in runner.addresses]

        try:
            yield background.run(start())
        finally:
            background.run(runner.cleanup())


@contextlib.contextmanager
def served(application: web.Application, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Its address."""
    with listening(application, ("127.0.0.1", context)) as ports:
        yield f"{'https' if context else 'http'}://127.0.0.1:{ports[0]}"
