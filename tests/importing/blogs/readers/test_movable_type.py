"""The text of Movable Type and TypePad: dashes inside bodies, dates, breaks, tags, comments without what is private."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.model import Kind, Markup, Reply
from plancher.importing.blogs.readers.breaks import with_breaks

from tests.importing.blogs.readers.exports import at, items, single, texts, whole

HEAD = {"AUTHOR": "Anne", "TITLE": "Un : deux", "BASENAME": "un_deux", "STATUS": "Publish", "CONVERT BREAKS": "0", "DATE": "10/01/2008 12:05:00 AM"}


def entry(body: str, *others: str, **fields: str) -> str:
    head = HEAD | {name.replace("_", " "): value for name, value in fields.items()}
    lines = [f"{name}: {value}" for name, value in head.items()]
    return "\n".join([*lines, "-----", "BODY:", body, "-----", *(line for other in others for line in (other, "-----")), "--------", ""])


def one(place: Path, content: str | bytes) -> object:
    (text,) = texts(single(place, "export.txt", content), "Movable Type")
    return text


def test_an_entry_comes_with_its_header(tmp_path: Path) -> None:
    text = one(tmp_path, entry("<p>Bonjour.</p>", PRIMARY_CATEGORY="Web", CATEGORY="Web", UNIQUE_URL="http://exemple.typepad.fr/blog/2008/10/un.html"))
    assert (text.title, text.authors, text.body, text.slug) == ("Un : deux", ("Anne",), "<p>Bonjour.</p>", "un_deux")
    assert text.published == at(2008, 10, 1, 0, 5)
    assert text.categories == ("Web",)
    assert text.addresses == ("http://exemple.typepad.fr/blog/2008/10/un.html",)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("10/01/2008 12:05:00 AM", at(2008, 10, 1, 0, 5)),
        ("10/01/2008 12:05:00 PM", at(2008, 10, 1, 12, 5)),
        ("10/01/2008 01:05:00 PM", at(2008, 10, 1, 13, 5)),
        ("10/01/2008 13:05:00", at(2008, 10, 1, 13, 5)),
        ("10/01/2008", at(2008, 10, 1)),
        ("1/2/99 00:00:00", at(1999, 1, 2)),
        ("13/45/2008 00:00:00", None),
        ("", None),
    ],
)
def test_dates_are_those_of_the_manual(tmp_path: Path, typed: str, moment: dt.datetime | None) -> None:
    assert one(tmp_path, entry("x", DATE=typed)).published == moment


@pytest.mark.parametrize(
    "body", ["avant\n-----\naprès", "avant\n--------\naprès", "avant\n--------\n\naprès : ici", "avant\n-----\nNOTE: après", "-----\n-----\nx"]
)
def test_lines_of_dashes_inside_a_body_stay_in_it(tmp_path: Path, body: str) -> None:
    found = texts(single(tmp_path, "export.txt", entry(body) + entry("suivant", TITLE="Autre")), "Movable Type")
    assert [text.title for text in found] == ["Un : deux", "Autre"]
    assert found[0].body.split() == body.split()


@pytest.mark.parametrize(
    ("status", "reason"), [("Publish", ""), ("Draft", "brouillon"), ("Future", "programmé"), ("Review", "relecture"), ("Machin", "inconnu"), ("", "sans état")]
)
def test_only_what_was_published_may_be(tmp_path: Path, status: str, reason: str) -> None:
    held_back = one(tmp_path, entry("x", STATUS=status)).held_back
    assert reason in held_back
    assert bool(reason) == bool(held_back)


def test_a_body_that_ends_with_the_file_is_held_back(tmp_path: Path) -> None:
    assert "coupé" in one(tmp_path, entry("un long texte")[:-40]).held_back


def test_breaks_are_converted_where_the_entry_asks_for_it(tmp_path: Path) -> None:
    html = one(tmp_path, entry("Un\ndeux <b>a\nb</b>\n\nTrois\n<pre>a\n\nb</pre>", CONVERT_BREAKS="__default__")).body
    assert html == "<p>Un<br/>deux <b>a<br/>b</b></p>\n<p>Trois</p>\n<pre>a\n\nb</pre>"
    assert one(tmp_path / "a", entry("Un\ndeux", CONVERT_BREAKS="0")).body == "Un\ndeux"
    markdown = one(tmp_path / "b", entry("*Un*", CONVERT_BREAKS="markdown_with_smartypants"))
    assert (markdown.markup, markdown.body) == (Markup.MARKDOWN, "*Un*")


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("web,pme", ("web", "pme")),
        ('"à deux",web,"un, deux"', ("à deux", "web", "un, deux")),
        ("", ()),
        ('"jamais fermé', ("jamais fermé",)),
        (" a , a ", ("a",)),
    ],
)
def test_tags_may_stand_in_quotes(tmp_path: Path, typed: str, tags: tuple[str, ...]) -> None:
    assert one(tmp_path, entry("x", TAGS=typed)).tags == tags


def test_comments_and_pings_come_without_e_mails_and_machines(tmp_path: Path) -> None:
    fields = "EMAIL: luc@exemple.fr\nIP: 203.0.113.9\nURL: http://luc.exemple.fr\nDATE: 10/02/2008 01:00:00 PM"
    comment = f"COMMENT:\nAUTHOR: Luc\n{fields}\nNB : bravo\n\nencore"
    ping = f"PING:\nTITLE: Réponse\n{fields.replace('EMAIL: luc@exemple.fr', 'BLOG NAME: Ailleurs')}\nDit"
    found = items(single(tmp_path, "export.txt", entry("x", comment, ping)), "Movable Type")
    one_comment, one_ping = found[0].comments
    assert (one_comment.author, one_comment.body, one_comment.website) == ("Luc", "<p>NB : bravo</p>\n<p>encore</p>", "http://luc.exemple.fr")
    assert one_comment.date == at(2008, 10, 2, 13)
    assert (one_ping.kind, one_ping.author) == (Reply.TRACKBACK, "Ailleurs")
    assert "luc@exemple.fr" not in whole(found)
    assert "203.0.113.9" not in whole(found)


def test_fields_of_a_comment_may_be_in_lower_case_and_what_follows_is_its_text(tmp_path: Path) -> None:
    comment = "COMMENT:\nAUTHOR: Luc\nemail: luc@exemple.fr\ndate: 10/02/2008 01:00:00 PM\nDate: elle est fausse"
    found = items(single(tmp_path, "export.txt", entry("x", comment)), "Movable Type")
    assert (found[0].comments[0].body, found[0].comments[0].date) == ("<p>Date: elle est fausse</p>", at(2008, 10, 2, 13))
    assert "luc@exemple.fr" not in whole(found)


@pytest.mark.parametrize(("body", "html"), [("Un\n\nDeux", "<p>Un</p>\n<p>Deux</p>"), ("<p>Un</p>\n\n<p>Deux</p>", "<p>Un</p>\n\n<p>Deux</p>")])
def test_an_entry_that_says_nothing_of_its_breaks_is_read_by_what_it_holds(tmp_path: Path, body: str, html: str) -> None:
    assert one(tmp_path, entry(body, CONVERT_BREAKS="")).body == html


def test_the_second_part_the_excerpt_and_keywords_come_too(tmp_path: Path) -> None:
    text = one(tmp_path, entry("<p>Un</p>", "EXTENDED BODY:\n<p>Deux</p>", "EXCERPT:\nRésumé", "KEYWORDS:\nweb, pme"))
    assert (text.body, text.summary, text.tags) == ("<p>Un</p>\n\n<p>Deux</p>", "Résumé", ("web", "pme"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_old_encodings_and_old_line_ends_are_read(tmp_path: Path, encoding: str) -> None:
    text = one(tmp_path, entry("<p>L’été à Évian</p>", TITLE="Été").replace("\n", "\r\n").encode(encoding))
    assert (text.title, text.body) == ("Été", "<p>L’été à Évian</p>")


def test_entries_of_the_same_name_have_two_identifiers_and_keep_them(tmp_path: Path) -> None:
    content = entry("x") + entry("y", DATE="10/02/2008 10:00:00")
    first = [text.identifier for text in texts(single(tmp_path / "a", "export.txt", content), "Movable Type")]
    assert len(set(first)) == 2
    assert [text.identifier for text in texts(single(tmp_path / "b", "autre.txt", content), "Movable Type")] == first


def test_a_page_is_a_page_and_an_entry_without_body_is_empty(tmp_path: Path) -> None:
    text = one(tmp_path, "TITLE: Seul\nSTATUS: Draft\nDATE: 10/01/2008 10:00:00\nTYPE: page\n-----\n--------\n")
    assert (text.kind, text.title, text.body) == (Kind.PAGE, "Seul", "")


def test_a_plain_text_that_looks_alike_is_none(tmp_path: Path) -> None:
    assert texts(single(tmp_path, "notes.txt", "TITLE: non\n\nIl dit AUTHOR: personne.\n"), "Texte brut")


def test_ten_thousand_entries_and_hostile_dashes_take_linear_time(tmp_path: Path) -> None:
    start = time.process_time()
    content = "".join(entry("x", TITLE=f"Billet {number}") for number in range(10_000))
    assert len(texts(single(tmp_path / "a", "export.txt", content), "Movable Type")) == 10_000
    one(tmp_path / "b", entry("-----\n--------\n" * 30_000))
    assert time.process_time() - start < 20


PIECES = ["é", "é", " ", "\n", "\n\n", "<b>", "</b>", "<p>", "</p>", "<pre>", "</pre>", "<br>", "&eacute;", "<", ">", "&", "<!--", "-->"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join).filter(lambda typed: "<é" not in typed and "<!--" not in typed))
def test_breaks_lose_no_letter(typed: str) -> None:
    assert with_breaks(typed).count("é") == typed.count("é") + typed.count("&eacute;")
