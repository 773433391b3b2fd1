"""Mails that lie in files: one (``.eml``), or many one after the other (``mbox``, RFC 4155). A file is read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from plancher.base import files
from plancher.base.files import UnreadableError
from plancher.importing.answers import mails
from plancher.importing.answers.model import Arrived, Left

_PIECE = 65_536
"""Bytes of a line that are read at once: a line may have no end."""


def read(path: Path, most: int, authserv_id: str = "") -> Iterator[Arrived]:
    """The mails of a file, or of the files of a folder.

    :param most: bytes of one mail; a larger one is left, and told.
    :param authserv_id: the name of the owner's own mail server (``mails.read``).
    :raises UnreadableError: it cannot be read.
    """
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if inner.is_file() and not inner.name.startswith("."):
                yield from read(inner, most, authserv_id)
        return
    try:
        with path.open("rb") as file:
            if not file.read(5).startswith(b"From "):
                yield _one(path, most, authserv_id)
                return
            file.seek(0)
            for raw in _cut(file, most):
                yield mails.read(raw, authserv_id) if raw else Left(f"courriel de plus de {most} octets")
    except OSError as error:
        raise UnreadableError(path, files.reason(error)) from error


def _one(path: Path, most: int, authserv_id: str) -> Arrived:
    try:
        return mails.read(files.read(path, most), authserv_id)
    except UnreadableError as error:
        return Left(f"fichier qui ne se lit pas : {error}")


def _cut(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Each mail; nothing in the place of one that is too large."""
    mail, is_blank, begins = bytearray(), True, True
    is_large = False
    while piece := file.readline(_PIECE):
        if begins and is_blank and piece.startswith(b"From "):
            if mail or is_large:
                yield b"" if is_large else bytes(mail)
            mail, is_large = bytearray(), False
        elif not is_large:
            mail += piece[1:] if begins and piece.startswith(b">From ") else piece
            is_large = len(mail) > most
            mail = bytearray() if is_large else mail
        is_blank = begins and not piece.strip()
        begins = piece.endswith(b"\n")
    if mail or is_large:
        yield b"" if is_large else bytes(mail)
