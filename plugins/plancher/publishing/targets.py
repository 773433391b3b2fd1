"""Where a blog may be published: one typed line of ``publishconf.py``. No secret stands in any of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from plancher.base import settings
from plancher.base.settings import SettingsError, between, one_of, shaped, shown

KEY = "PUBLISH"
SECRETS = ("PLANCHER_PASSWORD", "PLANCHER_PASSPHRASE")
"""The variables in which secrets may stand; the first is what a keyring may know."""
_OWN_MACHINE = r"(?:localhost|127\.0\.0\.1|\[::1\])"
"""What may be asked without TLS."""
_SERVICE = rf"https://[^\s?#@]+|http://{_OWN_MACHINE}(?::\d+)?(?:/[^\s?#@]*)?"
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
    """What shows it, set up to send compressed twins: they go up beside the texts. Empty: none are made.

    Apache: where no link can be exchanged, its « .htaccess » names the release.
    """


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


@dataclasses.dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of objects, as Amazon S3 and whatever speaks as it does has them.

    The site changes object by object: for the seconds of an upload a reader may
    find a new page beside an old one, never a page without what it needs. No
    former version is kept there. The secret key is in the variable
    ``PLANCHER_PASSWORD``, or both keys are where the tools of S3 have them
    (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_SESSION_TOKEN``).
    """

    bucket: str = shaped("", "le nom du bucket", r"[A-Za-z0-9][A-Za-z0-9._-]+")
    endpoint: str = shaped("", "l'adresse du service, comme « https://s3.region.nom.example »", _SERVICE)
    region: str = shaped("us-east-1", "le nom de la région, comme « eu-west-3 »", r"[A-Za-z0-9-]+")
    """Services that have no regions take the usual one."""
    prefix: str = shaped("", "le dossier du site dans le bucket, comme « blog », ou rien", r"(?!/)[^\\\x00]*(?<!/)")
    user: str = shaped("", "l'identifiant de la clé d'accès", r"[^\s]*")
    certificate: str = ""
    """A file with the certificate of a service that no authority vouches for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Netlify:
    """A site of Netlify, that is sent and not built there.

    A publication is one deployment, so that readers get the old site or the new
    one; each former one can come back. The token is in ``PLANCHER_PASSWORD``.
    """

    site: str = shaped("", "le nom du site, comme « nom.netlify.app », ou son identifiant", r"[A-Za-z0-9.-]+")
    interface: str = shaped("https://api.netlify.com/api/v1", "l'adresse de son interface", _SERVICE)


@dataclasses.dataclass(frozen=True, slots=True)
class Cloudflare:
    """A site of Cloudflare, as static files of a Worker: the interface that is documented (that of Pages is not).

    A publication is one version, so that readers get the old site or the new one;
    each former one can come back. The token is in ``PLANCHER_PASSWORD``.
    """

    account: str = shaped("", "l'identifiant du compte, 32 signes", r"[0-9a-f]{32}")
    project: str = shaped("", "le nom du Worker, comme « blog »", r"[a-z0-9][a-z0-9_-]*")
    interface: str = shaped("https://api.cloudflare.com/client/v4", "l'adresse de son interface", _SERVICE)


Target = Local | Sftp | Rsync | Ftps | Pages | Bucket | Netlify | Cloudflare
_KINDS: tuple[type[Target], ...] = (Local, Sftp, Rsync, Ftps, Pages, Bucket, Netlify, Cloudflare)
_NEEDED = frozenset({"folder", "host", "address", "bucket", "endpoint", "site", "account", "project"})
"""What no target can do without."""


def account(target: Target) -> tuple[str, str]:
    """Under which name, and for which user, its secrets stand in a file or a keyring."""
    match target:
        case Local():
            return "", ""
        case Pages():
            return target.address, target.user
        case Bucket():
            return target.bucket, target.user
        case Netlify():
            return "netlify", target.site
        case Cloudflare():
            return "cloudflare", target.project
        case _:
            return target.host, target.user


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
                if field.name in _NEEDED and not getattr(chosen, field.name):
                    raise SettingsError(f"réglage {KEY} : il manque « {field.name} ». Il faut {field.metadata['rule'].expected}.")
            return settings.load(values, KEY, kind)
    names = " ou ".join(f"{kind.__name__}(…)" for kind in _KINDS)
    raise SettingsError(f"réglage {KEY} : reçu {shown(chosen)}, attendu {names}, de « plancher.publishing ».")
