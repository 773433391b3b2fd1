"""From bytes to lines that can be trusted as text."""

from __future__ import annotations

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.text import source
from plancher.text.source import decode


def codes(raw: bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in decode(raw).problems]


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    source = decode("\ufeffTitle: Été\r\n\r\nTexte\r\n".encode())
    assert source.lines == ("Title: Été", "", "Texte", "")
    assert not source.problems


def test_another_encoding_is_named_with_its_line() -> None:
    source = decode("Title: a\n\nÉté".encode("latin-1"))
    assert not source.readable
    assert codes("Title: a\n\nÉté".encode("latin-1")) == [(3, "PDV030")]


def test_a_nul_byte_is_named_with_its_line() -> None:
    assert codes(b"Title: a\n\nb\x00c") == [(3, "PDV031")]


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x07", "\x9f", "\ufdd0", "\u200e"])
def test_hidden_characters_are_named_and_removed(hidden: str) -> None:
    source = decode(f"a{hidden}b".encode())
    assert source.lines == ("ab",)
    assert [problem.code for problem in source.problems] == ["PDV032"]


@pytest.mark.parametrize("mangled", ["Ã©tÃ©", "lâ€™Ã©tÃ©", "Loà¯c"])
def test_mangled_accents_are_said(mangled: str) -> None:
    assert codes(mangled.encode()) == [(1, "PDV033")]


@pytest.mark.parametrize("right", ["voilà « tout »", "à l’été", "Ça coûte 12 €", "où ça ?", "Noël à Àÿ", "emoji 👩‍💻 permis"])
def test_right_french_is_left_in_peace(right: str) -> None:
    assert codes(right.encode()) == []


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    assert all(line == line.expandtabs(4) for line in decode(raw).lines)


_ODD = "aZ .\n\t_\x85\u202e" + "".join(category[0] + category[-1] for category in MOJIBAKE_CATEGORIES.values()) + "ÂÃŒœàâ€°×²√≈‚вЂГўВ\ufffd«»é’"


@given(st.text(alphabet=_ODD, max_size=8))
@settings(max_examples=500)
def test_the_quick_look_misses_no_mangled_text(text: str) -> None:
    if not source._MAYBE_MANGLED.search(text):
        assert not is_bad(text)
        assert not source._MANGLED.search(text)


def test_the_quick_look_misses_no_letter_that_is_odd_by_itself() -> None:
    for letter in map(chr, range(0x80, 0x2100)):
        text = f"{letter} a{letter}b A {letter} b, a{letter}, {letter}"
        assert source._MAYBE_MANGLED.search(text) or not (is_bad(text) or source._MANGLED.search(text)), letter


@given(st.text(alphabet=_ODD + "\r*", max_size=40))
def test_a_text_is_cleaned_line_by_line(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    read = decode(text.encode())
    assert read.lines == tuple(source.FORBIDDEN.sub("", line).expandtabs(4) for line in lines)
    assert [problem.line for problem in read.problems if problem.code == "PDV032"] == [
        number for number, line in enumerate(lines, 1) if source.FORBIDDEN.search(line)
    ]
