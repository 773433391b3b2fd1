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
from collections.abc import Callable, Iterator, Mapping, Sequence

from plancher.components.tags.names import Keys, key

FILE = "tags.toml"
"""In the content folder."""
_HIGHEST = 20
"""Parents of a tag that are shown."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyEntry:
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

    entries: Mapping[str, VocabularyEntry] = dataclasses.field(default_factory=dict)
    distinct_names: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    """As ``Keys`` has it."""

    @functools.cached_property
    def key(self) -> Callable[[str], str]:
        """What all spellings of a tag share, on this site."""
        return Keys(self.distinct_names) if self.distinct_names else key

    def get(self, name: str) -> VocabularyEntry | None:
        """The entry of a tag, by its name or by one of its aliases."""
        return self.entries.get(self.key(self.name(name)))

    def name(self, typed: str) -> str:
        """The name that is shown for a tag, whatever it is called."""
        return self.preferred_names.get(self.key(typed), typed)

    @functools.cached_property
    def preferred_names(self) -> Mapping[str, str]:
        """From the key of each name and alias to the name that is shown."""
        aliases = {self.key(alias): entry.name for entry in self.entries.values() for alias in entry.aliases}
        distinct = {self.key(name): name for names in self.distinct_names.values() for name in names}
        return distinct | aliases | {shared: entry.name for shared, entry in self.entries.items()}


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
