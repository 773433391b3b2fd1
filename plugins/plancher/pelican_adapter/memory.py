"""What a build sees of its folders, and what it leaves so that the next command can tell that nothing changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from plancher.base import theme_folder
from plancher.build import fingerprint
from plancher.build.context import BuildContext
from plancher.build.ledger import write
from plancher.build.plan import Plan
from plancher.cache import folders, snapshot, tree
from plancher.cache.folders import Folder
from plancher.cache.snapshot import Snapshot
from plancher.cache.store import Store
from plancher.cache.tree import Tree
from plancher.pelican_adapter import plugins
from plancher.pelican_adapter.path_metadata import named_files
from plancher.site import root_files


def look(settings: Any, store: Store) -> list[tuple[Tree, list[str]]]:
    """Walk the folders a build reads, before it reads anything: a file saved meanwhile will show next time."""
    ignored = [*settings["IGNORE_FILES"], *root_files.IGNORED]
    content = tree.scan(Path(settings["PATH"]), ignored, store.stamps(Path(settings["PATH"])))
    own = theme_folder.place_of_own(Path(settings["PATH"]), Path(settings["THEME"]))
    named = (settings["THEME"], *([own] if own else []), *settings["PLUGIN_PATHS"], *settings["THEME_TEMPLATES_OVERRIDES"])
    others = [Path(folder) for folder in dict.fromkeys(map(str, named))]
    compiled = ["__pycache__"]
    return [(content, ignored), *((tree.scan(folder, compiled), compiled) for folder in others)]


def snapshot_of(settings: Any, plan: Plan, trees: list[tuple[Tree, list[str]]], code: list[Folder], build: BuildContext) -> Snapshot | None:
    """What the next command needs to see that it has nothing to do; nothing, in any doubt."""
    command = os.environ.get(snapshot.COMMAND)
    if not command or plan.has_unknown or plugins.is_open(settings):
        return None
    walked = [folders.of_folder(*found) for found in trees]
    parts = [part for part in walked if part is not None]
    if len(parts) < len(walked):
        return None
    loaded = {folder[0]: folder for folder in (*fingerprint.modules([found for found, _ in trees]), *code)}
    loaded |= {folder[0]: folder for folder in map(folders.of_file, named_files(settings))}
    return snapshot.of_build(command, parts + sorted(loaded.values()), build.expires_at, build.journal.report())


def remember(settings: Any, target: Path, now: Snapshot | None) -> None:
    """Keep it for the next command."""
    path = snapshot.path_of(Path(settings["CACHE_PATH"]), target)
    if now is not None:
        write(path, snapshot.to_text(now))
