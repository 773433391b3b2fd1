"""Every kind of target, as tests reach it: where it publishes, over a line that can be cut, and what its readers get."""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from plancher.publishing import Local, Pages, Rsync, Sftp, htaccess
from plancher.publishing.releases import KEPT
from plancher.publishing.targets import Target

from tests.publishing.conftest import FtpServer, SshServer
from tests.publishing.slow_line import SlowLine

ROUND_TRIP = 0.004
"""Seconds: enough for a line to be cut in the middle of something."""


@dataclasses.dataclass(frozen=True)
class Kept:
    """One target."""

    target: Target
    far: Target | None
    """The same over a line; None: there is none."""
    line: SlowLine | None
    opened: Callable[[], Callable[[str], str | None]]
    """What a reader gets who comes now."""
    is_whole: bool
    """Whether readers get the old site or the new one, whole, at any moment."""
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Where its secret stands."""
    most: int = KEPT
    """Former sites to which one can return, the one online included."""
    disk: Path | None = None
    """What its server has of it, where that is elsewhere than this test's own folder."""


KINDS = ("local", "local-in-place", "apache", "sftp", "sftp-in-place", "rsync", "ftps", "pages")


@contextlib.contextmanager
def kept(kind: str, folder: Path, sshd: SshServer, vsftpd: FtpServer) -> Iterator[Kept]:
    """Such a target, with nothing at it."""
    if kind == "pages":
        with _ssh_line(sshd, folder) as line:
            yield _pages(folder, sshd, line)
    elif kind == "ftps":
        _empty(vsftpd.root / "client")
        with SlowLine(vsftpd.port, ROUND_TRIP).open() as line:
            target = vsftpd.target()
            yield Kept(
                target,
                dataclasses.replace(target, port=line.port),
                line,
                lambda: file_by_file(vsftpd.root / "client" / "www"),
                is_whole=False,
                disk=vsftpd.root,
            )
        _empty(vsftpd.root / "client")
    elif kind == "apache":
        www = folder / "hebergeur" / "www"
        (www / "boutique").mkdir(parents=True)  # a host's own folder: no link takes its place
        yield Kept(Local(str(www), server="apache"), None, None, lambda: _named(www), is_whole=True)
    else:
        www, in_place = folder / "hebergeur" / "www", kind.endswith("-in-place")
        (www if in_place else www.parent).mkdir(parents=True, exist_ok=True)
        if in_place:
            (www / "boutique.php").write_text("à lui", encoding="utf-8")
        with contextlib.ExitStack() as stack:
            line = None if kind.startswith("local") else stack.enter_context(_ssh_line(sshd, folder))
            target, far = _of_ssh(kind, www, sshd, line, folder) if line else (Local(str(www)), None)
            yield Kept(target, far, line, lambda: file_by_file(www) if in_place else _as_of_now(www), is_whole=not in_place)


def _empty(folder: Path) -> None:
    """One server serves all tests: each begins with nothing there, and leaves nothing."""
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@contextlib.contextmanager
def _ssh_line(sshd: SshServer, folder: Path) -> Iterator[SlowLine]:
    with SlowLine(sshd.port, ROUND_TRIP).open() as line:
        host_key = (sshd.folder / "host.pub").read_text(encoding="utf-8")
        (folder / "connus").write_text(f"[127.0.0.1]:{line.port} {host_key}[127.0.0.1]:{sshd.port} {host_key}", encoding="utf-8")
        yield line


def _of_ssh(kind: str, www: Path, sshd: SshServer, line: SlowLine, folder: Path) -> tuple[Target, Target]:
    near = sshd.target(www, known_hosts=str(folder / "connus"))
    values = {field.name: getattr(near, field.name) for field in dataclasses.fields(Sftp)}
    target = Rsync(**values) if kind == "rsync" else near
    return target, dataclasses.replace(target, port=line.port)


def _pages(folder: Path, sshd: SshServer, line: SlowLine) -> Kept:
    bare = folder / "hebergeur" / "depot.git"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True, timeout=60)
    files = {"key": str(sshd.folder / "user"), "known_hosts": str(folder / "connus")}
    near, far = (Pages(f"ssh://{getpass.getuser()}@127.0.0.1:{port}{bare}", **files) for port in (sshd.port, line.port))

    def opened() -> Callable[[str], str | None]:
        """The forge shows the commit that the branch names now."""
        archive = subprocess.run(["git", "archive", "--format=tar", "gh-pages"], cwd=bare, check=True, capture_output=True, timeout=60).stdout
        shutil.rmtree(folder / "vu", ignore_errors=True)
        (folder / "vu").mkdir()
        subprocess.run(["tar", "-x"], cwd=folder / "vu", input=archive, check=True, timeout=60)
        return file_by_file(folder / "vu")

    return Kept(near, far, line, opened, is_whole=True)


def _as_of_now(www: Path) -> Callable[[str], str | None]:
    """The release that the link names at this moment."""
    return file_by_file(www.resolve())


def _named(www: Path) -> Callable[[str], str | None]:
    """The release that « .htaccess » names at this moment."""
    named = htaccess.named((www / htaccess.FILE).read_text(encoding="utf-8"))
    return file_by_file(www / "_versions" / str(named))


def file_by_file(www: Path) -> Callable[[str], str | None]:
    """What a reader finds in a folder."""

    def read(path: str) -> str | None:
        try:
            return (www / path).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None

    return read
