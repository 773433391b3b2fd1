"""What the last build of a site left behind: its files, and what each was made from."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from plancher.core import digest
from plancher.building.generations import Generation

VERSION = 1


@dataclasses.dataclass(slots=True)
class Ledger:
    """The memory of one output folder. Without it, everything is made again."""

    live: Generation = dataclasses.field(default_factory=Generation)
    double: Generation = dataclasses.field(default_factory=Generation)
    inputs: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """For each file, the digest of each of its inputs."""
    frames: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """Inputs that many pages share, by their common digest."""
    templates: dict[str, Any] = dataclasses.field(default_factory=dict)
    """By digest of a template's source: the names it mentions, the templates it calls."""
    sources: dict[str, Any] = dataclasses.field(default_factory=dict)
    """Stamp and digest of each file that is copied."""


def path_of(cache: Path, target: Path) -> Path:
    """Where the ledger of an output folder lies."""
    return cache / "sites" / f"{digest.of_text(str(target))}.json"


def load(path: Path) -> Ledger:
    """The ledger kept there; an empty one when there is none, or none that can be read."""
    try:
        raw = json.loads(path.read_bytes())
        if raw.pop("version") != VERSION:
            return Ledger()
        generations = {name: _generation(raw.pop(name)) for name in ("live", "double")}
        return Ledger(**generations, **raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Ledger()


def _generation(raw: dict[str, Any]) -> Generation:
    return Generation({path: (str(mark[0]), mark[1], mark[2], mark[3]) for path, mark in raw["files"].items()}, raw["folders"])


def save(path: Path, ledger: Ledger) -> None:
    """Keep a ledger; a reader finds the old one or the new one, whole."""
    raw = {field.name: getattr(ledger, field.name) for field in dataclasses.fields(ledger)}
    for name in ("live", "double"):
        raw[name] = {"files": raw[name].files, "folders": raw[name].folders}
    write(path, json.dumps({"version": VERSION, **raw}, ensure_ascii=False, separators=(",", ":")))


def write(path: Path, text: str) -> None:
    """Write a file of the cache at once; one that cannot be written costs time, never the site."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
