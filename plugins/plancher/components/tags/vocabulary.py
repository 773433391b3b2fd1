"""The registry of tags, ``content/tags.toml``: for each name, its other spellings, what it means, what it belongs to.

A table a tag, under its own name:

.. code-block:: toml

    ["données ouvertes"]
    aliases = ["open data"]
    description = "Ce que les administrations publient pour tous."
    parent = "web"
    broader = ["transparence"]
    related = ["tableur"]
    wikidata = "Q309901"
    distinct = ["données ouverte"]

``distinct`` also parts names that are one tag otherwise, because only case,
accents, a hyphen, a space or an apostrophe tell them apart: with
``distinct = ["marche"]`` under ``["marché"]``, these are two tags.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from plancher.base import data
from plancher.base.french import did_you_mean
from plancher.base.problems import Problem, Problems
from plancher.components.tags.names import Keys, key
from plancher.text.front_reader import clean_tag, why_not_a_tag
from plancher.text.source import FORBIDDEN

FILE = "tags.toml"
"""In the content folder."""
LISTS = ("aliases", "broader", "related", "distinct")
_TEXTS = ("description", "parent", "wikidata")
TABLE = re.compile(r"\s*\[\s*(?P<name>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w-]+)\s*\]")
"""The line that opens the table of a tag."""
FIELD = re.compile(r"\s*(?P<name>\"[^\"]*\"|'[^']*'|[\w-]+)\s*[=.]")
_HIGHEST = 20
"""Parents of a tag that are shown."""
_WIKIDATA = re.compile(r"Q[1-9]\d*")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the registry says of one tag."""

    name: str
    """The one that is shown, and the last segment of the address."""
    line: int
    aliases: tuple[str, ...] = ()
    """Other names for the same thing: whoever types or follows them finds this one."""
    description: str = ""
    parent: str = ""
    """The wider tag it is a part of."""
    broader: tuple[str, ...] = ()
    """Other wider tags."""
    related: tuple[str, ...] = ()
    wikidata: str = ""
    """« Q42 »."""
    distinct: tuple[str, ...] = ()
    """Tags that look like this one and are not, were they spelt alike but for an accent or a hyphen."""


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """All entries, by the key of their name."""

    entries: Mapping[str, Entry] = dataclasses.field(default_factory=dict)
    distinct_names: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    """As ``Keys`` has it."""

    @functools.cached_property
    def key(self) -> Callable[[str], str]:
        """What all spellings of a tag share, on this site."""
        return Keys(self.distinct_names) if self.distinct_names else key

    def get(self, name: str) -> Entry | None:
        """The entry of a tag, by its name or by one of its aliases."""
        return self.entries.get(self.key(self.name(name)))

    def name(self, typed: str) -> str:
        """The name that is shown for a tag, whatever it is called."""
        return self.chosen.get(self.key(typed), typed)

    @functools.cached_property
    def chosen(self) -> Mapping[str, str]:
        """From the key of each name and alias to the name that is shown."""
        aliases = {self.key(alias): entry.name for entry in self.entries.values() for alias in entry.aliases}
        distinct_names = {self.key(name): name for names in self.distinct_names.values() for name in names}
        return distinct_names | aliases | {shared: entry.name for shared, entry in self.entries.items()}


def parse(text: str) -> tuple[Vocabulary, list[Problem]]:
    """Read the registry; whatever is wrong with it is a problem, and the rest is kept."""
    try:
        typed = data.from_toml(text)
    except data.DataError as error:
        message = f'ce registre ne se lit pas : {error}. Écrivez une table par mot-clé, « ["nom"] », puis « clé = "valeur" ».'
        return Vocabulary(), [Problem(error.line, "PDV080", message)]
    reader = _Reader(lines(text))
    entries = [entry for name, table in typed.items() if (entry := reader.entry(name, table))]
    distinct_names = _distinct_names(entries)
    keys = Keys(distinct_names)
    vocabulary = Vocabulary({keys(entry.name): entry for entry in reversed(entries)}, distinct_names)
    return vocabulary, sorted([*reader.problems, *_clashes(entries, keys), *_ladders(vocabulary)], key=lambda problem: problem.sort_key)


