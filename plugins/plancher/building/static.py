"""Files that are published as they are: through the writer, so that only what changed is copied."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import Any

from pelican.generators import StaticGenerator

from plancher.core import tree


class CopiesGenerator(StaticGenerator):
    """Pelican's own generator, but for the copy."""

    def generate_output(self, writer: Any) -> None:
        """The theme's files, then the site's."""
        for folder in self.settings["THEME_STATIC_PATHS"]:
            root = Path(os.path.join(self.theme, folder))  # noqa: PTH118 - an absolute folder stands for itself, as in Pelican
            files = tree.scan(root, self.settings["IGNORE_FILES"]).files if root.is_dir() else [""]
            for name in files:
                source = root / name if name else root
                writer.copy(posixpath.join(self.settings["THEME_STATIC_DIR"], name or root.name), source)
        for static in self.context["staticfiles"]:
            writer.copy(static.save_as.replace(os.sep, "/"), Path(self.path, static.source_path))

    def check_disabled_readers(self) -> None:
        """Nothing: a file of another format is a problem, said by the reading."""
