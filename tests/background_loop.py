"""An event loop in a thread of its own, for servers that answer while a test asks."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from typing import TypeVar

T = TypeVar("T")
_LIMIT = 30.0
"""Seconds for whatever is asked of the loop."""


class BackgroundLoop:
    """The loop, asked from another thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def run(self, work: Coroutine[object, object, T]) -> T:
        """Its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_LIMIT)


@contextlib.contextmanager
def running() -> Iterator[BackgroundLoop]:
    """Such a loop. At the end nothing that it opened stays open: Python would blame the test that runs when it is collected."""
    made = BackgroundLoop()
    thread = threading.Thread(target=made.loop.run_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.run(_close_connections())
        made.loop.call_soon_threadsafe(made.loop.stop)
        thread.join(_LIMIT)
        made.loop.close()


async def _close_connections() -> None:
    """End all work and all connections, those too whose TLS has only begun: a server does not know them yet, only the loop does."""
    loop = asyncio.get_running_loop()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    while transports := [one for one in loop._transports.values() if not one.is_closing()]:
        for transport in transports:
            transport.abort()
        await asyncio.sleep(0)
    await asyncio.sleep(0)  # what was closed is told in the next turn
