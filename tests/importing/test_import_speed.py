"""Bookmarks are read in a time that grows with their file, whatever it holds: four times as long is four times as slow, not sixteen."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable

import pytest
from plancher.commands.links import inbox
from plancher.importing.bookmarks import bookmarks, soup
from plancher.importing.bookmarks.bookmarks import UnreadableFileError

LINK = '<DT><A HREF="https://a.fr/">x</A>'


def kept(count: int) -> str:
    return "<DL><p>" + "".join(f'<DT><A HREF="https://e{n}.example/" PRIVATE="{n % 2}" TAGS="a,b">T</A>\n<DD>Note\n' for n in range(count))


SHAPES: dict[str, Callable[[int], str]] = {
    "half of them private": lambda n: kept(n // 8),
    "one address again and again": lambda n: "<DL>" + "".join(f'<DT><A HREF="https://a.fr/" TAGS="t{k}">x</A>' for k in range(n // 8)),
    "folders in folders": lambda n: "".join(f"<DT><H3>D{k}</H3><DL>{LINK}" for k in range(n // 8)),
    "links in a note": lambda n: LINK + "<DD>" + '<a href="https://b.fr/">y</a> z ' * (n // 4),
    "tags nothing closes": lambda n: LINK + "<a " * n,
    "tags closed at the end": lambda n: LINK + "<a " * n + ">",
    "attributes nothing closes": lambda n: LINK + '<a href="' * n + ">",
    "a last quote that nothing closes": lambda n: LINK + '<a x=">" ' * n + '<a x="',
    "quotes by turns": lambda n: LINK + "<a x=\"'><b y='\">" * n,
    "comments nothing closes": lambda n: LINK + "<!-- " * n + ">",
    "sections nothing closes": lambda n: LINK + "<![CDATA[" * n + ">",
    "instructions": lambda n: LINK + "<?" * n,
    "closing tags": lambda n: LINK + "</a" * n,
    "a tag that is well made": lambda n: LINK + "<a " + 'x="y" ' * n + "<",
    "attributes": lambda n: "<a " + " ".join(f"a{k}=x" for k in range(n)) + ' href="https://a.fr/">x</a>',
    "equal signs": lambda n: LINK + "<a " + "= " * n + ">",
    "ampersands": lambda n: '<a href="https://a.fr/?' + "&a" * n + '">x</a>',
    "JSON": lambda n: json.dumps([{"href": f"https://e{k}.example/", "description": "x", "shared": "no"} for k in range(n // 8)]),
    "JSON in JSON": lambda n: "[" * n,
    "a number without end": lambda n: "[" + "1" * n + "]",
    "outlines": lambda n: "<opml><body>" + '<outline url="https://a.fr/" text="x"/>' * (n // 8) + "</body></opml>",
    "outlines in outlines": lambda n: "<opml><body>" + '<outline text="a">' * n + '<outline url="https://a.fr/"/>' + "</outline>" * n + "</body></opml>",
    "addresses on one line": lambda n: "https://a.fr/a " * (n // 4),
    "brackets": lambda n: "https://a.fr/" + "(" * (n // 2) + ")" * n,
    "a line of Markdown": lambda n: "[" * n + "](https://a.fr/)",
}

LONGER = {"folders in folders": 4, "tags nothing closes": 10, "comments nothing closes": 10}
"""Shapes of which a search to the end of the file, or a list of all folders, is felt in a longer file only."""


def cost(text: str) -> float:
    """Seconds of this process; the least of three, the machine having other things to do."""
    raw, best = text.encode(), 9e9
    for _ in range(3):
        start = time.process_time()
        with contextlib.suppress(UnreadableFileError):
            inbox.add("", bookmarks.read(raw).bookmarks)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_as_long_is_about_four_times_as_slow(shape: str) -> None:
    count = 4_000 * LONGER.get(shape, 1)
    small, large = cost(SHAPES[shape](count)), cost(SHAPES[shape](4 * count))
    assert large < 9 * max(small, 0.002), (small, large)


def test_what_nothing_closes_keeps_what_is_before_and_after() -> None:
    text = f'{LINK}<DD>a < b <3 <!-- x <DT><A HREF="https://b.fr/" TITLE="un > deux">B</A><DD>fin <a'
    assert [(one.url, one.title, one.note) for one in bookmarks.read(text.encode()).bookmarks] == [
        ("https://a.fr/", "x", "a < b <3 <!-- x"),
        ("https://b.fr/", "B", "fin <a"),
    ]


def test_tags_words_and_entities_are_told_apart() -> None:
    read = list(soup.read("a &eacute;<!-- <b> --><B x=1 Y='2 > 1' z=\"&amp;\" w>c</B><!doctype x><?php x ?>d"))
    assert [one if isinstance(one, str) else (one.name, one.is_end, one.attributes) for one in read] == [
        "a é",
        ("b", False, {"x": "1", "y": "2 > 1", "z": "&", "w": ""}),
        "c",
        ("b", True, {}),
        "d",
    ]


@pytest.mark.parametrize("text", ["{", "[1", "<opml><body>", "[" * 100_000, "[" + "9" * 9_000 + "]"])
def test_why_a_file_is_not_read_is_said_in_french(text: str) -> None:
    with pytest.raises(UnreadableFileError) as told:
        bookmarks.read(text.encode())
    assert not {"line", "column", "expecting", "maximum", "limit", "element"} & set(str(told.value).lower().split())
