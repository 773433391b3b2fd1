"""The words of a text as they are looked for: folded, counted, and grouped by stem.

``search.js`` parts and folds what a reader types in the same way, and needs no
more: which forms of a word belong together is written in the index.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from snowballstemmer.french_stemmer import FrenchStemmer  # never PyStemmer, which is another program: the same bytes on each machine

from plancher.base.french import fold
from plancher.text.grammar import Passage

Kept = Sequence[tuple[str, str, str, Mapping[str, int]]]
_STEMMER = FrenchStemmer()  # type: ignore[no-untyped-call] # it has no types
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_PARTS = re.compile(r"[-\u2010\u2011]")
EMPTY = frozenset(
    "au aux ce ces d de des du elle en est et eu il ils je la le les leur lui ma mais me mes moi mon ne ni nos notre nous on ou par pas pour"
    " qu que qui sa se ses si son sont sur ta te tes toi ton tu un une vos votre vous".split()
)
"""Words that nearly every text holds, and nobody looks for."""
_LONGEST = 40
"""Letters; what is longer is an address, or a key."""
_FEMININE = re.compile(r"(?<=[a-z]{2}e)es?$")
"""Without its accent, « -ée » hides from the stemmer what « -é » is."""
_LONG_PREFIXES = frozenset("ap ca ch co de di en ex fa fo in ma me mo pa pe po pr re se so su tr vi".split())
"""Two letters with which so many French words begin that their shards are named after three."""
LONGEST_NAME = 3
"""Letters of the name of a shard of words."""
FILTERS = "filtres"
"""The shard of what texts are narrowed by: « mot=PME »."""
_ENDINGS = 97
ALWAYS = frozenset(["", FILTERS, *(f"fin-{number}" for number in range(_ENDINGS))])
"""The files that are there even when they are empty: a reader's browser asks for them by their names."""
_MISTAKEN = re.compile(r"[a-z0-9]{5,}")
"""In a shorter word, a mistake in the first two letters leaves too little."""


def tokens(text: str) -> Iterator[str]:
    """The folded words of a text; of a compound its parts, then the whole without hyphens: « e-mail » is found as « email » too."""
    for word in _WORD.findall(fold(text)):
        parts = _PARTS.split(word)
        for token in (*parts, "".join(parts)) if len(parts) > 1 else parts:
            if 1 < len(token) <= _LONGEST and token not in EMPTY:
                yield token


@functools.lru_cache(maxsize=100_000)
def shard_of(form: str) -> str:
    """The shard that holds a form, by its first letters; none for other scripts, whose letters are no name for a file."""
    start = form[: LONGEST_NAME if form[:2] in _LONG_PREFIXES else 2]
    return FILTERS if "=" in form else start if start.isascii() else ""


def ending_of(form: str) -> str:
    """The list that holds a form for readers who mistype its first letters; empty: none does."""
    return f"fin-{int(form[-3:], 36) % _ENDINGS}" if _MISTAKEN.fullmatch(form) else ""


@functools.lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """What all forms of a word have in common (the French stemmer of Snowball), for forms without accents."""
    return form if "=" in form else str(_STEMMER.stemWord(_FEMININE.sub("", form)))  # type: ignore[no-untyped-call] # it has no types


def keep(passages: Sequence[Passage]) -> str:
    """What the cache keeps of the words of a text: for each passage its kind, its anchor, its label, and how often each word stands in it."""
    kept = [(passage.kind, passage.anchor, passage.label, Counter(tokens(passage.words))) for passage in passages]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def kept(text: str) -> Kept:
    """The same, read; nothing is kept of a text that another plugin wrote."""
    return json.loads(text) if text else []
