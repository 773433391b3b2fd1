"""The files that all pages of our theme share: style sheet, script, web manifest.

Sources stay plain: one CSS file per component, in a declared ``@layer``, and
no tool chain. Joined, stripped of comments and named after their content, they
cost a reader one request of each kind, once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import rcssmin
import rjsmin

from plancher.base import files, links
from plancher.outputs.theme import palette, pictures
from plancher.site.model import Site
from plancher.site.requests import TextFile

FIRST = "layers.css"
"""Declares the order of layers, so that of the other files does not matter."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The three files."""

    styles: TextFile
    scripts: TextFile
    manifest: TextFile


def load(site: Site) -> Assets:
    """Those of the theme of a site, with what its owner puts over it.

    :raises UnreadableError: a source is no text.
    """
    sheets = sorted(_sources(site, "css"), key=lambda path: (path.name != FIRST, path.name))
    scripts = sorted(_sources(site, "js"), key=lambda path: path.name)
    return Assets(
        styles=_joined([*map(files.read_text, sheets), palette.sheet(site.identity.colours)], rcssmin.cssmin, "css"),
        scripts=_joined(map(files.read_text, scripts), rjsmin.jsmin, "js"),
        manifest=_manifest(site),
    )


def _sources(site: Site, kind: str) -> Iterable[Path]:
    """The files of one kind: of two with one name, the owner's; one that only the owner has is added."""
    folders = [site.theme, site.own_theme] if site.own_theme else [site.theme]
    return {path.name: path for folder in folders for path in (folder / "static" / kind).glob(f"*.{kind}")}.values()


def _joined(sources: Iterable[str], minify: Callable[[str], str], kind: str) -> TextFile:
    text = minify("\n".join(sources)) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return TextFile(path=f"theme/site.{digest}.{kind}", text=text)


def _manifest(site: Site) -> TextFile:
    """For a telephone that puts the site on its first screen (w3.org/TR/appmanifest)."""
    base = links.path_of(site.identity.address)
    icons = [{"src": f"{base}/theme/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    # A telephone may cut any shape from what is drawn to the edges; from a picture of the owner's, nobody knows.
    icons += [icon | {"purpose": "maskable"} for icon in icons if pictures.own(site, PurePosixPath(icon["src"]).name) is None]
    manifest = {"name": site.identity.name, "lang": site.lang, "start_url": f"{base}/", "display": "browser", "icons": icons}
    return TextFile(path="theme/site.webmanifest", text=json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
