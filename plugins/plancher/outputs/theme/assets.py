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
    """One file, named after its content."""

    path: str
    """From the root of the site."""
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The files that all pages link to."""

    styles: Asset
    scripts: Asset


def load(theme: Path) -> Assets:
    """Those of a theme, by its folder.

    :raises UnreadableError: a source is no text.
    """
    sheets = sorted((theme / "static" / "css").glob("*.css"), key=lambda path: (path.name != FIRST, path.name))
    scripts = sorted((theme / "static" / "js").glob("*.js"))
    return Assets(styles=_joined(sheets, rcssmin.cssmin, "css"), scripts=_joined(scripts, rjsmin.jsmin, "js"))


def _joined(sources: list[Path], minify: Callable[[str], str], kind: str) -> Asset:
    text = minify("\n".join(files.read_text(path) for path in sources)) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return Asset(f"theme/plancher.{digest}.{kind}", text)
