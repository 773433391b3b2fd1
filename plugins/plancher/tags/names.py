"""One name for each tag, whoever wrote it first and however."""

from __future__ import annotations

import collections
import functools
import re
from collections.abc import Iterable, Mapping

from plancher.core.french import fold
from plancher.core.front_reader import clean_tag

_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_SHORTEST_ACRONYM = 2
"""Letters."""


@functools.lru_cache(maxsize=16_384)
def key(name: str) -> str:
    """What all spellings of a tag share: ``PME``, ``pme``, ``P.M.E.`` and ``PMEs``; ``élus`` and ``elus``.

    Signs stay: ``C``, ``C++``, ``C#`` and ``.NET`` are four.
    """
    return fold(_bare(clean_tag(name)))


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


def canonical_names(used: Iterable[str], chosen: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """For each key, the name to show: the one the registry chose, else the best of the spellings in use.

    The best has no full stops; then it is the commonest, then the one with most
    capitals, then with most accents. The order of ``used`` decides nothing.

    :param chosen: from keys, those of aliases too, to the registry's names.
    """
    chosen = chosen or {}
    spellings: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name in used:
        spellings[key(name)][name] += 1
    return {shared: chosen.get(shared) or min(counted, key=lambda name: _preference(name, counted[name])) for shared, counted in spellings.items()}


def _preference(name: str, count: int) -> tuple[bool, int, int, int, str]:
    capitals = sum(letter.isupper() for letter in name)
    accents = sum(not letter.isascii() for letter in name)
    return (_bare(name) != name, -count, -capitals, -accents, name)


def normalise(names: Iterable[str], canonical: Mapping[str, str]) -> list[str]:
    """The tags of one post, each once, in the author's order."""
    return list(dict.fromkeys(canonical.get(key(name), name) for name in names))
