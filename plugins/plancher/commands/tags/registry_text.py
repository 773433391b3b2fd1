"""The text of ``content/tags.toml``, cut into the tables of tags.

Comments and empty lines before a table stay where they are, whatever becomes
of the table above.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable

from plancher.base import data
from plancher.components.tags.names import key
from plancher.components.tags.vocabulary_reader import TABLE

_BOM = "\ufeff"


class RegistryError(ValueError):
    """The registry is written in a way that we cannot change safely; the message says how to write it, in French."""


@dataclasses.dataclass(slots=True)
class Section:
    """The table of one tag."""

    name: str
    text: str
    """From its heading to its last field."""
    after: str
    """Empty lines and comments before the next heading."""


@dataclasses.dataclass(slots=True)
class RegistryText:
    """The whole file."""

    before: str
    sections: list[Section]
    end: str
    """How lines end."""
    key: Callable[[str], str] = key
    """Gives all spellings of a tag the same key."""

    @classmethod
    def parse(cls, text: str, keys: Callable[[str], str] = key) -> RegistryText:
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
            sections.append(Section("", whole.removeprefix(_BOM), "\n".join(lines[last + 1 : stop]) + ("\n" if stop < len(lines) else "")))
        before = "\n".join(lines[: heads[0]]) + "\n" if heads and heads[0] else text.replace("\r\n", "\n") if not heads else ""
        before += _BOM if heads and not heads[0] and text.startswith(_BOM) else ""
        try:
            for section in sections:
                (section.name,) = data.from_toml(section.text)
            names = {section.name for section in sections}
            if names != set(data.from_toml(text.removeprefix(_BOM))):
                raise ValueError(text)  # noqa: TRY301 - the same message
        except ValueError:
            raise RegistryError('écrivez chaque mot-clé de content/tags.toml sous une ligne à lui, « ["nom"] », puis ses clés dessous.') from None
        return cls(before, sections, end, keys)

    @property
    def text(self) -> str:
        """The whole text again."""
        return (self.before + "".join(section.text + section.after for section in self.sections)).replace("\n", self.end)

    def find(self, name: str) -> Section | None:
        """The table of a tag."""
        return next((section for section in self.sections if self.key(section.name) == self.key(name)), None)

    def find_or_add(self, name: str) -> Section:
        """The table of a tag, added at the end when there is none."""
        section = self.find(name)
        if section is None:
            if self.sections:
                last = self.sections[-1]
                last.after = last.after if last.after.endswith("\n\n") or not last.after.strip("\n") else f"{last.after}\n"
                last.after = last.after or "\n"
            elif self.before.strip():
                self.before = self.before.rstrip("\n") + "\n\n"
            section = Section(name, f"[{quoted(name)}]\n", "")
            self.sections.append(section)
        return section

    def remove(self, names: Iterable[str]) -> None:
        """Remove tables; comments before the next ones stay."""
        unwanted = set(map(self.key, names))
        remaining: list[Section] = []
        for section in self.sections:
            if self.key(section.name) not in unwanted:
                remaining.append(section)
            elif remaining:
                remaining[-1].after += section.after.lstrip("\n")
            else:
                self.before += section.after.lstrip("\n")
        self.sections = remaining


def quoted(name: str) -> str:
    """A name as TOML quotes it."""
    return json.dumps(name, ensure_ascii=False)
