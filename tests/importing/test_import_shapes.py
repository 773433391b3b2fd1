"""Bookmarks as browsers, services and spreadsheets write them; a shape that is not known is refused, never guessed into an address."""

from __future__ import annotations

import json

import pytest
from plancher.importing.bookmarks import bookmarks
from plancher.importing.bookmarks.bookmarks import UnreadableFileError

A, B = "https://exemple.fr/a", "https://exemple.fr/b,c"


def read(text: str, name: str = "") -> list[tuple[str, str, str, tuple[str, ...], str]]:
    kept = bookmarks.read(text.encode(), name).bookmarks
    return [(one.url, one.title, one.date.isoformat() if one.date else "", one.tags, one.note) for one in kept]


TABLES = {
    "Pocket": (
        f'title,url,time_added,tags,status\n"Un, deux","{B}",1728576752,devis|très utile,unread\n',
        (B, "Un, deux", "2024-10-10", ("devis", "très utile"), ""),
    ),
    "Instapaper": (f"URL,Title,Selection,Folder,Timestamp\n{A},Titre,Ce passage.,Veille,1684567890\n", (A, "Titre", "2023-05-20", ("Veille",), "Ce passage.")),
    "Instapaper, sans dossier": (f"URL,Title,Selection,Folder,Timestamp\n{A},Titre,,Unread,1684567890\n", (A, "Titre", "2023-05-20", (), "")),
    "Raindrop": (
        f'id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n1,Titre,À relire,,{A},Boulot / Devis,"a, b c",2024-03-12T09:10:11Z,https://exemple.fr/i.png,,false\n',
        (A, "Titre", "2024-03-12", ("a", "b c", "Boulot", "Devis"), "À relire"),
    ),
    "Readwise": (
        f"Title,URL,ID,Document tags,Saved date,Seen\nTitre,{A},01,\"['a b', 'c']\",2024-02-01 10:00:00+00:00,True\n",
        (A, "Titre", "2024-02-01", ("a b", "c"), ""),
    ),
    "Omnivore": (f'"url","state","labels","saved_at"\n"{A}","SUCCEEDED","[a,b]","1684567890000"\n', (A, "", "2023-05-20", ("a", "b"), "")),
    "Diigo": (f'title,url,tags,description\nTitre,{A},"""deux mots"" un",Note\n', (A, "Titre", "", ("deux mots", "un"), "Note")),
    "un tableur français": (f"Titre;Adresse;Mots-clés\nTitre;{A};a, b c\n", (A, "Titre", "", ("a", "b c"), "")),
    "des tabulations": (f"url\ttitle\n{A}\tTitre\n", (A, "Titre", "", (), "")),
}


@pytest.mark.parametrize("origin", TABLES)
def test_a_table_is_read_by_the_names_of_its_columns(origin: str) -> None:
    text, expected = TABLES[origin]
    assert read(text, "liens.csv") == [expected]


def test_a_table_without_names_is_addresses_alone_or_is_refused() -> None:
    assert [url for url, *_ in read(f"{A}\n{A}2\n", "liens.csv")] == [A, f"{A}2"]
    for text in (f"{A},1728576752,,unread\n", "a,b\n1,2\n", "colonne\nmot\n"):
        with pytest.raises(UnreadableFileError, match="colonne d'adresses"):
            read(text, "liens.csv")


SHAPES = {
    "Chrome": {
        "roots": {
            "bookmark_bar": {
                "name": "Barre",
                "children": [{"name": "Devis", "type": "folder", "children": [{"name": "Titre", "url": A, "date_added": "13350000000000000"}]}],
            }
        }
    },
    "Firefox": {
        "guid": "root________",
        "children": [
            {
                "guid": "menu________",
                "title": "menu",
                "children": [{"title": "Devis", "children": [{"title": "Titre", "uri": A, "dateAdded": 1705526400000000}]}],
            }
        ],
    },
    "Karakeep": {
        "bookmarks": [
            {"title": "Titre", "tags": ["Devis"], "content": {"type": "link", "url": A}, "createdAt": 1705526400},
            {"title": "Mémo", "content": {"type": "text", "text": "x"}},
        ]
    },
    "Linkwarden": {"collections": [{"name": "Devis", "links": [{"name": "Titre", "url": A, "createdAt": "2024-01-17T00:00:00Z"}]}]},
    "Wallabag": {
        "_embedded": {"items": [{"title": "Titre", "url": A, "tags": [{"label": "Devis", "slug": "devis"}], "created_at": "2024-01-17T05:06:07+0100"}]}
    },
    "Wallabag, une liste": [{"title": "Titre", "url": A, "tags": [{"id": 1, "label": "Devis"}], "created_at": "2024-01-17T05:06:07+0100"}],
    "Raindrop": {"items": [{"title": "Titre", "link": A, "tags": ["Devis"], "created": "2024-01-17T00:00:00Z"}]},
}


@pytest.mark.parametrize("origin", SHAPES)
def test_json_of_browsers_and_services_keeps_titles_tags_and_days(origin: str) -> None:
    assert read(json.dumps(SHAPES[origin])) == [(A, "Titre", "2024-01-17", ("Devis",), "")]


