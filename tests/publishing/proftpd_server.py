"""ProFTPD, unpacked by ``.ci/proftpd``: its SFTP renames what a link leads to; its FTPS asks for the TLS session of the first connection."""

from __future__ import annotations

import contextlib
import dataclasses
import grp
import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import Ftps, Sftp

from tests.publishing.conftest import free_port, make_certificate, running, server_program

UNPACKED = Path(__file__).parent.parent / "tools" / "proftpd"
USER, PASSWORD = "elle", "motsecret"


@dataclasses.dataclass(frozen=True)
class ProFtpd:
    """Both protocols, each on a port of its own."""

    ssh_port: int
    ftp_port: int
    root: Path
    """What its visitor sees."""
    known_hosts: Path
    certificate: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"PLANCHER_PASSWORD": PASSWORD}

    def sftp(self, folder: str = "www", **other: object) -> Sftp:
        return Sftp("127.0.0.1", folder, **{"user": USER, "port": self.ssh_port, "known_hosts": str(self.known_hosts), **other})

    def ftps(self, folder: str = "www", **other: object) -> Ftps:
        return Ftps("127.0.0.1", folder, **{"user": USER, "port": self.ftp_port, "certificate": str(self.certificate), **other})


def program() -> Path:
    found = UNPACKED / "usr" / "sbin" / "proftpd"
    if not found.exists():
        stop = pytest.fail if os.environ.get("PLANCHER_REQUIRE_TOOLS") else pytest.skip
        stop("proftpd manque ; dépliez-le : .ci/proftpd tests/tools/proftpd")
    return found


@contextlib.contextmanager
def served(folder: Path, certificate: Path | None = None) -> Iterator[ProFtpd]:
    openssl, keygen = server_program("openssl", "openssl"), server_program("ssh-keygen", "openssh-client")
    root, host_key = folder / "racine", folder / "host"
    root.mkdir()
    certificate = certificate or make_certificate(folder, "127.0.0.1")
    certificate.chmod(0o600)
    subprocess.run([keygen, "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", host_key], check=True, timeout=60)
    hashed = subprocess.run([openssl, "passwd", "-6", PASSWORD], check=True, capture_output=True, text=True, timeout=30).stdout.strip()
    users = folder / "users"
    users.write_text(f"{USER}:{hashed}:{os.getuid()}:{os.getgid()}::{root}:/bin/sh\n", encoding="utf-8")
    users.chmod(0o600)
    server = ProFtpd(free_port(), free_port(), root, folder / "known_hosts", certificate)
    server.known_hosts.write_text(f"[127.0.0.1]:{server.ssh_port} {host_key.with_suffix('.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    (folder / "config").write_text(_settings(server, folder, users), encoding="utf-8")
    libraries = ":".join(map(str, (UNPACKED / "usr" / "lib").glob("*-linux-gnu")))
    command = ["env", f"LD_LIBRARY_PATH={libraries}", str(program()), "-n", "-q", "-c", str(folder / "config")]
    with running(command, server.ssh_port, folder / "log"):
        yield server


def _settings(server: ProFtpd, folder: Path, users: Path) -> str:
    user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
    return f"""
ServerType standalone
ServerName tests
DefaultAddress 127.0.0.1
SocketBindTight on
Port {server.ftp_port}
UseIPv6 off
UseReverseDNS off
User {user}
Group {group}
PidFile {folder}/pid
ScoreboardFile none
WtmpLog off
TransferLog none
SystemLog {folder}/system.log
ModulePath {UNPACKED}/usr/lib/proftpd
LoadModule mod_tls.c
LoadModule mod_sftp.c
<Global>
RootLogin on
AuthOrder mod_auth_file.c
AuthUserFile {users}
RequireValidShell off
DefaultRoot ~
Umask 022
AllowOverwrite on
TimesGMT on
</Global>
DelayEngine off
TLSEngine on
TLSRequired on
TLSRSACertificateFile {server.certificate}
TLSRSACertificateKeyFile {server.certificate}
<VirtualHost 127.0.0.1>
Port {server.ssh_port}
SFTPEngine on
TLSEngine off
SFTPHostKey {folder}/host
SFTPAuthMethods password
</VirtualHost>
"""
