"""Dovecot on this machine, over TLS, with one mailbox; and a line to it that can be cut."""

from __future__ import annotations

import contextlib
import dataclasses
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.publishing.conftest import free_port, running, server_program

USER, PASSWORD = "moi", "un secret"
_SETTINGS = """
base_dir = {folder}/etat
state_dir = {folder}/etat
log_path = {folder}/journal
listen = 127.0.0.1
protocols = imap
ssl = required
ssl_cert = <{folder}/certificat.pem
ssl_key = <{folder}/cle.pem
ssl_dh =
disable_plaintext_auth = yes
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{folder}/courrier
mailbox_list_index = no
first_valid_uid = 0
first_valid_gid = 0
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = passwd-file
  args = {folder}/comptes
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/maison
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclasses.dataclass(frozen=True)
class Dovecot:
    """The server."""

    port: int
    folder: Path

    @property
    def trust(self) -> ssl.SSLContext:
        """Who believes its certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "certificat.pem"))

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4_SSL]:
        """The owner's own mail program."""
        with imaplib.IMAP4_SSL("localhost", self.port, ssl_context=self.trust, timeout=20) as client:
            client.login(USER, PASSWORD)
            yield client

    def empty(self, *folders: str) -> None:
        """No mail anywhere, and these folders beside the usual one."""
        with self.client() as client:
            _, found = client.list()
            for line in found:
                name = line.decode().rpartition(' "/" ')[2]
                if name.strip('"') != "INBOX":
                    client.delete(name)
            client.select("INBOX")
            client.uid("STORE", "1:*", "+FLAGS", "(\\Deleted)")
            client.expunge()
            for folder in folders:
                assert client.create(f'"{folder}"')[0] == "OK"

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Let mails arrive."""
        with self.client() as client:
            for raw in mails:
                assert client.append(f'"{folder}"', None, None, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))[0] == "OK"

    def state(self, folder: str = "INBOX") -> list[bytes]:
        """All that a mail program sees of a folder, but the words."""
        with self.client() as client:
            client.select(f'"{folder}"', readonly=True)
            _, counted = client.status(f'"{folder}"', "(MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ)")
            _, found = client.uid("FETCH", "1:*", "(FLAGS RFC822.SIZE INTERNALDATE MODSEQ)")
            return [*counted, *(line for line in found if isinstance(line, bytes))]


def _certificate(folder: Path) -> None:
    """A certificate that nobody knows, for « localhost »."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", str(folder / "cle.pem"), "-out", str(folder / "certificat.pem")),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


@contextlib.contextmanager
def serving() -> Iterator[Dovecot]:
    """The server, once it answers; mails belong to nobody, and no account of the machine is asked for.

    Its folder stands where its other users may go, and has a short name: sockets have room for a hundred letters.
    """
    with tempfile.TemporaryDirectory(prefix="dovecot") as name:
        Path(name).chmod(0o755)
        with _serving(Path(name)) as server:
            yield server


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[Dovecot]:
    program, port = server_program("dovecot", "dovecot-imapd"), free_port()
    is_root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    names = {"internal": "dovecot", "login": "dovenull", "internal_group": "dovecot"} if is_root else dict.fromkeys(("internal", "login"), me.pw_name)
    owner = pwd.getpwnam("nobody") if is_root else me
    names.setdefault("internal_group", str(os.getegid()))
    _certificate(folder)
    (folder / "comptes").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", encoding="utf-8")
    for name in ("maison", "courrier", "etat"):
        (folder / name).mkdir()
    if is_root:
        for name in ("maison", "courrier"):
            shutil.chown(folder / name, owner.pw_uid, owner.pw_gid)
    settings = folder / "dovecot.conf"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, uid=owner.pw_uid, gid=owner.pw_gid, **names), encoding="utf-8")
    with running([program, "-F", "-c", str(settings)], port, folder / "sortie"):
        yield Dovecot(port, folder)


@contextlib.contextmanager
def cut_after(port: int, most: int) -> Iterator[int]:
    """A line to a server, whose answers end after so many bytes, in the middle of whatever they say; its own port."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(20)
        thread = threading.Thread(target=_pass_on, args=(door, port, most), daemon=True)
        thread.start()
        yield door.getsockname()[1]
        thread.join(20)


def _pass_on(door: socket.socket, port: int, most: int) -> None:
    client, _ = door.accept()
    with client, socket.create_connection(("127.0.0.1", port)) as server:
        threading.Thread(target=_copy, args=(client, server), daemon=True).start()
        left = most
        while left > 0 and (piece := server.recv(min(left, 4096))):
            left -= len(piece)
            client.sendall(piece)
        for end in (client, server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(4096):
            target.sendall(piece)
