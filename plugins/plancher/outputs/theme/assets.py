"""The theme's style sheets and scripts, joined into one small file of each kind.

Sources stay plain: one CSS file per component, in a declared ``@layer``, and
no tool chain. Joined, stripped of comments and named after their content, they
cost a reader one request of each kind, once.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path

import rcssmin
import rjsmin

from plancher.base import files

FIRST = "layers.css"
"""Declares the order of layers, so that of the other files does not matter."""


@dataclasses.dataclass(frozen=True, slots=True)
class Asset:
    """One file to write, named after its content."""

    name: str
    text: str


def styles(theme: Path) -> Asset:
    """All style sheets of the theme."""
    sources = sorted((theme / "static" / "css").glob("*.css"), key=lambda path: (path.name != FIRST, path.name))
    return _joined(sources, rcssmin.cssmin, "css")


def scripts(theme: Path) -> Asset:
    """All scripts of the theme."""
    return _joined(sorted((theme / "static" / "js").glob("*.js")), rjsmin.jsmin, "js")


def _joined(sources: list[Path], minify: Callable[[str], str], kind: str) -> Asset:
    text = minify("\n".join(files.read_text(path) for path in sources)) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Asset(f"plancher.{digest}.{kind}", text)
