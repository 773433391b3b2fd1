"""Whether a folder is mounted somewhere (a « mount point »): then no other folder can take its place.

A volume of a container, a bind mount: both keep showing the folder that was
there when they were made, whatever gets its name later (proc_pid_mountinfo(5)).
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_ESCAPED = re.compile(r"\\([0-7]{3})")


class _Mount(NamedTuple):
    device: str
    root: str
    """The folder of the file system that is shown."""
    place: str
    """Where."""


def is_mounted(folder: Path) -> bool:
    """Whether something is mounted on a folder or in it, or shows it elsewhere: here, or in a container that we may look into.

    :param folder: without links.
    """
    here, ours = folder.as_posix(), list(_mounts("self"))
    if any(_is_inside(mount.place, here) for mount in ours):
        return True
    around = [mount for mount in ours if _is_inside(here, mount.place)]
    if not around:
        return False
    own = max(reversed(around), key=lambda mount: len(mount.place))  # the last of those at one place hides the others
    inner = own.root.rstrip("/") + here[len(own.place.rstrip("/")) :]
    return any(_shows(mount, own.device, inner) for mount in ours) or any(_shows(mount, own.device, inner) for other in _others() for mount in _mounts(other))


def _shows(mount: _Mount, device: str, inner: str) -> bool:
    return mount.device == device and _is_inside(mount.root, inner)


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _mounts(process: str) -> Iterator[_Mount]:
    with contextlib.suppress(OSError):
        for line in (_PROC / process / "mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            words = line.split(" ")
            yield _Mount(words[2], _read(words[3]), _read(words[4]))


def _read(word: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), word) if "\\" in word else word


def _others() -> Iterator[str]:
    """One process for each other mount namespace that we may look into."""
    seen = {_namespace("self")}
    with contextlib.suppress(OSError):
        for process in os.listdir(_PROC):  # noqa: PTH208 - hundreds of names
            name = _namespace(process) if process.isdecimal() else ""
            if name and name not in seen:
                seen.add(name)
                yield process


def _namespace(process: str) -> str:
    try:
        return os.readlink(f"{_PROC}/{process}/ns/mnt")  # noqa: PTH115 - the same
    except OSError:  # the process has ended, or is not ours
        return ""
