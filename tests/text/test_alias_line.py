"""One more former address is written in a header as its author writes them, and nothing else of the file changes."""

from __future__ import annotations

import pytest
from plancher.text import alias_line

ONE = "/2024/05/un/"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Title: Un\nDate: 2024\n\nTexte.\n", "Title: Un\nAliases: /2024/05/un/\nDate: 2024\n\nTexte.\n"),
        ("\ufeffTitle: Un\r\nDate: 2024\r\n\r\nTexte.\r\n", "\ufeffTitle: Un\r\nAliases: /2024/05/un/\r\nDate: 2024\r\n\r\nTexte.\r\n"),
        ("Date: 2024\nTitle: Un\n\nTexte.", "Date: 2024\nAliases: /2024/05/un/\nTitle: Un\n\nTexte."),
        ("Title: Un\nAliases: /a/\nDate: 2024\n\nAliases: x\n", "Title: Un\nAliases: /a/, /2024/05/un/\nDate: 2024\n\nAliases: x\n"),
        ("Title: Un\nAnciennes adresses: /a/,\n  /b/\nDate: 2024\n\nT\n", "Title: Un\nAnciennes adresses: /a/,\n  /b/, /2024/05/un/\nDate: 2024\n\nT\n"),
        ("Title: Un\nAliases: [/a/, /b/]\n\nT\n", "Title: Un\nAliases: [/a/, /b/, /2024/05/un/]\n\nT\n"),
        ("Title: Un\nAliases:\nDate: 2024\n\nT\n", "Title: Un\nAliases: /2024/05/un/\nDate: 2024\n\nT\n"),
        ("---\ntitle: Un\ndate: 2024\n---\n\nT\n", "---\ntitle: Un\nAliases: /2024/05/un/\ndate: 2024\n---\n\nT\n"),
        ("---\ntitle: Un\nredirect_from:\n  - /a/\n  - /b/\ndate: 2024\n---\nT\n", "---\ntitle: Un\nredirect_from:\n  - /a/\n  - /b/\n  - /2024/05/un/\ndate: 2024\n---\nT\n"),
        ("---\ntitle: Un\naliases: ['/a/', '/b/']\n---\nT\n", "---\ntitle: Un\naliases: ['/a/', '/b/', '/2024/05/un/']\n---\nT\n"),
        ('+++\ntitle = "Un"\ndate = 2024-05-02\n+++\nT\n', '+++\ntitle = "Un"\naliases = ["/2024/05/un/"]\ndate = 2024-05-02\n+++\nT\n'),
        ('+++\ntitle = "Un"\naliases = ["/a/"]\n[extra]\nx = 1\n+++\nT\n', '+++\ntitle = "Un"\naliases = ["/a/", "/2024/05/un/"]\n[extra]\nx = 1\n+++\nT\n'),
    ],
)  # fmt: skip
def test_each_way_to_write_a_header_takes_it(before: str, after: str) -> None:
    made = alias_line.added(before.encode(), ONE)
    assert made is not None
    assert made.decode() == after


@pytest.mark.parametrize(
    "text", ['{"title": "Un", "date": "2024"}\n\nTexte.\n', "Texte sans en-tête.\n", "Title: Un\n\nTexte.\n", "# Un\n\nTexte.\n", "", "\n"]
)
def test_a_header_that_cannot_surely_be_changed_is_left_alone(text: str) -> None:
    assert alias_line.added(text.encode(), ONE) is None


@pytest.mark.parametrize("address", ["/tag/a,b/", "/a;b/", "/%C3%A9t%C3%A9/", "/é/", "/a%20b/"])
def test_an_address_with_any_sign_comes_back_as_it_is(address: str) -> None:
    once = alias_line.added(b"Title: Un\nDate: 2024\n\nT\n", address)
    assert once is not None
    assert alias_line.added(once, "/autre/") is not None


@pytest.mark.parametrize("raw", [b"Title: \xff\n", "Title: Un\nDate: 2024\n\nété\n".encode("latin-1"), "Title: Un\n".encode("utf-16")])
def test_what_is_no_utf_8_is_left_alone(raw: bytes) -> None:
    assert alias_line.added(raw, ONE) is None
