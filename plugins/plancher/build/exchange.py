"""Two names exchanged in one step, so that no reader ever finds nothing: where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
"""The same flag for renameat2(2) (Linux 3.15: RENAME_EXCHANGE) and renamex_np(2) (macOS 10.12: RENAME_SWAP)."""


def exchange_names(one: Path, other: Path) -> None:
    """Give each of two folders the name of the other.

    :raises OSError: they cannot be exchanged; nothing has changed.
    """
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    first, second = os.fsencode(one), os.fsencode(other)
    if renameat2 := getattr(library, "renameat2", None):
        failed = renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE)
    elif renamex_np := getattr(library, "renamex_np", None):
        failed = renamex_np(first, second, _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))
    if failed:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
