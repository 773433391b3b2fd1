"""Pictures and files come to the content folder: what is none is refused, the same bytes come once, nothing is overwritten."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from plancher.base import digest
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.home.ledger import Entry, Made
from plancher.importing.blogs.home.local_files import LocalFiles
from plancher.importing.blogs.home.plan import PlacedFile
from plancher.importing.blogs.source import SourceError
from plancher.site import drawings, file_checks, file_kinds

_LARGEST_DRAWING = 5_000_000
_LARGEST = 2_000_000_000
"""Bytes of one file."""


class RefusedFileError(Exception):
    """This file does not come; the message says why, in French, without full stop."""


class OtherKindError(RefusedFileError):
    """No blog publishes files of this kind: nothing is to be mended in it."""


class Copier:
    """Copies files, and remembers what each holds."""

    def __init__(self, journal: Journal, content: Path, known: dict[str, str]) -> None:
        """:param known: the file of ours that holds what has a digest."""
        self.journal, self.content, self.known = journal, content, known

    def copy(self, stream: IO[bytes], target: str, entry: Entry) -> str:
        """Write a file, unless its very bytes are here already; where they stand.

        :raises RefusedFileError: no browser would show it, or it is more than it says.
        """
        suffix = Path(target).suffix
        with self.journal.placing(target) as temporary:
            with temporary.open("wb") as copy:
                shutil.copyfileobj(stream, copy, 1 << 20)
            if temporary.stat().st_size > _LARGEST:
                raise RefusedFileError("il dépasse deux gigaoctets")
            with temporary.open("rb") as file:
                check(file, suffix)
            written = digest.of_file(temporary)
            same = self.known.get(written)
            if same and (self.content / same).is_file():
                self.journal.note(entry._replace(path=same, source=written, written=written))
                return same
            self.journal.place(target, written, entry._replace(path=target, source=written, written=written))
        self.known[written] = target
        return target


def check(file: BinaryIO, suffix: str) -> None:
    """:raises RefusedFileError: the blog could not publish it."""
    if not file_checks.is_published(Path(f"x{suffix}")):
        raise OtherKindError(f"les fichiers {f'« {suffix} »' if suffix else 'de cette sorte'} ne se publient pas avec un billet")
    if suffix == ".svg":
        reason = drawings.refusal(file.read(_LARGEST_DRAWING))
        if reason:
            raise RefusedFileError(f"dessin SVG qui n'est pas que du dessin ({reason})")
        return
    problem = file_kinds.problem_of(file, suffix)
    if problem and problem.code != file_kinds.MISNAMED:
        raise RefusedFileError(problem.message.rstrip("."))


@contextlib.contextmanager
def opened(local: LocalFiles, file: PlacedFile) -> Iterator[IO[bytes]]:
    """A file of the source, or of the folder that the author gave.

    :raises SourceError: it cannot be read.
    """
    path = local.path(file.local)
    if path is None:
        with local.source.open(file.local.removeprefix("source:")) as stream:
            yield stream
        return
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise SourceError(f"« {path} » ne se lit pas.") from error


def entry_of(scope: str, file: PlacedFile) -> Entry:
    """What the ledger says of a file, but for its digests."""
    return Entry(Made.FILE, scope, file.canonical, file.target)