@pytest.mark.parametrize("text", ['{"a": {"url": "https://exemple.fr/"}}', "{}", "12", '{"children": 1}'])
def test_json_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(f"[{text}]" if text.isdigit() else text)


def test_opml_of_any_reader_is_read() -> None:
    text = (
        '<?xml version="1.0" encoding="windows-1252"?>\n<opml version="2.0" xmlns="http://opml.org/spec2" xmlns:f="https://exemple.net/f"><head/><body>'
        '<outline text="Veille"><outline text="Dupont & fils, métal" f:priority="x" xmlUrl="https://exemple.fr/flux?a=1&b=2" htmlUrl="https://exemple.fr/"/></outline></body></opml>'
    )
    kept = bookmarks.read(text.encode("cp1252")).bookmarks
    assert [(one.url, one.title, one.tags) for one in kept] == [("https://exemple.fr/", "Dupont & fils, métal", ("Veille",))]


def test_a_tag_of_two_words_is_one_where_commas_part_them() -> None:
    head = "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
    assert read(f'{head}<DT><A HREF="{A}" LAST_MODIFIED="1" TAGS="réseaux sociaux">T</A>')[0][3] == ("réseaux sociaux",)
    both = f'{head}<DT><A HREF="{A}" TAGS="réseaux sociaux">T</A><DT><A HREF="{A}2" TAGS="web,temps libre">U</A>'
    assert [tags for *_, tags, _ in read(both)] == [("réseaux sociaux",), ("web", "temps libre")]


def test_a_list_in_markdown_keeps_titles_and_notes() -> None:
    text = f"# À lire\n\n- [Un (bon) outil]({A}_(sens)) : gratuit\n* <{A}>\n1. [Deux]({A}2) et [trois]({A}3)\nUn titre : {A}4\n"
    assert [(url, title, note) for url, title, _, _, note in read(text)] == [
        (f"{A}_(sens)", "Un (bon) outil", "gratuit"),
        (A, "", ""),
        (f"{A}2", "Deux", ""),
        (f"{A}3", "trois", ""),
        (f"{A}4", "Un titre", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?><posts user="x"><post href="{A}" description="Titre" extended="Note" tag="un deux" time="2008-05-02T10:00:00Z" shared="yes"/></posts>',
        f'<posts tag="" user="x">\n<post description="Titre" extended="Note" href="{A}" private="no" tag="un deux" time="2008-05-02T10:00:00Z"/></posts>',
        json.dumps({"list": {"7": {"given_url": A, "resolved_title": "Titre", "excerpt": "Note", "time_added": "1209722400", "tags": {"un": {}, "deux": {}}}}}),
        json.dumps(
            [{"url": A, "href": "https://lecture.exemple/api/7", "title": "Titre", "description": "Note", "labels": ["un", "deux"], "created": "2008-05-02"}]
        ),
        json.dumps([{"url": A, "title": "Titre", "summary": "Note", "tags": ["un", "deux"], "addedAt": 1209722400.5}]),
        f"URL,Title,Description,Tag,Created At\n{A},Titre,Note,un|deux,2008-05-02T10:00:00Z\n",
        f"sep=;\nTitre;Adresse web;Étiquettes;Date;Commentaire\nTitre;{A};un, deux;2008-05-02;Note\n",
    ],
)
def test_a_service_is_read_by_its_own_names(text: str) -> None:
    assert read(text, "liens.csv" if text[:1] not in "[{<" else "") == [(A, "Titre", "2008-05-02", ("un", "deux"), "Note")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f'<?xml version="1.0"?><rss version="2.0"><channel><item><link>{A}</link></item></channel></rss>', "XML"),
        (f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{A}"/></entry></feed>', "XML"),
        (f'<?xml version="1.0"?><plist><string>{A}</string></plist>', "XML"),
        (f'<?xml version="1.0"?><!DOCTYPE posts><posts><post href="{A}"/></posts>', "entités"),
        (f'<posts><post href="{A}">', "ligne 1"),
        (f"@online{{a, url={{{A}}}}}\n", "BibTeX"),
    ],
)
def test_what_is_another_format_is_refused_and_not_cut_into_addresses(text: str, why: str) -> None:
    with pytest.raises(UnreadableFileError, match=why):
        read(text)


def test_addresses_of_other_notations_keep_no_sign_of_them() -> None:
    assert read(f"* [[{A}][Titre]]\n[[{A}2]]\n[InternetShortcut]\nURL={A}3\n") == [
        (A, "Titre", "", (), ""),
        (f"{A}2", "", "", (), ""),
        (f"{A}3", "", "", (), ""),
    ]


def test_the_day_on_which_a_page_came_out_does_not_make_it_private() -> None:
    kept = bookmarks.read(json.dumps([{"url": A, "published": "2024-05-02T10:00:00Z"}, {"url": B, "published": "no"}]).encode()).bookmarks
    assert [one.private for one in kept] == [False, True]
