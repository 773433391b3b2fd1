"""« invoke check » finds names that look alike, and gives the line to add to the registry."""

from __future__ import annotations

import collections
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plancher.base.french import fold, fold_words
from plancher.base.problems import Problem
from plancher.components.tags.names import key
from plancher.components.tags.usage import collation
from plancher.components.tags.vocabulary import FILE, Vocabulary


class TypedTag(NamedTuple):
    """A tag as it is typed, and where."""

    name: str
    path: str
    """From the content folder."""
    line: int


_PLURAL = re.compile(r"(?<=..)(?:eaux|aux|[sx])$")
_ENDINGS = {"eaux": "eau", "aux": "al"}
_PAIR = 2
_SHORTEST = 5
"""Letters from which one more, one less or two exchanged is more likely a slip than another word."""


def problems(tags: Sequence[TypedTag], canonical: Mapping[str, str], vocabulary: Vocabulary) -> list[tuple[str, Problem]]:
    """What an author has to decide: once for each pair of names, where the rarer one is first typed.

    :param canonical: from keys to the names that are shown.
    """
    first: dict[str, tuple[str, int]] = {}
    counts: collections.Counter[str] = collections.Counter()
    for name, path, line in sorted(tags, key=lambda tag: (tag.path, tag.line, tag.name)):
        first.setdefault(name, (path, line))
        counts[name] += 1
    messages = [*_spellings(counts, canonical, vocabulary), *_pairs(counts, canonical, vocabulary)]
    return [(first[typed][0], Problem(first[typed][1], "PDV076", message)) for typed, message in messages]


def _spellings(counts: Mapping[str, int], canonical: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Spellings of one tag: they are united already; the registry can say which one is shown."""
    for typed in sorted(counts, key=collation):
        shown = canonical[vocabulary.key(typed)]
        entry = vocabulary.get(shown)
        if typed != shown and not (entry and typed in {entry.name, *entry.aliases}):
            remedy = f"{_remedy(typed, shown, vocabulary)} Sinon, {_apart(typed, shown, vocabulary)}."
            yield typed, f"« {typed} » est réuni avec « {shown} » ({_why(typed, shown)}). {remedy}"


def _pairs(counts: Mapping[str, int], canonical: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Two tags that may be one."""
    totals: collections.Counter[str] = collections.Counter()
    spelt: dict[str, list[str]] = collections.defaultdict(list)
    for typed, count in counts.items():
        totals[canonical[vocabulary.key(typed)]] += count
        spelt[canonical[vocabulary.key(typed)]].append(typed)
    for one, other in sorted(similar(totals), key=lambda pair: (collation(pair[0]), collation(pair[1]))):
        if _are_distinct(one, other, vocabulary):
            continue
        preferred, rarer = sorted((one, other), key=lambda name: (vocabulary.get(name) is None, -totals[name], collation(name)))
        typed = min(spelt[rarer], key=lambda name: (-counts[name], name))
        remedy = f"{_remedy(rarer, preferred, vocabulary)} Sinon, {_apart(rarer, preferred, vocabulary)}."
        yield typed, f"« {rarer} » ressemble à « {preferred} » ({_why(rarer, preferred)}). {remedy}"


def _are_distinct(one: str, other: str, vocabulary: Vocabulary) -> bool:
    pairs = ((one, other), (other, one))
    key = vocabulary.key
    return any(key(there) in map(key, entry.distinct) for here, there in pairs if (entry := vocabulary.get(here)))


def _remedy(typed: str, preferred: str, vocabulary: Vocabulary) -> str:
    entry = vocabulary.get(preferred)
    if entry and vocabulary.get(typed) not in {None, entry}:  # each has its table
        return f'Si c\'est le même mot-clé, lancez : invoke tags.merge "{typed}" "{preferred}".'
    aliases = f"aliases = {json.dumps([*(entry.aliases if entry else ()), typed], ensure_ascii=False)}"
    return f"Si c'est le même mot-clé, écrivez {_at(preferred, aliases, vocabulary)}."


def _apart(rarer: str, preferred: str, vocabulary: Vocabulary) -> str:
    entry = vocabulary.get(preferred)
    return f"« distinct = {json.dumps([*(entry.distinct if entry else ()), rarer], ensure_ascii=False)} » au même endroit"


def _at(name: str, line: str, vocabulary: Vocabulary) -> str:
    table = f"[{json.dumps(name, ensure_ascii=False)}]"
    where = f"sous {table}" if vocabulary.get(name) else f"sous une ligne {table}"
    return f"« {line} » {where} dans {FILE}"


def _why(one: str, other: str) -> str:
    """What tells two names apart, in a word."""
    if one.casefold() == other.casefold():
        return "casse"
    if fold(one) == fold(other):
        return "accents"
    if fold_words(one) == fold_words(other):
        return "trait d'union, espace ou apostrophe"
    if key(one) == key(other):
        return "sigle"
    if _plain(one) == _plain(other):
        return "en un mot ou en plusieurs"
    return "pluriel" if _singular(one) == _singular(other) else "une lettre de différence"


def similar(names: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs that differ by a hyphen, a plural or one letter.

    Each name is compared with those that share a form with it, not with all others:
    two words at one letter from each other are alike once that letter is taken out.
    """
    sharing: dict[str, list[str]] = collections.defaultdict(list)
    for name in sorted(names, key=collation):
        for form in {_plain(name), _singular(name), *_clipped(name)}:
            sharing[form].append(name)
    pairs = itertools.chain.from_iterable(itertools.combinations(alike, 2) for alike in sharing.values())
    return {pair for pair in pairs if _is_close(*pair)}


def _is_close(one: str, other: str) -> bool:
    return _plain(one) == _plain(other) or _singular(one) == _singular(other) or _one_letter(fold(one), fold(other))


def _plain(name: str) -> str:
    """Without what joins or parts its words."""
    return re.sub(r"[\s'_-]+", "", fold(name)) or name


def _singular(name: str) -> str:
    """Each word as French writes it in the singular, near enough to compare: « réseaux sociaux » and « réseau social »."""
    words = re.split(r"[\s'_-]+", fold(name))
    return " ".join(_PLURAL.sub(lambda ending: _ENDINGS.get(ending[0], ""), word) for word in words)


def _clipped(name: str) -> set[str]:
    """The word without each of its letters in turn, and whole."""
    bare = fold(name)
    if len(bare) < _SHORTEST:
        return set()
    return {f"-{bare}", *(f"-{bare[:place]}{bare[place + 1 :]}" for place in range(len(bare)))}


def _one_letter(one: str, other: str) -> bool:
    """One letter more, less or other, or two neighbours exchanged; a figure is never a slip."""
    if min(len(one), len(other)) < _SHORTEST:
        return False
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    here, there = one[start : len(one) - end], other[start : len(other) - end]
    if not (here + there).isalpha():
        return False
    return max(len(here), len(there)) == 1 or (len(here) == _PAIR and here == there[::-1])


def _alike(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
