"""The shards of the index: which texts hold each form of a word, for all words with the same first letters.

A line for each word, a cell for each of its forms: « facture 3 1+ 4+++.1!2 ».
After the form comes a token for each text: how far its number is from the one
before it, in base 36; a sign for each degree of its weight; then the passages
that hold the form: « .1 » for a proof, « !4 » for another.
Beside them stand lists of forms by their last letters (``words.ending_of``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from plancher.components.search import words

Entries = Mapping[str, str]
"""For each form in a text, the weight and the passages, as they stand in a token."""
Shard = dict[str, dict[int, str]]
"""For each form, the entry of each text by its number."""

_TOKEN = re.compile(r"(-?[0-9a-z]+)(.*)")
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_IN_HEAD = 3
"""Degrees of a word of the title or of a tag, above those for how often it stands in the text."""


def entries(head: str, filters: Iterable[str], kept: str) -> Entries:
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
    made = {form: "+" * (_IN_HEAD * (form in titled) + _often(counts[form])) + places.get(form, "") for form in counts.keys() | titled}
    return made | dict.fromkeys(filters, "")


def _often(count: int) -> int:
    return (count > 1) + (count > 3)  # noqa: PLR2004 - two or three times; more


def whole(texts: Iterable[tuple[int, Entries]]) -> dict[str, str]:
    """All files of the words of these texts, by their names."""
    shards: dict[str, Shard] = defaultdict(lambda: defaultdict(dict))
    for number, brought in texts:
        for form, entry in brought.items():
            shards[words.shard_of(form)][form][number] = entry
    endings: dict[str, list[str]] = {f"fin-{number}": [] for number in range(words.ENDINGS)}
    for form in sorted(form for shard in shards.values() for form in shard if words.ending_of(form)):
        endings[words.ending_of(form)].append(form)
    made = {name: write(shard) for name, shard in shards.items()} | {name: " ".join(forms) for name, forms in endings.items()}
    return dict(sorted(made.items()))


def patched(number: int, former: Entries, present: Entries, file: Callable[[str], str]) -> dict[str, str]:
    """The files that a change of one text changes, by their names.

    :param file: gives one as it is; empty: it is not there.
    :raises LookupError: it is not that of the text as it was.
    """
    changed: dict[str, list[str]] = defaultdict(list)
    for form in sorted(form for form in former.keys() | present.keys() if former.get(form) != present.get(form)):
        changed[words.shard_of(form)].append(form)
    made: dict[str, str] = {}
    for name, forms in changed.items():
        shard = read(file(name))
        for form in forms:
            texts = shard.get(form, {})
            before = len(texts)
            if texts.pop(number, None) != former.get(form):
                raise LookupError(form)
            if form in present:
                texts[number] = present[form]
            shard[form] = texts
            ending = words.ending_of(form) if not before or not texts else ""
            if ending:  # the form is new to the site, or gone from it
                listed = made[ending] if ending in made else file(ending)
                made[ending] = " ".join(sorted({*listed.split()} ^ {form}))
        made[name] = write({form: texts for form, texts in shard.items() if texts})
    return made


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