def _distinct_names(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """The names that some table tells apart though they share a key."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        for own in (entry.name, *entry.aliases):
            twins = [name for name in entry.distinct if key(name) == key(own)]
            if twins:
                names = found.setdefault(key(own), [])
                names += [name for name in (own, *twins) if name not in names]
    return found


class _Reader:
    def __init__(self, lines: Mapping[tuple[str, str], int]) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def _say(self, name: str, field: str, message: str) -> None:
        line = self.lines.get((name, field)) or self.lines.get((name, ""), 1)
        self.problems.append(Problem(line, "PDV080", message))

    def entry(self, name: str, table: Any) -> Entry | None:
        """One table; None when it is none, or when its name cannot be an address."""
        clean = clean_tag(name)
        reason = why_not_a_tag(clean)
        if reason:
            self._say(name, "", reason)
            return None
        if not isinstance(table, Mapping):
            self._say(name, "", f'« {name} » n\'est pas une table. Écrivez « ["{name}"] » sur une ligne, puis ses clés dessous.')
            return None
        known = (*LISTS, *_TEXTS)
        for field in table:
            if field not in known:
                self._say(name, field, f"clé inconnue « {field} » pour « {name} ». {did_you_mean(field, known)}")
        return Entry(
            name=clean,
            line=self.lines.get((name, ""), 1),
            aliases=self._aliases(name, clean, table),
            description=self._text(name, table, "description"),
            parent=clean_tag(self._text(name, table, "parent")),
            broader=self._list(name, table, "broader"),
            related=self._list(name, table, "related"),
            wikidata=self._wikidata(name, table),
            distinct=self._distinct(name, clean, table),
        )

    def _text(self, name: str, table: Mapping[str, Any], field: str) -> str:
        found = table.get(field, "")
        if isinstance(found, str):
            return " ".join(FORBIDDEN.sub("", found).split())
        self._say(name, field, f'« {field} » attend un texte entre guillemets : {field} = "…".')
        return ""

    def _list(self, name: str, table: Mapping[str, Any], field: str) -> tuple[str, ...]:
        found = table.get(field, [])
        if isinstance(found, list) and all(isinstance(item, str) for item in found):
            return tuple(dict.fromkeys(filter(None, map(clean_tag, found))))
        self._say(name, field, f'« {field} » attend une liste de noms : {field} = ["…", "…"].')
        return ()

    def _aliases(self, name: str, clean: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        """Other names, each of which has an address of its own; the name itself is none of them."""
        usable = []
        for alias in self._list(name, table, "aliases"):
            reason = why_not_a_tag(alias)
            if reason:
                self._say(name, "aliases", reason)
            elif alias != clean:
                usable.append(alias)
        return tuple(usable)

    def _distinct(self, name: str, clean: str, table: Mapping[str, Any]) -> tuple[str, ...]:
        """Other tags; one that shares the key of this one gets an address of its own."""
        others = self._list(name, table, "distinct")
        aliases = self._list(name, table, "aliases") if others and isinstance(table.get("aliases", []), list) else ()
        usable = []
        for other in others:
            reason = why_not_a_tag(other) if key(other) in {key(clean), *map(key, aliases)} else ""
            if reason:
                self._say(name, "distinct", reason)
            elif other == clean:
                self._say(name, "distinct", f"« {other} » ne peut pas être distinct de lui-même. Retirez-le de « distinct ».")
            elif other in aliases:
                self._say(name, "distinct", f"« {other} » est à la fois dans « aliases » et dans « distinct » de « {name} ». Retirez-le de l'un des deux.")
            else:
                usable.append(other)
        return tuple(usable)

    def _wikidata(self, name: str, table: Mapping[str, Any]) -> str:
        found = self._text(name, table, "wikidata")
        if not found or _WIKIDATA.fullmatch(found):
            return found
        self._say(name, "wikidata", f"« wikidata » attend un identifiant comme « Q42 », pas « {found[:20]} ».")
        return ""


def lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each table and of each of its fields: TOML's own reader does not say."""
    found: dict[tuple[str, str], int] = {}
    name = ""
    for number, line in enumerate(text.split("\n"), 1):
        table, field = TABLE.match(line), FIELD.match(line)
        if table:
            name = _unquoted(table["name"])
            found.setdefault((name, ""), number)
        elif field:
            found.setdefault((name, _unquoted(field["name"])) if name else (_unquoted(field["name"]), ""), number)
    return found


def _unquoted(name: str) -> str:
    try:
        return next(iter(data.from_toml(f"{name} = 0")))
    except data.DataError:
        return name


def _clashes(entries: list[Entry], keys: Keys) -> Problems:
    """A name means one tag."""
    owners: dict[str, Entry] = {}
    for entry in entries:
        owner = owners.setdefault(keys(entry.name), entry)
        if owner is not entry:
            apart = "" if entry.name == owner.name else f' S\'ils sont deux, écrivez « distinct = ["{entry.name}"] » dans celle de « {owner.name} ».'
            message = f"« {entry.name} » et « {owner.name} » (ligne {owner.line}) sont le même mot-clé. Réunissez les deux tables.{apart}"
            yield Problem(entry.line, "PDV080", message)
    for entry in entries:
        for alias in entry.aliases:
            owner = owners.setdefault(keys(alias), entry)
            if owner is not entry:
                united = f'invoke tags.merge "{owner.name}" "{entry.name}"'
                message = f"« {alias} » est déjà un nom de « {owner.name} » (ligne {owner.line}). Retirez-le de l'une des deux tables, ou lancez : {united}."
                yield Problem(entry.line, "PDV080", message)


def _ladders(vocabulary: Vocabulary) -> Problems:
    """Nothing is a part of itself."""
    ends: dict[str, bool] = {}
    """Whether the parents of a tag come to an end."""
    for shared in vocabulary.entries:
        climbed: dict[str, None] = {}
        above = shared
        while above and above not in ends and above not in climbed:
            climbed[above] = None
            entry = vocabulary.entries.get(above)
            above = vocabulary.key(vocabulary.name(entry.parent)) if entry and entry.parent else ""
        ends.update(dict.fromkeys(climbed, not above or ends.get(above, False)))
    for shared, entry in vocabulary.entries.items():
        if not ends[shared]:
            yield Problem(entry.line, "PDV080", f"« {entry.name} » finit par être son propre parent. Corrigez « parent » dans l'une des tables.")


def ancestors(vocabulary: Vocabulary, name: str) -> Iterator[str]:
    """The wider tags of a tag, each the parent of the one before; no reader climbs further than some."""
    key = vocabulary.key
    seen = {key(vocabulary.name(name))}
    entry = vocabulary.get(name)
    while entry and entry.parent and key(vocabulary.name(entry.parent)) not in seen and len(seen) <= _HIGHEST:
        above = vocabulary.name(entry.parent)
        yield above
        seen.add(key(above))
        entry = vocabulary.get(above)
