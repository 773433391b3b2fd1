"""The plain text of a post: each line is a paragraph, and a first line is a title only if it looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.blogs.readers.exports import at, folder, single, texts


def one(place: Path, content: str | bytes, name: str = "un-billet.txt") -> object:
    (text,) = texts(single(place, name, content), "Texte brut")
    return text


def test_each_line_is_a_paragraph_and_nothing_in_it_is_html(tmp_path: Path) -> None:
    text = one(tmp_path, "Un <b>mot</b> & un autre.\n– premier\n– second\n\nFin.\n")
    assert text.body == "<p>Un &lt;b&gt;mot&lt;/b&gt; &amp; un autre.</p>\n<p>– premier</p>\n<p>– second</p>\n<p>Fin.</p>"
    assert text.title == "Un billet"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Un titre court\n\nDu texte.", "Un titre court"),
        ("\n\nUn titre court\n\nDu texte.", "Un titre court"),
        ("Une phrase.\n\nDu texte.", "Un billet"),
        ("Un titre court\nDu texte.", "Un billet"),
        ("Seul", "Un billet"),
        ("x" * 101 + "\n\nDu texte.", "Un billet"),
        ("Voici :\n\nDu texte.", "Un billet"),
        ("", "Un billet"),
    ],
)
def test_a_first_line_is_a_title_if_it_is_short_and_an_empty_line_follows(tmp_path: Path, typed: str, title: str) -> None:
    text = one(tmp_path, typed)
    assert text.title == title
    assert "".join(typed.split()) == "".join(((title if title != "Un billet" else "") + text.body.replace("<p>", "").replace("</p>", "")).split())


def test_the_name_of_the_file_may_hold_the_day(tmp_path: Path) -> None:
    text = one(tmp_path, "Du texte.", "2008-10-01-l-été_indien.txt")
    assert (text.published, text.title, text.slug) == (at(2008, 10, 1), "L été indien", "l-ete-indien")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_the_time_are_read(tmp_path: Path, encoding: str) -> None:
    assert one(tmp_path, "L’été à Évian".encode(encoding)).body == "<p>L’été à Évian</p>"


def test_a_folder_of_texts_gives_one_for_each(tmp_path: Path) -> None:
    found = texts(folder(tmp_path, {"b.txt": "b", "a.txt": "a", "sous/c.TXT": "c"}), "Texte brut")
    assert [text.place.file for text in found] == ["a.txt", "b.txt", "sous/c.TXT"]
    assert len({text.identifier for text in found}) == 3


def test_controls_stop_nothing(tmp_path: Path) -> None:
    assert one(tmp_path, "a\x08b\x1bc").body == "<p>abc</p>"
