"""Where a blog may be published: one typed line of ``publishconf.py``. No secret stands in any of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from plancher.base import settings
from plancher.base.settings import SettingsError, between, one_of, shaped, shown

KEY = "PUBLISH"
SECRETS = ("PLANCHER_PASSWORD", "PLANCHER_PASSPHRASE")
"""The variables in which secrets may stand; the first is what a keyring may know."""
SERVERS = ("nginx", "apache", "caddy")
"""Those that send a compressed twin in the place of its file."""
_FOLDER = r"(?=.*[^./\\])[^\\\x00]+"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+"


@dataclasses.dataclass(frozen=True, slots=True)
class Local:
    """A folder of this machine that a server shows.

    Releases and a link where the folder is a link or does not exist yet: readers
    get the old site or the new one, whole. File by file where it is a true folder.
    """

    folder: str = shaped("", "le dossier que montre votre serveur, comme « /srv/www/blog »", _FOLDER)
    server: str = one_of("", *SERVERS)
    """What shows it, set up to send compressed twins: they go up beside the texts. Empty: none are made."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sftp:
    """A host that is reached by SFTP, with releases as ``Local`` where its server can.

    The key or the agent of ``ssh`` is used, or the password in the variable
    ``PLANCHER_PASSWORD``; the host must be known (``~/.ssh/known_hosts``).
    """

    host: str = shaped("", "le nom de la machine, comme « ftp.nom.example »", _HOST)
    folder: str = shaped("", "le dossier que montre votre hébergeur, comme « www »", _FOLDER)
    user: str = shaped("", "votre identifiant chez l'hébergeur", r"[^\s:@/]*")
    """Empty: as ``ssh`` has it."""
    port: int = between(22, 1, 65535)
    key: str = ""
    """The file of a private key; empty: those that ``ssh`` would use."""
    known_hosts: str = ""
    """A file of keys of hosts beside that of ``ssh``, for instance in the repository."""
    server: str = one_of("", *SERVERS)
    """As for ``Local``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rsync(Sftp):
    """The same host, to which ``rsync`` brings the files: of a large one that changed a little, only the difference.

    The programs ``rsync`` and ``ssh`` are needed here, and ``rsync`` there; a key
    or an agent lets them in, since nothing gives ``ssh`` a password.
    """


@dataclasses.dataclass(frozen=True, slots=True)
class Ftps:
    """A host that is reached by FTP over TLS alone, as cheap shared hosting is.

    The site changes file by file: for the seconds of an upload a reader may find
    a new page beside an old one, never a page without what it needs. No former
    version is kept there. The password is in the variable ``PLANCHER_PASSWORD``.
    """

    host: str = shaped("", "le nom de la machine, comme « ftp.nom.example »", _HOST)
    folder: str = shaped("", "le dossier que montre votre hébergeur, comme « www »", _FOLDER)
    user: str = shaped("", "votre identifiant chez l'hébergeur", r"[^\r\n]*")
    port: int = between(21, 1, 65535)
    together: int = between(4, 1, 16)
    """Connections at once: a host that counts them closes those that are too many."""
    certificate: str = ""
    """A file with the certificate of a host that no authority vouches for."""
    server: str = one_of("", *SERVERS)
    """As for ``Local``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pages:
    """A branch of a Git repository that its host shows: Pages of GitHub, GitLab and Codeberg.

    A publication is one commit, so that readers get the old site or the new one;
    each former one can come back. Over SSH the key or the agent of ``ssh`` is used;
    over HTTPS the token in the variable ``PLANCHER_PASSWORD``.
    """

    address: str = shaped("", "l'adresse du dépôt, comme « git@forge.example:moi/blog.git »", r"(?!-)[^\s]+")
    branch: str = shaped("gh-pages", "le nom d'une branche", r"(?![-/.])[\w./-]+(?<![/.])")
    user: str = shaped("", "votre identifiant chez l'hébergeur, pour HTTPS", r"[^\s:@/]*")
    key: str = ""
    """The file of a private key; empty: those that ``ssh`` would use."""
    known_hosts: str = ""
    """A file of keys of hosts beside that of ``ssh``."""


Target = Local | Sftp | Rsync | Ftps | Pages
_KINDS: tuple[type[Target], ...] = (Local, Sftp, Rsync, Ftps, Pages)


def of_settings(values: Mapping[str, object]) -> Target | None:
    """The target that a blog has chosen; None: it has none.

    :raises SettingsError: it is none of ours, or one of its values is wrong.
    """
    chosen = values.get(KEY)
    if chosen is None:
        return None
    for kind in _KINDS:
        if type(chosen) is kind:  # an Rsync is an Sftp too
            for field in dataclasses.fields(kind):
                if field.name in {"folder", "host", "address"} and not getattr(chosen, field.name):
                    raise SettingsError(f"réglage {KEY} : il manque « {field.name} ». Il faut {field.metadata['rule'].expected}.")
            return settings.load(values, KEY, kind)
    names = " ou ".join(f"{kind.__name__}(…)" for kind in _KINDS)
    raise SettingsError(f"réglage {KEY} : reçu {shown(chosen)}, attendu {names}, de « plancher.publishing ».")
