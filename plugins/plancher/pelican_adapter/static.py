"""Files that are published as they are: through the writer, so that only what changed is copied."""

from __future__ import annotations

import contextlib
import os
import posixpath
from pathlib import Path
from typing import Any

from pelican.generators import StaticGenerator

from plancher.cache import tree

TREE = "BUILD_TREE"
"""Where the settings hold the content folder as this build has seen it."""


def chosen(settings: Any) -> list[Path]:
    """The files to which the settings give an address by name, hidden ones too: « racine/.htaccess »."""
    named = [Path(settings["PATH"], name) for name in settings.get("EXTRA_PATH_METADATA") or ()]
    return [path for path in named if path.is_file() and not path.is_symlink()]


class CopiesGenerator(StaticGenerator):
    """Pelican's own generator, but for the walk and the copy."""

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> set[str]:
        """The files that the walk of this build has seen, and those that somebody else's plugin has added since."""
        seen: tree.Tree = self.settings[TREE]
        if registry.foreign(self.settings["PLUGINS"]):
            return set(super().get_files(paths, exclude, extensions)) - seen.refused.keys()
        folders = [paths] if isinstance(paths, str) else list(paths)
        names = seen.below(folders, exclude or ())
        named = (os.path.relpath(path, self.path).replace(os.sep, "/") for path in chosen(self.settings))
        hidden = {name for name in named if any(name == folder or not folder or name.startswith(f"{folder.rstrip('/')}/") for folder in folders)}
        return {name for name in names if self._include_path(name, extensions)} | hidden

    def _include_path(self, path: str, extensions: Any = None) -> bool:
        """Pelican's hook for what is ignored: nothing that the settings name is."""
        named = posixpath.normpath(path.replace(os.sep, "/")) in (self.settings.get("EXTRA_PATH_METADATA") or ())
        return named or bool(super()._include_path(path, extensions))

    def generate_output(self, writer: Any) -> None:
        """The theme's files, then the site's."""
        for folder in self.settings["THEME_STATIC_PATHS"]:
            root = Path(os.path.join(self.theme, folder))  # noqa: PTH118 - an absolute folder stands for itself, as in Pelican
            files = tree.scan(root, self.settings["IGNORE_FILES"]).files if root.is_dir() else [""]
            for name in files:
                source = root / name if name else root
                if not source.is_file():  # a theme need not have all that the settings of another name
                    continue
                writer.copy(posixpath.join(self.settings["THEME_STATIC_DIR"], name or root.name), source)
        for static in self.context["staticfiles"]:
            with contextlib.suppress(FileNotFoundError):  # its owner took it away while we looked: the next build sees a folder without it
                writer.copy(static.save_as.replace(os.sep, "/"), Path(self.path, static.source_path))
        writer.complete(self.context)

    def check_disabled_readers(self) -> None:
        """Nothing: a file of another format is a problem, said by the reading."""
