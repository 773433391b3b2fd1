"""The addresses that tags had, or would have, under their other names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from plancher.components.tags import crossings
from plancher.components.tags.index import TagIndex
from plancher.site.collected import Redirection
from plancher.site.model import Site


def addresses(site: Site, index: TagIndex) -> Iterator[Redirection]:
    """Each with the one it leads to; never the address of a page of a tag."""
    same = str.casefold if site.is_case_blind else str
    taken = {same(address) for address in titles(index)}
    for former, present in itertools.chain(_of_tags(site, index), _of_crossings(site, index)):
        if same(former) not in taken:
            taken.add(same(former))
            yield former, present


def titles(index: TagIndex) -> dict[str, str]:
    """What each page of a tag, or of two, is about, by its address."""
    tags = {portrait.word.url: name for name, portrait in index.portraits.items()}
    return tags | {crossing.url: f"{crossing.tags[0].name} et {crossing.tags[1].name}" for crossing in index.crossings}


def _of_tags(site: Site, index: TagIndex) -> Iterator[Redirection]:
    for name in sorted(site.tag_aliases):
        for alias in site.tag_aliases[name]:
            yield site.patterns.tag.format(slug=alias), index.portraits[name].word.url


def _of_crossings(site: Site, index: TagIndex) -> Iterator[Redirection]:
    for crossing in index.crossings:
        for address in crossings.former_addresses(crossing, site.tag_aliases):
            yield address, crossing.url
