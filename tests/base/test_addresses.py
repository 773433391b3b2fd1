"""Which addresses may leave an author's file."""

from __future__ import annotations

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.base import addresses


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\u200bscript:alert(1)",
        "jav&#x09;ascript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript%3Aalert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_runs_or_hides_code_is_unsafe(address: str) -> None:
    assert not addresses.is_safe(address)


@pytest.mark.parametrize("address", ["https://exemple.fr/a:b", "/page/", "#note", "mailto:a@exemple.fr", "{static}/images/a.png", "page?x=y:z"])
def test_ordinary_addresses_are_safe(address: str) -> None:
    assert addresses.is_safe(address)


@pytest.mark.parametrize(
    "address",
    ["https://exemple.fr", "http://www.exemple.fr:8080/a?b=c#d", "https://fr.wikipedia.org/wiki/Web_2.0", "https://☕.exemple.fr/a", "https://exemple.fr./a"],
)
def test_whole_web_addresses(address: str) -> None:
    assert addresses.is_web(address)


@pytest.mark.parametrize(
    "address",
    [
        "exemple.fr",
        "https://",
        "https://a@exemple.fr",
        "https://exemple.fr:99999",
        "https://ex emple.fr",
        "https://exemple..",
        'https://exemple.fr/"',
        "//exemple.fr",
    ],
)
def test_what_is_no_whole_web_address(address: str) -> None:
    assert not addresses.is_web(address)


def test_a_tag_is_quoted_whole() -> None:
    assert addresses.quote("tag/C#/") == "tag/C%23/"
    assert addresses.quote("tag/réseaux sociaux/") == "tag/r%C3%A9seaux%20sociaux/"


@given(st.text(alphabet=st.characters(max_codepoint=127, exclude_characters="[]"), max_size=30), st.sampled_from(["", "http://", "//", "a:", "https://a@b:"]))
def test_a_plain_address_can_always_be_taken_apart(rest: str, start: str) -> None:
    urllib.parse.urlsplit(urllib.parse.urljoin("https://exemple.fr/", start + rest))
    assert addresses.is_readable(start + rest)


@pytest.mark.parametrize(
    ("typed", "kind", "path", "rest", "file"),
    [
        ("{filename}deux.md#fin", "filename", "deux.md", "#fin", "articles/2024/deux.md"),
        ("|filename|../un.md?a#b", "filename", "../un.md", "?a#b", "articles/un.md"),
        ("{static}/images/a%20b.png", "static", "/images/a%20b.png", "", "images/a b.png"),
        ("{attach}a.png", "attach", "a.png", "", "articles/2024/a.png"),
        ("{tag}C#", "tag", "C#", "", None),
        ("{index}#bas", "index", "#bas", "", None),
    ],
)
def test_an_internal_address_is_known_by_its_parts(typed: str, kind: str, path: str, rest: str, file: str | None) -> None:
    address = addresses.parse_internal(typed)
    assert address == addresses.InternalAddress(kind, path, rest)
    assert address.file("articles/2024/un.md") == file


@pytest.mark.parametrize("typed", ["", "/a", "https://exemple.fr/{static}", "{autre}a", "#{tag}", "a{static}"])
def test_any_other_address_is_none(typed: str) -> None:
    assert addresses.parse_internal(typed) is None
