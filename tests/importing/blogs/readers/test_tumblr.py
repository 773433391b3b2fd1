"""Tumblr's archive: a page a post, its pictures, and nobody's private messages."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerFile, FormerText, LeftOut
from plancher.importing.blogs.readers.tumblr import Tumblr
from plancher.importing.blogs.source import Source, SourceError

from tests.importing.blogs.readers.exports import archive, folder, items, texts

FOOT = '<div id="footer"><span id="timestamp"> October 1st, 2008 2:30pm </span><span class="tag">site web</span><span class="tag">#devis</span></div>'


def page(body: str, foot: str = FOOT) -> str:
    return f'<!DOCTYPE HTML><html><head><meta charset="utf-8"><title>x</title></head><body>{body}{foot}</body></html>'


def one(place: Path, body: str, foot: str = FOOT) -> FormerText:
    (text,) = texts(archive(place, {"posts/html/12345.html": page(body, foot)}), "Tumblr")
    return text


def test_a_post_comes_with_its_title_once_its_hour_and_its_tags(tmp_path: Path) -> None:
    text = one(tmp_path, "<h1>Un titre</h1><p>Bonjour.</p>")
    assert (text.title, text.body, text.tags, text.held_back) == ("Un titre", "<p>Bonjour.</p>", ("site web", "devis"), "")
    assert text.published == dt.datetime(2008, 10, 1, 14, 30)  # noqa: DTZ001 - Tumblr tells no zone
    assert (text.identifier, text.addresses) == ("tumblr:12345", ("/post/12345",))


@pytest.mark.parametrize(("told", "hour"), [("May 5th, 2013 12:05am", 0), ("May 5th, 2013 12:05pm", 12), ("5 mai", None), ("May 35th, 2013 1:00am", None)])
def test_midnight_is_no_noon_and_a_wrong_day_is_no_day(tmp_path: Path, told: str, hour: int | None) -> None:
    text = one(tmp_path, "<p>x</p>", FOOT.replace("October 1st, 2008 2:30pm", told))
    assert (text.published.hour if text.published else None) == hour
    assert bool(text.held_back) == (hour is None)


def test_the_words_of_somebody_else_are_a_draft(tmp_path: Path) -> None:
    text = one(tmp_path, '<p><a class="tumblr_blog" href="https://autre.example/post/1">autre</a>:</p><blockquote><p>Ses mots.</p></blockquote>')
    assert text.held_back == "il rediffuse le texte de quelqu'un d'autre"


def test_a_heading_inside_the_text_is_no_title(tmp_path: Path) -> None:
    text = one(tmp_path, "<p>D'abord.</p><h1>Puis</h1>")
    assert (text.title, "Puis" in text.body) == ("", True)


def test_pictures_come_under_each_address_that_texts_give_them(tmp_path: Path) -> None:
    source = folder(tmp_path, {"posts/html/12345.html": page('<img src="../../media/9_0.jpg">'), "media/9_0.jpg": b"\xff\xd8", "media/9_1.jpg": b"\xff\xd8"})
    files = [item for item in items(source, "Tumblr") if isinstance(item, FormerFile)]
    assert [file.path for file in files] == ["media/9_0.jpg", "media/9_1.jpg"]
    assert "../../media/9_0.jpg" in files[0].addresses


def test_private_messages_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path, {"payload-0.json": '{"email": "lecteur@exemple.fr"}', "posts/html/12345.html": page("<p>x</p>")})
    opened: list[str] = []
    true = Source.open
    monkeypatch.setattr(Source, "open", lambda self, name: opened.append(name) or true(self, name))
    assert Tumblr().recognises(source)
    assert len(list(Tumblr().read(source))) == 1
    assert set(opened) == {"posts/html/12345.html"}


def test_posts_packed_twice_say_what_to_do(tmp_path: Path) -> None:
    source = archive(tmp_path, {"posts.zip": b"PK", "media/9_0.jpg": b"\xff\xd8"})
    assert Tumblr().recognises(source)
    with pytest.raises(SourceError, match="décompressez tout"):
        list(Tumblr().read(source))


def test_an_empty_post_is_counted(tmp_path: Path) -> None:
    (left,) = items(archive(tmp_path, {"posts/html/12345.html": page("")}), "Tumblr")
    assert isinstance(left, LeftOut)
