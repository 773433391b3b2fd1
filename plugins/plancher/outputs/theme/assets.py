"""The files that all pages of our theme share: style sheet, script, web manifest.

Sources stay plain: one CSS file per component, in a declared ``@layer``, and
no tool chain. Joined, stripped of comments and named after their content, they
cost a reader one request of each kind, once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import rcssmin
import rjsmin

from plancher.base import files, links
from plancher.site.model import Identity
from plancher.site.requests import TextFile

FIRST = "layers.css"
"""Declares the order of layers, so that of the other files does not matter."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The three files."""

    styles: TextFile
    scripts: TextFile
    manifest: TextFile


def load(theme: Path, identity: Identity) -> Assets:
    """Those of a theme, by its folder.

    :raises UnreadableError: a source is no text.
    """
    sheets = sorted((theme / "static" / "css").glob("*.css"), key=lambda path: (path.name != FIRST, path.name))
    scripts = sorted((theme / "static" / "js").glob("*.js"))
    return Assets(styles=_joined(sheets, rcssmin.cssmin, "css"), scripts=_joined(scripts, rjsmin.jsmin, "js"), manifest=_manifest(identity))


def _joined(sources: list[Path], minify: Callable[[str], str], kind: str) -> TextFile:
    text = minify("\n".join(files.read_text(path) for path in sources)) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return TextFile(path=f"theme/plancher.{digest}.{kind}", text=text)


def _manifest(identity: Identity) -> TextFile:
    """For a telephone that puts the site on its first screen (w3.org/TR/appmanifest)."""
    base = links.path_of(identity.address)
    icons = [{"src": f"{base}/theme/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    manifest = {"name": identity.name, "lang": identity.lang, "start_url": f"{base}/", "display": "browser", "icons": icons}
    return TextFile(path="theme/site.webmanifest", text=json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
