"""Serving the receiver, on this machine alone: a web server stands before it, with the certificate."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from plancher.base import reasons
from plancher.commands.answers.receiver import box
from plancher.commands.answers.receiver.app import Receiver
from plancher.commands.answers.receiver.rules import House, Rules

HOST = "127.0.0.1"
_CONNECTIONS = 512
"""Those that a server holds open are among them."""
_HEADERS = 16_384
"""Bytes of what comes before a body."""
_GRACE = 10
"""Seconds for what is under way, when it is stopped."""


class ServingError(Exception):
    """It cannot begin; the message says why, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is served."""

    house: House
    file: Path
    """The database."""
    port: int
    """0: any that is free."""
    token: str
    """What the owner shows to fetch answers; empty: they are not given to anybody."""
    rules: Rules = dataclasses.field(default_factory=Rules)


def serve(service: Service, tell: Callable[[str], None]) -> None:
    """Answer until the process is stopped.

    :param tell: called with the address, once it answers there.
    :raises ServingError: the port is taken.
    :raises BoxError: the database cannot be written.
    """
    with box.opened(service.file, service.rules.room, service.rules.strangers) as kept, contextlib.closing(_listening(service.port)) as listening:
        config = uvicorn.Config(
            Receiver(service.house, kept, service.rules, service.token).app(),
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,  # nothing is noted of who asks
            access_log=False,
            server_header=False,
            proxy_headers=True,  # the server before it says which machine asks, and only one on this machine is believed
            forwarded_allow_ips=HOST,
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=_GRACE,
            h11_max_incomplete_event_size=_HEADERS,
        )
        tell(f"http://{HOST}:{listening.getsockname()[1]}{service.house.base}")
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """Named as one of TCP, or asyncio would send each answer in two pieces, the second 40 ms after the first."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(256)
    except (OSError, OverflowError) as error:
        listening.close()
        why = reasons.of_a_disk(error) if isinstance(error, OSError) else "il n'existe pas"
        raise ServingError(f"le port {port} ne peut pas être pris ({why}). Donnez-en un autre : --port=…") from error
    return listening
