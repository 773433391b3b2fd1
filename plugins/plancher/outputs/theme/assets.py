"""The files that all pages of our theme share: style sheet, script, web manifest.

Sources stay plain: one CSS file per component, in a declared ``@layer``, and
no tool chain. Joined, stripped of comments and named after their content, they
cost a reader one request of each kind, once; what few pages need is apart
(``parts.py``).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import rjsmin

from plancher.base import files, links
from plancher.outputs.theme import palette, parts, pictures, small_css
from plancher.site.model import Site
from plancher.site.requests import TextFile

FIRST = "layers.css"
"""Declares the order of layers, so that of the other files does not matter."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The files."""

    styles: TextFile
    scripts: TextFile
    manifest: TextFile
    parts: Mapping[str, Mapping[str, TextFile]]
    """For each part, its styles (« css ») and its scripts (« js »), if it has any."""

    @property
    def files(self) -> Iterator[TextFile]:
        """All of them."""
        yield from (self.styles, self.scripts, self.manifest)
        for part in self.parts.values():
            yield from part.values()


def load(site: Site) -> Assets:
    """Those of the theme of a site, with what its owner puts over it.

    :raises UnreadableError: a source is no text.
    """
    made: dict[str, dict[str, TextFile]] = {name: {} for name in ("", *parts.PARTS)}
    minifiers: dict[str, Callable[[str], str]] = {"css": small_css.small, "js": rjsmin.jsmin}
    for kind, minify in minifiers.items():
        sources = sorted(_sources(site, kind), key=lambda path: (path.name != FIRST, path.name))
        for name, part in made.items():
            texts = [files.read_text(path) for path in sources if parts.part_of(path.name) == name]
            if not name and kind == "css":
                texts.append(palette.sheet(site.identity.colours))
            if texts or not name:
                part[kind] = _joined(texts, minify, f"{name or 'site'}.{{}}.{kind}")
    shared = made.pop("")
    return Assets(styles=shared["css"], scripts=shared["js"], manifest=_manifest(site), parts=made)


def _sources(site: Site, kind: str) -> Iterable[Path]:
    """The files of one kind: of two with one name, the owner's; one that only the owner has is added."""
    folders = [site.theme, site.own_theme] if site.own_theme else [site.theme]
    return {path.name: path for folder in folders for path in (folder / "static" / kind).glob(f"*.{kind}")}.values()


def _joined(sources: Iterable[str], minify: Callable[[str], str], name: str) -> TextFile:
    text = minify("\n".join(sources)) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    return TextFile(path=f"theme/{name.format(digest)}", text=text)


def _manifest(site: Site) -> TextFile:
    """For a telephone that puts the site on its first screen (w3.org/TR/appmanifest)."""
    base = links.path_of(site.identity.address)
    icons = [{"src": f"{base}/theme/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)]
    # A telephone may cut any shape from what is drawn to the edges; from a picture of the owner's, nobody knows.
    icons += [icon | {"purpose": "maskable"} for icon in icons if pictures.own(site, PurePosixPath(icon["src"]).name) is None]
    manifest = {"name": site.identity.name, "lang": site.lang, "start_url": f"{base}/", "display": "browser", "icons": icons}
    return TextFile(path="theme/site.webmanifest", text=json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
