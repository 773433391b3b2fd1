"""What stands in a folder of a host by FTP, in the two forms that servers tell it."""

from __future__ import annotations

import ftplib
import posixpath
import re
from collections.abc import Mapping

from plancher.publishing.store import Entry, Kind
from plancher.publishing.stores.ftp_session import FtpOverTls

_LINE = re.compile(r"(?P<kind>[-dlbcps])[rwxsStT-]{9}[.+@]?\s+\d+\s+\S+\s+\S+\s+(?P<size>\d+)\s+\S+\s+\S+\s+\S+ (?P<name>.+)")
"""What « LIST » says on nearly every server: nobody ever wrote it down, and vsftpd has nothing else."""
_KINDS = {"-": Kind.FILE, "d": Kind.FOLDER, "l": Kind.LINK}
_MLSD = {"file": Kind.FILE, "dir": Kind.FOLDER}


def entries(ftp: FtpOverTls, folder: str) -> list[Entry] | None:
    """What stands in a folder: by MLSD (RFC 3659), or as « ls -l » shows it where the server does not know that."""
    home = ftp.pwd()
    try:
        ftp.cwd(folder)
    except ftplib.error_perm:
        return None
    try:
        return [Entry(name, _MLSD.get(facts.get("type", ""), Kind.OTHER), int(facts.get("size", 0))) for name, facts in ftp.mlsd() if _is_inside(name, facts)]
    except ftplib.error_perm:
        lines: list[str] = []
        ftp.retrlines("LIST -a", lines.append)
        return [entry for line in lines if (entry := listed(line)) is not None]
    finally:
        ftp.cwd(home)


def _is_inside(name: str, facts: Mapping[str, str]) -> bool:
    return facts.get("type") not in {"cdir", "pdir"} and name not in {".", ".."}


def listed(line: str) -> Entry | None:
    """What a line of « ls -l » says; None: nothing that stands in the folder."""
    found = _LINE.fullmatch(line)
    if found is None or found["name"] in {".", ".."}:
        return None
    kind = _KINDS.get(found["kind"], Kind.OTHER)
    name = found["name"].partition(" -> ")[0] if kind is Kind.LINK else found["name"]
    return Entry(name, kind, int(found["size"]) if kind is Kind.FILE else 0)


def exists(ftp: FtpOverTls, path: str) -> bool:
    """Whether something stands there."""
    return any(entry.name == posixpath.basename(path) for entry in entries(ftp, posixpath.dirname(path) or ".") or ())
