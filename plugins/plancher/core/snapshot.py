"""What a build saw and what it left: enough to tell, without Pelican, that another would change nothing.

Importing Pelican and its plugins takes longer than looking at the files of five
thousand posts; « invoke build » looks first. Whatever is not exactly as it was
leaves the decision to the build itself.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plancher.core import clock, digest, generation, tree
from plancher.core.generation import Generation
from plancher.core.tree import Tree

VERSION = 2
COMMAND = "PLANCHER_COMMAND"
"""The environment variable by which a command says who it is to the build it starts."""
_VARIABLES = ("SITEURL", "SOURCE_DATE_EPOCH", "TZ", "LANG", "LC_ALL", "PYTHONPATH")


@dataclasses.dataclass(slots=True)
class Snapshot:
    """One build, seen from outside."""

    command: str
    """What was asked, by whom, on which machine (``command``)."""
    trees: list[tuple[str, list[str], dict[str, Any]]]
    """Each folder that was looked at, the names left out, and the stamp and digest of each file."""
    until: float | None
    """When time alone will change the site: seconds since the epoch."""
    report: str
    """What was said about the texts."""

    def is_of(self, command: str | None) -> bool:
        """Whether the same was asked, and time alone has changed nothing."""
        return command == self.command and (self.until is None or clock.now().timestamp() < self.until)

    def holds(self, command: str, target: Path, output: Generation) -> bool:
        """Whether nothing has changed: neither what was read nor what was written.

        :param output: the site as it was left.
        """
        if not self.is_of(command) or any(changed(Path(root), ignored, files) != [] for root, ignored, files in self.trees):
            return False
        return bool(output.files) and not output.altered(target) and not output.strays(target)


def stem(cache: Path, target: Path) -> Path:
    """How the names of all that is remembered of an output folder begin."""
    return cache / "sites" / digest.of_text(str(target))


def path_of(cache: Path, target: Path) -> Path:
    """Where the snapshot of an output folder lies."""
    return Path(f"{stem(cache, target)}.vu.json")


def nothing_to_do(cache: Path, target: Path, command: str) -> Snapshot | None:
    """The last build, if another would change nothing."""
    last = load(path_of(cache, target))
    return last if last and last.holds(command, target, generation.load(Path(f"{stem(cache, target)}.live.json"))) else None


def load(path: Path) -> Snapshot | None:
    """The snapshot kept there; None when there is none, or none that can be read."""
    try:
        raw = json.loads(digest.unsealed(path.read_bytes()))
        return Snapshot(**raw) if raw.pop("version") == VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def text(snapshot: Snapshot) -> str:
    """A snapshot, as it is kept."""
    raw = {field.name: getattr(snapshot, field.name) for field in dataclasses.fields(snapshot)}
    return json.dumps({"version": VERSION, **raw}, ensure_ascii=False, separators=(",", ":"))


def command(*words: str) -> str:
    """Who asks for what, with which Python and which packages: all that no file of the project says."""
    packages = sorted({name for folder in sys.path if folder.endswith("-packages") for name in _listed(folder) if name.endswith(".dist-info")})
    variables = {name: os.environ.get(name) for name in _VARIABLES}
    return digest.of_text(*words, sys.version, sys.prefix, repr(variables), repr(packages))


def renewed(last: Snapshot, found: Tree, names: Iterable[str]) -> Snapshot:
    """The same, after some files of its first folder changed."""
    root, ignored, files = last.trees[0]
    now = {name: [*found.files[name], found.digest(name), found.is_settled(name)] for name in names}
    return dataclasses.replace(last, trees=[(root, ignored, files | now), *last.trees[1:]])


def seen(found: Tree, ignored: Iterable[str]) -> tuple[str, list[str], dict[str, Any]] | None:
    """What a snapshot keeps of a folder; None when links in it lead who knows where."""
    if found.links or found.outside:
        return None
    return str(found.root), list(ignored), {name: [*stamp, found.digest(name), found.is_settled(name)] for name, stamp in found.files.items()}


def changed(root: Path, ignored: Iterable[str], files: Mapping[str, Any], now: Tree | None = None) -> list[str] | None:
    """The files of a folder whose content changed; None when files came or went, or links did.

    :param files: what a snapshot keeps of them.
    :param now: the folder as it is, when somebody has looked already.
    """
    if "" in files:  # a single file
        return [] if _is(root, *files[""]) else None
    now = now or tree.scan(root, ignored)
    if now.links or now.files.keys() != files.keys():
        return None
    found = []
    for name, stamp in now.files.items():
        *was, content, settled = files[name]
        if (not settled or tuple(was) != stamp) and now.digest(name) != content:
            found.append(name)
    return found


def _is(path: Path, *was: Any) -> bool:
    *stamp, content, settled = was
    try:
        return (settled and tree.stamp(path.stat()) == tuple(stamp)) or digest.of_bytes(path.read_bytes()) == content
    except OSError:
        return False


def _listed(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []
