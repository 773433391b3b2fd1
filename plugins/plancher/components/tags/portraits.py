"""What the page of a tag says crossings its posts."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base.fast_pickle import fast_pickle
from plancher.components.tags.crossings import CrossingLink, TagLink
from plancher.components.tags.relations import Related
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.usage import Word, collation
from plancher.components.tags.vocabulary import Vocabulary, VocabularyEntry, ancestors
from plancher.site.model import Mention, Post


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """One bar: the posts of a year."""

    year: int
    count: int


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostMention:
    """A proof, a link or a talk, and the post it is in."""

    mention: Mention
    title: str
    """Of the post."""
    url: str
    lang: str
    """Of its words, when they are not French."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MentionList:
    """What the posts of a tag hold, of one kind."""

    kind: str
    mentions: tuple[PostMention, ...]
    """The newest."""
    more: int
    """How many others there are."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """All that the page of a tag shows beside its posts."""

    word: Word
    description: str
    wikidata: str
    wider: tuple[TagLink, ...]
    """From the nearest to the widest."""
    narrower: tuple[TagLink, ...]
    see_also: tuple[TagLink, ...]
    """As the registry says."""
    related: tuple[Related, ...]
    """As the posts show."""
    crossings: tuple[CrossingLink, ...]
    """Those of most posts first."""
    years: tuple[YearCount, ...]
    """From the first to the last, empty ones too."""
    mention_lists: tuple[MentionList, ...]


class PortraitBuilder:
    """Makes the portraits of all tags out of the same tables."""

    def __init__(self, words: Mapping[str, Word], vocabulary: Vocabulary, settings: TagSettings) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._settings = settings
        key = vocabulary.key
        self._by_key = {key(name): name for name in words}
        self._narrower: dict[str, list[str]] = collections.defaultdict(list)
        for entry in vocabulary.entries.values():
            for above in (entry.parent, *entry.broader):
                self._narrower[key(vocabulary.name(above))].append(entry.name)

    def portrait(self, word: Word, posts: Sequence[Post], related: tuple[Related, ...], crossings: Sequence[CrossingLink]) -> Portrait:
        """One tag, and what stands around it."""
        entry = self._vocabulary.get(word.name) or VocabularyEntry(name=word.name, line=0)
        return Portrait(
            word=word,
            description=entry.description,
            wikidata=entry.wikidata,
            wider=self._links([*ancestors(self._vocabulary, word.name), *entry.broader]),
            narrower=self._links(sorted(self._narrower[self._vocabulary.key(word.name)], key=collation)),
            see_also=self._links(entry.related),
            related=related,
            crossings=tuple(sorted(crossings, key=lambda link: (-link[2], collation(link[0].name)))),
            years=_years(posts),
            mention_lists=tuple(_mention_lists(posts, self._settings.held)),
        )

    def _links(self, typed: Iterable[str]) -> tuple[TagLink, ...]:
        """These tags under the names that are shown, each once."""
        links: dict[str, TagLink] = {}
        for name in typed:
            preferred = self._vocabulary.name(name)
            used = self._by_key.get(self._vocabulary.key(preferred), "")
            links[used or preferred] = TagLink(name=used or preferred, url=self._words[used].url if used else "")
        return tuple(links.values())


def _years(posts: Sequence[Post]) -> tuple[YearCount, ...]:
    counts = collections.Counter(post.date.year for post in posts)
    return tuple(YearCount(year=year, count=counts[year]) for year in range(min(counts), max(counts) + 1))


def _mention_lists(posts: Sequence[Post], most: int) -> Iterator[MentionList]:
    """What these posts hold, by kind: proofs first."""
    kinds: dict[str, list[tuple[Post, Mention]]] = collections.defaultdict(list)
    for post in posts:
        for mention in post.mentions:
            kinds[mention.kind].append((post, mention))
    for kind in sorted(kinds, key=lambda name: (not any(mention.proves for _, mention in kinds[name]), collation(name))):
        listed = (PostMention(mention=mention, title=post.title, url=post.url, lang=mention.lang or post.foreign_lang) for post, mention in kinds[kind][:most])
        yield MentionList(kind=kind, mentions=tuple(listed), more=max(0, len(kinds[kind]) - most))
