"""Reading one folder of a mailbox by IMAP (RFC 9051), over TLS, without changing anything in it."""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from plancher.web import folder_names

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_PLAIN = re.compile(r"[A-Za-z0-9.@_+-]+")


class MailboxError(Exception):
    """The mailbox cannot be read; the message says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where mails are."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    timeout: float
    context: ssl.SSLContext | None = None
    """Which certificates are believed; None: those of the system."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail."""

    uid: int
    validity: int
    """Numbers of mails mean something else when it changes."""
    raw: bytes | None
    """None: it is too large."""


def mails(box: Mailbox, mark: str, after: tuple[int, int], most: int) -> Iterator[Mail]:
    """The mails whose subject holds a mark, the oldest first.

    :param after: the validity and the number up to which all was read.
    :param most: bytes of one mail.
    :raises MailboxError: nobody answers, or not as a mailbox does.
    """
    try:
        with _opened(box) as client:
            validity = _validity(client)
            last = after[1] if after[0] == validity else 0
            status, found = client.uid("SEARCH", f"UID {last + 1}:*", "SUBJECT", f'"{mark}"')
            _expect(status, "chercher les courriels")
            for uid in sorted(int(number) for number in (found[0] or b"").split()):
                if uid > last:  # « 9:* » names the last mail even when there is no ninth
                    yield Mail(uid, validity, _fetched(client, uid, most))
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        raise MailboxError(_why(box, error)) from error


@contextlib.contextmanager
def _opened(box: Mailbox) -> Iterator[imaplib.IMAP4_SSL]:
    """A connection that may read the folder, and no more."""
    client = imaplib.IMAP4_SSL(box.host, box.port, ssl_context=box.context or ssl.create_default_context(), timeout=box.timeout)
    try:
        _enter(client, box)
        status, _ = client.select(folder_names.quoted(box.folder), readonly=True)
        _expect(status, f"ouvrir le dossier « {box.folder} »")
        yield client
    finally:
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            client.logout()
        with contextlib.suppress(OSError):
            client.shutdown()  # what could not say goodbye is still open


def _enter(client: imaplib.IMAP4_SSL, box: Mailbox) -> None:
    """:raises MailboxError: the mailbox does not know this user, or not by this password."""
    try:
        if _PLAIN.fullmatch(box.user) and box.password.isascii():
            client.login(box.user, box.password)
        else:  # « LOGIN » knows plain letters alone (RFC 9051, section 6.2.3)
            client.authenticate("PLAIN", lambda _: f"\0{box.user}\0{box.password}".encode())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxError(f"{box.host} refuse l'identifiant ou le mot de passe. Corrigez-les, puis recommencez.") from error


def _validity(client: imaplib.IMAP4_SSL) -> int:
    _, found = client.response("UIDVALIDITY")
    return int(found[0] or 0) if found else 0


def _fetched(client: imaplib.IMAP4_SSL, uid: int, most: int) -> bytes | None:
    """A mail, which stays unread; its size is asked first."""
    status, sizes = client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    _expect(status, "lire un courriel")
    size = next((int(said[1]) for line in sizes if isinstance(line, bytes) and (said := _SIZE.search(line))), 0)
    if size > most:
        return None
    status, found = client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{most + 1}>)")
    _expect(status, "lire un courriel")
    raw = next((part[1] for part in found if isinstance(part, tuple)), b"")
    return raw if len(raw) <= most else None


def _expect(status: str, what: str) -> None:
    """:raises MailboxError: it was refused."""
    if status != "OK":
        raise MailboxError(f"la boîte refuse de {what}.")


def _why(box: Mailbox, error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"le certificat de {box.host} n'est pas valable : rien ne lui a été envoyé."
    if isinstance(error, imaplib.IMAP4.abort):
        return f"{box.host} a coupé la connexion. Relancez « invoke answers.fetch » : la relève reprendra où elle s'est arrêtée."
    if isinstance(error, imaplib.IMAP4.error):
        return f"{box.host} répond autre chose que ce qu'une boîte promet."
    return f"{box.host} ne répond pas. Réessayez plus tard."
