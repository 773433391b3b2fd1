"""What a blog puts over the theme of the engine, file by file, and whether the engine's own files have changed since.

Beside what it changed, a blog keeps the engine's file as it was then, in
``theme/origines/``: the difference between that and the engine's file of today
is what the owner may want to take over.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

ORIGINALS = "origines"
_KINDS = ("templates", "static")
_PASSING = ("__pycache__",)


@dataclasses.dataclass(frozen=True, slots=True)
class Override:
    """A file of a blog that stands over one of the engine."""

    name: str
    """« templates/article.html »."""
    own: Path
    original: Path
    """The engine's, which may be gone."""
    seen: Path
    """The engine's as its owner last saw it; it need not exist."""

    @property
    def is_outdated(self) -> bool:
        """Whether the engine's file has changed since, or is gone."""
        return self.seen.is_file() and (not self.original.is_file() or self.original.read_bytes() != self.seen.read_bytes())


def override(theme: Path, own: Path, name: str) -> Override:
    """The file of that name."""
    return Override(name, own / name, theme / name, own / ORIGINALS / name)


def overrides(theme: Path, own: Path) -> Iterator[Override]:
    """Those of a blog, in alphabetical order; a file that the engine never had is the blog's own, and none of them.

    :param theme: the engine's.
    :param own: the blog's.
    """
    for path in sorted(path for kind in _KINDS for path in (own / kind).rglob("*") if path.is_file() and path.parent.name not in _PASSING):
        found = override(theme, own, path.relative_to(own).as_posix())
        if found.original.is_file() or found.seen.is_file():
            yield found
