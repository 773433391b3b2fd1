"""What former runs left, out of the way: nothing is deleted before all is measured.

On ext4, folders made in the minutes after others were deleted can cost seconds:
what is deleted after one measure would weigh on the next.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

PREFIX = ".ecarte-"
ENOUGH = 2 * 2**30
"""Bytes: with fewer free, a measure in bad conditions is better than none."""


def put(paths: Iterable[Path], home: Path) -> None:
    """Move these away, if they are there.

    :param home: the folder of the benchmark, which is deleted at its end.
    """
    for path in list(paths):
        if path.exists():
            path.rename(Path(tempfile.mkdtemp(prefix=PREFIX, dir=home)) / path.name)
    if shutil.disk_usage(home).free < ENOUGH:
        print(" (disque presque plein : d'anciens sites sont effacés avant cette mesure)", end="", file=sys.stderr)
        for former in home.glob(f"{PREFIX}*"):
            shutil.rmtree(former, ignore_errors=True)
