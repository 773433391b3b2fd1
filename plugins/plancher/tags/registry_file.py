"""Changes to ``content/tags.toml`` that leave its comments, its order and its spaces alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Array, Table

from plancher.tags import vocabulary
from plancher.tags.names import key
from plancher.tags.vocabulary import LISTS

_SINGLE = ("description", "parent", "wikidata")
_NAMING = ("broader", "related", "distinct")
"""Lists that name other tags."""


def rename(text: str, old: str, new: str, former: Iterable[str]) -> str:
    """The registry with another name for a tag, and these as aliases of it."""
    document = tomlkit.parse(text)
    found = _find(document, old)
    if found is not None and found != new:
        document = tomlkit.parse(_retitled(text, found, new))
    elif found is None:
        document.add(new, tomlkit.table())
    _add(document[new], "aliases", former)
    _drop(document[new], "aliases", [new])
    _point(document, {key(old): new})
    return tomlkit.dumps(document)


def merge(text: str, sources: Sequence[str], target: str) -> str:
    """The registry with one table for all of them; what the target does not say, it takes from the others."""
    document = tomlkit.parse(text)
    own = _find(document, target)
    if own is None:
        document.add(target, tomlkit.table())
        own = target
    kept = document[own]
    for source in sources:
        found = _find(document, source)
        table = document[found] if found is not None else tomlkit.table()
        for name in _SINGLE:
            if name in table and name not in kept:
                kept[name] = table[name]
        for name in LISTS:
            _add(kept, name, table.get(name, ()))
        _add(kept, "aliases", [source, *([found] if found else [])])
        if found is not None:
            document.remove(found)
    _point(document, {key(source): own for source in sources})
    for name in (*LISTS, "parent"):
        _drop(kept, name, [own])
    return tomlkit.dumps(document)


def remove(text: str, names: Iterable[str]) -> str:
    """The registry without the tables of these tags."""
    document = tomlkit.parse(text)
    for name in names:
        found = _find(document, name)
        if found is not None:
            document.remove(found)
    return tomlkit.dumps(document)


def _find(document: TOMLDocument, name: str) -> str | None:
    """The table of a tag, as it is written."""
    return next((typed for typed in document if key(typed) == key(name)), None)


def _retitled(text: str, old: str, new: str) -> str:
    """The text with another name at the head of one table: what stands before and after it does not move."""
    rows = text.split("\n")
    place = vocabulary.lines(text)[old, ""] - 1
    head = vocabulary.TABLE.match(rows[place]) or vocabulary.FIELD.match(rows[place])
    if head:
        rows[place] = rows[place][: head.start("name")] + json.dumps(new, ensure_ascii=False) + rows[place][head.end("name") :]
    return "\n".join(rows)


def _add(table: Table, name: str, values: Iterable[str]) -> None:
    """Names that a list does not have yet, at its end."""
    present = table.get(name, ())
    missing = [value for value in dict.fromkeys(map(str, values)) if value not in present]
    if missing and name not in table:
        table.add(name, tomlkit.array())
    for value in missing:
        table[name].append(value)


def _drop(table: Table, name: str, values: Sequence[str]) -> None:
    """A tag is not its own alias, nor its own parent; a list left empty goes."""
    if name not in table:
        return
    found = table[name]
    if isinstance(found, Array):
        for value in [value for value in found if value in values]:
            found.remove(value)
    if not found or found in values:
        table.remove(name)


def _point(document: TOMLDocument, names: dict[str, str]) -> None:
    """Other tables name the tag by its new name."""
    for table in document.values():
        if "parent" in table and key(table["parent"]) in names:
            table["parent"] = names[key(table["parent"])]
        for name in _NAMING:
            found = table.get(name)
            for place, value in enumerate(found if isinstance(found, Array) else ()):
                if key(value) in names:
                    found[place] = names[key(value)]
