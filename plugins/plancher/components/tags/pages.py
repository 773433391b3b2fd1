"""What the pages of tags show: one tag, two together, the words of a year."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from plancher.base.fast_pickle import fast_pickle
from plancher.components.tags import usage
from plancher.components.tags.relations import Pair, Related, Relations
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.usage import Post, Usage, Word, collation
from plancher.components.tags.vocabulary import Entry, Vocabulary, ancestors
from plancher.text.grammar import Mention

YEARS, TOGETHER = "tags/{year}/", "{first}et/{second}/"
"""Addresses that never change: the words of a year; two tags, under the first of them."""
_LED = 1000
"""Addresses of two tags without a page that lead to one of them, at most: hosts take some two thousand such lines."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A tag that another page leads to."""

    name: str
    url: str
    """Empty: no post bears it, it has no page."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One bar."""

    year: int
    count: int


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A proof, a link or a talk, and the post it is in."""

    mention: Mention
    title: str
    """Of the post."""
    url: str
    lang: str
    """Of its words, when they are not French."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the posts of a tag hold, of one kind."""

    kind: str
    found: tuple[Held, ...]
    """The newest."""
    more: int
    """How many others there are."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """Two tags that go together."""

    names: tuple[Name, Name]
    url: str
    posts: tuple[Post, ...]
    """Newest first."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that the page of a tag says beside its posts."""

    word: Word
    description: str
    wikidata: str
    wider: tuple[Name, ...]
    """From the nearest to the widest."""
    narrower: tuple[Name, ...]
    see_also: tuple[Name, ...]
    """What the registry says to look at."""
    related: tuple[Related, ...]
    """What the posts say."""
    together: tuple[tuple[Name, str, int], ...]
    """The other tag, the page of both, the number of posts."""
    years: tuple[Year, ...]
    """From the first to the last, empty ones too."""
    shelves: tuple[Shelf, ...]


def formerly(page: Both, former: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """The addresses that the page of two tags had, or would have, under other names of one of them.

    :param former: the other names of each tag.
    """
    for here, there in (page.names, page.names[::-1]):
        for alias in former.get(here.name, ()):
            start = here.url.removesuffix(f"{here.name}/")
            first, second = sorted((alias, there.name), key=collation)
            yield TOGETHER.format(first=f"{start}{first}/", second=second)


@dataclasses.dataclass(frozen=True, slots=True)
class Atlas:
    """Every tag in use, what stands around it, and the pages of two tags."""

    usage: Usage
    portraits: Mapping[str, Portrait]
    """By the name of a tag."""
    both: tuple[Both, ...]
    led: tuple[tuple[str, str], ...]
    """The addresses of two tags that share enough posts, and have no page, each with that of the rarer tag."""


def atlas(posts: Sequence[Post], addresses: Mapping[str, str], vocabulary: Vocabulary, mine: TagSettings) -> Atlas:
    """Look at all posts once.

    :param posts: newest first.
    :param addresses: that of each tag, by its name.
    """
    found = usage.usage(posts, addresses)
    words = {word.name: word for word in found.words}
    relations = Relations(posts, words)
    shared = relations.crossings(mine)
    both = tuple(_both(pair, shared[pair], words) for pair in shared)
    beside: dict[str, list[tuple[Name, str, int]]] = collections.defaultdict(list)
    for page in both:
        for here, there in (page.names, page.names[::-1]):
            beside[here.name].append((there, page.url, len(page.posts)))
    painter = _Painter(words, vocabulary, mine)
    portraits = {}
    for name, word in words.items():
        own = [posts[number] for number in sorted(relations.bearing[name])]
        portraits[name] = painter.portrait(word, own, relations.related(name, mine.related), beside[name])
    led = tuple(_led(pair, words) for pair in relations.alone(mine, shared, _LED))
    return Atlas(found, portraits, both, led)


def _led(pair: Pair, words: Mapping[str, Word]) -> tuple[str, str]:
    rarer = min(pair, key=lambda name: words[name].count)
    return TOGETHER.format(first=words[pair[0]].url, second=pair[1]), words[rarer].url


def _both(pair: Pair, posts: Sequence[Post], words: Mapping[str, Word]) -> Both:
    names = Name(name=pair[0], url=words[pair[0]].url), Name(name=pair[1], url=words[pair[1]].url)
    return Both(names=names, url=TOGETHER.format(first=names[0].url, second=pair[1]), posts=tuple(posts))


class _Painter:
    """Draws the portraits of all tags out of the same tables."""

    def __init__(self, words: Mapping[str, Word], vocabulary: Vocabulary, mine: TagSettings) -> None:
        self.words = words
        self.vocabulary = vocabulary
        self.mine = mine
        key = vocabulary.key
        self.by_key = {key(name): name for name in words}
        self.below: dict[str, list[str]] = collections.defaultdict(list)
        for entry in vocabulary.entries.values():
            for above in (entry.parent, *entry.broader):
                self.below[key(vocabulary.name(above))].append(entry.name)

    def portrait(self, word: Word, posts: Sequence[Post], related: tuple[Related, ...], beside: Sequence[tuple[Name, str, int]]) -> Portrait:
        """One tag, and what stands around it."""
        entry = self.vocabulary.get(word.name) or Entry(name=word.name, line=0)
        return Portrait(
            word=word,
            description=entry.description,
            wikidata=entry.wikidata,
            wider=self._names([*ancestors(self.vocabulary, word.name), *entry.broader]),
            narrower=self._names(sorted(self.below[self.vocabulary.key(word.name)], key=collation)),
            see_also=self._names(entry.related),
            related=related,
            together=tuple(sorted(beside, key=lambda found: (-found[2], collation(found[0].name)))),
            years=_years(posts),
            shelves=tuple(_shelves(posts, self.mine.held)),
        )

    def _names(self, typed: Iterable[str]) -> tuple[Name, ...]:
        """These tags under the names they are shown by, each once."""
        found = {}
        for name in typed:
            chosen = self.vocabulary.name(name)
            known = self.by_key.get(self.vocabulary.key(chosen), "")
            shown = known or chosen
            found[shown] = Name(name=shown, url=self.words[known].url if known else "")
        return tuple(found.values())


def _years(posts: Sequence[Post]) -> tuple[Year, ...]:
    counts = collections.Counter(post.date.year for post in posts)
    return tuple(Year(year=year, count=counts[year]) for year in range(min(counts), max(counts) + 1))


def _shelves(posts: Sequence[Post], most: int) -> Iterable[Shelf]:
    """What these posts hold, by kind: proofs first."""
    kinds: dict[str, list[tuple[Post, Mention]]] = collections.defaultdict(list)
    for post in posts:
        for mention in post.mentions:
            kinds[mention.kind].append((post, mention))
    for kind in sorted(kinds, key=lambda name: (not any(mention.proves for _, mention in kinds[name]), collation(name))):
        held = (Held(mention=mention, title=post.title, url=post.url, lang=mention.lang or post.lang) for post, mention in kinds[kind][:most])
        yield Shelf(kind=kind, found=tuple(held), more=max(0, len(kinds[kind]) - most))
