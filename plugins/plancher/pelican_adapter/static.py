"""Pelican's generator of files that are published as they are: what it finds, our plan copies."""

from __future__ import annotations

import contextlib
import os
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.generators import StaticGenerator

from plancher.build.context import BuildContext
from plancher.cache import tree
from plancher.pelican_adapter.plugins import foreign
from plancher.site.requests import CopiedFile


def named_files(settings: Any) -> list[Path]:
    """The files to which the settings give an address by name, hidden ones too: « racine/.htaccess »."""
    named = [Path(settings["PATH"], name) for name in settings.get("EXTRA_PATH_METADATA") or ()]
    return [path for path in named if path.is_file() and not path.is_symlink()]


class CopiesGenerator(StaticGenerator):
    """Pelican's own generator, but for the walk and the copy."""

    build: BuildContext

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """The files that the walk of this build has seen, and those that somebody else's plugin has added since."""
        seen = self.build.library.tree
        if foreign(self.settings["PLUGINS"]):
            return set(super().get_files(paths, exclude, extensions)) - seen.refused.keys()
        folders = [paths] if isinstance(paths, str) else list(paths)
        names = seen.below(folders, exclude or ())
        named = (os.path.relpath(path, self.path).replace(os.sep, "/") for path in named_files(self.settings))
        hidden = {name for name in named if any(name == folder or not folder or name.startswith(f"{folder.rstrip('/')}/") for folder in folders)}
        return {name for name in names if self._include_path(name, extensions)} | hidden

    def _include_path(self, path: str, extensions: Any = None) -> bool:
        """Pelican's hook for what is ignored: nothing that the settings name is."""
        named = posixpath.normpath(path.replace(os.sep, "/")) in (self.settings.get("EXTRA_PATH_METADATA") or ())
        return named or bool(super()._include_path(path, extensions))

    def copies(self) -> Iterator[CopiedFile]:
        """The theme's files, then the site's."""
        for folder in self.settings["THEME_STATIC_PATHS"]:
            root = Path(os.path.join(self.theme, folder))  # noqa: PTH118 - an absolute folder stands for itself, as in Pelican
            files = tree.scan(root, self.settings["IGNORE_FILES"]).files if root.is_dir() else [""]
            for name in files:
                source = root / name if name else root
                if source.is_file():  # a theme need not have all that the settings of another name
                    yield CopiedFile(path=posixpath.join(self.settings["THEME_STATIC_DIR"], name or root.name), source=source)
        for static in self.staticfiles:
            yield CopiedFile(path=static.save_as.replace(os.sep, "/"), source=Path(self.path, static.source_path))

    def generate_output(self, writer: Any) -> None:
        """Have them copied; the last thing that is asked of a writer."""
        for copy in self.copies():
            with contextlib.suppress(FileNotFoundError):  # its owner took it away while we looked: the next build sees a folder without it
                writer.planner.request(copy)
        writer.complete(self.context)

    def check_disabled_readers(self) -> None:
        """Nothing: a file of another format is a problem, said by the rules on files."""
