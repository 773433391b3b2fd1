"""Which files a publication put online, each with its digest: what the next one compares itself to."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import data, digest
from plancher.cache.manifest import MARKER, STAGING

VERSION = 1
_NOT_FOR_READERS = frozenset({MARKER, STAGING, ".git"})
"""What stands in the folder of a finished site, and is none of a reader's business."""


class FileState(NamedTuple):
    """What one file holds."""

    digest: str
    """Empty where nobody knows: a listing gives names and sizes alone."""
    size: int
    """In bytes."""


class ManifestError(ValueError):
    """A manifest cannot be read: it is damaged, or of a later version of the engine."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The files of one publication, by their paths from the root of the site."""

    identifier: str
    """Of the publication: its moment in UTC, which sorts (« 20260104T101500Z »)."""
    files: Mapping[str, FileState]
    retiring: Mapping[str, FileState] = dataclasses.field(default_factory=dict)
    """Files of the publication before that pages in a reader's cache may still ask for; the next one removes them."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())

    def to_bytes(self) -> bytes:
        """As it is stored, with its seal before it."""
        value = {"version": VERSION, "identifier": self.identifier, "files": _listed(self.files), "retiring": _listed(self.retiring)}
        return digest.sealed(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()


def from_bytes(raw: bytes) -> Manifest:
    """A stored manifest.

    :raises ManifestError: it cannot be read.
    """
    try:
        value = data.from_json(digest.unsealed(raw).decode())
        if value["version"] != VERSION:
            raise ManifestError("version")
        return Manifest(identifier=str(value["identifier"]), files=_states(value["files"]), retiring=_states(value["retiring"]))
    except (ValueError, KeyError, TypeError) as error:  # a text that is no UTF-8 is a ValueError
        raise ManifestError(str(error)) from error


def of_folder(site: Path, identifier: str) -> Manifest:
    """What a finished site holds. Links are followed inside the site: a host gets files.

    :raises OSError: a file cannot be read.
    """
    return Manifest(identifier=identifier, files=dict(_files(site)))


def identifier_at(moment: dt.datetime) -> str:
    """The name of a publication that begins now."""
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def newer(identifier: str, newest: str) -> str:
    """This name, or one that sorts after the newest: two publications in a second, or a clock that went back."""
    if identifier > newest:
        return identifier
    moment, _, number = newest.partition("-")
    return f"{moment}-{int(number or 0) + 1:03}"


def moment_of(identifier: str) -> dt.datetime | None:
    """When a publication began; None: its name does not say."""
    try:
        return dt.datetime.strptime(identifier.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _files(site: Path) -> Iterator[tuple[str, FileState]]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if name.split("/", 1)[0] in _NOT_FOR_READERS or not path.is_file():
            continue
        yield name, FileState(digest.of_file(path), path.stat().st_size)


def _listed(files: Mapping[str, FileState]) -> dict[str, list[object]]:
    return {path: list(files[path]) for path in sorted(files)}


def _states(value: Mapping[str, list[object]]) -> dict[str, FileState]:
    states = {}
    for path, (known, size) in value.items():
        if not is_safe(path) or not isinstance(known, str) or not isinstance(size, int):
            raise ManifestError(path)
        states[path] = FileState(known, size)
    return states


def is_safe(path: str) -> bool:
    """Whether a path stays inside the site: a manifest comes from a machine of somebody else, and files are removed by it."""
    return bool(path) and not path.startswith("/") and "\\" not in path and "\0" not in path and not {"", ".", ".."} & {*path.split("/")}
