"""One change of several files, on disk: their contents before and after, and how far the change has come."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import enum
import json
import os
import shutil
from pathlib import Path

from plancher.base import files

_PLAN, STATE = "plan.json", "etat"
_UNFINISHED = ".nouveau-"
"""How the name of a step begins while it is being written."""
_TEMPORARY_SUFFIX = ".annuler.tmp"
"""How the name of a file ends while it is being written, beside the one it will replace."""
_NEW_MODE = 0o644


class StepError(Exception):
    """A step cannot be read from the disk."""


class StepState(enum.StrEnum):
    """How far a change has come."""

    OPEN = "ouvert"
    DONE = "fait"
    UNDOING = "se défait"
    UNDONE = "défait"
    REDOING = "se refait"
    WATCHING = "observe"


@dataclasses.dataclass(frozen=True, slots=True)
class FileChange:
    """The content of a file before and after; None: there is no such file."""

    path: Path
    before: bytes | None
    after: bytes | None


def content(path: Path) -> bytes | None:
    """The content of a file; None when there is none."""
    return path.read_bytes() if path.is_file() else None


@dataclasses.dataclass(slots=True)
class Step:
    """A change, whether it is made or taken back."""

    number: int
    command: str
    command_line: str
    when: str
    """ISO 8601, UTC."""
    edits: tuple[FileChange, ...]
    state: StepState = StepState.OPEN
    folder: Path = Path()
    modes: tuple[int, ...] = ()
    """The rights of each file before the change."""
    created_folders: tuple[Path, ...] = ()
    """Folders that the change makes, the inner ones last."""

    def set_state(self, state: StepState) -> None:
        """Write on disk how far it has come."""
        _replace(self.folder / STATE, state.encode(), _NEW_MODE)
        self.state = state

    def move(self, *, forward: bool) -> list[Path]:
        """Give each file its content of after, or of before.

        :returns: files that hold neither: they are left alone.
        """
        skipped = []
        for edit, mode in zip(self.edits, self.modes, strict=True):
            wanted, other = (edit.after, edit.before) if forward else (edit.before, edit.after)
            current = content(edit.path)
            _temporary_path(edit.path).unlink(missing_ok=True)
            if current == wanted and not edit.path.is_symlink():
                continue
            if current != other or edit.path.is_symlink():
                skipped.append(edit.path)
            elif wanted is None:
                edit.path.unlink()
            else:
                edit.path.parent.mkdir(parents=True, exist_ok=True)
                _replace(edit.path, wanted, mode)
        for folder in reversed(self.created_folders) if not forward else ():
            with contextlib.suppress(OSError):  # something else stands in it
                folder.rmdir()
        return skipped

    def edited_since(self) -> set[Path]:
        """The files that hold neither what they were nor what they became."""
        return {edit.path for edit in self.edits if edit.path.is_symlink() or content(edit.path) not in {edit.before, edit.after}}

    def stored_content(self, path: Path, *, forward: bool) -> Path:
        """Where the content is stored that a move did not give to a file."""
        place = next(place for place, edit in enumerate(self.edits) if edit.path == path)
        return self.folder / f"{place}.{'apres' if forward else 'avant'}"


def planned(number: int, command: str, command_line: str, edits: tuple[FileChange, ...], root: Path) -> Step:
    """A change that is about to be made."""
    modes = tuple(edit.path.stat().st_mode & 0o7777 if edit.path.exists() else _NEW_MODE for edit in edits)
    created_folders = sorted({parent for edit in edits for parent in edit.path.parents if parent.is_relative_to(root) and not parent.exists()})
    return Step(number, command, command_line, dt.datetime.now(dt.UTC).isoformat(), edits, modes=modes, created_folders=tuple(created_folders))


def save(folder: Path, root: Path, step: Step, state: StepState) -> Step:
    """Write a whole step to disk, before any of its files is touched."""
    unfinished, step.folder = folder / f"{_UNFINISHED}{step.number}", folder / f"{step.number:06d}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for place, edit in enumerate(step.edits):
        for name, raw in (("avant", edit.before), ("apres", edit.after)):
            if raw is not None:
                _replace(unfinished / f"{place}.{name}", raw, _NEW_MODE)
    files = [
        {"path": os.path.relpath(edit.path, root), "mode": mode, "before": edit.before is not None, "after": edit.after is not None}
        for edit, mode in zip(step.edits, step.modes, strict=True)
    ]
    names = [os.path.relpath(path, root) for path in step.created_folders]
    plan = {"command": step.command, "told": step.command_line, "when": step.when, "files": files, "folders": names}
    _replace(unfinished / _PLAN, json.dumps(plan, indent=1).encode(), _NEW_MODE)
    _replace(unfinished / STATE, state.encode(), _NEW_MODE)
    unfinished.replace(step.folder)
    step.state = state
    return step


def load(folder: Path, root: Path) -> Step:
    """Read a step from disk.

    :raises StepError: it cannot be read.
    """
    try:
        plan = json.loads((folder / _PLAN).read_bytes())
        edits = tuple(
            FileChange(
                root / file["path"],
                (folder / f"{place}.avant").read_bytes() if file["before"] else None,
                (folder / f"{place}.apres").read_bytes() if file["after"] else None,
            )
            for place, file in enumerate(plan["files"])
        )
        return Step(
            number=int(folder.name),
            command=str(plan["command"]),
            command_line=str(plan["told"]),
            when=str(plan["when"]),
            edits=edits,
            state=StepState((folder / STATE).read_text(encoding="utf-8")),
            folder=folder,
            modes=tuple(int(file["mode"]) for file in plan["files"]),
            created_folders=tuple(root / name for name in plan["folders"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StepError(str(folder)) from error


def remove_unfinished(folder: Path) -> None:
    """Remove steps that were never written whole: none of their files was touched."""
    for unfinished in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _temporary_path(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}{_TEMPORARY_SUFFIX}")


def _replace(path: Path, raw: bytes, mode: int) -> None:
    """Replace a file at once: whoever reads it, even after a power cut, gets the old content or the new one."""
    temporary = _temporary_path(path)
    temporary.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        files.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
