"""How far an upload has come, line by line on this machine: what was sent is not sent again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from plancher.base import atomic
from plancher.publishing.manifest import FileState, is_safe


class Checkpoint:
    """What one folder at a target holds for sure; each file is noted once it stands there whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.files: dict[str, FileState] = {}
        self._file: IO[str] | None = None

    def begin(self, folder: str) -> None:
        """Go on with what is noted for this folder; forget what is of any other.

        :raises OSError: it cannot be written.
        """
        self.close()
        self.files = _read(self._path, folder)
        lines: list[Sequence[object]] = [[folder], *([name, *state] for name, state in self.files.items())]
        atomic.write(self._path, "".join(map(_line, lines)).encode("ascii"), is_durable=False)
        self._file = self._path.open("a", encoding="ascii")

    def note(self, name: str, state: FileState) -> None:
        """A file stands there."""
        self.files[name] = state
        self._write([name, *state])

    def forget(self, name: str) -> None:
        """A file is about to change, or to go."""
        if self.files.pop(name, None) is not None:
            self._write([name, "", -1])

    def close(self) -> None:
        """Keep it for the next attempt."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def done(self) -> None:
        """All is well: nothing is left to go on with."""
        self.close()
        self._path.unlink(missing_ok=True)

    def _write(self, line: Sequence[object]) -> None:
        if self._file is not None:
            self._file.write(_line(line))
            self._file.flush()  # a process that is killed loses nothing; a power cut may lose lines, and files are sent again


def _line(values: Sequence[object]) -> str:
    return json.dumps(values) + "\n"  # in ASCII: no sign in a name ends a line


def _read(path: Path, folder: str) -> dict[str, FileState]:
    """What is noted; a line that was cut ends it."""
    files: dict[str, FileState] = {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        first, *lines = path.read_text(encoding="ascii").splitlines()
        if json.loads(first) != [folder]:
            return {}
        for line in lines:
            name, known, size = json.loads(line)
            if size < 0:
                files.pop(name, None)
            elif is_safe(name):
                files[name] = FileState(str(known), int(size))
    return files
