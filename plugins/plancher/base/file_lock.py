"""One process at a time: a lock that needs nobody to take it away, since it ends with its process."""

from __future__ import annotations


def try_to_lock(descriptor: int) -> bool:
    """Lock an open file (on POSIX, a folder too); whether it is ours now.

    On a disk without locks, as over some networks, it always is. Closing the
    file unlocks it; a copy of this process holds it too.
    """
    from filelock import lock_descriptor  # noqa: PLC0415 - takes as long to load as fifty pages; a build with nothing to do needs no lock

    try:
        return lock_descriptor(descriptor, blocking=False)
    except OSError:
        return True
