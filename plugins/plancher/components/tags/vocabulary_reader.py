"""Reads the registry of tags, a TOML file, and says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from plancher.base import data
from plancher.base.french import did_you_mean
from plancher.base.problems import Problem, Problems
from plancher.components.tags.names import Keys, key
from plancher.components.tags.vocabulary import Vocabulary, VocabularyEntry
from plancher.text.source import FORBIDDEN
from plancher.text.tag_names import clean_tag, why_not_a_tag

LISTS = ("aliases", "broader", "related", "distinct")
_TEXTS = ("description", "parent", "wikidata")
TABLE = re.compile(r"\s*\[\s*(?P<name>\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w-]+)\s*\]")
"""The line that opens the table of a tag."""
_FIELD = re.compile(r"\s*(?P<name>\"[^\"]*\"|'[^']*'|[\w-]+)\s*[=.]")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_LONGEST = 20
"""Characters of a bad identifier in a message."""


def parse(text: str) -> tuple[Vocabulary, list[Problem]]:
    """The registry; whatever is wrong with it is a problem, and the rest is read."""
    try:
        tables = data.from_toml(text)
    except data.DataError as error:
        message = f'ce registre ne se lit pas : {error}. Écrivez une table par mot-clé, « ["nom"] », puis « clé = "valeur" ».'
        return Vocabulary(), [Problem(error.line, "PDV080", message)]
    problems: list[Problem] = []
    lines = _lines(text)
    entries = [entry for name, table in tables.items() if (entry := _entry(name, table, lines, problems))]
    distinct_names = _distinct_names(entries)
    keys = Keys(distinct_names)
    vocabulary = Vocabulary({keys(entry.name): entry for entry in reversed(entries)}, distinct_names)
    return vocabulary, sorted([*problems, *_clashes(entries, keys), *_circles(vocabulary)], key=lambda problem: problem.sort_key)


def _entry(name: str, table: object, lines: Mapping[tuple[str, str], int], problems: list[Problem]) -> VocabularyEntry | None:
    """One table; None when it is none, or when its name cannot be an address."""
    line = lines.get((name, ""), 1)
    reason = why_not_a_tag(clean_tag(name))
    if reason:
        problems.append(Problem(line, "PDV080", reason))
        return None
    if not isinstance(table, Mapping):
        message = f'« {name} » n\'est pas une table. Écrivez « ["{name}"] » sur une ligne, puis ses clés dessous.'
        problems.append(Problem(line, "PDV080", message))
        return None
    reader = _TableReader(name, table, lambda field: lines.get((name, field)) or line)
    entry = reader.entry()
    problems.extend(reader.problems)
    return entry


class _TableReader:
    """Reads the table of one tag."""

    def __init__(self, name: str, table: Mapping[str, object], line_of: Callable[[str], int]) -> None:
        self.name, self.table, self.line_of = name, table, line_of
        self.tag = clean_tag(name)
        self.problems: list[Problem] = []

    def entry(self) -> VocabularyEntry:
        """What it says."""
        known = (*LISTS, *_TEXTS)
        for field in self.table:
            if field not in known:
                self._say(field, f"clé inconnue « {field} » pour « {self.name} ». {did_you_mean(field, known)}")
        return VocabularyEntry(
            name=self.tag,
            line=self.line_of(""),
            aliases=self._aliases(),
            description=self._text("description"),
            parent=clean_tag(self._text("parent")),
            broader=self._list("broader"),
            related=self._list("related"),
            wikidata=self._wikidata(),
            distinct=self._distinct(),
        )

    def _say(self, field: str, message: str) -> None:
        self.problems.append(Problem(self.line_of(field), "PDV080", message))

    def _text(self, field: str) -> str:
        value = self.table.get(field, "")
        if isinstance(value, str):
            return " ".join(FORBIDDEN.sub("", value).split())
        self._say(field, f'« {field} » attend un texte entre guillemets : {field} = "…".')
        return ""

    def _list(self, field: str) -> tuple[str, ...]:
        value = self.table.get(field, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(dict.fromkeys(filter(None, map(clean_tag, value))))
        self._say(field, f'« {field} » attend une liste de noms : {field} = ["…", "…"].')
        return ()

    def _aliases(self) -> tuple[str, ...]:
        """Other names, each of which has an address of its own; the name itself is none of them."""
        usable = []
        for alias in self._list("aliases"):
            reason = why_not_a_tag(alias)
            if reason:
                self._say("aliases", reason)
            elif alias != self.tag:
                usable.append(alias)
        return tuple(usable)

    def _distinct(self) -> tuple[str, ...]:
        """Other tags; one that would share the key of this one must be able to have an address of its own."""
        others = self._list("distinct")
        aliases = self._list("aliases") if others and isinstance(self.table.get("aliases", []), list) else ()
        usable = []
        for other in others:
            reason = why_not_a_tag(other) if key(other) in {key(self.tag), *map(key, aliases)} else ""
            if reason:
                self._say("distinct", reason)
            elif other == self.tag:
                self._say("distinct", f"« {other} » ne peut pas être distinct de lui-même. Retirez-le de « distinct ».")
            elif other in aliases:
                message = f"« {other} » est à la fois dans « aliases » et dans « distinct » de « {self.name} ». Retirez-le de l'un des deux."
                self._say("distinct", message)
            else:
                usable.append(other)
        return tuple(usable)

    def _wikidata(self) -> str:
        identifier = self._text("wikidata")
        if not identifier or _WIKIDATA.fullmatch(identifier):
            return identifier
        self._say("wikidata", f"« wikidata » attend un identifiant comme « Q42 », pas « {identifier[:_LONGEST]} ».")
        return ""


def _lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each table and of each of its fields: TOML's own reader does not say."""
    lines: dict[tuple[str, str], int] = {}
    name = ""
    for number, line in enumerate(text.split("\n"), 1):
        table, field = TABLE.match(line), _FIELD.match(line)
        if table:
            name = _unquoted(table["name"])
            lines.setdefault((name, ""), number)
        elif field:
            lines.setdefault((name, _unquoted(field["name"])) if name else (_unquoted(field["name"]), ""), number)
    return lines


