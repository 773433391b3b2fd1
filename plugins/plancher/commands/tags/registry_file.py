"""Changes to ``content/tags.toml`` that leave its comments, its order and its spaces alone.

The text is cut into the tables of tags; what stands before a table (its
comment, empty lines) stays where it is whatever becomes of the one above.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import tomlkit
from tomlkit.items import Array, Table

from plancher.base import data
from plancher.components.tags.names import key
from plancher.components.tags.vocabulary_reader import LISTS, TABLE

_BOM = "\ufeff"
_SINGLE = ("description", "parent", "wikidata")
_NAMING = ("broader", "related", "distinct")
"""Lists that name other tags."""


class RegistryError(ValueError):
    """The registry is written in a way that these changes cannot follow; the message says how to write it, in French."""


@dataclasses.dataclass(slots=True)
class _Section:
    """The table of one tag."""

    name: str
    text: str
    """From its heading to its last field."""
    after: str
    """Empty lines and comments before the next heading."""


@dataclasses.dataclass(slots=True)
class _Sheet:
    """The whole file."""

    before: str
    sections: list[_Section]
    end: str
    """Of a line."""
    key: Callable[[str], str] = key
    """What all spellings of a tag share."""

    @classmethod
    def of(cls, text: str, keys: Callable[[str], str] = key) -> _Sheet:
        """Cut the text.

        :raises RegistryError: some tag has no heading of its own.
        """
        end = "\r\n" if "\r\n" in text else "\n"
        lines = text.replace("\r\n", "\n").split("\n")
        heads = [number for number, line in enumerate(lines) if TABLE.match(line.removeprefix(_BOM))]
        sections = []
        for start, stop in zip(heads, [*heads, len(lines)][1:], strict=True):
            last = max(number for number in range(start, stop) if number == start or (lines[number].strip() and not lines[number].lstrip().startswith("#")))
            whole = "\n".join(lines[start : last + 1]) + "\n"
            sections.append(_Section("", whole.removeprefix(_BOM), "\n".join(lines[last + 1 : stop]) + ("\n" if stop < len(lines) else "")))
        before = "\n".join(lines[: heads[0]]) + "\n" if heads and heads[0] else text.replace("\r\n", "\n") if not heads else ""
        before += _BOM if heads and not heads[0] and text.startswith(_BOM) else ""
        try:
            for section in sections:
                (section.name,) = data.from_toml(section.text)
            found = {section.name for section in sections}
            if found != set(data.from_toml(text.removeprefix(_BOM))):
                raise ValueError(text)  # noqa: TRY301 - one way out
        except ValueError:
            raise RegistryError('écrivez chaque mot-clé de content/tags.toml sous une ligne à lui, « ["nom"] », puis ses clés dessous.') from None
        return cls(before, sections, end, keys)

    @property
    def text(self) -> str:
        """The whole text again."""
        return (self.before + "".join(section.text + section.after for section in self.sections)).replace("\n", self.end)

    def find(self, name: str) -> _Section | None:
        """The table of a tag."""
        return next((section for section in self.sections if self.key(section.name) == self.key(name)), None)

    def have(self, name: str) -> _Section:
        """The table of a tag, made at the end when there is none."""
        found = self.find(name)
        if found is None:
            if self.sections:
                last = self.sections[-1]
                last.after = last.after if last.after.endswith("\n\n") or not last.after.strip("\n") else f"{last.after}\n"
                last.after = last.after or "\n"
            elif self.before.strip():
                self.before = self.before.rstrip("\n") + "\n\n"
            found = _Section(name, f"[{_quoted(name)}]\n", "")
            self.sections.append(found)
        return found

    def drop(self, names: Iterable[str]) -> None:
        """Take tables out; the comments of those that follow stay."""
        unwanted = set(map(self.key, names))
        kept: list[_Section] = []
        for section in self.sections:
            if self.key(section.name) not in unwanted:
                kept.append(section)
            elif kept:
                kept[-1].after += section.after.lstrip("\n")
            else:
                self.before += section.after.lstrip("\n")
        self.sections = kept


def rename(text: str, old: str, new: str, former: Iterable[str], keys: Callable[[str], str] = key) -> str:
    """The registry with another name for a tag, and these as aliases of it.

    :raises RegistryError: it cannot be followed.
    """
    sheet = _Sheet.of(text, keys)
    section = sheet.find(old)
    if section is None:
        section = sheet.have(new)
    elif section.name != new:
        head = TABLE.match(section.text)
        section.text = section.text[: head.start("name")] + _quoted(new) + section.text[head.end("name") :] if head else section.text
        section.name = new

    def alias(table: Table) -> None:
        _add(table, "aliases", former)
        _drop(table, "aliases", [new])

    _edit(section, alias)
    _point(sheet, {keys(old): new})
    return sheet.text


def merge(text: str, sources: Sequence[str], target: str, keys: Callable[[str], str] = key) -> str:
    """The registry with one table for all of them; what the target does not say, it takes from the others.

    :raises RegistryError: it cannot be followed.
    """
    sheet = _Sheet.of(text, keys)
    kept = sheet.have(target)
    for source in sources:
        found = sheet.find(source)
        table = data.from_toml(found.text)[found.name] if found else {}
        _edit(kept, functools.partial(_take, table, source))
    sheet.drop(sources)
    _point(sheet, {keys(source): kept.name for source in sources})

    def tidy(mine: Table) -> None:
        for name in (*LISTS, "parent"):
            _drop(mine, name, [kept.name])
        _drop(mine, "distinct", sources)

    _edit(kept, tidy)
    return sheet.text


def remove(text: str, names: Iterable[str], keys: Callable[[str], str] = key) -> str:
    """The registry without the tables of these tags.

    :raises RegistryError: it cannot be followed.
    """
    sheet = _Sheet.of(text, keys)
    sheet.drop(names)
    return sheet.text


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _edit(section: _Section, change: Callable[[Table], object]) -> None:
    document = tomlkit.parse(section.text)
    change(document[section.name])
    section.text = tomlkit.dumps(document).rstrip("\n") + "\n"


def _take(other: Mapping[str, object], source: str, mine: Table) -> None:
    for name in _SINGLE:
        if name in other and name not in mine:
            mine[name] = other[name]
    for name in LISTS:
        found = other.get(name, ())
        _add(mine, name, found if isinstance(found, list) else ())
    _add(mine, "aliases", [source])


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
    found = table.get(name)
    if isinstance(found, Array):
        for value in [value for value in found if value in values]:
            found.remove(value)
    if found is not None and (not found or found in values):
        table.remove(name)


def _point(sheet: _Sheet, names: dict[str, str]) -> None:
    """Other tables name the tag by its new name, once."""
    for section in sheet.sections:
        fields = next(iter(data.from_toml(section.text).values()))
        named = [fields.get("parent", ""), *(value for name in _NAMING for value in fields.get(name, ()))]
        if any(sheet.key(str(value)) in names for value in named):
            _edit(section, functools.partial(_rename, sheet, names))


def _rename(sheet: _Sheet, names: Mapping[str, str], table: Table) -> None:
    """The names that one table mentions. What it tells apart from its own names stays: these would be one tag again."""
    if sheet.key(str(table.get("parent", ""))) in names:
        table["parent"] = names[sheet.key(str(table["parent"]))]
    own = {key(str(name)) for name in (table.name, *table.get("aliases", ()))}
    for name in _NAMING:
        found = table.get(name)
        if not isinstance(found, Array):
            continue
        for place in reversed(range(len(found))):
            typed = str(found[place])
            new = "" if name == "distinct" and key(typed) in own else names.get(sheet.key(typed), "")
            if new and (new in found or new == table.name):
                del found[place]
            elif new:
                found[place] = new
