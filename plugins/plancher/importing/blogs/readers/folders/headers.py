"""The header of a text of another generator: what each key means, and what is left over."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence

from plancher.base import dates
from plancher.importing.blogs.readers.folders import trees
from plancher.text import header as text_header
from plancher.text.header_keys import HOLDING, canonical, has_words, normal
from plancher.text.header_lines import HeaderField, RawHeader

_MOST_LINES = 600


class Header:
    """The fields of a text; each key keeps the case and the words that were typed."""

    def __init__(self, raw: RawHeader, lines: Sequence[str], more: Mapping[str, str]) -> None:
        """:param more: keys of this generator, normal, and the field of ours that each stands for."""
        self.raw, self.fields = raw, raw.fields
        self._lines = lines[: raw.body_start]
        self._more = more
        self._used: set[int] = set()

    @functools.cached_property
    def tree(self) -> trees.Settings:
        """The whole tree, where lists of groups keep all that they hold."""
        opening = next((line.strip() for line in self._lines if line.strip()), "")
        inside = "\n".join(self._lines).strip()
        if opening.startswith("{"):
            return trees.Settings(trees.of_json(inside))
        body = "\n".join(inside.split("\n")[1:-1])
        kinds = {"+++": trees.of_toml, ";;;": trees.of_json}
        named = re.fullmatch(r"---\s*(toml|json)\s*", opening, re.IGNORECASE)
        read = {"toml": trees.of_toml, "json": trees.of_json}[named[1].lower()] if named else kinds.get(opening[:3], trees.of_yaml)
        return trees.Settings(read(body))

    def _meaning(self, field: HeaderField) -> str:
        return (self._more.get(normal(field.key)) if not field.within else None) or canonical(field.key, field.within) or ""

    def _of(self, name: str) -> list[tuple[int, HeaderField]]:
        """The fields of this meaning; one with that very name comes first."""
        same = [(place, field) for place, field in enumerate(self.fields) if self._meaning(field) == name]
        return sorted(same, key=lambda pair: (normal(pair[1].key) != name, bool(pair[1].within)))

    def text(self, name: str) -> str:
        """The value of the first field of ours with this name that has one."""
        for place, field in self._of(name):
            self._used.add(place)
            if field.value:
                return field.value
        return ""

    def items(self, name: str, *, by_spaces: bool = False) -> tuple[str, ...]:
        """The same as a list.

        :param by_spaces: a plain text is split at spaces, as Jekyll does.
        """
        for place, field in self._of(name):
            self._used.add(place)
            if field.value:
                return self._split(field, by_spaces=by_spaces)
        return ()

    def all_items(self, name: str, *, by_spaces: bool = False) -> tuple[str, ...]:
        """The items of all fields of this meaning."""
        fields = self._of(name)
        self._used.update(place for place, _field in fields)
        return tuple(dict.fromkeys(item for _place, field in fields for item in self._split(field, by_spaces=by_spaces)))

    @staticmethod
    def _split(field: HeaderField, *, by_spaces: bool) -> tuple[str, ...]:
        if field.items:
            return tuple(dict.fromkeys(filter(None, (item.strip() for item in field.items))))
        parts = field.value.split() if by_spaces and "," not in field.value else re.split(r"[,;]", field.value.strip("[]"))
        return tuple(dict.fromkeys(filter(None, (part.strip(" \t\"'") for part in parts))))

    def typed(self, *keys: str) -> str:
        """The value of a key of the generator, whatever its case; not in a group."""
        field = self._typed(keys)
        return field.value if field else ""

    def typed_items(self, *keys: str) -> tuple[str, ...]:
        """The same as a list."""
        field = self._typed(keys)
        return self._split(field, by_spaces=False) if field else ()

    def _typed(self, keys: Sequence[str]) -> HeaderField | None:
        for key in keys:
            for place, field in enumerate(self.fields):
                if normal(field.key) == key and not field.within:
                    self._used.add(place)
                    return field
        return None

    def within(self, group: str, key: str) -> tuple[str, ...]:
        """The items of a key of a group."""
        for place, field in enumerate(self.fields):
            if normal(field.within) == group and normal(field.key) == key:
                self._used.add(place)
                return self._split(field, by_spaces=False)
        return ()

    def date(self, name: str) -> dt.datetime | None:
        """A date, without a zone where none is typed; what cannot be read stays among the other fields."""
        for place, field in self._of(name):
            moment = date_of(field.value)
            if moment:
                self._used.add(place)
                return moment
            self._used.discard(place)
        return None

    def others(self) -> tuple[tuple[str, str], ...]:
        """What has no meaning here and may hold words, and the lines that nobody understood."""
        rest = []
        for place, field in enumerate(self.fields):
            is_read = place in self._used or (normal(field.key) in HOLDING and not field.within)
            if is_read or not field.value or not has_words(field.key) or (field.within and not has_words(field.within)):
                continue
            value = field.value
            if field.items and not field.within and any(isinstance(item, dict) for item in self.tree.list(field.key)):
                value = trees.shown(self.tree.list(field.key))
            rest.append((f"{field.within}.{field.key}" if field.within else field.key, value))
        rest += [("en-tête", line.strip()) for line in self.raw.unread if line.strip()]
        return tuple(rest)


def split(lines: Sequence[str], more: Mapping[str, str] | None = None) -> Header:
    """The header of a text, whichever of the known forms it has."""
    return Header(text_header.split(lines), lines, more or {})


def date_of(typed: str) -> dt.datetime | None:
    """A date; None where there is none that can be read."""
    try:
        return dates.parse(typed)
    except dates.DateError:
        short = re.fullmatch(r"(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}:\d{2}).*", typed.strip())
        iso = typed.strip().replace("Z", "+00:00")
    for text in (iso, f"{short[1]} {short[2]}" if short else ""):
        try:
            return dt.datetime.fromisoformat(text)
        except ValueError:
            continue
    return None
