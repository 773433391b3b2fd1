"""The manifests of a site and of its standby as the cache keeps them; and in one line, what tells at once that nothing changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.base import digest
from plancher.cache.manifest import FileState, Manifest

_FOLDERS = "//"
"""Between the names of files and those of folders; no name of either."""


def load(path: Path) -> tuple[Manifest, Manifest]:
    """The site and its standby, as they are kept there; empty ones when there is nothing, or nothing that can be read."""
    try:
        raw = json.loads(digest.unsealed(path.read_bytes()))
        live, other = Manifest(_states(raw["files"]), raw["folders"], [str(name) for name in raw.get("theirs", [])]), raw["double"]
        gone = set(other["gone"])
        files = {name: state for name, state in live.files.items() if name not in gone} | _states(other["files"])
        folders = {name: time for name, time in zip(live.folders, other["folders"], strict=True) if time is not None}
        folders |= other["more"]
        if not stay_inside([*live.files, *live.folders, *live.foreign, *files, *folders]):
            return Manifest(), Manifest()
        return live, Manifest(files, folders)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Manifest(), Manifest()


def stay_inside(paths: Iterable[str]) -> bool:
    """Whether each path leads to a file under the folder it starts from: what a cache says is neither written nor removed elsewhere."""
    joined = "/" + "\0/".join(paths) + "\0"  # one look at all of them: there may be ten thousand
    return not any(way in joined for way in ("//", "/../", "/..\0", "/./", "/.\0")) and (os.sep == "/" or not {"\\", ":"} & set(joined))


def _states(raw: Mapping[str, tuple[str, int, int, int]]) -> dict[str, FileState]:
    return {name: (str(content), size, time, inode) for name, (content, size, time, inode) in raw.items()}


def to_json(live: Manifest, standby: Manifest) -> str:
    """A site as it is kept, and how its standby differs: mostly in nothing but the times of its folders."""
    differences = {
        "files": {path: state for path, state in standby.files.items() if live.files.get(path) != state},
        "gone": [path for path in live.files if path not in standby.files],
        "folders": [standby.folders.get(name) for name in live.folders],
        "more": {name: time for name, time in standby.folders.items() if name not in live.folders},
    }
    raw = {"files": live.files, "folders": live.folders, "theirs": live.foreign, "double": differences}
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def stat_summary(site: Manifest) -> str:
    """All names, after a digest of what the system says of each: enough to see at once that nothing changed.

    :returns: empty when a name holds a line feed.
    """
    names = [*site.files, _FOLDERS, *site.folders]
    numbers = [number for _, *state in site.files.values() for number in state]
    return "" if any("\n" in name for name in names) else "\n".join([digest.of_numbers(numbers), digest.of_numbers(site.folders.values()), *names])


def same_files(root: Path, summary: str) -> bool:
    """Whether no file of a site is missing or changed since ``stat_summary`` gave this."""
    base = f"{root}/"
    try:
        expected, _, *names = summary.split("\n")
        found = [os.lstat(base + name) for name in names[: names.index(_FOLDERS)]]
    except (OSError, ValueError):
        return False
    return expected == digest.of_numbers(number for stat in found for number in (stat.st_size, stat.st_mtime_ns, stat.st_ino))


def same_folders(root: Path, summary: str) -> bool:
    """Whether no name came or went in a folder of the site since."""
    base = f"{root}/"
    try:
        _, expected, *names = summary.split("\n")
        return expected == digest.of_numbers([os.lstat(base + name).st_mtime_ns for name in names[names.index(_FOLDERS) + 1 :]])
    except (OSError, ValueError):
        return False
