"""Where a file stands in the content folder, and what its links lead to."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import os
import urllib.parse
from pathlib import Path

from plancher.base import digest, files
from plancher.base.addresses import parse_internal


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """The content folder, and the folder of one file in it."""

    root: Path
    folder: Path
    consulted: dict[str, str | None] = dataclasses.field(default_factory=dict, compare=False)
    """Each file that was asked for, by path from the root: its digest; None where there is no file, empty for a text,
    of which only the existence counts."""
    targets: dict[str, Path] = dataclasses.field(default_factory=dict, compare=False)
    existing: dict[Path, bool] = dataclasses.field(default_factory=dict, compare=False)
    """Answers are remembered: a transcript names its film at each of its moments."""

    def target(self, address: str) -> Path | None:
        """The file a ``{filename}`` or ``{static}`` address names; None for any other address.

        A leading slash starts from the content folder, as in Pelican. The file
        may not exist, and may lie outside (see ``holds``).
        """
        internal = parse_internal(address)
        if internal is None or not internal.names_file:
            return None
        target = self.targets.get(internal.path)
        if target is None:
            path = urllib.parse.unquote(internal.path)
            target = self.root / path.lstrip("/") if path.startswith("/") else self.folder / path
            self._note(target)
            self.targets[internal.path] = target
        return target

    def read(self, address: str) -> bytes | None:
        """What the file holds that an address names; None when there is none."""
        target = self.target(address)
        return files.read(target) if target and self.holds(target) else None

    def _note(self, target: Path) -> None:
        """Remember a file before its content is read: if it changes meanwhile, the next build sees it."""
        name = self._below_root(target) or os.path.relpath(target, self.root).replace(os.sep, "/")
        if name not in self.consulted:
            exists = self.holds(target)
            self.consulted[name] = None if not exists else "" if target.suffix.lower() == ".md" else _content(target, target.stat().st_mtime_ns)

    def holds(self, path: Path) -> bool:
        """Whether the file exists inside the content folder, symbolic links followed."""
        if path not in self.existing:
            try:
                self.existing[path] = path.is_file() and self._is_inside(path)
            except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, a loop
                self.existing[path] = False
        return self.existing[path]

    def _is_inside(self, path: Path) -> bool:
        """Without a symbolic link on the way, nothing leads out of the folder; with one, all links are followed."""
        name = self._below_root(path)
        steps = itertools.accumulate(name.split("/"), lambda folder, step: f"{folder}/{step}", initial=str(self.root)) if name else ()
        if name and not any(map(os.path.islink, itertools.islice(steps, 1, None))):
            return True
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root))

    def _below_root(self, path: Path) -> str:
        """The path from the content folder, when its spelling alone says that it lies there; else empty."""
        root, whole = f"{self.root}{os.sep}", str(path)
        return whole[len(root) :].replace(os.sep, "/") if whole.startswith(root) and ".." not in whole else ""


@functools.lru_cache(maxsize=4096)
def _content(path: Path, _mtime: int) -> str:
    """The digest of a file; a picture that many texts show is read once."""
    return digest.of_ordinary_file(path)
