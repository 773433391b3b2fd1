"""Digests: contents with the same digest are the same."""

from __future__ import annotations

import array
import functools
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from plancher.base import files

SIZE = 12
"""Bytes: among a million contents, two share a digest once in 10^17."""
_PIECE = 1_000_000
"""Bytes of a file in memory at once."""


def of_bytes(*parts: bytes) -> str:
    """The digest of these bytes, each part kept apart from the next."""
    total = hashlib.blake2b(digest_size=SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.hexdigest()


def of_file(path: Path, copy: BinaryIO | None = None) -> str:
    """The digest of what a file holds, as ``of_bytes`` gives it; a film is never in memory as a whole.

    :param copy: where the same bytes are written on the way.
    :raises OSError: it cannot be read.
    """
    with path.open("rb") as file:
        size, total = os.fstat(file.fileno()).st_size, hashlib.blake2b(digest_size=SIZE)
        total.update(size.to_bytes(8, "little"))
        while piece := file.read(_PIECE):
            size -= len(piece)
            total.update(piece)
            if copy is not None:
                copy.write(piece)
    if not size:
        return total.hexdigest()
    raw = path.read_bytes()  # it grew or shrank meanwhile
    if copy is not None:
        copy.seek(0)
        copy.truncate()
        copy.write(raw)
    return of_bytes(raw)


def of_ordinary_file(path: Path) -> str:
    """The same, of what may be a pipe that nobody writes to.

    :raises UnreadableError: it cannot be read.
    """
    try:
        if path.stat().st_size > _PIECE:
            return of_file(path)
    except (OSError, ValueError):
        pass  # said by the next line
    return of_bytes(files.read(path, most=None))


def of_text(*parts: str) -> str:
    """The digest of these texts, each kept apart from the next: ``repr`` quotes them."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=SIZE).hexdigest()


def of_numbers(numbers: Iterable[int]) -> str:
    """The digest of whole numbers: sizes, times and inodes of ten thousand files."""
    found = list(numbers)
    try:
        return of_bytes(array.array("q", found).tobytes())
    except OverflowError:  # an inode of 64 bits
        return of_text(repr(found))


def sealed(text: str) -> str:
    """A text with its own digest before it, so that any damage shows."""
    return f"{of_bytes(text.encode('utf-8', 'surrogatepass'))}\n{text}"


def unsealed(raw: bytes) -> bytes:
    """The text alone.

    :raises ValueError: it is not as it was sealed.
    """
    seal, _, text = raw.partition(b"\n")
    if seal.decode("ascii") != of_bytes(text):
        raise ValueError("damaged")
    return text


def of_code(folder: Path) -> str:
    """The digest of every Python file under ``folder``; read again only when the system says that one has changed."""
    found: list[tuple[Path, int, int, int]] = []
    for path in sorted(folder.rglob("*.py")):
        if path.is_file():  # a pipe would keep us waiting; Python imports neither that nor a folder
            stat = path.stat()
            found.append((path, stat.st_size, stat.st_mtime_ns, stat.st_ino))
    return _of_files(folder, tuple(found))


@functools.lru_cache(maxsize=4)
def _of_files(folder: Path, files: tuple[tuple[Path, int, int, int], ...]) -> str:
    return of_bytes(*(part for path, *_ in files for part in (os.fsencode(path.relative_to(folder).as_posix()), path.read_bytes())))


def of_module(module: object) -> str:
    """The digest of a module's file; of a package, that of all its files."""
    path = Path(getattr(module, "__file__", None) or "/")
    if path.name == "__init__.py":
        return of_code(path.parent)
    return of_bytes(path.read_bytes()) if path.is_file() else ""


def of_machine(packages: Iterable[str]) -> str:
    """The digest of Python's version and of those of the packages that make the output."""
    import importlib.metadata  # noqa: PLC0415 - forty milliseconds, that a build with nothing to do has no use for

    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return of_text(sys.version, *versions)
