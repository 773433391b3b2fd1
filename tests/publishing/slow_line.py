"""A line to a server that is as slow as a true one, and that can be cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from tests import background_loop


class SlowLine:
    """Passes on what both ends say, later by half a round trip each way; the order and the throughput stay."""

    def __init__(self, port: int, round_trip: float) -> None:
        self.port = 0
        self._to, self._delay = port, round_trip / 2
        self._writers: set[asyncio.StreamWriter] = set()

    def slow_down(self, round_trip: float) -> None:
        """:param round_trip: seconds for what is sent from now on."""
        self._delay = round_trip / 2

    def cut(self) -> None:
        """End every connection, as a cable that is pulled out does sooner or later."""
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._writers |= {writer, far_writer}
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def send() -> None:
            while True:
                moment, piece = await queue.get()
                await asyncio.sleep(max(0.0, moment - self._loop.time()))
                if not piece:
                    writer.close()
                    return
                writer.write(piece)

        sending = asyncio.create_task(send())
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while piece := await reader.read(65536):
                queue.put_nowait((self._loop.time() + self._delay, piece))
        queue.put_nowait((self._loop.time() + self._delay, b""))
        with contextlib.suppress(OSError):
            await sending

    @contextlib.contextmanager
    def open(self) -> Iterator[SlowLine]:
        with background_loop.running() as background:
            self._loop = background.loop
            server = background.run(asyncio.start_server(self._answer, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            try:
                yield self
            finally:
                background.loop.call_soon_threadsafe(server.close)
