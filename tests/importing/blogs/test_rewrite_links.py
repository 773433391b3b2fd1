"""Every address of a Markdown text is asked for, wherever it stands, and none in code."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.readers.folders.links import rewrite_links


class Asked:
    """Remembers what it was asked, and answers for some."""

    def __init__(self, answers: dict[str, str] | None = None) -> None:
        self.answers = answers or {}
        self.links: list[str] = []
        self.pictures: list[str] = []

    def link(self, address: str) -> str:
        self.links.append(address)
        return self.answers.get(address, address)

    def picture(self, address: str) -> str:
        self.pictures.append(address)
        return self.answers.get(address, address)


NEW = {
    "x": "{filename}/articles/un.md",
    "x(1)": "{filename}un.md",
    "my file.md": "{filename}a b.md",
    "a.png": "{static}/images/a (1).png",
    "https://a.example/x": "{filename}un.md",
    "x?a=1&b=2": "/y?a=1&b=2",
}
CASES = {
    "a link": ("[m](x)", "[m]({filename}/articles/un.md)"),
    "a link with a title": ('[m](x "t (1)")', '[m]({filename}/articles/un.md "t (1)")'),
    "brackets in an address": ("[m](x(1))", "[m]({filename}un.md)"),
    "an address between signs": ("[m](<my file.md>)", "[m](<{filename}a b.md>)"),
    "spaces in an address": ("[m](my file.md)", "[m](<{filename}a b.md>)"),
    "brackets in the words": ("[m [n] o](x)", "[m [n] o]({filename}/articles/un.md)"),
    "a picture": ("![m](a.png)", "![m](<{static}/images/a (1).png>)"),
    "a picture in a link": ("[![m](a.png)](x)", "[![m](<{static}/images/a (1).png>)]({filename}/articles/un.md)"),
    "a reference": ("[m][r]\n\n[r]: x 'T'", "[m][r]\n\n[r]: {filename}/articles/un.md 'T'"),
    "a reference of a picture": ("![m][r]\n\n[r]: <a.png>", "![m][r]\n\n[r]: <{static}/images/a (1).png>"),
    "an autolink": ("<https://a.example/x>", "[https://a.example/x]({filename}un.md)"),
    "a bare address": ("Voir https://a.example/x.", "Voir [https://a.example/x]({filename}un.md)."),
    "tags": ('<a href="x?a=1&amp;b=2">m</a> <img alt="" src=a.png>', '<a href="/y?a=1&amp;b=2">m</a> <img alt="" src="{static}/images/a (1).png">'),
    "in a quotation": ("> [!note]\n> [m](x)", "> [!note]\n> [m]({filename}/articles/un.md)"),
    "in a footnote": ("[^1]: [m](x)", "[^1]: [m]({filename}/articles/un.md)"),
    "on two lines": ("[m\nn](x)", "[m\nn]({filename}/articles/un.md)"),
    "a span of code": ("`[m](x)` [m](x)", "`[m](x)` [m]({filename}/articles/un.md)"),
    "a fence": ("```\n[m](x)\n```", "```\n[m](x)\n```"),
    "a fence in a list": ("- a\n  ~~~\n  [m](x)\n  ~~~", "- a\n  ~~~\n  [m](x)\n  ~~~"),
    "indented code": ("a\n\n    [m](x)\n", "a\n\n    [m](x)\n"),
    "an item's paragraph": ("- a\n\n    [m](x)", "- a\n\n    [m]({filename}/articles/un.md)"),
    "code in HTML": ("<pre>[m](x)</pre>", "<pre>[m](x)</pre>"),
    "an escaped bracket": (r"\[m](x)", r"\[m](x)"),
    "a comment": ("<!-- [m](x) -->", "<!-- [m](x) -->"),
}


@pytest.mark.parametrize("case", CASES)
def test_an_address_is_written_anew(case: str) -> None:
    typed, expected = CASES[case]
    assert rewrite_links(typed, Asked(NEW)) == expected


def test_a_picture_is_no_link() -> None:
    asked = Asked()
    rewrite_links('[![m](a.png)](b.png) <a href="c.png"><img src="d.png"></a> ![e][f]\n\n[f]: f.png\n[g]: g.png', asked)
    assert (asked.links, asked.pictures) == (["b.png", "c.png", "g.png"], ["a.png", "d.png", "f.png"])


@given(st.text(alphabet="[]()!<>\"'`\\ \nab:/h~#-*|{}", max_size=60))
def test_a_text_whose_addresses_stay_is_the_same_byte_for_byte(text: str) -> None:
    closed = text if "```" not in text and "~~~" not in text else text.replace("`", "").replace("~", "")
    assert rewrite_links(closed, Asked()) == closed


@pytest.mark.parametrize("piece", ["](", "[", '<a "', "`", "` `` ", "![a](", "```\n", "> ```\n", "[x](<", "[a]: ", "<", "https://", "<!--", "\\[", "[a](b 'c"])
def test_a_hostile_text_takes_no_more_time_than_its_length(piece: str) -> None:
    start = time.perf_counter()
    rewrite_links(piece * 40_000, Asked())
    assert time.perf_counter() - start < 10
