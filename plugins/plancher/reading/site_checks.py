"""What only shows when all texts are known: addresses, identifiers, categories, links between them."""

from __future__ import annotations

import collections
import dataclasses
import functools
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.core import drafts
from plancher.core.addresses import inside
from plancher.core.problems import Problem
from plancher.reading.record import Record

Found = Iterable[tuple[Path, Problem]]
"""A problem and the file it is in."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file that becomes one page."""

    path: str
    """From the content folder, with slashes."""
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
            others = [rival.path for rival in rivals if rival is not entry] or ([owner] if owner else [])
            if others:
                line = entry.line("save_as", "url", "slug", "title")
                yield Path(entry.path), Problem(line, "PDV060", f"même adresse « /{address} » que {' et '.join(others)}. Changez « Slug: » dans l'un des deux.")


def slugs_are_unique(entries: Sequence[Entry]) -> Found:
    """One slug names one post, even when dates make the addresses differ."""
    named: dict[str, list[Entry]] = collections.defaultdict(list)
    for entry in entries:
        if entry.unique_slug:
            named[entry.slug].append(entry)
    for slug, rivals in sorted(named.items()):
        for entry in rivals:
            others = [r.path for r in rivals if r is not entry and normal(r.save_as) != normal(entry.save_as)]
            if others:
                yield (
                    Path(entry.path),
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
            others = [rival.path for rival in rivals if rival is not entry]
            yield (
                Path(entry.path),
                Problem(entry.line("id"), "PDV029", f"même identifiant « {identifier} » que {' et '.join(others)}. Retirez-le du billet le plus récent."),
            )


def categories_have_one_name(records: Iterable[Record]) -> Found:
    """Two names that make one address would be one category under one of them."""
    named: dict[str, dict[str, list[Record]]] = collections.defaultdict(lambda: collections.defaultdict(list))
    for record in records:
        if record.category:
            named[_slug(record.category)][record.category].append(record)
    for address, names in sorted(named.items()):
        for name, users in names.items() if len(names) > 1 or not address else ():
            others = " et ".join(f"« {other} »" for other in names if other != name) or "aucune lettre"
            for record in users:
                yield (
                    Path(record.path),
                    Problem(record.line("category"), "PDV060", f"la catégorie « {name} » a la même adresse que {others}. Gardez un seul nom."),
                )


_slug = functools.lru_cache(maxsize=4096)(drafts.slug)


def links_reach_published_texts(records: Iterable[Record]) -> Found:
    """A link to a draft, or to a post of the future, would lead nowhere."""
    texts = list(records)
    hidden = {record.path for record in texts if record.status == "draft"}
    for record in texts if hidden else ():
        if record.path in hidden:
            continue
        for address, line in record.links:
            if inside(address, record.path) in hidden:
                yield (
                    Path(record.path),
                    Problem(line, "PDV042", f"« {address} » mène à un brouillon ou à un billet à venir. Attendez sa parution, ou retirez le lien."),
                )


def normal(address: str) -> str:
    """The address as a case-blind file system and a web server see it."""
    return posixpath.normpath(address.casefold()).lstrip("./").removesuffix("/index.html").removesuffix("index.html")
