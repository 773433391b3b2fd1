"""Messages between two processes, of any size in both directions, that never make the one who asks wait.

Both ends of a pipe that write, while nobody reads, wait for ever: so the end
of the process that shares out the work only reads what has arrived, and only
writes what there is room for.
"""

from __future__ import annotations

import collections
import socket
import struct
import time

_HEAD = struct.Struct("<QQ")
"""Before each message: its length in bytes, and the number of the task it is about."""
_PART = 1 << 20
"""Bytes sent at once, at most."""
_RECEIVED = 1 << 16
"""Bytes received at once, at most."""
_DO_NOT_WAIT = getattr(socket, "MSG_DONTWAIT", 0)
"""Windows has no such flag; nor has it copies of a process, which alone send batches."""
_BATCH_BYTES = 1 << 16
_BATCH_SECONDS = 0.05
"""A batch that is larger, or older, is sent."""

Message = tuple[int, bytes]
"""The number of a task, and what is said of it."""


class Channel:
    """The end of the process that shares out the work: it never waits."""

    def __init__(self, end: socket.socket) -> None:
        end.settimeout(0)
        self.end = end
        self.is_over = False
        """Whether the other end is closed, and all that it sent has been read."""
        self._in = bytearray()
        self._out = bytearray()

    @property
    def unsent(self) -> int:
        """Bytes for which there was no room yet."""
        return len(self._out)

    def put(self, number: int, body: bytes) -> None:
        """Send this at the next ``flush`` that finds room."""
        self._out += _HEAD.pack(len(body), number)
        self._out += body

    def flush(self) -> None:
        """Send as much as there is room for."""
        try:
            while self._out:
                with memoryview(self._out) as whole, whole[:_PART] as part:
                    sent = self.end.send(part)
                del self._out[:sent]
        except BlockingIOError:
            return
        except OSError:  # the other process has ended; what it sent before is still to be read
            self._out.clear()

    def read(self) -> tuple[bool, list[Message]]:
        """Whether anything has arrived, and the messages that are whole."""
        try:
            arrived = self.end.recv(_RECEIVED)
        except BlockingIOError:
            return False, []
        except OSError:
            arrived = b""
        self.is_over = not arrived
        self._in += arrived
        return bool(arrived), _take_messages(self._in)


class WorkerChannel:
    """The end of the process that works: it may wait, and may send several results together."""

    def __init__(self, end: socket.socket, *, sends_batches: bool) -> None:
        self._end = end
        self._sends_batches = sends_batches
        self._in = bytearray()
        self._received: collections.deque[Message] = collections.deque()
        self._batch = bytearray()
        self._count = 0
        """Messages in the batch."""
        self._sent_at = 0.0

    def receive(self) -> Message:
        """The next message; waits for it.

        :raises EOFError: there will be none.
        :raises OSError: the same.
        """
        while not self._received:
            self._receive()
        return self._received.popleft()

    def send(self, number: int, body: bytes) -> None:
        """Send this, now or soon: before the other end has nothing more to send us, or to wait for.

        :raises OSError: the other process has ended.
        """
        self._batch += _HEAD.pack(len(body), number)
        self._batch += body
        self._count += 1
        if self._is_due():
            self._end.sendall(self._batch)
            self._batch.clear()
            self._count = 0
            self._sent_at = time.monotonic()

    def _is_due(self) -> bool:
        if not self._sends_batches or len(self._batch) > _BATCH_BYTES or time.monotonic() - self._sent_at > _BATCH_SECONDS:
            return True
        if self._count >= len(self._received):
            self._receive(_DO_NOT_WAIT)
        return self._count >= len(self._received)

    def _receive(self, flags: int = 0) -> None:
        try:
            arrived = self._end.recv(_RECEIVED, flags)
        except BlockingIOError:
            return
        if not arrived:
            raise EOFError
        self._in += arrived
        self._received.extend(_take_messages(self._in))


def _take_messages(received: bytearray) -> list[Message]:
    """Take the messages that are whole out of what was received."""
    messages: list[Message] = []
    start = 0
    with memoryview(received) as view:
        while len(view) >= start + _HEAD.size:
            length, number = _HEAD.unpack_from(view, start)
            end = start + _HEAD.size + length
            if end > len(view):
                break
            messages.append((number, bytes(view[start + _HEAD.size : end])))
            start = end
    del received[:start]
    return messages
