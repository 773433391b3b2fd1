"""A mailbox on this machine that speaks as much of IMAP, over TLS, as reading one folder needs."""

from __future__ import annotations

import contextlib
import re
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path


class Box(socketserver.ThreadingTCPServer):
    """Mails by their number."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Speaking)
        self.context = context
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.heard: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def get_request(self):
        connection, address = super().get_request()
        return self.context.wrap_socket(connection, server_side=True), address

    def handle_error(self, request, client_address) -> None:
        """A client that does not believe the certificate is no news."""


class _Speaking(socketserver.StreamRequestHandler):
    server: Box

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK prete")
        while line := self.rfile.readline():
            tag, _, command = line.decode().strip().partition(" ")
            self.server.heard.append(command)
            status = self.answer(command)
            self.say(f"{tag} {status}")
            if command == "LOGOUT":
                return

    def answer(self, command: str) -> str:
        if command.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("LOGIN"):
            return "OK entre" if '"secret"' in command else "NO refuse"
        elif command.startswith(("EXAMINE", "SELECT")):
            self.say(f"* {len(self.server.mails)} EXISTS")
            self.say(f"* OK [UIDVALIDITY {self.server.validity}] x")
            return "OK [READ-ONLY] lu" if "INBOX" in command else "NO inconnu"
        elif found := re.match(r'UID SEARCH UID (\d+):\* SUBJECT "(.*)"', command):
            last = max(self.server.mails, default=0)
            numbers = [n for n, raw in sorted(self.server.mails.items()) if (n >= int(found[1]) or n == last) and found[2].encode() in raw]
            self.say(f"* SEARCH {' '.join(map(str, numbers))}")
        elif found := re.match(r"UID FETCH (\d+) \(RFC822.SIZE\)", command):
            self.say(f"* 1 FETCH (UID {found[1]} RFC822.SIZE {len(self.server.mails[int(found[1])])})")
        elif found := re.match(r"UID FETCH (\d+) \(BODY.PEEK\[\]<0.(\d+)>\)", command):
            raw = self.server.mails[int(found[1])][: int(found[2])]
            self.wfile.write(f"* 1 FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        return "OK fait"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[Box, ssl.SSLContext]]:
    """The mailbox, and who believes its certificate."""
    key, certificate = folder / "cle.pem", folder / "certificat.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    box = Box(context)
    thread = threading.Thread(target=box.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield box, ssl.create_default_context(cafile=str(certificate))
    finally:
        box.shutdown()
        box.server_close()
        thread.join(5)
