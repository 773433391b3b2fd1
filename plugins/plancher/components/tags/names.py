"""One name for each tag, whoever wrote it first and however."""

from __future__ import annotations

import collections
import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from plancher.base.french import fold, fold_words
from plancher.text.tag_names import clean_tag

_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_SHORTEST_ACRONYM = 2
"""Letters."""


@functools.lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """What all spellings of a tag share: ``PME``, ``pme``, ``P.M.E.`` and ``PMEs``; ``élus`` and ``elus``; ``réseaux-sociaux`` and ``Réseaux sociaux``.

    Signs stay: ``C``, ``C++``, ``C#`` and ``.NET`` are four.
    """
    return fold_words(_bare(clean_tag(name)))


@dataclasses.dataclass(frozen=True)
class Keys:
    """``key``, but for the names that a registry tells apart: « marché » and « marche »."""

    distinct_names: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    """By their key, names that would be one tag; a spelling that is near to none of them means the first."""

    def __call__(self, name: str) -> str:
        """The key of a tag, its own when the registry says so."""
        shared = key(name)
        names = self.distinct_names.get(shared)
        nearest = _nearest(clean_tag(name), names) if names else ""
        return f"{shared}{_APART}{nearest}" if names and nearest != names[0] else shared


_APART = "\ufdd4"
"""Between a key and a name that the registry tells apart: a noncharacter, which no tag holds."""


def _nearest(typed: str, names: Sequence[str]) -> str:
    """The name that is the same but for case, else but for what joins its words, else but for accents; else the first."""
    for form in (str, str.casefold, _unjoined, fold):
        for name in names:
            if form(name) == form(typed):
                return name
    return names[0]


def _unjoined(name: str) -> str:
    return re.sub(r"[\s'’‐‑–-]+", " ", name.casefold())


def is_acronym(name: str) -> bool:
    """« P.M.E. »: each letter with its full stop."""
    return _DOTTED.fullmatch(name) is not None


def _bare(name: str) -> str:
    """An acronym without its full stops, and without the « s » that French acronyms never take."""
    if is_acronym(name):
        return name.replace(".", "")
    singular = name[:-1]
    is_plural = name.endswith("s") and len(singular) >= _SHORTEST_ACRONYM and singular.isalpha() and singular.isupper()
    return singular if is_plural else name


def canonical_names(used: Iterable[str], preferred: Mapping[str, str] | None = None, keys: Callable[[str], str] = key) -> Mapping[str, str]:
    """For each key, the name to show: that of the registry, else the best of the spellings in use.

    The best has no full stops; then it is the commonest, then the one with most
    capitals, then with most accents. The order of ``used`` decides nothing.

    :param preferred: the names of the registry by their keys, and by those of their aliases.
    :param keys: those of the registry, which may tell some names apart.
    """
    preferred = preferred or {}
    spellings: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name in used:
        spellings[keys(name)][name] += 1
    return {shared: preferred.get(shared) or min(counted, key=lambda name: _preference(name, counted[name])) for shared, counted in spellings.items()}


def _preference(name: str, count: int) -> tuple[bool, int, int, int, str]:
    capitals = sum(letter.isupper() for letter in name)
    accents = sum(not letter.isascii() for letter in name)
    return (_bare(name) != name, -count, -capitals, -accents, name)


def normalise(names: Iterable[str], canonical: Mapping[str, str], keys: Callable[[str], str] = key) -> list[str]:
    """The tags of one post, each once, in the author's order."""
    return list(dict.fromkeys(canonical.get(keys(name), name) for name in names))


def former_spellings(used: Iterable[str], canonical: Mapping[str, str], keys: Callable[[str], str] = key) -> Mapping[str, Sequence[str]]:
    """For each name that is shown, its spellings in use that had an address of their own once: a hyphen, a space or an apostrophe is different."""
    spellings: dict[str, set[str]] = collections.defaultdict(set)
    for name in used:
        shown = canonical[keys(name)]
        if fold(_bare(name)) != fold(_bare(shown)) and key(name) == key(shown):
            spellings[shown].add(name)
    return {shown: sorted(names) for shown, names in spellings.items()}
