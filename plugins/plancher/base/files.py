"""All that a build reads from disk comes through here; what cannot be read is told in French with its file.

A file may be gone, forbidden, a pipe that never ends, of another encoding, or
far too large; none of it is an exception with a name of Python's.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

MOST = 50_000_000
"""Bytes of a file that is read as text: what is larger was put there by mistake."""
_REASONS = {
    errno.ENOENT: "il n'existe plus",
    errno.ENOTDIR: "un fichier tient la place de son dossier",
    errno.EISDIR: "c'est un dossier",
    errno.EACCES: "vous n'avez pas le droit de le lire",
    errno.EPERM: "vous n'avez pas le droit de le lire",
    errno.ELOOP: "des liens symboliques tournent en rond",
    errno.ENAMETOOLONG: "son nom, ou son chemin, est trop long",
    errno.ENXIO: "ce n'est pas un fichier ordinaire",
    errno.EIO: "le disque ne répond pas",
    errno.ESTALE: "le disque du réseau ne répond plus",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
}
_PAUSES = (0.01, 0.05, 0.2, 0.5)
"""Seconds between two attempts to replace a file."""
_PIECE = 1_000_000
"""Bytes read at once when a file is longer than its size says."""
NOT_UTF8 = "il n'est pas en UTF-8. Enregistrez-le avec cet encodage dans votre éditeur"
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class UnreadableError(ValueError):
    """A file cannot be read; the message says why, in French, without its name."""

    def __init__(self, path: Path, why: str, line: int = 1) -> None:
        super().__init__(path, why, line)  # all of them: it travels between processes
        self.path = path
        self.why = why
        """From « il » or « ce », without full stop."""
        self.line = line

    def __str__(self) -> str:
        """Why."""
        return self.why


def reason(error: OSError) -> str:
    """What a failure of the disk means for an author."""
    return _REASONS.get(error.errno or 0, "le disque ne le donne pas")


def real(path: str | os.PathLike[str]) -> Path:
    """A path with its symbolic links followed; a circle of links stays as it is (``Path.resolve`` raises)."""
    return Path(os.path.realpath(path))


def shown(path: str) -> str:
    """A path on one line of a report: bytes that are no text and invisible characters are written as escapes."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)


def read(path: Path, most: int | None = MOST) -> bytes:
    """The bytes of an ordinary file.

    It is opened without waiting: a pipe nobody writes to would stop the build for ever.

    :param most: bytes it may have; None: as many as it likes.
    :raises UnreadableError: it cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        is_folder = isinstance(error, PermissionError) and path.is_dir()  # Windows opens none
        raise UnreadableError(path, _REASONS[errno.EISDIR] if is_folder else reason(error)) from error
    except ValueError as error:  # a NUL in its name
        raise UnreadableError(path, "son nom ne peut pas exister") from error
    try:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode):
            raise UnreadableError(path, "c'est un dossier" if stat.S_ISDIR(seen.st_mode) else "ce n'est pas un fichier ordinaire")
        limit = sys.maxsize if most is None else most
        raw = os.read(handle, seen.st_size + 1) if seen.st_size <= limit else b""
        if len(raw) != seen.st_size <= limit:  # it has grown or shrunk meanwhile, or is larger than what a system gives at once
            raw = b"".join([raw, *_rest(handle, limit + 1 - len(raw))])
    except OSError as error:
        raise UnreadableError(path, reason(error)) from error
    finally:
        os.close(handle)
    if most is not None and (seen.st_size > most or len(raw) > most):
        raise UnreadableError(path, f"il dépasse {most // 1_000_000} Mo")
    return raw


def _rest(handle: int, most: int) -> Iterator[bytes]:
    while most > 0 and (piece := os.read(handle, min(most, _PIECE))):
        most -= len(piece)
        yield piece


def not_text(folders: Iterable[Path], kinds: tuple[str, ...]) -> Iterator[UnreadableError]:
    """The files of these kinds, in these folders, that cannot be read as text, each with the reason."""
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in kinds):
        try:
            read_text(path)
        except UnreadableError as error:
            yield error


def read_text(path: Path, most: int = MOST) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, with any line ends.

    :raises UnreadableError: it cannot be read.
    """
    raw = read(path, most)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(path, NOT_UTF8, raw[: error.start].count(b"\n") + 1) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parents(path: str) -> Iterator[str]:
    """The folders that a path with slashes lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def remove_empty(folder: Path, root: Path) -> None:
    """Remove a folder, and those it lies in up to ``root``, as far as they are empty."""
    with contextlib.suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def replace(made: Path, path: Path) -> None:
    """Give a file the name of another, which is no more.

    Windows refuses for as long as somebody (a browser's server, a virus
    scanner) has the other one open: it is asked again for a moment.

    :raises OSError: this cannot be done.
    """
    for pause in _PAUSES if _is_windows() else ():
        try:
            made.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    made.replace(path)


def _is_windows() -> bool:
    return os.name == "nt"


def remove(path: Path) -> None:
    """Nothing is there any more, whatever it was; what a link leads to stays."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
