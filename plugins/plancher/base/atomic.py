"""Replace a file in one step: a reader, even after a power cut, finds the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from plancher.base import files


def write(path: Path, content: bytes, *, is_durable: bool = True) -> None:
    """Replace a file, with its rights, or make it; its folder too.

    :param is_durable: whether a power cut must find it whole: what a cache loses is made again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o644)
        files.replace(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)
