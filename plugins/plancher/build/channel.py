"""Messages between two processes, of any size in both directions, that never make the one who asks wait.

Both ends of a pipe that write, while nobody reads, wait for ever: so the end
of the process that shares out the work only reads what has arrived, and only
writes what there is room for.
"""

from __future__ import annotations

import socket
import struct

_HEAD = struct.Struct("<QQ")
"""Before each message: its length in bytes, and the number of the task it is about."""
_PART = 1 << 20
"""Bytes sent or read at once, at most."""
_SMALL = 1 << 16
"""Bytes below which a message is worth a copy to save a system call."""

Message = tuple[int, bytes]
"""The number of a task, and what is said of it."""


class Channel:
    """The end that never waits."""

    def __init__(self, end: socket.socket) -> None:
        end.settimeout(0)
        self.end = end
        self.is_over = False
        """Whether the other end is closed, and all that it said has been read."""
        self._in = bytearray()
        self._out = bytearray()

    @property
    def unsent(self) -> int:
        """Bytes for which there was no room yet."""
        return len(self._out)

    def put(self, number: int, body: bytes) -> None:
        """Say this at the next ``flush`` that finds room."""
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
        except OSError:  # nobody is there any more; what he said before is still to be read
            self._out.clear()

    def read(self) -> tuple[bool, list[Message]]:
        """Whether anything has arrived, and the messages that are whole."""
        try:
            arrived = self.end.recv(_PART)
        except BlockingIOError:
            return False, []
        except OSError:
            arrived = b""
        self.is_over = not arrived
        self._in += arrived
        return bool(arrived), self._whole()

    def _whole(self) -> list[Message]:
        found: list[Message] = []
        start = 0
        with memoryview(self._in) as view:
            while len(view) >= start + _HEAD.size:
                length, number = _HEAD.unpack_from(view, start)
                end = start + _HEAD.size + length
                if end > len(view):
                    break
                found.append((number, bytes(view[start + _HEAD.size : end])))
                start = end
        del self._in[:start]
        return found


def send(end: socket.socket, number: int, body: bytes) -> None:
    """Say one thing, from the end that may wait.

    :raises OSError: nobody is there any more.
    """
    head = _HEAD.pack(len(body), number)
    if len(body) < _SMALL:
        end.sendall(head + body)
    else:
        end.sendall(head)
        end.sendall(body)


def receive(end: socket.socket) -> Message:
    """Wait for the next message.

    :raises EOFError: there will be none.
    :raises OSError: the same.
    """
    length, number = _HEAD.unpack(_exactly(end, _HEAD.size))
    return number, bytes(_exactly(end, length))


def _exactly(end: socket.socket, size: int) -> bytearray:
    found = bytearray(size)
    view = memoryview(found)
    done = 0
    while done < size:
        count = end.recv_into(view[done:])
        if not count:
            raise EOFError
        done += count
    return found
