"""What only shows when all texts are known: addresses, identifiers, categories, links between them."""

from __future__ import annotations

import collections
import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.base.addresses import inside
from plancher.base.problems import Problem
from plancher.markdown.record import Record
from plancher.site import claims
from plancher.site.claims import Claim
from plancher.text import drafts

Found = Iterable[tuple[Path, Problem]]
"""A problem and the file it is in."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file that becomes one page."""

    path: str
    """From the content folder, with slashes."""
    save_as: str
    """Where it wants to be written, relative to the output folder."""
    url: str
    """Where links to it lead, relative to the root of the site."""
    slug: str
    id: str
    lines: Mapping[str, int]
    """Line of each header field."""
    unique_slug: bool = True

    def line(self, *keys: str) -> int:
        """The line of the first of these fields that the header has."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)


def claim(entry: Entry) -> Claim:
    """The address that a text asks for."""
    return Claim(entry.save_as, entry, entry.url)


def texts_have_their_own_address(entries: Sequence[Entry]) -> Found:
    """No two texts want one address, whatever the disk or the server; what else the site writes is compared when all of it is known."""
    asked = [claim(entry) for entry in entries]
    rivals: dict[str, set[str]] = collections.defaultdict(set)
    known = {entry.path: entry for entry in entries}
    for conflict in claims.conflicts(asked, claims.keys(asked)):
        first, second = conflict.first.asker, conflict.second.asker
        if isinstance(first, Entry) and isinstance(second, Entry):
            rivals[first.path].add(second.path)
            rivals[second.path].add(first.path)
    for path, others in sorted(rivals.items()):
        entry = known[path]
        field = next((name for name in ("save_as", "url", "slug") if name in entry.lines), "slug")
        shown = f"/{entry.save_as.removesuffix('index.html')}"
        message = f"même adresse « {shown} » que {' et '.join(sorted(others))}. Changez « {field.capitalize()}: » dans l'un des deux."
        yield Path(path), Problem(entry.line(field, "title"), "PDV060", message)


def slugs_are_unique(entries: Sequence[Entry]) -> Found:
    """One slug names one post, even when dates make the addresses differ."""
    named: dict[str, list[Entry]] = collections.defaultdict(list)
    for entry in entries:
        if entry.unique_slug:
            named[entry.slug].append(entry)
    for slug, rivals in sorted(named.items()):
        for entry in rivals:
            others = [r.path for r in rivals if r is not entry and claims.key(r.save_as) != claims.key(entry.save_as)]
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
