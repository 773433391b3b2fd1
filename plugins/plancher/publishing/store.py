"""What a target must be able to do, whatever its protocol. Paths are those of the target, with slashes."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

UNFINISHED = ".plancher.tmp"
"""How the name of a file ends that is on its way into a folder that readers see."""


class Kind(enum.Enum):
    """What stands under a name."""

    FILE = "fichier"
    FOLDER = "dossier"
    LINK = "lien"
    OTHER = "autre"


class Entry(NamedTuple):
    """A name in a folder."""

    name: str
    kind: Kind
    size: int
    """In bytes; 0 for what is no file."""


class Room(NamedTuple):
    """What a target has left."""

    size: int
    """In bytes."""
    files: int


class Reader(Protocol):
    """Looks at a target, and has no way to change it: « --dry-run » and « --status » are given nothing else.

    Each method raises ``PublishingError`` where the target does not answer.
    """

    async def read(self, path: str) -> bytes | None:
        """The content of a small file; None: there is none."""

    async def entries(self, folder: str) -> list[Entry] | None:
        """What stands in a folder; None: there is no such folder."""

    async def link_target(self, path: str) -> str | None:
        """Where a symbolic link leads, as it was written; None: it is no link."""

    async def room(self, folder: str) -> Room | None:
        """What is free where this folder stands; None: the target does not say."""


class Store(Reader, Protocol):
    """Changes a target."""

    async def create(self, path: str, content: bytes) -> bool:
        """Make a file that did not exist; False: it did."""

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small file in one step."""

    async def put(self, path: str, source: Path) -> None:
        """Make a file in a folder that no reader sees; nothing stands there."""

    async def replace(self, path: str, source: Path) -> None:
        """Replace a file that readers see: they get the old one or the new one, whole."""

    async def make_folder(self, folder: str) -> None:
        """Make a folder, in one that exists."""

    async def remove(self, path: str) -> None:
        """Nothing stands there any more; a link goes, and not what it leads to."""

    async def remove_folder(self, folder: str) -> bool:
        """Remove a folder if it is empty; whether it is gone."""


class RenamingStore(Store, Protocol):
    """Can have whole sites beside each other."""

    async def rename(self, old: str, new: str) -> None:
        """Give a file or folder another name, that nothing has."""

    async def copy(self, existing: str, path: str) -> bool:
        """Have the same content under a second path, without sending it; False: the target cannot."""

    async def rename_over(self, made: str, path: str) -> bool:
        """Give a file the name of another one, in one step; False: the target cannot."""


class SwitchingStore(RenamingStore, Protocol):
    """Can exchange a whole site in one step, by a link."""

    async def switch(self, link: str, target: str) -> None:
        """Make a symbolic link lead somewhere else in one step; make it if there is none."""


@runtime_checkable
class BulkStore(Protocol):
    """Has a program that sends many files better than one by one."""

    async def send_many(self, folder: str, site: Path, paths: Sequence[str]) -> None:
        """Make or replace these files of a site, in folders that exist; each is the old one or the new one, whole."""
