"""Changes to ``content/tags.toml`` that keep its comments, its order and its spaces."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

import tomlkit
from tomlkit.items import Array, Table

from plancher.base import data
from plancher.commands.tags.registry_text import RegistryText, Section, quoted
from plancher.components.tags.names import key
from plancher.components.tags.vocabulary_reader import LISTS, TABLE

_SINGLE_FIELDS = ("description", "parent", "wikidata")
_REFERENCES = ("broader", "related", "distinct")
"""Lists of other tags."""


def rename(text: str, old: str, new: str, former: Iterable[str], keys: Callable[[str], str] = key) -> str:
    """The registry with another name for a tag, and its former names as aliases.

    :raises RegistryError: it cannot be changed safely.
    """
    registry = RegistryText.parse(text, keys)
    section = registry.find(old)
    if section is None:
        section = registry.find_or_add(new)
    elif section.name != new:
        head = TABLE.match(section.text)
        section.text = section.text[: head.start("name")] + quoted(new) + section.text[head.end("name") :] if head else section.text
        section.name = new

    def alias(table: Table) -> None:
        _add_values(table, "aliases", former)
        _remove_values(table, "aliases", [new])

    _edit(section, alias)
    _update_references(registry, {keys(old): new})
    return registry.text


def merge(text: str, sources: Sequence[str], target: str, keys: Callable[[str], str] = key) -> str:
    """The registry with one table for all of them; fields that the target lacks are taken from the others.

    :raises RegistryError: it cannot be changed safely.
    """
    registry = RegistryText.parse(text, keys)
    section = registry.find_or_add(target)
    for source in sources:
        other = registry.find(source)
        table = data.from_toml(other.text)[other.name] if other else {}
        _edit(section, functools.partial(_fill_from, table, source))
    registry.remove(sources)
    _update_references(registry, {keys(source): section.name for source in sources})

    def tidy(table: Table) -> None:
        for name in (*LISTS, "parent"):
            _remove_values(table, name, [section.name])
        _remove_values(table, "distinct", sources)

    _edit(section, tidy)
    return registry.text


def remove(text: str, names: Iterable[str], keys: Callable[[str], str] = key) -> str:
    """The registry without the tables of these tags.

    :raises RegistryError: it cannot be changed safely.
    """
    registry = RegistryText.parse(text, keys)
    registry.remove(names)
    return registry.text


def _edit(section: Section, change: Callable[[Table], object]) -> None:
    document = tomlkit.parse(section.text)
    change(document[section.name])
    section.text = tomlkit.dumps(document).rstrip("\n") + "\n"


def _fill_from(other: Mapping[str, object], source: str, table: Table) -> None:
    for name in _SINGLE_FIELDS:
        if name in other and name not in table:
            table[name] = other[name]
    for name in LISTS:
        values = other.get(name, ())
        _add_values(table, name, values if isinstance(values, list) else ())
    _add_values(table, "aliases", [source])


def _add_values(table: Table, name: str, values: Iterable[str]) -> None:
    """Append the values that a list lacks."""
    present = table.get(name, ())
    missing = [value for value in dict.fromkeys(map(str, values)) if value not in present]
    if missing and name not in table:
        table.add(name, tomlkit.array())
    for value in missing:
        table[name].append(value)


def _remove_values(table: Table, name: str, values: Sequence[str]) -> None:
    """Remove values from a field; an empty field is removed too: a tag is not its own alias or parent."""
    array = table.get(name)
    if isinstance(array, Array):
        for value in [value for value in array if value in values]:
            array.remove(value)
    if array is not None and (not array or array in values):
        table.remove(name)


def _update_references(registry: RegistryText, names: dict[str, str]) -> None:
    """Make other tables use the new names."""
    for section in registry.sections:
        fields = next(iter(data.from_toml(section.text).values()))
        named = [fields.get("parent", ""), *(value for name in _REFERENCES for value in fields.get(name, ()))]
        if any(registry.key(str(value)) in names for value in named):
            _edit(section, functools.partial(_rename_references, registry, names))


def _rename_references(registry: RegistryText, names: Mapping[str, str], table: Table) -> None:
    """Rename the tags that one table mentions, but not those that « distinct » keeps apart from its own spellings: they would be one tag again."""
    if registry.key(str(table.get("parent", ""))) in names:
        table["parent"] = names[registry.key(str(table["parent"]))]
    own = {key(str(name)) for name in (table.name, *table.get("aliases", ()))}
    for name in _REFERENCES:
        array = table.get(name)
        if not isinstance(array, Array):
            continue
        for place in reversed(range(len(array))):
            old = str(array[place])
            new = "" if name == "distinct" and key(old) in own else names.get(registry.key(old), "")
            if new and (new in array or new == table.name):
                del array[place]
            elif new:
                array[place] = new
