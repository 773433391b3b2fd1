"""Hostile and damaged files: each costs what is damaged, tells it in French, and takes no memory."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plancher.importing.blogs.model import LeftOut
from plancher.importing.blogs.readers.wordpress.reader import WordPress
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_stream import elements
from plancher.importing.blogs.source import Source, SourceError

from tests import memory
from tests.importing.blogs.readers.xml_exports import post, read, read_until_error, source, texts, wxr

IN = frozenset({"rss", "channel"})


def nodes(folder: Path, text: str | bytes) -> list[Node]:
    return list(elements(source(folder, text), "export.xml", IN))


def items(folder: Path, text: str | bytes) -> list[Node]:
    return [node for node in nodes(folder, text) if node.name == "item"]


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss><channel><item><title>&c;</title></item></channel></rss>"""
OTHER_FILE = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE rss SYSTEM "http://mechant.example/x.dtd">
<rss><channel><item><title>x</title></item></channel></rss>"""
PARAMETER = """<!DOCTYPE rss [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><rss><channel><item><title>x</title></item></channel></rss>"""


@pytest.mark.parametrize("text", [LAUGHS, OTHER_FILE, OUTSIDE, PARAMETER], ids=["billion laughs", "external entity", "external DTD", "parameter entity"])
def test_any_dtd_is_refused_before_anything_is_read(tmp_path: Path, text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(SourceError, match="DTD"):
        nodes(tmp_path, text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_forbidden_character_is_taken_out_and_told_with_its_line(tmp_path: Path, sign: str) -> None:
    (only,) = texts(read(WordPress(), tmp_path, wxr(post(f"Avant.\n\nAv{sign}ant."))))
    assert only.body == "<p>Avant.</p>\n<p>Avant.</p>"
    (note,) = only.notes
    assert "caractère interdit" in note.message
    assert note.place.line == wxr(post("Avant.\n\nAvant.")).splitlines().index("Avant.]]></content:encoded>") + 1


@pytest.mark.parametrize(
    ("typed", "words"), [("&#0;a", "a"), ("&#x1F;a", "a"), ("&#xFFFF;a", "a"), ("&#99999999;a", "a"), ("&#233;a", "éa"), ("&#xE9;a", "éa")]
)
def test_a_reference_to_a_forbidden_character_is_taken_out(tmp_path: Path, typed: str, words: str) -> None:
    (item,) = items(tmp_path, f"<rss><channel><item><title>{typed}</title></item></channel></rss>")
    assert item.said("title") == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("caf&eacute; &amp; th&eacute;", "café & thé"),
        ("R & D", "R & D"),
        ("AT&T &copie; &", "AT&T &copie; &"),
        ("2 < 3 et 4 <5", "2 < 3 et 4 <5"),
        ("<![CDATA[caf&eacute; & thé]]>", "caf&eacute; & thé"),
        ("&lt;b&gt;&LT;", "<b><"),
    ],
)
def test_what_only_html_knows_is_read_all_the_same(tmp_path: Path, typed: str, words: str) -> None:
    (item,) = items(tmp_path, f"<rss><channel><item><title>{typed}</title></item></channel></rss>")
    assert item.said("title") == words


@pytest.mark.parametrize("cut", range(65_500, 65_580, 7))
def test_pieces_of_the_file_part_nothing(tmp_path: Path, cut: int) -> None:
    filling = "x" * (cut - 300)
    text = wxr(post(filling + "é&eacute;]]> <!-- é --> caf\x01é", title="Été &amp; hiver"))
    (item,) = items(tmp_path, text)
    assert item.said("content:encoded") == filling + "é&eacute;]]> <!-- é --> café"


def test_adjacent_cdata_sections_are_one_text(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "<rss><channel><item><a><![CDATA[if (a[0]]]]><![CDATA[>1)]]> <![CDATA[fin]]></a></item></channel></rss>")
    assert item.said("a") == "if (a[0]]>1) fin"


@pytest.mark.parametrize(
    "words",
    [
        "<script>//<![CDATA[\nif (a < b) {}\n//]]></script> suite",
        "Du <![CDATA[ dans ]]> :) du",
        "<style>/*<![CDATA[*/ p {} /*]]>*/</style> suite",
    ],
)
def test_an_end_of_cdata_that_old_exports_did_not_escape_is_a_part_of_the_text(tmp_path: Path, words: str) -> None:
    (item, after) = items(tmp_path, f"<rss><channel><item><a><![CDATA[{words}]]></a><b>x</b></item><item/></channel></rss>")
    assert (item.said("a"), item.said("b"), item.fault, after.fault) == (words, "x", "", "")


def test_latin_1_said_to_be_utf_8_is_read_and_told(tmp_path: Path) -> None:
    (only,) = texts(read(WordPress(), tmp_path, wxr(post("L’été à Paris — déjà", title="Pré")).encode("cp1252")))
    assert only.title == "Pré"
    assert only.body == "<p>L’été à Paris — déjà</p>"
    assert any("accent d'un autre encodage" in note.message for note in only.notes)


@pytest.mark.parametrize(
    ("said", "true"),
    [
        ("iso-8859-1", "latin-1"),
        ("ISO-8859-1", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("windows-1252", "cp1252"),
        ("UTF-16", "utf-16"),
        ("inconnu-9", "utf-8"),
        ("iso-8859-1", "utf-8"),
    ],
)
def test_the_encoding_that_a_file_says_is_read(tmp_path: Path, said: str, true: str) -> None:
    words = "déjà cœur 3 €" if true in {"cp1252", "iso-8859-15", "utf-8", "utf-16"} else "déjà"
    (only,) = texts(read(WordPress(), tmp_path, wxr(post(words), encoding=said).encode(true)))
    assert only.body == f"<p>{words}</p>"
    assert only.notes == ()


def test_double_utf_8_is_left_to_who_knows_it(tmp_path: Path) -> None:
    broken = "déjà".encode().decode("latin-1")
    (only,) = texts(read(WordPress(), tmp_path, wxr(post(broken))))
    assert only.body == f"<p>{broken}</p>"


def test_a_file_cut_in_the_middle_gives_what_came_and_says_so(tmp_path: Path) -> None:
    whole = wxr(post("Un.", number=1), post("Deux.", number=2, title="Le deuxième", status="private"))
    items, error = read_until_error(WordPress(), tmp_path, whole[: whole.index("Deux.") + 3])
    assert [text.identifier for text in texts(items)] == ["wordpress:1"]
    assert "s'arrête au milieu" in error
    assert "ligne" in error
    assert [(item.name, item.what) for item in items if isinstance(item, LeftOut)] == [("Le deuxième", "texte")]


@pytest.mark.parametrize("end", ["<status", "</item", "&am", "]]", "<![CD"])
def test_a_cut_at_any_place_is_told(tmp_path: Path, end: str) -> None:
    whole = wxr(post(number=1))
    _, error = read_until_error(WordPress(), tmp_path, whole[: whole.index("</channel>")] + "<item><title>x" + end)
    assert "s'arrête au milieu" in error or "abîmé" in error


@pytest.mark.parametrize("harm", ["<title>x</titre>", "<title a=1>x</title>", "</content:encoded>", "<a b='1' b='2'/>", "<1>"])
def test_a_damaged_text_does_not_stop_those_that_follow(tmp_path: Path, harm: str) -> None:
    text = wxr(post(number=1), post(number=2, title="Abîmé", extra=harm), post("Trois.", number=3))
    items, error = read_until_error(WordPress(), tmp_path, text)
    assert error == ""
    assert [found.identifier for found in texts(items)] in (["wordpress:1", "wordpress:3"], ["wordpress:1", "wordpress:2", "wordpress:3"])
    left = [item for item in items if isinstance(item, LeftOut)]
    assert [item.name for item in left] == ["Abîmé"] * (3 - len(texts(items)))
    third = texts(items)[-1]
    assert text.splitlines()[third.place.line - 1] == "<item>"
    assert third.body == "<p>Trois.</p>"


def test_a_damaged_last_text_is_no_cut_file(tmp_path: Path) -> None:
    items, error = read_until_error(WordPress(), tmp_path, wxr(post(number=1), post(number=2, title="Abîmé", extra="<a></b>")))
    assert error == ""
    assert [item.name for item in items if isinstance(item, LeftOut)] == ["Abîmé"]


def test_ten_thousand_elements_in_one_another_cost_one_text(tmp_path: Path) -> None:
    items, error = read_until_error(WordPress(), tmp_path, wxr(post(number=1, extra="<x>" * 10_000 + "</x>" * 10_000), post(number=2)))
    assert error == ""
    assert [text.identifier for text in texts(items)] == ["wordpress:2"]
    assert any("les uns dans les autres" in item.why for item in items if isinstance(item, LeftOut))


def test_ten_thousand_containers_in_one_another_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        nodes(tmp_path, "<rss>" * 10_000)


@pytest.mark.parametrize(
    "token", ["<!--" + "x" * 10_000_000 + "-->", "<x y='" + "x" * 10_000_000 + "'/>", "<" + "x" * 10_000_000 + "/>"], ids=["comment", "value", "name"]
)
def test_a_token_of_ten_megabytes_costs_one_text_and_little_time(tmp_path: Path, token: str) -> None:
    start = time.perf_counter()
    items, error = read_until_error(WordPress(), tmp_path, wxr(post(number=1), post(number=2, extra=token), post(number=3)))
    assert time.perf_counter() - start < 20
    assert error == ""
    assert [text.identifier for text in texts(items)] == ["wordpress:1", "wordpress:3"]


def test_a_text_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    (item,) = items(tmp_path, wxr(post("mot " * 2_500_000)))
    assert len(item.said("content:encoded")) == 9_999_999
    assert not item.fault


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(lambda: "<x/>" * 310_000, id="elements"),
        pytest.param(lambda: "<a>" + "y" * 61_000_000 + "</a>", id="words"),
    ],
)
def test_an_element_without_bounds_is_left_out_and_memory_stays(tmp_path: Path, filling: object) -> None:
    made = source(tmp_path, wxr(post(number=1, extra=filling()), post(number=2)))  # type: ignore[operator]
    found = [(node.fault[:8], node.said("wp:post_id")) for node in elements(made, "export.xml", IN) if node.name == "item"]
    assert found == [("démesuré", "1"), ("", "2")]


ITEM = "<item><title>Un</title><a><![CDATA[Des mots, encore des mots.]]></a></item>\n"


def test_ten_thousand_posts_take_the_memory_of_few(tmp_path: Path) -> None:
    def read() -> None:
        assert sum(node.name == "item" for node in elements(Source(path), path.name, IN)) == count

    for count in (1000, 10_000):
        path = tmp_path / f"{count}.xml"
        path.write_text(f"<rss><channel>{ITEM * count}</channel></rss>", encoding="utf-8")
        memory.assert_below(2_000_000, read)


def test_the_reader_keeps_no_text_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text(wxr(*(post("Des mots, encore des mots.\n\n" * 400, number=number) for number in range(250))), encoding="utf-8")
    assert path.stat().st_size > 2_900_000
    counts: list[int] = []
    memory.assert_below(2_500_000, lambda: counts.append(sum(1 for _ in WordPress().read(Source(path)))))
    assert {*counts} == {251}


def test_what_php_wrote_before_and_after_the_export_is_no_obstacle(tmp_path: Path) -> None:
    text = "\n\nWarning: something\n" + wxr(post()) + "\n<!-- 12 queries --><br />Fatal error: &"
    assert len(items(tmp_path, text)) == 1


@pytest.mark.parametrize("text", ["", "bonjour", "\x00\x01", "{}", "<"])
def test_what_is_no_xml_is_refused_in_french(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="XML"):
        nodes(tmp_path, text)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_whatever_happens_to_a_file_it_is_read_or_refused_in_french(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(
        wxr(post("Un é <b>mot</b>.", number=1), post("Secret.", number=2, status="private"), post("Secret.", number=3, post_password="x")).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        piece = data.draw(
            st.sampled_from(
                [
                    b"",
                    b"<",
                    b">",
                    b"&",
                    b"]]>",
                    b"<![CDATA[",
                    b"<!--",
                    b"-->",
                    b"\x00",
                    b"\xe9",
                    b"\xc3",
                    b"</item>",
                    b"<item>",
                    b"<?x",
                    b"'",
                    b"&#0;",
                    b"</rss>",
                    b"<rss>",
                ]
            )
        )
        whole[place : place + data.draw(st.integers(0, 40))] = piece
    try:
        found = read(WordPress(), tmp_path, bytes(whole))
    except SourceError as error:
        assert str(error).endswith(".")
    else:
        assert not [text for text in texts(found) if "Secret" in text.body and not text.held_back]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = wxr(post(number=1), post(number=2), head="<!-- a\nb -->").replace("\n", "\r\n")
    lines = text.split("\r\n")
    assert [lines[node.line - 1] for node in items(tmp_path, text)] == ["<item>", "<item>"]
