"""Pictures and files of the former blog: where they lie, and the name that each will have here."""

from __future__ import annotations

import collections
import posixpath
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from plancher.importing.blogs.home import references
from plancher.importing.blogs.home.former_site import FormerSite
from plancher.importing.blogs.home.ledger import Ledger, Made
from plancher.importing.blogs.home.names import Names, file_stem
from plancher.importing.blogs.home.plan import Fate, PlacedFile
from plancher.importing.blogs.home.survey import Survey
from plancher.importing.blogs.model import FormerFile
from plancher.importing.blogs.source import Source

_PUBLIC_FOLDERS = ("", "static", "public", "assets", "content", "source", "src", "docs", "wp-content", "site")
"""Where folders of other generators keep what their site shows at its root."""
_ALIKE = 2
"""Parts at the end of a path that must agree, so that one « photo.jpg » is not taken for another."""
_MANY = 200_000


class LocalFiles:
    """The files of the source, and those of the folder that the author gave for them."""

    def __init__(self, source: Source, folder: Path | None = None) -> None:
        self.source, self.folder = source, folder
        self.names = frozenset(part.name for part in source.parts)
        self._by_name: dict[str, list[str]] = collections.defaultdict(list)
        for name in sorted(self.names):
            self._by_name[posixpath.basename(name).lower()].append(f"source:{name}")
        for name in _below(folder) if folder else ():
            self._by_name[posixpath.basename(name).lower()].append(f"dossier:{name}")

    def find(self, canonical: str) -> str:
        """Where the file of this name lies; empty when it is nowhere."""
        if canonical.startswith("source:"):
            return canonical if canonical.removeprefix("source:") in self.names else ""
        path = urllib.parse.unquote(re.sub(r"^(?:https?:)?//[^/]*", "", canonical)).partition("?")[0].strip("/")
        for folder in _PUBLIC_FOLDERS:
            if (name := f"{folder}/{path}".lstrip("/")) in self.names:
                return f"source:{name}"
        return self._alike(path)

    def _alike(self, path: str) -> str:
        """The file whose path ends most like this one: a copy of the site may begin at any of its folders."""
        wanted = PurePosixPath(path.lower()).parts
        best, score = "", 0
        for candidate in self._by_name.get(wanted[-1], ()) if wanted else ():
            parts = PurePosixPath(candidate.partition(":")[2].lower()).parts
            common = next((n for n, (a, b) in enumerate(zip(reversed(parts), reversed(wanted), strict=False)) if a != b), min(len(parts), len(wanted)))
            is_whole = common == len(parts) > 0
            if (common >= _ALIKE or is_whole) and common > score:
                best, score = candidate, common
        return best

    def path(self, local: str) -> Path | None:
        """The file of this machine; None when it is a part of the source."""
        kind, _, name = local.partition(":")
        return self.folder / name if kind == "dossier" and self.folder else None


def placed(survey: Survey, site: FormerSite, local: LocalFiles, names: Names, ledger: Ledger, scope: str) -> tuple[dict[str, PlacedFile], dict[str, str]]:  # noqa: PLR0913, PLR0917 - all that decides of a name
    """Each file by its canonical name, and the other names that lead to one.

    Pictures of other hosts that a text shows come too: the page of a blog asks nothing of third parties.
    """
    found: dict[str, PlacedFile] = {}
    same: dict[str, str] = {}
    for file in survey.files:
        all_names = _canonical_names(file, site, local)
        for name in all_names:
            same.setdefault(name, all_names[0])
        if all_names and all_names[0] not in found:
            found[all_names[0]] = _place(all_names[0], local.find(all_names[0]) or _first(local, all_names), names, ledger, scope, file)
    for reference in survey.references:
        name = references.canonical(reference, site, local.names)
        name = same.get(name, name)
        if name in found or not (reference.is_shown or (site.is_own(reference.address) and references.ending(reference.address) in references.KINDS)):
            continue
        found[name] = _place(name, local.find(name), names, ledger, scope, None)
    return found, {name: one for name, one in same.items() if name != one}


def _first(local: LocalFiles, names: list[str]) -> str:
    return next(filter(None, map(local.find, names)), "")


def _canonical_names(file: FormerFile, site: FormerSite, local: LocalFiles) -> list[str]:
    own = [f"source:{file.path}"] if file.path and file.path in local.names else []
    return list(dict.fromkeys([*own, *(references.canonical_address(address, site) for address in file.addresses if address)]))


def _place(name: str, where: str, names: Names, ledger: Ledger, scope: str, file: FormerFile | None) -> PlacedFile:  # noqa: PLR0913, PLR0917 - the same
    known = ledger.get(Made.FILE, scope, name) or ledger.get(Made.ABSENT, scope, name)
    fate = Fate.NEW if known is None or known.made is Made.ABSENT else Fate.SAME
    stem, suffix = file_stem(name.removeprefix("source:"))
    suffix = next((one for one in (suffix, references.ending(where)) if one in references.KINDS), "")
    year = re.search(r"[/:]((?:19|20)\d\d)(?=/)", name)
    folder = references.folder_of(suffix) + (f"/{year[1]}" if year else "")
    target = known.path if known else names.unique(folder, stem, suffix)
    return PlacedFile(
        canonical=name,
        target=target,
        local=where,
        is_named=file is None,
        pages=file.pages if file else (),
        addresses=tuple(file.addresses) if file else (),
        fate=fate,
    )


def _below(folder: Path) -> Iterator[str]:
    """The files of a folder; links are not followed, and what is hidden is passed over."""
    for count, path in enumerate(sorted(folder.rglob("*"))):
        if count > _MANY:
            return
        if path.is_file() and not path.is_symlink() and path.resolve().is_relative_to(folder.resolve()):
            yield path.relative_to(folder).as_posix()
