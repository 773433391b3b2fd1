"""Whether bytes hold what somebody said, however a file writes it; and the files of a blog that do."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import html
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from plancher.commands.answers.holdings import Holding

_LEAST = 12
"""Letters: what is shorter is anybody's."""
_PIECE = 1_000_000
"""Bytes of a file in memory."""
_GZIP = b"\x1f\x8b"
_NOT_OURS = frozenset({".git", ".venv", "node_modules", "__pycache__"})


@dataclasses.dataclass(frozen=True, slots=True)
class Traces:
    """What to look for."""

    needles: frozenset[bytes]

    def are_in(self, path: Path) -> bool:
        """Whether one of them stands in a file, or in what it is once unpacked (gzip); it is read piece by piece."""
        with path.open("rb") as raw:
            is_packed = raw.read(2) == _GZIP
            raw.seek(0)
            if not is_packed:
                return self._are_in(raw)
            with contextlib.suppress(OSError, EOFError, zlib.error), gzip.open(raw) as unpacked:
                return self._are_in(unpacked)
        return False

    def _are_in(self, file: IO[bytes] | gzip.GzipFile) -> bool:
        overlap = max(map(len, self.needles), default=1) - 1
        before = b""
        while piece := file.read(_PIECE):
            if any(needle in before + piece for needle in self.needles):
                return True
            before = (before + piece)[-overlap:] if overlap else b""
        return False


def of(held: Iterable[Holding]) -> Traces:
    """Of addresses, of long words, of identifiers; never of a name, which others have too."""
    needles: set[bytes] = set()
    for one in held:
        received, shown = one.row.received if one.row else None, one.published
        whole = {one.row.id} if one.row else set()
        words = set[str]()
        if received:
            whole |= {received.sender, received.address}
            words |= set(received.words.split("\n"))
        if shown:
            whole |= {shown.address}
            words |= set(shown.words.split("\n"))
        for text in {*whole, *(line.strip() for line in words if len(line.strip()) >= _LEAST)} - {""}:
            needles |= {form.encode("utf-8", "ignore") for form in _forms(text)}
    return Traces(frozenset(needles))


def _forms(text: str) -> Iterator[str]:
    yield text
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield html.escape(text)
    yield html.escape(text, quote=False)


def files_with(folder: Path, looked_for: Traces) -> Iterator[Path]:
    """The files that hold them, in the order of their names."""
    if not looked_for.needles:
        return
    for place, inside, names in os.walk(folder):
        inside[:] = sorted(name for name in inside if name not in _NOT_OURS and not Path(place, name).is_symlink())
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink() and looked_for.are_in(path):
                yield path
