"""What is looked at quickly first must miss nothing that the rules would change."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.markdown.typography import bonds, sentences, superscripts, typographer
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer

PIECES = (
    *"n° nº n°s p. pp. art. fig. vol. chap. t. M. MM. Mme Mmes Mlle Mgr Dr Drs Pr Prs Me Mes Le Ce tout. C. I. © 1er 1re 2e XXIe IIe Xe Ce Les".split(),
    *"siècle siècles mai janvier septembre 1 12 I XX A a é ème eme ère ere ième 1ère 2ème x × X 3x4 (c) (C) (r) (TM) (tm) (a) ( )".split(),
    *(
        "\u00a0",
        "\u202f",
        "\n",
        " ",
        " ",
        " ",
        "-",
        "--",
        " -",
        "–",
        "—",
        "…",
        "...",
        "..",
        ".",
        ",",
        ";",
        "!",
        "?",
        ":",
        "'",
        "’",
        '"',
        "«",
        "»",
        "“",
        "”",
        "„",
    ),
    *("es", "er", "s", "°", "º", "É", "€", "%", "1234", "10000", "1990-2000", "etc", "etc...", "\ufdd2", "_", "’", "x2", "2 x", '3" x 4'),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
MANY = settings(max_examples=1500, deadline=None)
FR = Typographer(TypographySettings())


@pytest.mark.parametrize(
    ("quick", "full"),
    [(bonds._REFERRED, bonds._REFERENCE), (bonds._TITLED, bonds._TITLE), (bonds._DATED_NEXT, bonds._ORDINAL)],
    ids=["references", "titles", "dates"],
)
@given(text=TEXTS)
@MANY
def test_a_quick_look_misses_no_match(quick: re.Pattern[str], full: re.Pattern[str], text: str) -> None:
    assert quick.search(text) or not full.search(text)


@given(TEXTS)
@MANY
def test_local_rules_do_nothing_without_their_sign(text: str) -> None:
    assert sentences._LOCAL_SIGN.search(text) or FR._local(text) == text


@given(TEXTS)
@MANY
def test_signs_written_for_speed_are_those_one_would_write(text: str) -> None:
    assert bool(typographer._ODD.search(text)) == bool(re.search('["“”„«»–—…×º()]| -|--', text))
    plain = r"[\dIVXLC](?:er|re|e)s?(?![\w’'])(?<![CL]e)(?<![CL]es)|[IVXLC]{2,}e"
    assert bool(superscripts.MAYBE.search(text)) == bool(re.search(plain, text))


def letter_by_letter(new: str, piece: str, start: int) -> int:
    end = start
    for letter in piece:
        if not sentences._CHANGEABLE.match(letter):
            end = new.index(letter, end) + 1
    return end


@given(st.lists(TEXTS, min_size=1, max_size=5))
@MANY
def test_a_changed_sentence_is_read_in_steps_as_letter_by_letter(pieces: list[str]) -> None:
    new, end = FR._sentence("".join(pieces)), 0
    for piece in pieces:
        following = letter_by_letter(new, piece, end)
        assert sentences._after(new, piece, end) == following
        end = following


@given(TEXTS, TEXTS, st.integers(0, 6))
@MANY
def test_even_in_a_text_that_has_nothing_to_do_with_it(new: str, piece: str, start: int) -> None:
    try:
        expected = letter_by_letter(new, piece, start)
    except ValueError:
        with pytest.raises(ValueError, match="substring not found"):
            sentences._after(new, piece, start)
    else:
        assert sentences._after(new, piece, start) == expected
