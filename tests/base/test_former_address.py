"""A former address is read in one way, whoever typed it; whatever is typed, it is an address or one sentence."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.base import former_address
from plancher.base.former_address import FormerAddress
from plancher.outputs.discovery.hosts import patterns
from plancher.site import redirections_file
from plancher.site.redirect import Redirect, safe

TYPED = st.text(max_size=60) | st.text(alphabet="/?#%&=.*\\é \n\r\0aA3Dd:→-", max_size=40).map(lambda text: f"/{text}")


@pytest.mark.parametrize(
    ("typed", "path", "query"),
    [
        ("/2008/10/un", "/2008/10/un", ""),
        ("https://ancien.example/2008/10/un#ancre", "/2008/10/un", ""),
        ("HTTPS://ANCIEN.example", "/", ""),
        ("/l%27%C3%A9t%c3%a9/", "/l'été/", ""),
        ("/l'été/", "/l'été/", ""),
        ("/?p=123", "/", "p=123"),
        ("/index.php?post/2008/10/01/un", "/index.php", "post/2008/10/01/un"),
        ("/a//b///c", "/a/b/c", ""),
        ("/quoi%3F?x=é", "/quoi?", "x=%C3%A9"),
        ("/caf%E9", "/caf\udce9", ""),
        ("/100%", "/100%", ""),
        ("/blog/un", "/un", ""),
        ("/blog", "/", ""),
        ("/blogs/un", "/blogs/un", ""),
    ],
)
def test_an_address_is_read_from_the_root_of_the_site(typed: str, path: str, query: str) -> None:
    assert former_address.parse(typed, "https://nom.example/blog") == FormerAddress(path, query)


@given(TYPED)
def test_whatever_is_typed_is_an_address_that_reads_the_same_again_or_one_sentence(typed: str) -> None:
    try:
        address = former_address.parse(typed)
    except ValueError as error:
        assert str(error)
        assert "\n" not in str(error)
        return
    assert former_address.parse(str(address)) == address
    assert re.fullmatch(r"/[!-~]*", str(address))


@given(st.text(max_size=200))
def test_each_line_of_the_file_is_a_redirection_a_problem_or_nothing(text: str) -> None:
    for item in redirections_file.parse(text, "https://nom.example"):
        if isinstance(item, Redirect):
            assert re.fullmatch(r"[!-~]+", item.target)
            assert re.fullmatch(r"[!-~]+", str(item.source))


@given(st.text(max_size=40).filter(lambda text: "\n" not in text))
def test_a_pattern_means_the_text_and_nothing_else(text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass") if text.isprintable() else text.encode("utf-8", "ignore")
    pattern = patterns.of_bytes(raw.decode("utf-8", "surrogateescape"))
    assert re.fullmatch(r"[A-Za-z0-9/_\\-]*", pattern)
    assert re.fullmatch(pattern.encode(), raw)
    assert not re.fullmatch(pattern.encode(), raw + b"x")
    assert re.fullmatch(r"[A-Za-z0-9/_\\{}-]*", patterns.of_runes(text))


@given(st.text(max_size=60))
def test_a_target_has_no_sign_that_a_server_takes_for_its_own(text: str) -> None:
    made = safe(urllib.parse.quote(text, errors="replace") + text.encode("utf-8", "ignore").decode())
    assert not set(made) & set('"\\${}`<>|^ \n\r\0')
