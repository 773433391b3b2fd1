"""How a host is reached by SSH: its key is one we know, ours is in the agent or a file, or a password in the environment."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import asyncssh

from plancher.base import reasons
from plancher.publishing.errors import NO_ROOM, PublishingError
from plancher.publishing.targets import SECRETS, Sftp

PASSWORD, PASSPHRASE = SECRETS
_CONNECT = 20
"""Seconds for a host to answer."""
_ALIVE = 15
"""Seconds of silence after which it is asked whether it is still there; three without an answer end the session."""
_GOES_ON = "Recommencez : ce qui est envoyé ne l'est pas deux fois."
_REFUSALS = (
    (asyncssh.SFTPPermissionDenied, "l'hébergeur n'y donne pas le droit d'écrire. Vérifiez le dossier de PUBLISH."),
    (asyncssh.SFTPNoSpaceOnFilesystem, NO_ROOM),
    (asyncssh.SFTPQuotaExceeded, NO_ROOM),
    (asyncssh.SFTPConnectionLost, f"la connexion a été coupée. {_GOES_ON}"),
    (asyncssh.SFTPNoConnection, f"la connexion a été coupée. {_GOES_ON}"),
    (asyncssh.ConnectionLost, f"la connexion a été coupée. {_GOES_ON}"),
    # All that OpenSSH says of a disk that is full, and of much else.
    (asyncssh.SFTPFailure, f"l'hébergeur refuse sans dire pourquoi ; souvent, {NO_ROOM}"),
)


@contextlib.asynccontextmanager
async def connection(target: Sftp, environment: Mapping[str, str]) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """An open connection.

    :raises PublishingError: there is none; one sentence says why.
    """
    asyncio.get_running_loop().set_exception_handler(_only_what_nobody_tells)
    with _told(target, environment):
        opened = await asyncssh.connect(
            target.host,
            target.port,
            username=target.user or (),
            password=environment.get(PASSWORD),
            client_keys=_client_keys(target),
            passphrase=environment.get(PASSPHRASE),
            known_hosts=_known_hosts(target),
            connect_timeout=_CONNECT,
            keepalive_interval=_ALIVE,
        )
    async with opened:
        yield opened


def _only_what_nobody_tells(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """A line that is cut ends 64 requests: the first is told to the owner, and the others in no traceback."""
    if not isinstance(context.get("exception"), asyncssh.Error | OSError):
        loop.default_exception_handler(context)


def _client_keys(target: Sftp) -> list[str] | tuple[()]:
    """The file of a key; none: those of « ssh », and of its agent."""
    return [str(Path(target.key).expanduser())] if target.key else ()


def _known_hosts(target: Sftp) -> list[str] | tuple[()]:
    """The files of known hosts; nothing known means nobody is trusted."""
    places = [Path(target.known_hosts).expanduser()] if target.known_hosts else []
    found = [str(path) for path in (*places, Path("~/.ssh/known_hosts").expanduser(), Path("/etc/ssh/ssh_known_hosts")) if path.is_file()]
    return found or ()


@contextlib.contextmanager
def _told(target: Sftp, environment: Mapping[str, str]) -> Iterator[None]:
    host = target.host if target.port == 22 else f"{target.host}, port {target.port}"  # noqa: PLR2004 - SSH's own
    try:
        yield
    except asyncssh.HostKeyNotVerifiable as error:
        scan = f"ssh -p {target.port} {target.user}{'@' if target.user else ''}{target.host}"
        raise PublishingError(
            f"{host} ne prouve pas qu'il est votre hébergeur : sa clé n'est pas dans ~/.ssh/known_hosts, ou n'est plus la même. Rien n'est envoyé. "
            f"Comparez-la à celle que l'hébergeur affiche, en tapant « {scan} », puis recommencez."
        ) from error
    except asyncssh.PermissionDenied as error:
        given = f"le mot de passe de {PASSWORD}" if environment.get(PASSWORD) else "votre clé"
        raise PublishingError(
            f"{host} refuse {given} pour « {target.user or 'votre identifiant'} ». Rien n'est envoyé. Vérifiez l'identifiant de PUBLISH, "
            f"et la clé ou la variable {PASSWORD}."
        ) from error
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise PublishingError(f"La clé {target.key or 'de ~/.ssh'} ne se lit pas. Donnez sa phrase secrète dans {PASSPHRASE}, ou un autre fichier.") from error
    except (TimeoutError, OSError) as error:
        why = reasons.of_a_disk(error) if isinstance(error, OSError) and error.strerror else "pas de réponse"
        raise PublishingError(f"{host} ne répond pas ({why}). Vérifiez votre connexion et le nom de PUBLISH, puis recommencez.") from error
    except asyncssh.Error as error:
        raise PublishingError(f"{host} coupe la conversation ({error.reason}). Recommencez ; si cela dure, demandez à votre hébergeur.") from error


def refused(path: str, error: Exception) -> str:
    """Why the host did not do what it was asked, with the remedy."""
    for kind, words in _REFUSALS:
        if isinstance(error, kind):
            return f"{path} : {words}"
    if isinstance(error, OSError):
        return f"{path} : la connexion, ou votre disque, fait défaut ({reasons.of_a_disk(error)}). {_GOES_ON}"
    return f"{path} : l'hébergeur répond « {getattr(error, 'reason', error)} ». {_GOES_ON}"
