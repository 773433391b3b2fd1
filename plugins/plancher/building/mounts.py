"""Whether a folder is held by a mount, so that it must stay the very one it is.

A volume of a container, a bind mount: who looks through it sees the folder that
was there when it was made, whatever takes its name later (proc_pid_mountinfo(5)).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

_PROC = Path("/proc")
_ESCAPED = re.compile(r"\\([0-7]{3})")


class _Mount(NamedTuple):
    device: str
    root: PurePosixPath
    """The folder of the file system that is shown."""
    place: PurePosixPath
    """Where."""


def is_held(folder: Path) -> bool:
    """Whether something is mounted on a folder or in it, or shows it elsewhere: here, or in a container that we may look into.

    :param folder: without links.
    """
    ours = list(_mounts(_PROC / "self" / "mountinfo"))
    here = PurePosixPath(folder)
    if any(here == mount.place or here in mount.place.parents for mount in ours):
        return True
    around = [mount for mount in ours if mount.place in here.parents]
    if not around:
        return False
    own = max(reversed(around), key=lambda mount: len(mount.place.parts))  # the last of those at one place hides the others
    inner = own.root / here.relative_to(own.place)
    everywhere = [*ours, *(mount for listed in _others() for mount in _mounts(listed))]
    return any(mount.device == own.device and (mount.root == inner or inner in mount.root.parents) for mount in everywhere)


def _mounts(listed: Path) -> Iterator[_Mount]:
    with contextlib.suppress(OSError):
        for line in listed.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            _, _, device, root, place, *_ = (_ESCAPED.sub(lambda found: chr(int(found[1], 8)), word) for word in line.split(" "))
            yield _Mount(device, PurePosixPath(root), PurePosixPath(place))


def _others() -> Iterator[Path]:
    """What is mounted for other programs: once for each set of mounts."""
    seen = {_namespace(_PROC / "self")}
    with contextlib.suppress(OSError):
        for process in _PROC.iterdir():
            name = _namespace(process) if process.name.isdecimal() else ""
            if name and name not in seen:
                seen.add(name)
                yield process / "mountinfo"


def _namespace(process: Path) -> str:
    try:
        return str((process / "ns" / "mnt").readlink())
    except OSError:  # it is gone, or somebody else's
        return ""
