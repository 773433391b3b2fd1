"""Parts of the theme that few pages need: a page loads the styles and scripts of a part when it shows something of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Sources of the theme that are joined under one name."""

    marks: tuple[str, ...]
    """What the HTML of a page holds, any of them, when the page shows something of this part."""
    files: frozenset[str]


PARTS: Mapping[str, Part] = {
    "answers": Part(marks=('class="call"', 'class="call is-closed', 'class="call-results', 'class="answer'), files=frozenset({"answers.css"})),
    "answer-form": Part(marks=('class="answer-form"',), files=frozenset({"answer-form.css"})),
    "example": Part(marks=('class="example', 'class="reference'), files=frozenset({"example.css"})),
    "callout": Part(marks=('class="callout', 'class="quotation'), files=frozenset({"callout.css"})),
    "code": Part(marks=("<pre",), files=frozenset({"code.css", "code.js"})),
    "copy": Part(marks=("data-copy",), files=frozenset({"copy.js", "feed-address.css"})),
    "lists": Part(marks=('class="dated-list', 'class="card', "promise-line"), files=frozenset({"card.css", "lists.css"})),
    "table": Part(marks=("<table",), files=frozenset({"table.css"})),
    "toc": Part(marks=('class="toc',), files=frozenset({"toc.css"})),
    "links": Part(marks=('class="roundup', 'class="link-', "link-domains"), files=frozenset({"roundup.css"})),
    "pagination": Part(marks=('class="pagination',), files=frozenset({"pagination.css"})),
    "notes": Part(marks=('class="footnote"',), files=frozenset({"notes.css"})),
    "home": Part(marks=('class="latest"', 'class="doors"', "emblem"), files=frozenset({"home.css"})),
    "months": Part(marks=('class="months"',), files=frozenset({"months.css"})),
    "series": Part(marks=('class="series',), files=frozenset({"series.css"})),
    "register": Part(marks=('class="register', 'class="pair"', 'class="pair ', 'class="share'), files=frozenset({"pair.css", "register.css"})),
    "tags": Part(
        marks=('class="cloud', 'class="word-', 'class="portrait', 'class="years', 'class="shelf'),
        files=frozenset({"tags.css", "sort.js"}),
    ),
    "tangible": Part(
        marks=('class="tangible', 'class="balance', 'class="pair', 'class="share'),
        files=frozenset({"tangible.css", "figure.css"}),
    ),
    "search": Part(marks=("data-shards",), files=frozenset({"search.js", "search.css"})),
    "talk": Part(marks=('class="talk"',), files=frozenset({"talk.css", "words.css"})),
    "player": Part(marks=("<talk-player",), files=frozenset({"talk.js"})),
    "words": Part(marks=("data-at",), files=frozenset({"words.js"})),
    "talks": Part(marks=("talk-row",), files=frozenset({"talk-list.css"})),
}
"""Every other source is for all pages."""


def part_of(name: str) -> str:
    """The part that a source belongs to, by the name of its file; empty: all pages have it."""
    return next((part for part, known in PARTS.items() if name in known.files), "")


def parts_of(html: str) -> Iterable[str]:
    """The parts that a page needs."""
    return [name for name, part in PARTS.items() if any(mark in html for mark in part.marks)]
