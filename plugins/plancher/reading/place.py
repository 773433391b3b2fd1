"""Where a file stands in the content folder, and what its links lead to."""

from __future__ import annotations

import dataclasses
import os
import re
import urllib.parse
from pathlib import Path

_INTERNAL = re.compile(r"[{|](?P<what>filename|static|attach)[}|](?P<path>[^?#]*)")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """The content folder, and the folder of one file in it."""

    root: Path
    folder: Path

    def target(self, address: str) -> Path | None:
        """The file a ``{filename}`` or ``{static}`` address names; None for any other address.

        A leading slash starts from the content folder, as in Pelican. The file
        may not exist, and may lie outside (see ``holds``).
        """
        found = _INTERNAL.match(address)
        if found is None:
            return None
        path = urllib.parse.unquote(found["path"])
        return self.root / path.lstrip("/") if path.startswith("/") else self.folder / path

    def holds(self, path: Path) -> bool:
        """Whether the file exists inside the content folder, symbolic links followed."""
        try:
            return path.is_file() and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.root))
        except OSError:
            return False
