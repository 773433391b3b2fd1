"""The shards of the index: which texts hold each form of a word, for all words with the same first letters.

A line for each word, a cell for each of its forms: « facture 3 1B 4D.1.2 ».
After the form comes a token for each text: how far its number is from the one
before it, in base 36; a letter for its weight, if it has any; then the passages
that hold the form: « .1 » for a proof, « !4 » for another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from plancher.components.search import words

Entries = Mapping[str, str]
"""For each form in a text, the weight and the passages, as they stand in a token."""
Shard = dict[str, dict[int, str]]
"""For each form, the entry of each text by its number."""

_TOKEN = re.compile(r"(-?[0-9a-z]+)(.*)")
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS = {(False, 0): "", (False, 1): "A", (False, 2): "B", (True, 0): "C", (True, 1): "D", (True, 2): "E"}
"""By whether the word stands in the title or among the tags, and how often it stands in the text: once, two or three times, more."""
_OFTEN = 4


def entries(head: str, kept: str) -> Entries:
    """What one text brings to the index.

    :param head: its title and its tags.
    :param kept: what ``words.keep`` gave.
    """
    counts: Counter[str] = Counter()
    places: dict[str, str] = defaultdict(str)
    for number, line in enumerate(kept.split("\n") if kept else ()):
        passage, found = words.kept(line)
        counts.update(found)
        for form in found if number else ():
            places[form] += f"{'.' if passage.kind == 'preuve' else '!'}{base36(number)}"
    titled = set(words.tokens(head))
    return {form: _WEIGHTS[form in titled, _level(counts[form])] + places.get(form, "") for form in counts.keys() | titled}


def _level(count: int) -> int:
    return 0 if count < 2 else 1 if count < _OFTEN else 2  # noqa: PLR2004 - twice


def whole(texts: Iterable[tuple[int, Entries]]) -> dict[str, str]:
    """All shards of these texts, by their names."""
    shards: dict[str, Shard] = defaultdict(lambda: defaultdict(dict))
    for number, brought in texts:
        for form, entry in brought.items():
            shards[words.shard_of(form)][form][number] = entry
    return {name: write(shard) for name, shard in sorted(shards.items())}


def changed(former: Entries, present: Entries) -> Iterable[str]:
    """The names of the shards that a change of one text changes."""
    return sorted({words.shard_of(form) for form in former.keys() | present.keys() if former.get(form) != present.get(form)})


def patched(text: str, name: str, number: int, former: Entries, present: Entries) -> str:
    """A shard after a change of one text.

    :raises LookupError: it is not that of the text as it was.
    """
    shard = read(text)
    for form in former.keys() | present.keys():
        if words.shard_of(form) == name and former.get(form) != present.get(form):
            if shard.get(form, {}).pop(number, None) != former.get(form):
                raise LookupError(form)
            if form in present:
                shard.setdefault(form, {})[number] = present[form]
    return write({form: texts for form, texts in shard.items() if texts})


def read(text: str) -> Shard:
    """A shard from its text."""
    shard: Shard = {}
    for cell in text.replace("\n", "\t").split("\t") if text else ():
        form, *tokens = cell.split(" ")
        number, shard[form] = 0, {}
        for token in tokens:
            step = _TOKEN.fullmatch(token)
            if step is None:
                raise LookupError(token)
            number += int(step[1], 36)
            shard[form][number] = step[2]
    return shard


def write(shard: Mapping[str, Mapping[int, str]]) -> str:
    """A shard as its file holds it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for form in sorted(shard):
        before, tokens = 0, [form]
        for number, entry in sorted(shard[form].items()):
            tokens.append(base36(number - before) + entry)
            before = number
        lines[words.stem(form)].append(" ".join(tokens))
    return "\n".join(sorted("\t".join(cells) for cells in lines.values()))


def base36(number: int) -> str:
    """A number as ``parseInt(…, 36)`` reads it."""
    if number < 0:
        return f"-{base36(-number)}"
    return (base36(number // 36) if number >= 36 else "") + _LETTERS[number % 36]  # noqa: PLR2004 - the base
