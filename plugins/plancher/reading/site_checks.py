"""What only shows when all files are known: addresses, identifiers, foreign files."""

from __future__ import annotations

import collections
import dataclasses
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.core.problems import Problem

Found = Iterable[tuple[Path, Problem]]
"""A problem and the file it is in."""

_UNSUPPORTED = {".rst", ".html", ".htm", ".asciidoc", ".adoc", ".docx", ".odt"}
_SVG_CODE = re.compile(rb"<script|\bon\w+\s*=|javascript:|<foreignObject|<iframe|<!ENTITY|data:text", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file that becomes one page."""

    path: Path
    save_as: str
    """Where it wants to be written, relative to the output folder."""
    slug: str
    id: str
    lines: Mapping[str, int]
    """Line of each header field."""
    unique_slug: bool = True

    def line(self, *keys: str) -> int:
        """The line of the first of these fields that the header has."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)


def addresses_are_free(entries: Sequence[Entry], taken: Mapping[str, str]) -> Found:
    """No two files want one address, and none takes a page of the site itself.

    :param taken: normalised path to what stands there already.
    """
    wanted: dict[str, list[Entry]] = collections.defaultdict(list)
    for entry in entries:
        wanted[normal(entry.save_as)].append(entry)
    for address, rivals in sorted(wanted.items()):
        owner = taken.get(address)
        for entry in rivals:
            others = [rival.path.as_posix() for rival in rivals if rival is not entry] or ([owner] if owner else [])
            if others:
                line = entry.line("save_as", "url", "slug", "title")
                yield entry.path, Problem(line, "PDV060", f"même adresse « /{address} » que {' et '.join(others)}. Changez « Slug: » dans l'un des deux.")


def slugs_are_unique(entries: Sequence[Entry]) -> Found:
    """One slug names one post, even when dates make the addresses differ."""
    named: dict[str, list[Entry]] = collections.defaultdict(list)
    for entry in entries:
        if entry.unique_slug:
            named[entry.slug].append(entry)
    for slug, rivals in sorted(named.items()):
        for entry in rivals:
            others = [r.path.as_posix() for r in rivals if r is not entry and normal(r.save_as) != normal(entry.save_as)]
            if others:
                yield (
                    entry.path,
                    Problem(
                        entry.line("slug", "title"), "PDV060", f"même nom d'adresse « {slug} » que {' et '.join(others)}. Changez « Slug: » dans l'un des deux."
                    ),
                )


def ids_are_unique(entries: Sequence[Entry]) -> Found:
    """Feed readers know an entry by its id: two posts cannot share one."""
    named: dict[str, list[Entry]] = collections.defaultdict(list)
    for entry in entries:
        if entry.id:
            named[entry.id].append(entry)
    for identifier, rivals in sorted(named.items()):
        for entry in rivals if len(rivals) > 1 else ():
            others = [rival.path.as_posix() for rival in rivals if rival is not entry]
            yield (
                entry.path,
                Problem(entry.line("id"), "PDV029", f"même identifiant « {identifier} » que {' et '.join(others)}. Retirez-le du billet le plus récent."),
            )


def only_markdown_is_published(files: Iterable[Path]) -> Found:
    """A text in another format would vanish in silence, or pass unchecked: it is named."""
    for path in files:
        if path.suffix.lower() in _UNSUPPORTED:
            yield path, Problem(1, "PDV035", f"format « {path.suffix} » non pris en charge. Convertissez ce fichier en Markdown (.md).")


def drawings_hold_no_code(files: Iterable[Path]) -> Found:
    """An SVG file is a document: it can run code when opened alone."""
    for path in files:
        if path.suffix.lower() in {".svg", ".svgz"}:
            raw = path.read_bytes()
            found = _SVG_CODE.search(raw)
            if found:
                line = raw[: found.start()].count(b"\n") + 1
                yield path, Problem(line, "PDV053", f"dessin SVG avec du code (« {found[0].decode('ascii', 'replace')} »). Exportez-le en « SVG simple ».")


def links_stay_inside(root: Path, files: Iterable[Path]) -> Found:
    """A symbolic link could publish any file of the machine."""
    inside = root.resolve()
    for path in files:
        if not path.resolve().is_relative_to(inside):
            yield path, Problem(1, "PDV034", "lien symbolique vers un fichier hors du dossier de contenu. Copiez le fichier à la place.")


def normal(address: str) -> str:
    """The address as a case-blind file system and a web server see it."""
    return posixpath.normpath(address.casefold()).lstrip("./").removesuffix("/index.html").removesuffix("index.html")
