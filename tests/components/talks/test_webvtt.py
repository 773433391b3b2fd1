"""Captions as browsers read them, and no word lost when they are badly written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.talks import voices, webvtt, words
from plancher.components.talks.words import paragraphs


def cues(text: str) -> list[tuple[float, float, str]]:
    return [(cue.start, cue.end, cue.text) for cue in webvtt.parse(text.encode()).cues]


GOOD = {
    "la signature seule": ("WEBVTT\n", []),
    "une marque d'ordre et un titre": ("\ufeffWEBVTT - un titre\n\n00:01.000 --> 00:02.000\nA\n", [(1, 2, "A")]),
    "une tabulation après la signature": ("WEBVTT\tx\n\n00:01.000 --> 00:02.000\nA", [(1, 2, "A")]),
    "des lignes d'en-tête": ("WEBVTT\nKind: captions\nLanguage: fr\n\n00:01.000 --> 00:02.000\nA\n", [(1, 2, "A")]),
    "des fins de ligne de partout": ("WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nA\rB\r\n", [(1, 2, "A\nB")]),
    "un octet nul": ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\0B", [(1, 2, "A\ufffdB")]),
    "des heures": ("WEBVTT\n\n01:00:01.000 --> 100:00:02.500\nA\n", [(3601, 360002.5, "A")]),
    "un nom et des réglages": ("WEBVTT\n\nun\n00:01.000 --> 00:02.000 line:0 align:start\nA\n", [(1, 2, "A")]),
    "sans espace autour de la flèche": ("WEBVTT\n\n00:01.000-->00:02.000\nA\n", [(1, 2, "A")]),
    "des notes et des styles": ("WEBVTT\n\nNOTE un mot\nencore\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nA\n", [(1, 2, "A")]),
    "plusieurs lignes vides": ("WEBVTT\n\n\n\n00:01.000 --> 00:02.000\nA\n\n\n\n00:02.000 --> 00:03.000\nB", [(1, 2, "A"), (2, 3, "B")]),
    "une flèche qui commence un autre bloc": ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n00:02.000 --> 00:03.000\nB\n", [(1, 2, "A"), (2, 3, "B")]),
    "rien d'écrit": ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nB\n", [(1, 2, ""), (2, 3, "B")]),
    "une flèche collée à l'en-tête": ("WEBVTT\n00:01.000 --> 00:02.000\nA\n", [(1, 2, "A")]),
    "des sous-titres qui se chevauchent": ("WEBVTT\n\n00:01.000 --> 00:05.000\nA\n\n00:02.000 --> 00:03.000\nB\n", [(1, 5, "A"), (2, 3, "B")]),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_must_parse_parses(name: str) -> None:
    text, expected = GOOD[name]
    assert cues(text) == expected
    assert webvtt.parse(text.encode()).problems == ()


BAD = (
    "00:01.000 -->",
    "--> 00:02.000",
    "00:01,000 --> 00:02,000",
    "0:01.000 --> 0:02.000",
    "00:61.000 --> 00:62.000",
    "00:01 --> 00:02",
    "00:01.0 --> 00:02.0",
    "00:01.000 --> 00:02.0005",
    "٠٠:٠١.٠٠٠ --> ٠٠:٠٢.٠٠٠",
    "9999999999:00:01.000 --> 9999999999:00:02.000",
)


@pytest.mark.parametrize("timing", BAD)
def test_a_broken_timing_loses_no_word_and_is_told_with_its_line(timing: str) -> None:
    track = webvtt.parse(f"WEBVTT\n\n{timing}\nDes mots\n\n00:09.000 --> 00:10.000\nD'autres\n".encode())
    assert [cue.text for cue in track.cues] == ["Des mots", "D'autres"]
    assert [line for line, _ in track.problems] == [3]
    assert [cue.is_rescued for cue in track.cues] == [True, False]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("00:01.000\nBonjour", [(1, "Bonjour")]),
        ("un\n\ndeux", [(9, "un"), (9, "deux")]),
        ("le type Int --> String est\nfini", [(9, "le type Int --> String est\nfini")]),
    ],
)
def test_words_without_a_moment_are_kept_where_they_stand(block: str, expected: list[tuple[float, str]]) -> None:
    track = webvtt.parse(f"WEBVTT\n\n00:08.000 --> 00:09.000\nAvant\n\n{block}\n\n00:20.000 --> 00:21.000\nAprès\n".encode())
    assert [(cue.start, cue.text) for cue in track.cues[1:-1]] == expected
    assert all(cue.is_rescued for cue in track.cues[1:-1])
    assert len(track.problems) == len(expected)


def test_a_file_without_signature_is_read_and_told() -> None:
    track = webvtt.parse(b"1\n00:00:01,000 --> 00:00:02,500\nBonjour\n\n2\n00:00:03,000 --> 00:00:04,000\nVous\n")
    assert [(cue.start, cue.end, cue.text, cue.id) for cue in track.cues] == [(1, 2.5, "Bonjour", "1"), (3, 4, "Vous", "2")]
    assert all(cue.is_rescued for cue in track.cues)
    assert track.problems[0][0] == 1


def test_an_end_before_its_start_is_told() -> None:
    assert "ne vient pas après" in webvtt.parse(b"WEBVTT\n\n00:05.000 --> 00:01.000\nA\n").problems[0][1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<v Anne>Bonjour</v> <v.fort Bob>Salut", [("Anne", "Bonjour"), ("Bob", "Salut")]),
        ("<i>Un</i> <c.jaune.fond>deux</c> <00:01.000>trois", [("", "Un deux trois")]),
        ("a &lt; b &amp; c&nbsp;d &eacute;", [("", "a < b & c d é")]),
        ("<lang en>Hello</lang> <ruby>漢<rt>kan</rt></ruby>", [("", "Hello 漢kan")]),
        ("jamais refermé <b", [("", "jamais refermé")]),
        ("si a < b alors on sort, <3 et a <b", [("", "si a < b alors on sort, <3 et a")]),
        ("si a <b alors on sort", [("", "si a <b alors on sort")]),
        ("<>rien</>", [("", "rien")]),
    ],
)
def test_tags_are_voices_or_nothing(text: str, expected: list[tuple[str, str]]) -> None:
    track = webvtt.parse(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n".encode())
    assert [(one.voice, one.text) for one in voices.voice_spans(track.cues[0])] == expected


def spoken(*lines: tuple[float, float, str]) -> list[tuple[int, str, str]]:
    return [(one.start, one.voice, one.text) for one in paragraphs([webvtt.Cue(start=start, end=end, text=text) for start, end, text in lines])]


def test_cues_become_paragraphs_by_voice_and_by_pause() -> None:
    found = spoken((0, 2, "<v Anne>Un."), (2, 4, "<v Anne>Deux."), (4, 6, "<v Bob>Trois."), (10, 12, "<v Bob>Quatre."), (12, 13, "Cinq."))
    assert found == [(0, "Anne", "Un. Deux."), (4, "Bob", "Trois."), (10, "", "Quatre. Cinq.")]


def test_captions_of_television_are_read_without_their_signs() -> None:
    assert spoken((0, 2, ">> ANNE: BONJOUR."), (2, 3, ">> Salut."), (3, 4, ">> BOB : Oui."))[:2] == [(0, "ANNE", "BONJOUR."), (2, "", "Salut.")]


def test_lines_that_roll_are_said_once() -> None:
    found = spoken((0, 2, "un deux"), (2, 4, "un deux\ntrois quatre"), (4, 6, "trois quatre\ncinq"))
    assert found == [(0, "", "un deux trois quatre cinq")]


def test_lines_that_roll_as_platforms_make_them_are_said_once() -> None:
    found = spoken(
        (0, 2, "un\u00a0\nun <00:01.000><c>deux</c>"), (2, 2.01, "un deux\n "), (2.01, 4, "un deux\ntrois"), (4, 4.01, "trois"), (4.01, 6, "trois\nun deux")
    )
    assert found == [(0, "", "un un deux trois un deux")]


def test_what_is_said_again_is_not_a_line_that_rolls() -> None:
    assert spoken((1, 2, "<v Alice>Oui."), (2, 3, "<v Bob>Oui."), (3, 4, "<v Alice>Bon.")) == [(1, "Alice", "Oui."), (2, "Bob", "Oui."), (3, "Alice", "Bon.")]
    assert spoken((1, 2, "Oui."), (2, 3, "Oui."), (3, 4, "Bon.")) == [(1, "", "Oui. Oui. Bon.")]
    assert spoken((1, 3, "Un."), (2, 3, "Un."), (3, 4, "Deux.")) == [(1, "", "Un. Deux.")]


def test_a_line_that_stays_hides_nothing_of_the_others() -> None:
    found = spoken((0, 3600, "Un film de Zoé"), (10, 12, "Non."), (50, 52, "Non."), (110, 112, "Non."))
    assert [one[2] for one in found] == ["Un film de Zoé Non. Non. Non."]


def test_what_follows_a_dash_is_words_unless_it_is_a_name_in_capitals() -> None:
    assert spoken((0, 1, "- Résultat : cinq."), (1, 2, "- Résultat : six."), (2, 3, "- 5 degrés.")) == [
        (0, "", "Résultat : cinq."),
        (1, "", "Résultat : six. - 5 degrés."),
    ]
    assert spoken((0, 1, "- ZOÉ : Oui."), (1, 2, ">> ZOÉ : Non.")) == [(0, "ZOÉ", "Oui."), (1, "ZOÉ", "Non.")]


def test_lines_that_grow_word_by_word_are_said_once() -> None:
    assert spoken((0, 1, "un deux"), (1, 2, "un deux trois"), (2, 3, "un deux trois quatre")) == [(0, "", "un deux trois quatre")]


@pytest.mark.parametrize("letters", ["cp1252", "utf-16"])
def test_other_letters_are_told_and_read_all_the_same(letters: str) -> None:
    track = webvtt.parse("WEBVTT\n\n00:01.000 --> 00:02.000\nL’été déjà passé\n".encode(letters))
    assert [cue.text for cue in track.cues] == ["L’été déjà passé"]
    assert "UTF-8" in track.problems[0][1]


@given(st.lists(st.text(st.characters(categories=("L",)), min_size=1, max_size=6), min_size=1, max_size=30, unique=True), st.randoms())
def test_no_word_is_lost_whatever_the_order_and_the_overlaps(said: list[str], chance) -> None:
    starts = [chance.uniform(0, 100) for _ in said]
    made = paragraphs([webvtt.Cue(start=start, end=start + chance.uniform(-1, 8), text=word) for start, word in zip(starts, said, strict=True)])
    assert sorted(" ".join(one.text for one in made).split()) == sorted(said)


@given(st.binary(max_size=300))
def test_nothing_raises_on_any_bytes(raw: bytes) -> None:
    for start in (b"", b"WEBVTT\n\n00:01.000 --> 00:02.000\n"):
        paragraphs(webvtt.parse(start + raw).cues)


def test_three_hours_are_read_in_a_fifth_of_a_second_of_processor() -> None:
    text = "WEBVTT\n\n" + "".join(
        f"{t // 3600:02d}:{t % 3600 // 60:02d}:{t % 60:02d}.000 --> {t // 3600:02d}:{t % 3600 // 60:02d}:{t % 60:02d}.900\nDu texte numéro {t}, qui dit.\n\n"
        for t in range(0, 12_000, 3)
    )
    times = []
    for _ in range(5):
        start = time.process_time()
        made = paragraphs(webvtt.parse(text.encode()).cues)
        times.append(time.process_time() - start)
    assert min(times) < 0.2
    assert len(made) > 50
    assert words.chapters(webvtt.parse(b"WEBVTT\n\n00:00.000 --> 00:10.000\nDebut\n").cues)[0].title == "Debut"


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ([], [(0, 0, "Un. Deux. Trois.")]),
        ([0, 10], [(0, 1, "Un."), (9, 2, "Deux. Trois.")]),  # typed to the second, said a little before
        ([4, 12], [(0, 0, "Un."), (9, 1, "Deux."), (12, 2, "Trois.")]),
        ([0, 3, 5, 12, 60], [(0, 1, "Un."), (9, 3, "Deux."), (12, 4, "Trois.")]),
    ],
)
def test_a_paragraph_begins_where_a_chapter_does(starts: list[int], expected: list[tuple[int, int, str]]) -> None:
    cues = [webvtt.Cue(start=start, end=end, text=text) for start, end, text in ((0, 9, "Un."), (9.6, 12, "Deux."), (12.4, 14, "Trois."))]
    assert [(one.start, one.chapter, one.text) for one in paragraphs(cues, starts)] == expected


def test_words_that_roll_over_the_beginning_of_a_chapter_are_said_once() -> None:
    cues = [webvtt.Cue(start=start, end=start + 2, text=text) for start, text in ((0, "un"), (2, "un\ndeux"), (4, "deux\ntrois"))]
    assert [one.text for one in paragraphs(cues, [0, 4])] == ["un deux", "trois"]
