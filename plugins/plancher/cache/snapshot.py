"""What a build read: enough to tell, without Pelican, that another build would change nothing.

Importing Pelican and its plugins takes longer than looking at the files of five
thousand posts; « invoke build » looks first. Whatever is not exactly as it was
leaves the decision to the build itself.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from plancher.base import clock, digest
from plancher.base.forked_check import ForkedCheck
from plancher.cache import folders, manifest_file
from plancher.cache.folders import FileRecord, Folder
from plancher.cache.tree import Tree

VERSION = 4
COMMAND = "PLANCHER_COMMAND"
"""The environment variable by which a command says who it is to the build it starts."""
_VARIABLES = ("SITEURL", "SOURCE_DATE_EPOCH", "TZ", "LANG", "LC_ALL", "PYTHONPATH")


@dataclasses.dataclass(slots=True)
class Snapshot:
    """What one build read."""

    command: str
    """What was asked, by whom, on which machine (``command``)."""
    expires_at: float | None
    """When time alone will change the site: seconds since the epoch."""
    report: str
    """What was said about the texts."""
    roots: list[tuple[str, list[str]]]
    """Each folder that was walked, and the names left out."""
    stat_digest: str
    """Of the names and stamps of all their files; empty when a later change might not show in it."""
    details: str
    """The files of each folder, as JSON: read only when something has changed."""

    def is_of(self, command: str | None) -> bool:
        """Whether the same was asked, and time alone has changed nothing."""
        return command == self.command and (self.expires_at is None or clock.now().timestamp() < self.expires_at)

    @property
    def folders(self) -> list[Folder]:
        """All that was read."""
        records = [{name: FileRecord(*raw) for name, raw in files.items()} for files in json.loads(self.details)]
        return [Folder(root, ignored, files) for (root, ignored), files in zip(self.roots, records, strict=True)]

    def is_current(self) -> bool:
        """Whether what was read is as it was."""
        if self.stat_digest and self.stat_digest == folders.stat_digest((root, folders.stamps(Path(root), ignored)) for root, ignored in self.roots):
            return True
        return all(folders.changed_files(Path(root), ignored, files) == [] for root, ignored, files in self.folders)


def of_build(command: str, read: Sequence[Folder], expires_at: float | None, report: str) -> Snapshot:
    """The snapshot of a build that read these folders."""
    has_racy = any(file.is_racy for folder in read for file in folder.files.values())
    stat_digest = "" if has_racy else folders.stat_digest((root, {name: file.stamp for name, file in files.items()}) for root, _, files in read)
    details = json.dumps([files for _, _, files in read], ensure_ascii=False, separators=(",", ":"))
    return Snapshot(command, expires_at, report, [(root, ignored) for root, ignored, _ in read], stat_digest, details)


def stem(cache: Path, target: Path) -> Path:
    """How the names of all files of the cache on an output folder begin."""
    return cache / "sites" / digest.of_text(str(target))


def path_of(cache: Path, target: Path) -> Path:
    """Where the snapshot of an output folder lies."""
    return Path(f"{stem(cache, target)}.vu.json")


def stat_summary_path(stem: str) -> Path:
    """Where the cache keeps ``manifest_file.stat_summary`` of a site."""
    return Path(f"{stem}.glance.txt")


def nothing_to_do(cache: Path, target: Path, command: str) -> Snapshot | None:
    """The last build, if another would change nothing: what it read and what it wrote are as they were."""
    last = load(path_of(cache, target))
    if last is None or not last.is_of(command):
        return None
    try:
        site = digest.unsealed(stat_summary_path(str(stem(cache, target))).read_bytes()).decode("utf-8", "surrogatepass")
    except (OSError, ValueError):
        return None
    with ForkedCheck(lambda: manifest_file.same_files(target, site)) as files:  # half the wait
        return last if last.is_current() and manifest_file.same_folders(target, site) and files.answer() else None


def load(path: Path) -> Snapshot | None:
    """The snapshot kept there; None when there is none, or none that can be read."""
    try:
        head, _, details = digest.unsealed(path.read_bytes()).decode("utf-8", "surrogatepass").partition("\n")
        raw = json.loads(head)
        return Snapshot(**raw, details=details) if raw.pop("version") == VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def to_text(snapshot: Snapshot) -> str:
    """A snapshot as it is kept: on one line what each command looks at, on the next the rest."""
    raw = {field.name: getattr(snapshot, field.name) for field in dataclasses.fields(snapshot) if field.name != "details"}
    return "\n".join([json.dumps({"version": VERSION, **raw}, ensure_ascii=False, separators=(",", ":")), snapshot.details])


def command(*words: str) -> str:
    """A digest of what is asked, and with which Python and packages: all that no file of the project says."""
    packages = sorted({name for folder in sys.path if folder.endswith("-packages") for name in _listed(folder) if name.endswith(".dist-info")})
    variables = {name: os.environ.get(name) for name in _VARIABLES}
    return digest.of_text(*words, sys.version, sys.prefix, repr(variables), repr(packages))


def updated(last: Snapshot, found: Tree, names: Iterable[str]) -> Snapshot:
    """The same, after some files of its first folder changed."""
    (root, ignored, files), *others = last.folders
    now = {name: folders.record(found, name) for name in names}
    return of_build(last.command, [Folder(root, ignored, files | now), *others], last.expires_at, last.report)


def _listed(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []
