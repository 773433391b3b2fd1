"""OpenSSH as hosts set it up for many customers: each is locked into a folder (chroot), with SFTP and nothing else."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import Sftp

from tests.publishing.conftest import SshServer, server_program, ssh_server

CUSTOMER = "nobody"
"""Has no shell, and no right but in a home of its own."""
_NUMBERS = itertools.count()
_DISK, _SHARE = 120 * 2**20, 2**20
"""Bytes of a disk, the smallest that btrfs takes; those that a customer may fill of it."""


@dataclasses.dataclass(frozen=True)
class ChrootedServer:
    """One that locks its customers in."""

    ssh: SshServer
    jail: Path
    """What they see of the machine, which is root's."""

    def target(self, home: Path, name: str = "www", **other: object) -> Sftp:
        """A folder of a home, by its path inside the jail."""
        return self.ssh.target(home.relative_to(self.jail) / name, **{"user": CUSTOMER, **other})


@contextlib.contextmanager
def served() -> Iterator[ChrootedServer]:
    """Far from temporary folders: sshd wants each folder above a jail to be root's, and writable by nobody else."""
    if os.geteuid() != 0:
        pytest.skip("root alone locks somebody into a folder")
    with tempfile.TemporaryDirectory(dir="/var/lib", prefix="plancher-tests-") as own:
        folder = Path(own)
        folder.chmod(0o755)
        (folder / "jail").mkdir(mode=0o755)
        settings = {"ChrootDirectory": folder / "jail", "ForceCommand": "internal-sftp", "AllowTcpForwarding": "no", "X11Forwarding": "no"}
        with ssh_server(folder, settings) as server:
            yield ChrootedServer(server, folder / "jail")


@contextlib.contextmanager
def home(server: ChrootedServer) -> Iterator[Path]:
    """Of one customer."""
    made = server.jail / f"client-{next(_NUMBERS)}"
    made.mkdir()
    shutil.chown(made, CUSTOMER)
    try:
        yield made
    finally:
        shutil.rmtree(made)


@contextlib.contextmanager
def home_with_a_quota(server: ChrootedServer, folder: Path) -> Iterator[Path]:
    """Of one whose share of a large disk is small. The disk does not say so, but when it is full (EDQUOT)."""
    make, btrfs, image = server_program("mkfs.btrfs", "btrfs-progs"), server_program("btrfs", "btrfs-progs"), folder / "disque"
    with image.open("wb") as file:
        file.truncate(_DISK)
    subprocess.run([make, "-q", "--mixed", image], check=True, capture_output=True, timeout=60)
    with home(server) as made:
        if subprocess.run(["mount", "-o", "loop", image, made], capture_output=True, check=False, timeout=60).returncode:
            pytest.skip("root alone, outside of most containers, has a disk of its own")
        try:
            share = made / "part"
            for words in (("quota", "enable", made), ("subvolume", "create", share), ("qgroup", "limit", str(_SHARE), share)):
                subprocess.run([btrfs, *words], check=True, capture_output=True, timeout=60)
            shutil.chown(share, CUSTOMER)
            yield share
        finally:
            subprocess.run(["umount", "--lazy", made], check=True, timeout=60)
