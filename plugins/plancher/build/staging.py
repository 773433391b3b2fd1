"""The folder where a build makes its files, before they take their place in the site."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from plancher.cache import manifest
from plancher.cache.manifest import STAGING

_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
"""What a system says of a folder where nothing may be written."""


@contextlib.contextmanager
def staging_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``; removed in the end, as are those of builds that were killed.

    Where nothing can be written beside it, as around the volume of a container, the folder lies in it.
    """
    beside = target.parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        remove_leftovers(target)
        folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=beside))
    except OSError as error:
        if error.errno not in _READ_ONLY or not os.access(target, os.W_OK):
            raise
        (target / STAGING).mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=target / STAGING))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            (target / STAGING).rmdir()


def forget_name(staging: Path, target: str) -> None:
    """Put the name of the output folder in the place of this one's: plugins of others may have written down where they wrote."""
    name = os.fsencode(staging)
    for path in manifest.walk(staging):
        if path.endswith((".json", ".toml", ".txt", ".xml")):
            file = staging / path
            raw = file.read_bytes()
            if name in raw:
                file.write_bytes(raw.replace(name, os.fsencode(target)))


def remove_leftovers(target: Path) -> None:
    """Remove the staging folders of builds that were killed."""
    for old in target.parent.glob(f"{glob.escape(_prefix(target))}*"):
        shutil.rmtree(old, ignore_errors=True)


def _prefix(target: Path) -> str:
    return f".{target.name}-chantier-"  # no folder of somebody else is named so
