"""Bookmarks of eight origins and more; the inbox they go to, and the roundup it becomes."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.commands.links import inbox
from plancher.importing.bookmarks import bookmarks
from plancher.importing.bookmarks.bookmarks import Bookmark, UnreadableFileError
from plancher.text.tag_names import clean_tag

from tests.conftest import without_posts
from tests.invoking import invoke

HEAD = (
    '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n'
)
DAY = 1_221_220_800  # 12 September 2008, noon
FIREFOX = HEAD + (
    '<DL><p>\n    <DT><H3 ADD_DATE="1" PERSONAL_TOOLBAR_FOLDER="true">Barre personnelle</H3>\n    <DL><p>\n'
    f'        <DT><A HREF="https://exemple.fr/a?utm_source=rss&amp;id=1" ADD_DATE="{DAY}" LAST_MODIFIED="1" ICON="data:image/png;base64,AAAA" TAGS="web,PME">Un &amp; deux</A>\n'
    "        <DD>Une note\n        sur deux lignes &lt;b&gt;\n    </DL><p>\n"
    f'    <DT><H3>Travail</H3>\n    <DL><p>\n        <DT><A HREF="https://exemple.fr/b" ADD_DATE="{DAY}">B</A>\n        <DT><A HREF="place:sort=8">Récents</A>\n'
    '        <DT><A HREF="javascript:alert(1)">Piège</A>\n    </DL><p>\n</DL>\n'
)
CHROME = HEAD + (
    f'<DL><p>\n    <DT><H3 ADD_DATE="{DAY}" LAST_MODIFIED="0" PERSONAL_TOOLBAR_FOLDER="true">Barre de favoris</H3>\n    <DL><p>\n'
    f'        <DT><A HREF="https://exemple.fr/a" ADD_DATE="{DAY}" ICON="data:,">A</A>\n        <DT><H3>Veille</H3>\n        <DL><p>\n'
    f'            <DT><A HREF="https://exemple.fr/b" ADD_DATE="{DAY * 1000}">B</A>\n        </DL><p>\n    </DL><p>\n</DL><p>\n'
)
DELICIOUS = HEAD + (
    f'<DL><p><DT><A HREF="http://exemple.fr/a" ADD_DATE="{DAY}" PRIVATE="0" TAGS="web,petites entreprises">A</A>\n<DD>Une note\n'
    f'<DT><A HREF="http://exemple.fr/secret" ADD_DATE="{DAY}" PRIVATE="1" TAGS="">Secret</A>\n</DL><p>'
)
PINBOARD_HTML = HEAD + (
    f'<DL><p><DT><A HREF="https://exemple.fr/a" ADD_DATE="{DAY}" PRIVATE="0" TOREAD="1" TAGS="web,pme">A</A>\n\n'
    f'<DT><A HREF="https://exemple.fr/secret" ADD_DATE="{DAY}" PRIVATE="1" TOREAD="0" TAGS="web">S</A>\n</DL></p>\n'
)
SHAARLI = HEAD + (
    f'<!-- This is an automatically generated file. -->\n<DL><p>\n<DT><A HREF="https://exemple.fr/a" ADD_DATE="{DAY}" LAST_MODIFIED="{DAY}" PRIVATE="0" TAGS="web,pme">A</A>\n'
    f'<DD>Une note\nqui va à la ligne\n<DT><A HREF="https://exemple.fr/secret" ADD_DATE="{DAY}" PRIVATE="1" TAGS="web">S</A>\n</DL><p>\n'
)
EXPLORER = HEAD + f'<DL><p>\n    <DT><A HREF="https://exemple.fr/a" ADD_DATE="{DAY}" LAST_VISIT="{DAY}" LAST_MODIFIED="{DAY}">A</A>\n</DL><p>\n'
SAFARI = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<HTML>\n<Title>Bookmarks</Title>\n<DT><H3 FOLDED id="com.apple.ReadingList">Lecture</H3>\n<DL><p>\n\t<DT><A HREF="https://exemple.fr/a">A</A>\n</DL><p>\n</HTML>\n'
POCKET = f'<!DOCTYPE html>\n<html><body><h1>Unread</h1>\n<ul>\n<li><a href="https://exemple.fr/a" time_added="{DAY}" tags="web,pme">A</a></li>\n</ul></body></html>\n'
LINKDING_HTML = (
    HEAD
    + f'<DL><p>\n<DT><A HREF="https://exemple.fr/a" ADD_DATE="{DAY}" PRIVATE="0" TOREAD="0" TAGS="web,pme">A</A>\n<DD>Une note[linkding-notes]Une autre[/linkding-notes]\n</DL><p>'
)
SCUTTLE = HEAD + '<dl><p>\n<dt><a href="https://exemple.fr/a" add_date="2008-09-12T12:00:00Z" tags="web pme">A</a>\n<dd>Une note\n</dl><p>'
PINBOARD = json.dumps(
    [
        {
            "href": "https://exemple.fr/a",
            "description": "A",
            "extended": "Une note",
            "time": "2008-09-12T12:00:00Z",
            "shared": "yes",
            "toread": "no",
            "tags": "web pme",
        },
        {"href": "https://exemple.fr/secret", "description": "S", "extended": "", "time": "2008-09-12T12:00:00Z", "shared": "no", "toread": "no", "tags": ""},
    ]
)
LINKDING = json.dumps(
    {
        "count": 2,
        "results": [
            {
                "url": "https://exemple.fr/a",
                "title": "A",
                "description": "Une note",
                "notes": "",
                "tag_names": ["web", "petites entreprises"],
                "date_added": "2008-09-12T12:00:00Z",
                "shared": True,
            },
            {"url": "https://exemple.fr/secret", "title": "S", "tag_names": [], "date_added": "2008-09-12T12:00:00Z", "shared": False},
        ],
    }
)
OPML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0"><head><title>Flux</title></head><body><outline text="Veille">'
    '<outline text="A" type="rss" xmlUrl="https://exemple.fr/flux.xml" htmlUrl="https://exemple.fr/a" created="Fri, 12 Sep 2008 12:00:00 GMT"/>'
    '</outline><outline text="B" type="link" url="https://exemple.fr/b"/></body></opml>'
)
PLAIN = "https://exemple.fr/a\nUn titre : https://exemple.fr/b.\n(voir https://exemple.fr/c, et https://exemple.fr/d)\n"


def read(raw: bytes) -> list[Bookmark]:
    return bookmarks.read(raw).bookmarks


SEPTEMBER = dt.date(2008, 9, 12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIREFOX, [("https://exemple.fr/a?utm_source=rss&id=1", "Un & deux", SEPTEMBER, ("web", "PME"), "Une note\nsur deux lignes <b>", False), ("https://exemple.fr/b", "B", SEPTEMBER, ("Travail",), "", False)]),
        (CHROME, [("https://exemple.fr/a", "A", SEPTEMBER, (), "", False), ("https://exemple.fr/b", "B", SEPTEMBER, ("Veille",), "", False)]),
        (DELICIOUS, [("http://exemple.fr/a", "A", SEPTEMBER, ("web", "petites entreprises"), "Une note", False), ("http://exemple.fr/secret", "Secret", SEPTEMBER, (), "", True)]),
        (PINBOARD_HTML, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "pme"), "", False), ("https://exemple.fr/secret", "S", SEPTEMBER, ("web",), "", True)]),
        (SHAARLI, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "pme"), "Une note\nqui va à la ligne", False), ("https://exemple.fr/secret", "S", SEPTEMBER, ("web",), "", True)]),
        (EXPLORER, [("https://exemple.fr/a", "A", SEPTEMBER, (), "", False)]),
        (SAFARI, [("https://exemple.fr/a", "A", None, ("Lecture",), "", False)]),
        (POCKET, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "pme"), "", False)]),
        (SCUTTLE, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "pme"), "Une note", False)]),
        (PINBOARD, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "pme"), "Une note", False), ("https://exemple.fr/secret", "S", SEPTEMBER, (), "", True)]),
        (LINKDING, [("https://exemple.fr/a", "A", SEPTEMBER, ("web", "petites entreprises"), "Une note", False), ("https://exemple.fr/secret", "S", SEPTEMBER, (), "", True)]),
        (OPML, [("https://exemple.fr/a", "A", SEPTEMBER, ("Veille",), "", False), ("https://exemple.fr/b", "B", None, (), "", False)]),
        (PLAIN, [("https://exemple.fr/a", "", None, (), "", False), ("https://exemple.fr/b", "Un titre", None, (), "", False), ("https://exemple.fr/c", "", None, (), "", False), ("https://exemple.fr/d", "", None, (), "", False)]),
    ],
    ids=["Firefox", "Chrome", "Delicious", "Pinboard", "Shaarli", "Explorer", "Safari", "Pocket", "Scuttle", "Pinboard JSON", "linkding JSON", "OPML", "adresses"],
)  # fmt: skip
def test_each_origin_keeps_dates_tags_and_notes(text: str, expected: list[tuple]) -> None:
    found = [(one.url, one.title, one.date, one.tags, one.note, one.private) for one in read(text.encode())]
    assert found == expected


def test_what_is_private_does_not_come_out_of_a_note_nor_of_a_doubt() -> None:
    nested = '<DL><p><DT><A HREF="https://priv.fr/" PRIVATE="1">S</A><DD>voir <a href="https://secret.fr/x">doc interne</a> fin\n<DT><A HREF="https://a.fr/">A</A></DL>'
    assert [(one.url, one.private, one.note) for one in read(nested.encode())] == [
        ("https://priv.fr/", True, "voir doc interne fin"),
        ("https://a.fr/", False, ""),
    ]
    for attribute in ("PRIVATE", 'PRIVATE="ok"', 'PRIVATE="private"', 'SHARED=""'):
        assert read(f'<DT><A HREF="https://a.fr/" {attribute}>x</A>'.encode())[0].private, attribute


def test_nothing_after_a_strange_note_is_swallowed() -> None:
    text = '<DL><p><DT><A HREF="https://a.fr/">A</A><DD>un <script> de trop\n<DT><A HREF="https://b.fr/" ADD_DATE="10/Oct/2000:13:55:36 +0300">B</A></DL>'
    found = read(text.encode())
    assert [one.url for one in found] == ["https://a.fr/", "https://b.fr/"]
    assert found[1].date == dt.date(2000, 10, 10)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://exemple.fr/p?id=3&section=2&param=x&currency=EUR&copy=1", "https://exemple.fr/p?id=3&section=2&param=x&currency=EUR&copy=1"),
        ("https://exemple.fr/p?a=1&amp;copy=2&#38;not=3", "https://exemple.fr/p?a=1&copy=2&not=3"),
        ("https://exemple.fr/a b.html", "https://exemple.fr/a%20b.html"),
    ],
)
def test_an_address_is_read_as_browsers_wrote_it(href: str, expected: str) -> None:
    assert read(f'<DL><p><DT><A HREF="{href}" TAGS="c#,f#,#web,R&D">A</A></DL>'.encode())[0] == Bookmark(
        url=expected, title="A", tags=("c#", "f#", "web", "R&D")
    )


def test_bookmarks_that_nothing_parts_are_told_apart() -> None:
    found = read(
        b'<A HREF="https://a.fr/">Un</A>\n<DD>note 1\n<A HREF="https://b.fr/">Deux</A>\n<DD>note 2, <a href="https://x.fr/">ici</a>\n<A HREF="https://c.fr/">Trois</A>'
    )
    assert [(one.url, one.title, one.note) for one in found] == [
        ("https://a.fr/", "Un", "note 1"),
        ("https://b.fr/", "Deux", "note 2, ici"),
        ("https://c.fr/", "Trois", ""),
    ]


def test_a_note_keeps_its_paragraphs_and_its_lists() -> None:
    note = "Un mot :\n\n- un\n  - deux\n\n    du code"
    found = read(f'<DL><p><DT><A HREF="https://a.fr/">A</A>\n<DD>{note}\n<DT><A HREF="https://b.fr/">B</A></DL>'.encode())
    assert found[0].note == note
    assert inbox.items(inbox.add("", found))[1][0].rest == ("", *note.split("\n"))


def test_an_address_kept_twice_keeps_all_its_tags_and_stays_private() -> None:
    text = '<DL><p><DT><H3>Un</H3><DL><p><DT><A HREF="https://a.fr/">A</A></DL><DT><H3>Deux</H3><DL><p><DT><A HREF="https://a.fr/" PRIVATE="1">A</A></DL></DL>'
    assert [(one.tags, one.private) for one in read(text.encode())] == [(("Un", "Deux"), True)]


def test_what_leads_nowhere_is_counted_not_forgotten() -> None:
    text = "<DL><p><DT><A HREF='http://intranet/x'>I</A><DT><A HREF='javascript:alert(1)'>J</A><DT><A HREF='https://a.fr/'>A</A></DL>"
    assert bookmarks.read(text.encode()).refused == ["http://intranet/x", "javascript:alert(1)"]


@pytest.mark.parametrize("raw", [b"[Titre](https://a.fr/)", "https://a.fr/".encode("utf-16")])
def test_addresses_are_found_in_any_text(raw: bytes) -> None:
    assert read(raw)[0].url == "https://a.fr/"


def test_a_link_without_title_is_drafted_without_what_follows_readers() -> None:
    items = inbox.items(inbox.add("", [Bookmark(url="https://a.fr/x?utm_source=rss&id=4")]))[1]
    assert "> - [https://a.fr/x?id=4](https://a.fr/x?utm_source=rss&id=4)\n" in inbox.roundup(items, dt.date(2026, 11, 30), "exemple.fr")


def test_brackets_of_an_address_are_its_own() -> None:
    assert read(b"(voir https://fr.wikipedia.org/wiki/Mars_(planete))")[0].url == "https://fr.wikipedia.org/wiki/Mars_(planete)"


def test_a_monstrous_json_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        read(b"[" * 200_000)


@pytest.mark.parametrize("url", ["https://exemple.fr/l'article", "https://exemple.fr/a]b", "HTTPS://exemple.fr/A", "https://exemple.fr/a_(b)"])
def test_what_is_there_is_known_whatever_its_signs(tmp_path: Path, url: str) -> None:
    path = tmp_path / "links" / "inbox.md"
    path.parent.mkdir()
    path.write_text(inbox.add("", [Bookmark(url=url, title="A")]), encoding="utf-8")
    assert bookmarks.tracking.key(url) in inbox.known_keys(tmp_path)


@pytest.mark.parametrize("title", ["Foo [bar", "a ] b", "a\\b", "kw *args*", "<b> & _x_", "`code`"])
def test_a_title_goes_through_the_inbox_and_the_draft_as_it_is(project: Path, title: str) -> None:
    note = "Original: le texte en anglais\najouté : hier"
    inbox_path = project / "content" / "links" / "inbox.md"
    inbox_path.parent.mkdir(parents=True)
    inbox_path.write_text(inbox.add("", [Bookmark(url="https://exemple.fr/a?utm_source=x", title=title, note=note)]), encoding="utf-8")
    assert invoke(project, "links.draft").returncode == 0
    (post,) = (project / "content" / "articles").rglob("revue-*.md")
    text = post.read_text(encoding="utf-8").replace("Status: draft\n", "").replace("À écrire", "Voici")
    post.write_text(re.sub(r"^Date: \S+", "Date: 2024-05-02", text, flags=re.MULTILINE), encoding="utf-8")
    built = invoke(project, "build")
    assert built.returncode == 0, built.stderr
    item = json.loads((project / "output" / "liens.json").read_text(encoding="utf-8"))["items"][0]
    assert item["title"] == title
    assert (item["url"], item["typed"]) == ("https://exemple.fr/a", "https://exemple.fr/a?utm_source=x")
    assert "Original" in item["comment"]
    assert "ajouté" in item["comment"]


def test_notes_of_linkding_are_notes() -> None:
    assert read(LINKDING_HTML.encode())[0].note == "Une note\nUne autre"


def test_old_letters_are_read(tmp_path: Path) -> None:
    raw = DELICIOUS.replace("charset=UTF-8", "charset=ISO-8859-1").replace("Une note", "Un été").encode("latin-1")
    assert read(raw)[0].note == "Un été"
    assert read(b"\xef\xbb\xbf" + DELICIOUS.encode())[0].title == "A"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rien ici.",
        "[1, 2]",
        "{",
        "<opml",
        '<!DOCTYPE x [<!ENTITY a "b">]><opml><body><outline url="https://a.fr/"/></body></opml>',
        '<a href="javascript:alert(1)">x</a>',
    ],
)
def test_a_file_without_bookmark_says_so(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(text.encode())


WORDS = st.text(st.characters(exclude_categories=("C",)), max_size=30).map(clean_tag)
BOOKMARKS = st.builds(
    Bookmark,
    url=st.from_regex(r"https://exemple\.fr/[a-z]{1,8}(\([a-z]\))?(\?utm_source=x)?", fullmatch=True),
    title=WORDS,
    date=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
    tags=st.lists(WORDS.map(lambda word: word.replace(",", " ").strip()).map(clean_tag).filter(bool), max_size=3, unique=True).map(tuple),
    note=st.lists(WORDS.filter(bool), max_size=3).map("\n".join),
)


@given(st.lists(BOOKMARKS, min_size=1, max_size=5, unique_by=lambda one: one.clean))
def test_what_goes_into_the_inbox_comes_out(given_bookmarks: list[Bookmark]) -> None:
    _, found = inbox.items(inbox.add("", given_bookmarks))
    assert [item.url for item in found] == [one.clean for one in given_bookmarks]
    assert [item.tags for item in found] == [one.tags for one in given_bookmarks]
    assert [item.title for item in found] == [one.title or one.clean for one in given_bookmarks]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return without_posts(tmp_path / "projet")


def test_an_import_keeps_everything_twice_in_a_row_and_nothing_private(project: Path) -> None:
    (project / "favoris.html").write_text(DELICIOUS + FIREFOX.split("<DL><p>", 1)[1], encoding="utf-8")
    first = invoke(project, "links.import", "favoris.html")
    assert first.returncode == 0, first.stderr
    path = project / "content" / "links" / "inbox.md"
    text = path.read_text(encoding="utf-8")
    assert "- [A](http://exemple.fr/a)\n  ajouté : 2008-09-12\n  mots-clés : web, petites entreprises\n\n  Une note\n" in text
    assert "- [Un & deux](https://exemple.fr/a?id=1)\n" in text
    assert "  original : https://exemple.fr/a?utm_source=rss&id=1\n" in text
    assert "secret" not in text
    assert "1 lien privé laissé de côté" in first.stdout.replace("\u00a0", " ")
    second = invoke(project, "links.importer", "favoris.html")
    assert "0 lien ajouté" in second.stdout.replace("\u00a0", " ")
    assert path.read_text(encoding="utf-8") == text
    assert "secret" in (invoke(project, "links.import", "favoris.html", "--private"), path.read_text(encoding="utf-8"))[1]


def test_a_draft_takes_the_first_links_and_publishes_nothing(project: Path) -> None:
    (project / "favoris.txt").write_text(PLAIN, encoding="utf-8")
    invoke(project, "links.import", "favoris.txt")
    made = invoke(project, "links.draft", "--count", "2")
    assert made.returncode == 0, made.stderr
    (post,) = (project / "content" / "articles").rglob("revue-*.md")
    text = post.read_text(encoding="utf-8")
    assert dt.date.fromisoformat(re.search(r"^Date: (\S+)", text, re.MULTILINE)[1]).weekday() == 0
    assert "Status: draft" in text
    assert "Kind: revue" in text
    assert "> - [Un titre](https://exemple.fr/b)" in text
    left = (project / "content" / "links" / "inbox.md").read_text(encoding="utf-8")
    assert "exemple.fr/a)" not in left
    assert "exemple.fr/c" in left
    assert "exemple.fr/a" not in (invoke(project, "links.import", "favoris.txt"), (project / "content" / "links" / "inbox.md").read_text(encoding="utf-8"))[1]
    assert invoke(project, "check").returncode == 0
    assert invoke(project, "build").returncode == 0
    assert "exemple.fr" not in (project / "output" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("links.import", "absent.html"), ("links.draft",)])
def test_a_command_that_can_do_nothing_says_why(project: Path, words: tuple[str, ...]) -> None:
    ran = invoke(project, *words)
    assert ran.returncode == 1
    assert ran.stderr.strip()
    assert "Traceback" not in ran.stderr


def test_a_bookmark_may_be_kept_for_oneself_in_many_words() -> None:
    for attribute, private in (('PRIVATE="1"', True), ('private="true"', True), ('SHARED="0"', True), ('PUB="1"', False), ('public="no"', True), ("", False)):
        assert read(f'<DT><A HREF="https://a.fr/" {attribute}>x</A>'.encode())[0].private is private, attribute
