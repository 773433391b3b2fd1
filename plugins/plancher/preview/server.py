"""The preview's HTTP server: for browsers of this machine only, and never cached."""

from __future__ import annotations

import contextlib
import dataclasses
import email.utils
import http.server
import json
import os
import socket
import urllib.parse
from http import HTTPStatus
from pathlib import Path
from typing import Any

from plancher.importing.blogs.home.journals import last_report
from plancher.preview import desk, form_guard, pages, ranges
from plancher.preview.desk import Desk, Reply
from plancher.preview.hub import Hub
from plancher.preview.served_site import Resource, ServedSite, media_type_of

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
"""As Pelican's users expect."""
_HOST_NAMES = {"127.0.0.1", "localhost"}
_PREVIEW_FILES = {name: Path(__file__).resolve().parent / name for name in ("client.js", "client.css", "page.css", "desk.css")}
_REPORT = "import"
"""The address of the report of the last import, among the preview's own."""
_PIECE = 1_000_000
"""Bytes of a file in memory at once."""
_HEARTBEAT = 15.0
"""Seconds; a write to a browser that is gone fails."""


class Server(http.server.ThreadingHTTPServer):
    """One thread for each connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, site: ServedSite, hub: Hub) -> None:
        """:raises OSError: the port is taken."""
        self.site, self.hub, self.desk = site, hub, Desk(site.folder.parent)
        super().__init__((HOST, port), Handler)

    def server_bind(self) -> None:
        """As Python's own, without looking up the machine's name, which can take seconds."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port
            self.allow_reuse_address = False
        super(http.server.HTTPServer, self).server_bind()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no error."""


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "plancher"
    sys_version = ""
    disable_nagle_algorithm = True
    timeout = 120
    server: Server

    def do_GET(self) -> None:
        """Answer with a page, a file, or the event stream."""
        address, _, query = self.path.partition("#")[0].partition("?")
        if self._is_of_another_name():
            return
        if address == desk.ADDRESS:
            self._reply(self.server.desk.shown(query))
        elif address == f"{pages.PREFIX}evenements":
            self._events(urllib.parse.parse_qs(query).get("page", ["/"])[0])
        elif address.startswith(pages.PREFIX):
            self._preview_file(address.removeprefix(pages.PREFIX))
        elif not self.server.hub.is_ready:
            text = pages.plain_page("Première construction…", "La page s’affichera d’elle-même dès que le site sera construit.")
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, pages.with_client(text, pages.WAITING).encode(), Retry_After="1")
        else:
            self._site(address)

    do_HEAD = do_GET  # noqa: N815 - Python's name

    def do_POST(self) -> None:
        """Obey a form of the page where answers are decided; nothing else here changes anything."""
        self.close_connection = True  # what is refused is not read
        if self._is_of_another_name():
            return
        if self.path.partition("?")[0] != desk.ADDRESS:
            self._send(HTTPStatus.METHOD_NOT_ALLOWED, b"", Allow="GET, HEAD")
            return
        size = 0 if form_guard.refusal(self.headers) else int(self.headers["Content-Length"])
        self._reply(self.server.desk.decided(self.headers, self.rfile.read(size)))

    def _is_of_another_name(self) -> bool:
        """The name of another site may lead here (DNS rebinding): its pages must not read drafts, nor decide anything."""
        name = urllib.parse.urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if name in _HOST_NAMES:
            return False
        self._send(HTTPStatus.FORBIDDEN, pages.plain_page("Adresse refusée", "L’aperçu ne répond qu’à localhost et à 127.0.0.1.").encode())
        return True

    def _reply(self, reply: Reply) -> None:
        headers = desk.HEADERS | ({"Location": reply.location} if reply.location else {})
        self._send(reply.status, reply.body.encode(), **headers)

    def log_message(self, *_: object) -> None:
        """Stay silent: the terminal is for builds."""

    def _preview_file(self, name: str) -> None:
        if name.strip("/") == _REPORT:
            self._report()
        elif name in _PREVIEW_FILES:
            self._send(HTTPStatus.OK, _PREVIEW_FILES[name].read_bytes(), media_type_of(_PREVIEW_FILES[name]))
        else:
            self._send(HTTPStatus.NOT_FOUND, b"")

    def _report(self) -> None:
        """What the last import of a former blog brought."""
        report = last_report(self.server.site.folder.parent)
        if report:
            self._file(report)
        else:
            text = pages.plain_page("Aucun rapport", "« invoke import » n’a encore fait venir aucun ancien blog ici.")
            self._send(HTTPStatus.NOT_FOUND, text.encode())

    def _site(self, address: str) -> None:
        target = self.server.site.find(address)
        if target.redirect:
            self._send(HTTPStatus.FOUND, b"", Location=target.redirect)
        elif target.path is None or target.path.suffix == ".html":
            self._page(address, target)
        else:
            self._file(target.path)

    def _page(self, address: str, resource: Resource) -> None:
        title, sentence = "Page introuvable", "Le site n’a rien à cette adresse, ou n’a pas encore pu être construit."
        path = resource.path
        try:
            text = path.read_text(encoding="utf-8", errors="replace") if path else pages.plain_page(title, sentence)
            last_modified = email.utils.formatdate(path.stat().st_mtime, usegmt=True) if path else ""
        except OSError:  # replaced this very moment
            text, last_modified = pages.plain_page(title, sentence), ""
        shown = pages.state(self.server.site, address, text if path else "")
        status = HTTPStatus.NOT_FOUND if resource.is_missing else HTTPStatus.OK
        self._send(status, pages.with_client(text, shown).encode(), **({"Last_Modified": last_modified} if last_modified else {}))

    def _file(self, path: Path) -> None:
        """A file, or the range of it that a player asks for; a film is sent piece by piece."""
        with contextlib.ExitStack() as opened:
            try:
                file = opened.enter_context(path.open("rb"))
            except OSError:
                self._send(HTTPStatus.NOT_FOUND, b"")
                return
            found = os.fstat(file.fileno())
            headers = {"Last_Modified": email.utils.formatdate(found.st_mtime, usegmt=True), "Accept_Ranges": "bytes"}
            part = ranges.part_of(self.headers.get("Range", ""), found.st_size)
            if part is None:
                self._head(HTTPStatus.OK, found.st_size, media_type_of(path), **headers)
                part = range(found.st_size)
            elif not part:
                self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", Content_Range=f"bytes */{found.st_size}")
                return
            else:
                headers["Content_Range"] = f"bytes {part[0]}-{part[-1]}/{found.st_size}"
                self._head(HTTPStatus.PARTIAL_CONTENT, len(part), media_type_of(path), **headers)
            if self.command != "HEAD":
                file.seek(part.start)
                for start in range(0, len(part), _PIECE):
                    self.wfile.write(file.read(min(_PIECE, len(part) - start)))

    def _send(self, status: HTTPStatus, content: bytes, media_type: str = "text/html; charset=utf-8", **headers: str) -> None:
        self._head(status, len(content), media_type, **headers)
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: HTTPStatus, size: int, media_type: str, **headers: str) -> None:
        self.send_response(status)
        fixed = {"Content_Type": media_type, "Content_Length": str(size), "Cache_Control": "no-store", "X_Content_Type_Options": "nosniff"}
        for name, value in (fixed | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _events(self, page: str) -> None:
        """Server-sent events (HTML standard, 9.2): the state of one page, now and after each build."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        for name, value in {"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store", "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        hub, seen = self.server.hub, 0
        while not hub.is_closed:
            number, report = hub.wait(seen, _HEARTBEAT)
            if number == seen:
                self.wfile.write(b":\n\n")
            else:
                seen = number
                state = dataclasses.asdict(pages.state(self.server.site, page)) | {"report": report}
                self.wfile.write(f"data: {json.dumps(state)}\n\n".encode())


def open_server(port: int, site: ServedSite, hub: Hub) -> Server:
    """A server on this port; for 0, on the default one or any that is free.

    :raises OSError: the port that was asked for is taken.
    """
    if port:
        return Server(port, site, hub)
    try:
        return Server(DEFAULT_PORT, site, hub)
    except OSError:
        return Server(0, site, hub)
