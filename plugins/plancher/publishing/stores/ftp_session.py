"""FTP over TLS as today's servers ask for it, several connections at once, and their refusals in French."""

from __future__ import annotations

import asyncio
import contextlib
import ftplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from plancher.base import reasons
from plancher.publishing.errors import NO_ROOM, PublishingError
from plancher.publishing.targets import SECRETS, Ftps

T = TypeVar("T")
_WAIT = 30
"""Seconds for an answer."""
_GOES_ON = "Recommencez : ce qui est envoyé ne l'est pas deux fois."
_CERTIFICATES = {9: "n'est pas encore valable", 10: "est périmé", 62: "n'est pas à ce nom", 64: "n'est pas à ce nom"}
"""By what OpenSSL calls « X509_V_ERR »."""
_UNKNOWN = "n'est garanti par personne que cette machine connaisse"
_NO_LOGIN, _NO_ROOM, _QUOTA, _TOO_MANY, _LOCAL = "530", "452", "552", "421", "451"


class FtpOverTls(ftplib.FTP_TLS):
    """The standard library's, whose data connections go on with the TLS session of the first one.

    vsftpd and ProFTPD refuse others: somebody else might have opened them.
    """

    def ntransfercmd(self, cmd: str, rest: int | str | None = None) -> tuple[socket.socket, int | None]:
        """Begin a transfer; the connection that carries it, and its size where the server says it."""
        plain, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - the next line but one encrypts it
        session = self.sock.session if isinstance(self.sock, ssl.SSLSocket) else None
        return self.context.wrap_socket(plain, server_hostname=self.host, session=session), size


class Pool:
    """So many connections; each does one thing at a time, in a thread."""

    def __init__(self, target: Ftps, environment: Mapping[str, str], together: int) -> None:
        self._target, self._password = target, environment.get(SECRETS[0], "")
        self._free: asyncio.Queue[FtpOverTls | None] = asyncio.Queue()
        for _ in range(together):
            self._free.put_nowait(None)  # opened when it is needed
        self._open: set[FtpOverTls] = set()

    async def run(self, what: str, work: Callable[[FtpOverTls], T]) -> T:
        """Do something on a connection that is free.

        :param what: a path, for the sentence.
        :raises PublishingError: the host refuses, or is gone.
        """
        connection = await self._free.get()
        try:
            if connection is None:
                connection = await _to_its_end(self._connected)
            opened = connection
            return await _to_its_end(lambda: work(opened))
        except (OSError, EOFError, ftplib.Error) as error:
            if not isinstance(error, ftplib.error_perm) and connection is not None:
                self._open.discard(connection)
                connection.close()  # nobody knows what it is at
                connection = None
            raise PublishingError(f"{what} : {refused(error)}") from error
        finally:
            self._free.put_nowait(connection)

    def close(self) -> None:
        """End all connections."""
        for connection in self._open:
            with contextlib.suppress(OSError, EOFError, ftplib.Error):
                connection.quit()
            connection.close()

    def _connected(self) -> FtpOverTls:
        target = self._target
        with _told(target):
            context = ssl.create_default_context(cafile=str(Path(target.certificate).expanduser()) if target.certificate else None)
            made = FtpOverTls(context=context, timeout=_WAIT, encoding="utf-8")
            try:
                made.connect(target.host, target.port)
                made.login(target.user, self._password)
                made.prot_p()
            except BaseException:
                made.close()
                raise
            self._open.add(made)
            return made


async def _to_its_end(work: Callable[[], T]) -> T:
    """Do it in a thread, and wait for the thread even when nobody wants the result any more: two must not use one connection."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running})
        raise


@contextlib.contextmanager
def _told(target: Ftps) -> Iterator[None]:
    """:raises PublishingError: no session; one sentence says why."""
    host = target.host
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise PublishingError(
            f"{host} ne prouve pas qu'il est votre hébergeur : son certificat {_CERTIFICATES.get(error.verify_code, _UNKNOWN)}. Rien n'est envoyé. "
            "Vérifiez le nom de PUBLISH ; s'il est juste, c'est à l'hébergeur d'y remédier."
        ) from error
    except ftplib.error_perm as error:
        if str(error).startswith(_NO_LOGIN):
            raise PublishingError(
                f"{host} refuse l'identifiant « {target.user} » ou son mot de passe. Rien n'est envoyé. Vérifiez l'un dans PUBLISH, l'autre dans {SECRETS[0]}."
            ) from error
        raise PublishingError(f"{host} refuse une session chiffrée ({refused(error)}). Rien n'est envoyé : jamais un mot de passe ne part en clair.") from error
    except ssl.SSLError as error:
        raise PublishingError(f"{host} ne sait pas chiffrer comme il le faut ({error.reason}). Rien n'est envoyé. Demandez à votre hébergeur.") from error
    except (OSError, EOFError, ftplib.Error) as error:
        raise PublishingError(f"{host} ne répond pas ({_why(error)}). Vérifiez votre connexion et le nom de PUBLISH, puis recommencez.") from error


def refused(error: Exception) -> str:
    """Why the host did not do what it was asked, with the remedy."""
    answer = str(error)
    if isinstance(error, ftplib.Error) and answer.startswith((_NO_ROOM, _QUOTA)):
        return NO_ROOM
    if isinstance(error, ftplib.Error) and answer.startswith(_TOO_MANY):
        return f"l'hébergeur ferme la session ; baissez « together » de PUBLISH s'il en compte trop. {_GOES_ON}"
    if isinstance(error, ftplib.Error) and answer.startswith(_LOCAL):
        return f"l'hébergeur répond « {' '.join(answer.split())} » ; souvent, {NO_ROOM}"
    if isinstance(error, ftplib.Error):
        return f"l'hébergeur répond « {' '.join(answer.split())} »."
    return f"la connexion a été coupée ({_why(error)}). {_GOES_ON}"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "pas de réponse"
    return reasons.of_a_disk(error) if isinstance(error, OSError) and error.strerror else "il a raccroché"
