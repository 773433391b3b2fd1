"""One change of several files, on disk: what each was, what it becomes, and how far the change has come."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import enum
import json
import os
import shutil
from pathlib import Path

_PLAN, _STATE = "plan.json", "etat"
_ASIDE = ".nouveau-"
"""How the name of a step begins while it is being written."""
_TEMPORARY = ".annuler.tmp"
"""How the name of a file ends while it is being written, beside the one it will replace."""
_NEW_MODE = 0o644


class StepError(Exception):
    """What is kept of a step cannot be read."""


class State(enum.StrEnum):
    """How far a change has come."""

    OPEN = "ouvert"
    DONE = "fait"
    UNDOING = "se défait"
    UNDONE = "défait"
    REDOING = "se refait"
    WATCHING = "observe"


@dataclasses.dataclass(frozen=True, slots=True)
class Edit:
    """What a file was, and what it becomes; None: there is no such file."""

    path: Path
    before: bytes | None
    after: bytes | None


def content(path: Path) -> bytes | None:
    """What a file holds; None when there is none."""
    return path.read_bytes() if path.is_file() else None


@dataclasses.dataclass(slots=True)
class Step:
    """A change, whether it is made or taken back."""

    number: int
    command: str
    told: str
    when: str
    """ISO 8601, UTC."""
    edits: tuple[Edit, ...]
    state: State = State.OPEN
    folder: Path = Path()
    modes: tuple[int, ...] = ()
    """The rights of each file before the change."""
    made: tuple[Path, ...] = ()
    """Folders that the change makes, the inner ones last."""

    def mark(self, state: State) -> None:
        """Remember how far it has come."""
        _put(self.folder / _STATE, state.encode(), _NEW_MODE)
        self.state = state

    def move(self, *, forward: bool) -> list[Path]:
        """Give each file its content of after, or of before; those that hold neither are left alone, and named."""
        left = []
        for edit, mode in zip(self.edits, self.modes, strict=True):
            wanted, other = (edit.after, edit.before) if forward else (edit.before, edit.after)
            there = content(edit.path)
            _temporary(edit.path).unlink(missing_ok=True)
            if there == wanted and not edit.path.is_symlink():
                continue
            if there != other or edit.path.is_symlink():
                left.append(edit.path)
            elif wanted is None:
                edit.path.unlink()
            else:
                edit.path.parent.mkdir(parents=True, exist_ok=True)
                _put(edit.path, wanted, mode)
        for folder in reversed(self.made) if not forward else ():
            with contextlib.suppress(OSError):  # something else stands in it
                folder.rmdir()
        return left

    def edited_since(self) -> set[Path]:
        """The files that hold neither what they were nor what they became."""
        return {edit.path for edit in self.edits if edit.path.is_symlink() or content(edit.path) not in {edit.before, edit.after}}

    def kept(self, path: Path, *, forward: bool) -> Path:
        """Where the content lies that a move did not give a file."""
        place = next(place for place, edit in enumerate(self.edits) if edit.path == path)
        return self.folder / f"{place}.{'apres' if forward else 'avant'}"


def starting(number: int, command: str, told: str, edits: tuple[Edit, ...], root: Path) -> Step:
    """A change that is about to be made."""
    modes = tuple(edit.path.stat().st_mode & 0o7777 if edit.path.exists() else _NEW_MODE for edit in edits)
    made = sorted({parent for edit in edits for parent in edit.path.parents if parent.is_relative_to(root) and not parent.exists()})
    return Step(number, command, told, dt.datetime.now(dt.UTC).isoformat(), edits, modes=modes, made=tuple(made))


def record(folder: Path, root: Path, step: Step, state: State) -> Step:
    """Keep a step, whole, before any of its files is touched."""
    aside, step.folder = folder / f"{_ASIDE}{step.number}", folder / f"{step.number:06d}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    for place, edit in enumerate(step.edits):
        for name, kept in (("avant", edit.before), ("apres", edit.after)):
            if kept is not None:
                _put(aside / f"{place}.{name}", kept, _NEW_MODE)
    files = [
        {"path": os.path.relpath(edit.path, root), "mode": mode, "before": edit.before is not None, "after": edit.after is not None}
        for edit, mode in zip(step.edits, step.modes, strict=True)
    ]
    made = [os.path.relpath(path, root) for path in step.made]
    plan = {"command": step.command, "told": step.told, "when": step.when, "files": files, "folders": made}
    _put(aside / _PLAN, json.dumps(plan, indent=1).encode(), _NEW_MODE)
    _put(aside / _STATE, state.encode(), _NEW_MODE)
    aside.replace(step.folder)
    step.state = state
    return step


def load(folder: Path, root: Path) -> Step:
    """A step that was kept.

    :raises StepError: it cannot be read.
    """
    try:
        plan = json.loads((folder / _PLAN).read_bytes())
        edits = tuple(
            Edit(
                root / file["path"],
                (folder / f"{place}.avant").read_bytes() if file["before"] else None,
                (folder / f"{place}.apres").read_bytes() if file["after"] else None,
            )
            for place, file in enumerate(plan["files"])
        )
        return Step(
            number=int(folder.name),
            command=str(plan["command"]),
            told=str(plan["told"]),
            when=str(plan["when"]),
            edits=edits,
            state=State((folder / _STATE).read_text(encoding="utf-8")),
            folder=folder,
            modes=tuple(int(file["mode"]) for file in plan["files"]),
            made=tuple(root / name for name in plan["folders"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StepError(str(folder)) from error


def sweep(folder: Path) -> None:
    """Forget steps that were never whole: none of their files was touched."""
    for aside in folder.glob(f"{_ASIDE}*"):
        shutil.rmtree(aside, ignore_errors=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}{_TEMPORARY}")


def _put(path: Path, raw: bytes, mode: int) -> None:
    """Replace a file in one step; who reads it meanwhile, or after a power cut, has the old one or the new one."""
    aside = _temporary(path)
    aside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(mode)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
