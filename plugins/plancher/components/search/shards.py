"""The shards of the index: which texts hold each form of a word, for all words with the same first letters.

A line for each word, a cell for each of its forms: « facture 3 1+ 14+++.0!1 ».
After the form comes a token for each text: how far its number is from the one
before it; a sign for each degree of its weight; then the passages that hold the
form: « .0 » for a proof, « !3 » for another.
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
_TOKEN = re.compile(r"(-?[0-9]+)(.*)")
_IN_HEAD = 3
"""Degrees of a word of the title or of a tag, above those for how often it stands in the text."""


def entries(head: str, filters: Iterable[str], kept: str) -> Entries:
    """What one text brings to the index.

    :param head: its title and its tags.
    :param kept: what ``words.keep`` gave.
    """
    counts: Counter[str] = Counter()
    places: dict[str, str] = defaultdict(str)
    for number, (kind, _, _, found) in enumerate(words.kept(kept)):
        counts.update(found)
        for form in found if number else ():
            places[form] += f"{'.' if kind == 'preuve' else '!'}{number - 1}"
    titled = set(words.tokens(head))
    degrees = {form: _IN_HEAD * (form in titled) + (counts[form] > 1) + (counts[form] > 3) for form in counts.keys() | titled}  # noqa: PLR2004 - often
    return {form: "+" * degree + places.get(form, "") for form, degree in degrees.items()} | dict.fromkeys(filters, "")


def whole(texts: Iterable[tuple[int, Entries]]) -> dict[str, str]:
    """All files of the words of these texts, by their names."""
    made = patched(((number, {}, brought) for number, brought in texts), lambda _: "")
    return dict(sorted((dict.fromkeys(words.ALWAYS, "") | made).items()))


def patched(changes: Iterable[tuple[int, Entries, Entries]], file: Callable[[str], str]) -> dict[str, str]:
    """The files that changes of some texts change, by their names.

    :param changes: the number of each text, what it brought before, what it brings now.
    :param file: gives one as it is; empty: it is not there.
    :raises LookupError: it is not that of the texts as they were.
    """
    shards: dict[str, Shard] = {}
    endings: dict[str, set[str]] = {}
    for number, former, present in changes:
        for form in former.keys() | present.keys():
            before, after = former.get(form), present.get(form)
            if before == after:
                continue
            name = words.shard_of(form)
            if name not in shards:
                shards[name] = read(file(name))
            texts = shards[name].setdefault(form, {})
            was_known = bool(texts)
            if texts.pop(number, None) != before:
                raise LookupError(form)
            if after is not None:
                texts[number] = after
            if was_known != bool(texts) and (ending := words.ending_of(form)):
                if ending not in endings:
                    endings[ending] = set(file(ending).split())
                endings[ending] ^= {form}
    return {name: write(shard) for name, shard in shards.items()} | {name: " ".join(sorted(forms)) for name, forms in endings.items()}


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
            number += int(step[1])
            shard[form][number] = step[2]
    return shard


def write(shard: Shard) -> str:
    """A shard as its file holds it."""
    lines: dict[str, list[str]] = defaultdict(list)
    for form in sorted(form for form in shard if shard[form]):
        before, tokens = 0, [form]
        for number, entry in sorted(shard[form].items()):
            tokens.append(f"{number - before}{entry}")
            before = number
        lines[words.stem(form)].append(" ".join(tokens))
    return "\n".join(sorted("\t".join(cells) for cells in lines.values()))
