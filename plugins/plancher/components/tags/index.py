"""All that is known of the tags of a site."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Mapping, Sequence

from plancher.components.tags.crossings import Crossing, CrossingLink, address, crossing
from plancher.components.tags.portraits import Portrait, PortraitBuilder
from plancher.components.tags.relations import Pair, Relations
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.usage import Usage, Word, usage
from plancher.components.tags.vocabulary import Vocabulary
from plancher.site.model import Post

_MOST_REDIRECTIONS = 1000
"""From addresses of two tags without a page: hosts take some two thousand such lines in all."""


@dataclasses.dataclass(frozen=True, slots=True)
class TagIndex:
    """Every tag in use, what stands around it, and the pages of two tags."""

    usage: Usage
    portraits: Mapping[str, Portrait]
    """By the name of a tag."""
    crossings: tuple[Crossing, ...]
    redirections: tuple[tuple[str, str], ...]
    """The addresses of two tags that share enough posts, and have no page, each with that of the rarer tag."""


def tag_index(posts: Sequence[Post], vocabulary: Vocabulary, settings: TagSettings) -> TagIndex:
    """Look at all posts once.

    :param posts: newest first.
    """
    used = usage(posts)
    words = {word.name: word for word in used.words}
    relations = Relations(posts, words)
    shared = relations.crossings(settings)
    crossings = tuple(crossing(pair, shared[pair], words) for pair in shared)
    links = _links(crossings)
    builder = PortraitBuilder(words, vocabulary, settings)
    portraits = {}
    for name, word in words.items():
        own = [posts[number] for number in sorted(relations.posts_of[name])]
        portraits[name] = builder.portrait(word, own, relations.related(name, settings.related), links[name])
    without_page = relations.without_page(settings, shared, _MOST_REDIRECTIONS)
    return TagIndex(used, portraits, crossings, tuple((address(pair, words), _rarer(pair, words).url) for pair in without_page))


def _links(crossings: Sequence[Crossing]) -> Mapping[str, list[CrossingLink]]:
    """Those of each tag."""
    links: dict[str, list[CrossingLink]] = collections.defaultdict(list)
    for page in crossings:
        for here, there in (page.tags, page.tags[::-1]):
            links[here.name].append((there, page.url, len(page.posts)))
    return links


def _rarer(pair: Pair, words: Mapping[str, Word]) -> Word:
    return min((words[name] for name in pair), key=lambda word: word.count)
