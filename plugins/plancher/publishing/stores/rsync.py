"""A host by SFTP, to which ``rsync`` brings the files."""

from __future__ import annotations

import asyncio
import re
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

import asyncssh

from plancher.base import french
from plancher.publishing.errors import NO_ROOM, PublishingError
from plancher.publishing.stores import ssh_program
from plancher.publishing.stores.sftp import SftpStore
from plancher.publishing.targets import Rsync

_WHY = {
    5: "il ne peut pas commencer",
    10: "la connexion a été coupée",
    11: "un disque ne peut être lu ou écrit",
    12: "la connexion a été coupée, ou rsync manque chez l'hébergeur",
    20: "il a été arrêté",
    23: "tous les fichiers n'ont pas pu être écrits",
    24: "des fichiers du site ont disparu pendant l'envoi",
    30: "l'hébergeur ne répond plus",
    35: "l'hébergeur ne répond plus",
    127: "rsync manque chez l'hébergeur",
    255: "ssh n'a pas pu ouvrir la session : il faut une clé ou un agent, un mot de passe ne suffit pas",
}
"""What the exit codes of rsync mean (its manual, « exit values »)."""
_FULL = re.compile(rb"No space left on device|Disk quota exceeded")
"""What the system of the host says, in the language of a session without any (the library of C, ENOSPC and EDQUOT)."""
_OF_A_DISK = frozenset({11, 23})
"""The codes of a disk that refuses, whether or not its reason arrives: the host's rsync may end before it has said it."""
_SILENCE = 60
"""Seconds without a byte after which it gives up."""
_TOLD = 200
"""Characters of its own words."""


class RsyncStore(SftpStore):
    """Sends files with the program; all else goes by SFTP."""

    def __init__(self, client: asyncssh.SFTPClient, target: Rsync) -> None:
        """:raises PublishingError: a program is not installed."""
        super().__init__(client)
        for name in ("rsync", "ssh"):
            if shutil.which(name) is None:
                raise PublishingError(f"Le programme « {name} » n'est pas installé ici. Installez-le, ou prenez Sftp(…), qui n'en a pas besoin.")
        self._target = target

    async def send_many(self, folder: str, site: Path, paths: Sequence[str]) -> None:
        """Make or replace these files."""
        process = await asyncio.create_subprocess_exec(
            *_command(self._target, folder, site), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            _, said = await process.communicate("".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape"))
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            why = _WHY.get(process.returncode, f"il rend le code {process.returncode}")
            if _FULL.search(said):
                raise PublishingError(f"{folder} : {NO_ROOM}")
            words = french.clip(said.decode("utf-8", "replace"), _TOLD)
            remedy = f"Souvent, {NO_ROOM}" if process.returncode in _OF_A_DISK else "Recommencez une fois la cause levée."
            raise PublishingError(f"rsync s'est arrêté : {why}{f' (« {words} »)' if words else ''}. {remedy}")


def _command(target: Rsync, folder: str, site: Path) -> list[str]:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return [
        "rsync",
        "--files-from=-",
        "--from0",
        "-s",  # no shell of the host reads a name
        "--ignore-times",  # the plan knows what changed
        "--copy-links",
        "--chmod=D755,F644",
        "--perms",
        f"--timeout={_SILENCE}",
        f"--rsh={shlex.join([*ssh_program.command(target), '-p', str(target.port)])}",
        f"{site}/",
        f"{target.user}{'@' if target.user else ''}{host}:{folder}/",
    ]
