"""One import on disk: what it wrote, in order, and what stood there before. A stop in the middle, even of the machine, leaves a truth.

Texts that are replaced are copied aside first; what is new is only named, so that pictures never lie on the disk twice.
Taking an import back moves its files aside; making it again moves them to their place.
Longer than most modules: what is written before a file is touched, and what is read after a stop, must be read together.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from plancher.base import digest, files
from plancher.importing.blogs.home.ledger import Entry, Made

_LINES, _BEFORE, _AFTER, _STATE, _FETCH = "journal.jsonl", "avant", "apres", "etat", "rapatriement"
OPEN, DONE = "ouvert", "fait"
_UNDONE, _UNDOING, _REDOING = "défait ", "se défait ", "se refait "
"""Before the state to which it would come back."""


class Journal:
    """The import that is under way, or a former one."""

    def __init__(self, folder: Path, content: Path) -> None:
        """:param folder: where it is kept, made when something is written."""
        self.folder, self.content = folder, content
        self.befores: dict[str, str | None] = {}
        """Each file that was written, and the digest of what it held before all."""
        self.afters: dict[str, str] = {}
        self.entries: list[Entry] = []
        """Of what is done."""
        self.folders: list[str] = []
        """Folders of the content folder that the import made."""
        self._safe: set[Path] = set()
        """Folders that are known to lie inside."""
        self._lines: IO[str] | None = None
        self._load()

    @property
    def state(self) -> str:
        """How far it has come."""
        path = self.folder / _STATE
        return path.read_text(encoding="utf-8") if path.is_file() else OPEN

    def set_state(self, state: str) -> None:
        """Note how far it has come."""
        self.close()
        (self.folder / _STATE).write_text(state, encoding="utf-8")

    @property
    def is_fetch(self) -> bool:
        """Whether it is no import of its own, but brought what one lacked."""
        return (self.folder / _FETCH).exists()

    def be_fetch(self) -> None:
        """Note that it is one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _FETCH).touch()

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.state.startswith(_UNDONE)

    @property
    def is_empty(self) -> bool:
        """Whether it wrote nothing."""
        return not self.afters

    def close(self) -> None:
        """Let go of the file of lines."""
        if self._lines:
            self._lines.close()
            self._lines = None

    def write(self, path: str, raw: bytes, *entries: Entry) -> None:
        """Write a file of the content folder, whole or not at all.

        :param entries: what the ledger will say of it.
        :raises OSError: it cannot be written.
        """
        with self.placing(path) as temporary:
            temporary.write_bytes(raw)
            self.place(path, digest.of_bytes(raw), *entries)

    @contextlib.contextmanager
    def placing(self, path: str) -> Iterator[Path]:
        """Where to write what will take this path; call ``place`` when it is whole."""
        target = self._inside(path)
        self._make_folder(target.parent)
        temporary = _temporary(target)
        self._note("commence", path)
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def place(self, path: str, after: str, *entries: Entry) -> None:
        """Give what was written its path."""
        target = self._inside(path)
        temporary, before = _temporary(target), _digest(target)
        if before is not None and path not in self.befores:
            copy = self.folder / _BEFORE / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target, copy)
        self._note("écrit", path, before, after, [list(entry) for entry in entries])
        temporary.chmod(target.stat().st_mode & 0o777 if before is not None else 0o644)
        files.replace(temporary, target)
        self._note("fait", path)
        self._done(path, before, after, entries)

    def note(self, *entries: Entry) -> None:
        """What the ledger will say that is about no file."""
        self._note("note", [list(entry) for entry in entries])
        self.entries += entries

    def take_back(self, *, forward: bool = False) -> list[str]:
        """Give each file what it held before; or after, once that was done.

        :returns: files that somebody changed since: they are left alone.
        """
        state = self.state.rpartition(" ")[2]
        self.set_state(f"{_REDOING if forward else _UNDOING}{state}")
        skipped = self._take_back(forward=forward)
        self.set_state(state if forward else f"{_UNDONE}{state}")
        return skipped

    def finish(self) -> None:
        """Go on with what was cut short while it was taken back."""
        if self.state.startswith((_UNDOING, _REDOING)):
            self.take_back(forward=self.state.startswith(_REDOING))

    def _take_back(self, *, forward: bool) -> list[str]:
        skipped = []
        for folder in self.folders if forward else ():
            (self.content / folder).mkdir(exist_ok=True, parents=True)
        for path, before in self.befores.items():
            if not self._move(path, before, self.afters[path], forward=forward):
                skipped.append(path)
        for folder in sorted(self.folders, key=len, reverse=True) if not forward else ():
            with contextlib.suppress(OSError):  # something else stands in it
                (self.content / folder).rmdir()
        return skipped

    def aside(self, path: str, *, forward: bool) -> Path:
        """Where that is kept which a move did not give to a file."""
        return self.folder / (_AFTER if forward else _BEFORE) / path

    def _move(self, path: str, before: str | None, after: str, *, forward: bool) -> bool:
        target, kept = self._inside(path), self.folder / _AFTER / path
        now = _digest(target)
        if now == (after if forward else before):
            return True
        if now != (before if forward else after) or target.is_symlink():
            return False
        if forward:
            if not kept.is_file():  # somebody had deleted it here before it was taken back
                return False
            files.replace(kept, target) if _same_disk(kept, target) else shutil.move(kept, target)
            return True
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(target, kept)
        if before is not None:
            shutil.copy2(self.folder / _BEFORE / path, target)
        return True

    def _inside(self, path: str) -> Path:
        """:raises OSError: a link on the way leads out of the content folder."""
        target = self.content / path
        if target.parent not in self._safe and files.real(target.parent).is_relative_to(files.real(self.content)):
            self._safe.add(target.parent)
        if target.is_symlink() or target.parent not in self._safe:
            raise OSError(None, "lien qui sort du dossier des textes", str(target))
        return target

    def _make_folder(self, folder: Path) -> None:
        if folder in self._safe and folder.is_dir():
            return
        missing = [one for one in (folder, *folder.parents) if one.is_relative_to(self.content) and one != self.content and not one.exists()]
        for one in reversed(missing):
            name = one.relative_to(self.content).as_posix()
            self._note("dossier", name)
            self.folders.append(name)
            one.mkdir(exist_ok=True)

    def _note(self, *fields: object) -> None:
        if self._lines is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lines = (self.folder / _LINES).open("a", encoding="utf-8", newline="\n")
        self._lines.write(json.dumps(fields, ensure_ascii=False) + "\n")
        self._lines.flush()

    def _done(self, path: str, before: str | None, after: str, entries: tuple[Entry, ...]) -> None:
        self.befores.setdefault(path, before)
        self.afters[path] = after
        self.entries += entries

    def _load(self) -> None:
        """Read what is on disk, and settle what was cut short: each file is as before or as after."""
        begun: dict[str, tuple[str | None, str, tuple[Entry, ...]] | None] = {}
        for kind, *rest in _read_lines(self.folder / _LINES):
            if kind == "dossier":
                self.folders.append(rest[0])
            elif kind == "note":
                self.entries += map(_entry, rest[0])
            elif kind == "commence":
                begun[rest[0]] = None
            elif kind == "écrit":
                begun[rest[0]] = (rest[1], rest[2], tuple(map(_entry, rest[3])))
            elif kind == "fait" and (intent := begun.pop(rest[0], None)):
                self._done(rest[0], *intent)
        for path, intent in begun.items():
            _temporary(self.content / path).unlink(missing_ok=True)
            if intent and _digest(self.content / path) == intent[1]:
                self._done(path, *intent)


def _read_lines(path: Path) -> Iterator[list]:  # type: ignore[type-arg] # lines of several shapes
    if path.is_file():
        for line in path.read_bytes().split(b"\n"):
            with contextlib.suppress(ValueError):  # the last one was cut
                yield json.loads(line)


def _entry(fields: list[str]) -> Entry:
    return Entry(Made(fields[0]), *fields[1:])


def _temporary(target: Path) -> Path:
    """A name of its own, so that what a stop leaves can be found and removed."""
    return target.with_name(f".{target.name[:80]}.import.tmp")


def _digest(path: Path) -> str | None:
    return digest.of_file(path) if path.is_file() else None


def _same_disk(path: Path, target: Path) -> bool:
    return path.stat().st_dev == target.parent.stat().st_dev
