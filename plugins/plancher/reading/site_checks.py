"""What only shows when all texts are known: addresses, identifiers, categories, links between them."""

from __future__ import annotations

import collections
import dataclasses
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.core import drafts
from plancher.core.problems import Problem
from plancher.reading.convert import Reading
from plancher.reading.place import Place

Found = Iterable[tuple[Path, Problem]]
"""A problem and the file it is in."""


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


def categories_have_one_name(readings: Mapping[Path, Reading]) -> Found:
    """Two names that make one address would be one category under one of them."""
    named: dict[str, dict[str, list[Path]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for path, reading in sorted(readings.items()):
        if reading.category:
            named[drafts.slug(reading.category)][reading.category].append(path)
    for address, names in sorted(named.items()):
        for name, paths in names.items() if len(names) > 1 or not address else ():
            others = " et ".join(f"« {other} »" for other in names if other != name) or "aucune lettre"
            for path in paths:
                line = readings[path].document.front.line("category")
                yield path, Problem(line, "PDV060", f"la catégorie « {name} » a la même adresse que {others}. Gardez un seul nom.")


def links_reach_published_texts(root: Path, readings: Mapping[Path, Reading]) -> Found:
    """A link to a draft, or to a post of the future, would lead nowhere."""
    hidden = {path.resolve() for path, reading in readings.items() if reading.document.front.status == "draft"}
    for path, reading in sorted(readings.items()):
        if path.resolve() in hidden:
            continue
        for address, line in reading.links:
            target = Place(root, path.parent).target(address)
            if target is not None and target.resolve() in hidden:
                yield path, Problem(line, "PDV042", f"« {address} » mène à un brouillon ou à un billet à venir. Attendez sa parution, ou retirez le lien.")


def normal(address: str) -> str:
    """The address as a case-blind file system and a web server see it."""
    return posixpath.normpath(address.casefold()).lstrip("./").removesuffix("/index.html").removesuffix("index.html")
