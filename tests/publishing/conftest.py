"""Real servers on this machine, each for one session of tests."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email.message
import getpass
import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from plancher.publishing import Bucket, Ftps, Sftp

if TYPE_CHECKING:
    from tests.publishing.chrooted_server import ChrootedServer
    from tests.publishing.proftpd_server import ProFtpd


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


@contextlib.contextmanager
def ssh_server(folder: Path, own: Mapping[str, object]) -> Iterator[SshServer]:
    """One with these settings beside those of all."""
    program, keygen = server_program("sshd", "openssh-server"), server_program("ssh-keygen", "openssh-client")
    port = free_port()
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
        **own,
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in lines.items()), encoding="utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # Debian's service makes it when it starts
    with running([program, "-D", "-e", "-f", str(folder / "config")], port, folder / "log"):
        yield SshServer(port, folder)


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("sshd"), {}) as server:
        yield server


@pytest.fixture(scope="session")
def chrooted() -> Iterator[ChrootedServer]:
    from tests.publishing import chrooted_server  # noqa: PLC0415 - which starts a server as this file does

    with chrooted_server.served() as server:
        yield server


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


def signed_certificate(folder: Path, *, is_expired: bool = False) -> Path:
    """A certificate of this machine and its key, in one file; one that is no longer valid is else the same."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    end = dt.datetime.now(dt.UTC) + dt.timedelta(days=-1 if is_expired else 2)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), end - dt.timedelta(days=9), end)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"signed-{is_expired}.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
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


@dataclasses.dataclass(frozen=True)
class ObjectServer:
    """moto, which speaks as Amazon S3 does."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def target(self, bucket: str, **other: object) -> Bucket:
        return Bucket(bucket, self.address, **{"user": "une-cle", **other})

    def ask(self, method: str, path: str) -> tuple[bytes, email.message.Message]:
        """As somebody with keys (moto looks at no signature); the body, and what is told of it."""
        key = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=b"}
        request = urllib.request.Request(f"{self.address}/{urllib.parse.quote(path, safe='/?=&')}", method=method, headers=key)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read(), answer.headers

    def keys(self, bucket: str) -> list[str]:
        listed = ET.fromstring(self.ask("GET", f"{bucket}?list-type=2")[0])
        return [key.text or "" for key in listed.iter("{http://s3.amazonaws.com/doc/2006-03-01/}Key")]

    def online(self, bucket: str, prefix: str = "") -> dict[str, str]:
        """All objects of a site, without our own."""
        begin = f"{prefix}/" if prefix else ""
        names = [key for key in self.keys(bucket) if key.startswith(begin) and ".plancher-" not in key]
        return {name.removeprefix(begin): self.ask("GET", f"{bucket}/{name}")[0].decode() for name in names}


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectServer]:
    own = Path(__file__).parent.parent / "tools" / "s3"
    if not own.is_dir():
        stop = pytest.fail if os.environ.get("PLANCHER_REQUIRE_TOOLS") else pytest.skip
        stop("le serveur S3 manque ; installez-le : .venv/bin/pip install --require-hashes --target tests/tools/s3 -r tests/tools/s3.txt")
    folder, port = tmp_path_factory.mktemp("s3"), free_port()
    command = ["env", f"PYTHONPATH={own}", sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, folder / "log"):
        yield ObjectServer(port)


@pytest.fixture(scope="session")
def proftpd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProFtpd]:
    from tests.publishing import proftpd_server  # noqa: PLC0415 - which starts servers as this file does

    proftpd_server.program()
    with proftpd_server.served(tmp_path_factory.mktemp("proftpd")) as server:
        yield server