def _unquoted(name: str) -> str:
    if name[0] not in "\"'":
        return name
    try:
        return next(iter(data.from_toml(f"{name} = 0")))
    except data.DataError:
        return name


def _distinct_names(entries: Sequence[VocabularyEntry]) -> dict[str, list[str]]:
    """The names that some table tells apart though they share a key."""
    distinct: dict[str, list[str]] = {}
    for entry in entries:
        for own in (entry.name, *entry.aliases):
            twins = [name for name in entry.distinct if key(name) == key(own)]
            if twins:
                names = distinct.setdefault(key(own), [])
                names += [name for name in (own, *twins) if name not in names]
    return distinct


def _clashes(entries: list[VocabularyEntry], keys: Keys) -> Problems:
    """A name means one tag."""
    owners: dict[str, VocabularyEntry] = {}
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
                command = f'invoke tags.merge "{owner.name}" "{entry.name}"'
                message = f"« {alias} » est déjà un nom de « {owner.name} » (ligne {owner.line}). Retirez-le de l'une des deux tables, ou lancez : {command}."
                yield Problem(entry.line, "PDV080", message)


def _circles(vocabulary: Vocabulary) -> Problems:
    """No tag is among its own parents."""
    has_end: dict[str, bool] = {}
    """Whether the parents of a tag come to an end."""
    for start in vocabulary.entries:
        climbed: dict[str, None] = {}
        above = start
        while above and above not in has_end and above not in climbed:
            climbed[above] = None
            entry = vocabulary.entries.get(above)
            above = vocabulary.key(vocabulary.name(entry.parent)) if entry and entry.parent else ""
        has_end.update(dict.fromkeys(climbed, not above or has_end.get(above, False)))
    for start, entry in vocabulary.entries.items():
        if not has_end[start]:
            yield Problem(entry.line, "PDV080", f"« {entry.name} » finit par être son propre parent. Corrigez « parent » dans l'une des tables.")
