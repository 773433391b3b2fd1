"""Comments that an export keeps apart from their texts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from plancher.importing.blogs.model import FormerComment, Reply


class Apart:
    """Those of a whole export, on disk until all are there: they come in any order."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "reponses.tmp"
        self._places: dict[str, list[int]] = {}
        self._file: IO[bytes] | None = None

    def add(self, identifier: str, comments: Iterable[FormerComment]) -> None:
        """Some more of a text."""
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w+b")
        for comment in comments:
            self._places.setdefault(identifier, []).append(self._file.seek(0, 2))
            fields = dataclasses.asdict(comment) | {"date": comment.date.isoformat() if comment.date else None}
            self._file.write(json.dumps(fields).encode() + b"\n")

    def of(self, identifier: str) -> list[FormerComment]:
        """All comments of a text, in the order of the export."""
        return [self._read(place) for place in self._places.get(identifier, ())]

    def _read(self, place: int) -> FormerComment:
        if self._file is None:
            raise ValueError(place)
        self._file.seek(place)
        fields = json.loads(self._file.readline())
        return FormerComment(**(fields | {"kind": Reply(fields["kind"]), "date": dt.datetime.fromisoformat(fields["date"]) if fields["date"] else None}))

    def remove(self) -> None:
        """Forget all."""
        if self._file:
            self._file.close()
            self._path.unlink(missing_ok=True)
