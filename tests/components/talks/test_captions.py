"""Captions as programs write them: every word once, whoever wrote the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.talks import captions
from plancher.components.talks.words import paragraphs


def spoken(text: str, name: str) -> list[tuple[int, str, str]]:
    return [(one.start, one.voice, one.text) for one in paragraphs(captions.read(text.encode(), name).cues)]


def problems(text: str, name: str) -> list[tuple[int, str]]:
    return list(captions.read(text.encode(), name).problems)


PROGRAMS = {
    "YouTube, à la main, deux lignes après une pause": (
        "f.vtt",
        (
            "WEBVTT\nKind: captions\nLanguage: fr\n\n00:00:04.000 --> 00:00:06.500\nLe carnet de commandes\ntient sur une page.\n\n"
            "00:00:12.000 --> 00:00:15.000\nEt chacun sait\nce qu’il doit faire\nle lundi.\n"
        ),
        [(4, "", "Le carnet de commandes tient sur une page."), (12, "", "Et chacun sait ce qu’il doit faire le lundi.")],
    ),
    "YouTube, automatique": (
        "f.vtt",
        (
            "WEBVTT\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nle<00:00:00.400><c> devis</c><00:00:00.800><c> part</c>\n\n"
            "00:00:02.000 --> 00:00:02.010 align:start position:0%\nle devis part\n \n\n"
            "00:00:02.010 --> 00:00:04.000 align:start position:0%\nle devis part\nle<00:00:02.400><c> matin</c>\n"
        ),
        [(0, "", "le devis part le matin")],
    ),
    "Vimeo": (
        "f.vtt",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nBonjour,\n\n2\n00:00:02.000 --> 00:00:04.000\non ouvre.\n",
        [(1, "", "Bonjour, on ouvre.")],
    ),
    "Zoom": (
        "f.vtt",
        (
            "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nLouise Garnier: Bonjour.\n\n2\n00:00:02.100 --> 00:00:04.000\nLouise Garnier: On commence\npar les stocks.\n\n"
            "3\n00:00:04.100 --> 00:00:06.000\nMarc Le Bihan: Attention : ils sont faux.\n"
        ),
        [(1, "Louise Garnier", "Bonjour. On commence par les stocks."), (4, "Marc Le Bihan", "Attention : ils sont faux.")],
    ),
    "Zoom, une seule personne": (
        "f.vtt",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nÉlodie: Un.\n\n2\n00:00:02.100 --> 00:00:03.000\nÉlodie: Deux.\n",
        [(1, "Élodie", "Un. Deux.")],
    ),
    "Teams": (
        "f.vtt",
        "WEBVTT\n\n9f/1-0\n00:00:03.123 --> 00:00:06.456\n<v Louise Garnier>Les devis,\nd’abord.</v>\n\n9f/1-1\n00:00:06.456 --> 00:00:08.000\n<v Louise Garnier>Puis le reste.</v>\n",
        [(3, "Louise Garnier", "Les devis, d’abord. Puis le reste.")],
    ),
    "whisper": (
        "f.srt",
        "1\n00:00:00,000 --> 00:00:02,000\n Un client appelle.\n\n2\n00:00:02,000 --> 00:00:04,000\n Il attend.\n\n",
        [(0, "", "Un client appelle. Il attend.")],
    ),
    "des lignes qui défilent, mises bout à bout": (
        "f.srt",
        (
            "1\n00:00:01,000 --> 00:00:03,000\non range les factures dans une boîte\n\n2\n00:00:03,000 --> 00:00:05,000\ndans une boîte et personne ne les\n\n"
            "3\n00:00:05,000 --> 00:00:07,000\npersonne ne les retrouve\n"
        ),
        [(1, "", "on range les factures dans une boîte et personne ne les retrouve")],
    ),
    "SubRip et ses réglages": (
        "f.srt",
        '1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:10 Y2:20\n{\\an8}{\\i1}Le <font color="#ccc">stock</font>{\\i0}\\N<i>baisse</i>, R&D &amp; <3.\n',
        [(1, "", "Le stock baisse, R&D & <3.")],
    ),
    "SubRip, un nombre que l’on dit": (
        "f.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nC’était en\n\n2\n00:00:02,500 --> 00:00:03,000\n2019\n\n3\n00:00:03,500 --> 00:00:04,000\n\nou presque.\n",
        [(1, "", "C’était en 2019 ou presque.")],
    ),
    "SubRip sans lignes vides": (
        "f.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nUn.\n2\n00:00:02,500 --> 00:00:03,000\n1998\n3\n00:00:03,500 --> 00:00:04,000\nTrois.\n",
        [(1, "", "Un. 1998 Trois.")],
    ),
    "SubRip sans numéros": ("f.srt", "00:00:01,000 --> 00:00:02,000\n12\n\n00:00:02,500 --> 00:00:03,000\nclients\n", [(1, "", "12 clients")]),
    "SubRip, un dialogue": ("f.srt", "1\n00:00:01,000 --> 00:00:02,000\n– Vous livrez ?\n– Demain.\n", [(1, "", "Vous livrez ?"), (1, "", "Demain.")]),
    "SubRip, des fins de ligne de Windows et une marque d’ordre": (
        "f.srt",
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nBonjour\r\nà tous.\r\n",
        [(1, "", "Bonjour à tous.")],
    ),
    "une adresse, et ce que personne n’a prévu": (
        "f.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nVoir <https://exemple.fr/devis> ou <contact@exemple.fr>, <rires> dit-il.\n",
        [(1, "", "Voir <https://exemple.fr/devis> ou <contact@exemple.fr>, <rires> dit-il.")],
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_word_is_said_once_whoever_wrote_the_file(program: str) -> None:
    name, text, expected = PROGRAMS[program]
    assert spoken(text, name) == expected
    assert problems(text, name) == []


def test_prose_with_a_colon_names_nobody() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAttention : tout change.\n\n00:02.000 --> 00:03.000\nOn le dit.\n\n00:03.000 --> 00:04.000\nRésultat : rien.\n"
    assert spoken(text, "f.vtt") == [(1, "", "Attention : tout change. On le dit. Résultat : rien.")]


def test_what_is_repeated_on_purpose_is_said_again() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nNon, non, non.\n\n00:02.000 --> 00:03.000\nnon, non. Vraiment pas.\n\n00:03.000 --> 00:04.000\nJamais.\n"
    assert spoken(text, "f.vtt") == [(1, "", "Non, non, non. non, non. Vraiment pas. Jamais.")]


def test_subrip_under_the_name_of_webvtt_is_told_once_and_read_whole() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nUn.\n\n2\n00:00:02,000 --> 00:00:03,000\nDeux.\n"
    assert [(line, "SubRip" in message) for line, message in problems(text, "f.vtt")] == [(1, True)]
    assert spoken(text, "f.vtt") == [(1, "", "Un. Deux.")]


def test_a_moment_that_cannot_be_read_is_told_as_subrip_writes_it_and_keeps_its_words() -> None:
    text = "Générique\n\n1\n00:00:01,000 --> 00:00:02,000\nUn.\n\n2\n00:00:99,000 --> 00:01\nDeux.\n\n3\n00:00:05,000 --> 00:00:04,000\nTrois.\n"
    assert [line for line, _ in problems(text, "f.srt")] == [1, 8, 12]
    assert "00:00:01,000 --> 00:00:04,000" in problems(text, "f.srt")[1][1]
    assert " ".join(line for *_, line in spoken(text, "f.srt")).split() == ["Générique", "Un.", "Deux.", "Trois."]


WORDS = st.lists(st.text(st.characters(categories=("L",)), min_size=1, max_size=6), min_size=1, max_size=20, unique=True)


@given(WORDS, st.booleans(), st.booleans())
def test_no_word_of_a_subrip_file_is_lost(said: list[str], is_numbered: bool, is_airy: bool) -> None:
    text = ""
    for number, word in enumerate(said, 1):
        text += f"{number}\n" * is_numbered + f"00:00:{number:02},000 --> 00:00:{number:02},900\n{word}\n{1000 + number}\n" + "\n" * is_airy
    found = " ".join(line for *_, line in spoken(text, "f.srt")).split()
    assert [word for word in found if not re.fullmatch(r"\d+", word)] == said
    if is_airy or is_numbered:
        assert [word for word in found if re.fullmatch(r"\d+", word)] == [str(1000 + number) for number in range(1, len(said) + 1)]


@given(st.binary(max_size=200))
def test_nothing_raises_on_any_bytes(raw: bytes) -> None:
    for start in (b"", b"1\n00:00:01,000 --> 00:00:02,000\n", b"00:00:01,000 --> x\n"):
        paragraphs(captions.read(start + raw, "f.srt").cues)


def _srt(*cues: str) -> str:
    """Cues of two seconds, one right after the other."""
    return "".join(f"{place + 1}\n00:00:{2 * place:02},000 --> 00:00:{2 * place + 2:02},000\n{cue}\n\n" for place, cue in enumerate(cues))


@pytest.mark.parametrize(
    ("cues", "voices"),
    [
        (("Speaker 1: On vend.", "Speaker 2: À qui ?", "Speaker 1: Note: à tous."), ["Speaker 1", "Speaker 2", "Speaker 1"]),
        (("Intervenante 1 : On vend.", "Intervenante 2 : À qui ?"), ["Intervenante 1", "Intervenante 2"]),
        (("[SPEAKER_00]: On vend.", "[SPEAKER_01]: À qui ?", "[SPEAKER_00]: À tous."), ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]),
        (("[Lise Roux] On vend.", "[Max Roux] À qui ?"), ["Lise Roux", "Max Roux"]),
        (("(Lise Roux)\nOn vend.", "(Max Roux)\nÀ qui ?"), ["Lise Roux", "Max Roux"]),
        (("Anne d'Aure: On vend.", "iPad de Max: À qui ?", "Anne d'Aure: À tous."), ["Anne d'Aure", "iPad de Max", "Anne d'Aure"]),
        (("lise roux: On vend.", "lise roux: Bien.", "max: À qui ?"), ["lise roux", "max"]),
        (("-On vend.\n-À qui ?",), ["", ""]),
    ],
)
def test_a_name_before_the_words_is_a_voice_however_programs_write_it(cues: tuple[str, ...], voices: list[str]) -> None:
    found = spoken(_srt(*cues), "f.srt")
    assert [voice for _, voice, _ in found] == voices
    assert not any(name in text for name in filter(None, voices) for *_, text in found)


@pytest.mark.parametrize(
    "cues",
    [
        ("Résultat : douze.", "Résultat : treize.", "Attention : rien."),
        ("[Rires] Oui.", "[Rires] Non.", "[Musique] Fin."),
        ("9:30: on ouvre.", "9:45: on ferme."),
        ("Chez nous : rien.", "On attend.", "Chez nous : tout.", "On vend.", "On livre."),
    ],
)
def test_words_that_begin_sentences_and_noises_are_no_voices(cues: tuple[str, ...]) -> None:
    assert spoken(_srt(*cues), "f.srt") == [(0, "", " ".join(cues))]


def test_webex_names_who_speaks_in_the_name_of_the_cue() -> None:
    text = 'WEBVTT\n\n1 "Lise Roux" (12)\n00:01.000 --> 00:02.000\nOn vend.\n\n2 "Max Roux" (13)\n00:02.000 --> 00:03.000\nÀ qui ?\n'
    assert spoken(text, "f.vtt") == [(1, "Lise Roux", "On vend."), (2, "Max Roux", "À qui ?")]


def test_words_that_light_up_or_come_one_by_one_are_said_once() -> None:
    assert spoken(_srt("<u>Le</u> devis part", "Le <u>devis</u> part", "Le devis <u>part</u>"), "f.srt") == [(0, "", "Le devis part")]
    assert spoken(_srt("Le", "Le devis", "Le devis part"), "f.srt") == [(0, "", "Le devis part")]
    assert spoken(_srt("Oui.", "Oui.", "Et non.", "Encore."), "f.srt") == [(0, "", "Oui. Oui. Et non. Encore.")]


def test_breaks_and_overrides_of_other_editors_are_not_shown() -> None:
    assert spoken(_srt("{y:i}Le devis{/y}<br>part<br />vite"), "f.srt") == [(0, "", "Le devis part vite")]


def test_the_captions_that_youtube_gives_back_are_read_and_told() -> None:
    text = "0:00:01.000,0:00:02.000\nOn vend.\n\n0:00:05.000,0:00:06.000\nÀ qui ?\n"
    assert spoken(text, "f.vtt") == [(1, "", "On vend."), (5, "", "À qui ?")]
    assert [("SubViewer" in message) for _, message in problems(text, "f.vtt")] == [True]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[Script Info]\nTitle: x\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:03.00,D,,0,0,0,,Oui\n", "SubStation"),
        ('<?xml version="1.0"?><tt><body><p begin="1s">Oui</p></body></tt>', "XML"),
        ('{"segments": [{"text": "Oui"}]}', "JSON"),
        ("{25}{50}Oui\n", "MicroDVD"),
    ],
)
def test_another_format_is_said_and_none_of_its_marks_are_shown(text: str, name: str) -> None:
    assert spoken(text, "f.srt") == []
    assert [name in message for _, message in problems(text, "f.srt")] == [True]
