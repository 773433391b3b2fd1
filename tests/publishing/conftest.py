"""Real servers on this machine, each for one session of tests."""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import Ftps, Sftp


def server_program(name: str, package: str) -> str:
    """Where a server is; Debian's stand in a folder that few people search."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        stop = pytest.fail if os.environ.get("PLANCHER_REQUIRE_TOOLS") else pytest.skip
        stop(f"{name} manque ; installez-le : apt-get install {package}")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A server, once it answers, and until the end."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


@dataclasses.dataclass(frozen=True)
class SshServer:
    """OpenSSH, which knows one key."""

    port: int
    folder: Path
    """Where its keys are; sites of tests stand elsewhere."""

    def target(self, folder: Path | str, **other: object) -> Sftp:
        values = {"user": getpass.getuser(), "key": str(self.folder / "user"), "known_hosts": str(self.folder / "known_hosts"), "port": self.port}
        return Sftp("127.0.0.1", str(folder), **{**values, **other})


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    program, keygen = server_program("sshd", "openssh-server"), server_program("ssh-keygen", "openssh-client")
    folder, port = tmp_path_factory.mktemp("sshd"), free_port()
    for name in ("host", "user", "stranger"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True, timeout=30)
    subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "une phrase", "-f", str(folder / "locked")], check=True, timeout=30)
    (folder / "authorized").write_text("".join((folder / f"{name}.pub").read_text(encoding="utf-8") for name in ("user", "locked")), encoding="utf-8")
    host_key = (folder / "host.pub").read_text(encoding="utf-8")
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host_key}", encoding="utf-8")
    lines = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": folder / "pid",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "MaxStartups": 100,
        "Subsystem": "sftp internal-sftp",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in lines.items()), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # Debian's service makes it when it starts
    with running([program, "-D", "-e", "-f", str(folder / "config")], port, folder / "log"):
        yield SshServer(port, folder)


@dataclasses.dataclass(frozen=True)
class FtpServer:
    """vsftpd, which asks that data goes on with the TLS session of the first connection."""

    port: int
    root: Path
    """What its visitors see."""
    certificate: Path

    def target(self, **other: object) -> Ftps:
        values = {"user": "anonymous", "port": self.port, "certificate": str(self.certificate), "together": 4}
        return Ftps("127.0.0.1", "client/www", **{**values, **other})


def make_certificate(folder: Path, name: str, days: str = "2") -> Path:
    """A certificate and its key, in one file."""
    openssl, path = server_program("openssl", "openssl"), folder / f"{name}.pem"
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key", "-out", folder / "crt", "-subj", f"/CN={name}"]
    subprocess.run(
        [openssl, *words, "-days", days, "-addext", f"subjectAltName={'IP' if name[0].isdigit() else 'DNS'}:{name}"],
        check=True,
        capture_output=True,
        timeout=60,
    )
    path.write_bytes((folder / "key").read_bytes() + (folder / "crt").read_bytes())
    return path


@contextlib.contextmanager
def ftp_server(folder: Path, certificate: Path) -> Iterator[FtpServer]:
    program, port, root = server_program("vsftpd", "vsftpd"), free_port(), folder / "racine"
    (root / "client").mkdir(parents=True)
    (root / "client").chmod(0o777)
    root.chmod(0o755)
    lines = {
        "listen": "YES",
        "listen_port": port,
        "listen_address": "127.0.0.1",
        "run_as_launching_user": "YES",
        "anonymous_enable": "YES",
        "no_anon_password": "YES",
        "local_enable": "NO",
        "anon_root": root,
        "write_enable": "YES",
        "anon_upload_enable": "YES",
        "anon_mkdir_write_enable": "YES",
        "anon_other_write_enable": "YES",
        "anon_umask": "022",
        "anon_world_readable_only": "NO",
        "ssl_enable": "YES",
        "allow_anon_ssl": "YES",
        "force_anon_data_ssl": "YES",
        "force_anon_logins_ssl": "YES",
        "require_ssl_reuse": "YES",
        "rsa_cert_file": certificate,
        "force_dot_files": "YES",
        "seccomp_sandbox": "NO",
        "xferlog_enable": "NO",
        "pasv_address": "127.0.0.1",
    }
    (folder / "config").write_text("".join(f"{name}={value}\n" for name, value in lines.items()), encoding="utf-8")
    (folder / "config").chmod(0o600)
    with running([program, str(folder / "config")], port, folder / "log"):
        yield FtpServer(port, root, certificate)


@pytest.fixture(scope="session")
def vsftpd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FtpServer]:
    folder = tmp_path_factory.mktemp("vsftpd")
    with ftp_server(folder, make_certificate(folder, "127.0.0.1")) as server:
        yield server
