"""The flat export of Dotclear: columns by name, escapes in one pass, what is held back, addresses, comments."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerReplies, FormerTerm, Kind, LeftOut, Markup, Reply
from plancher.importing.blogs.readers.dotclear.flat import Record, records
from plancher.importing.blogs.source import SourceError

from tests.importing.blogs.readers.exports import archive, folder, items, reader_of, single, texts, whole

POST = {
    "post_id": "7",
    "user_id": "anne",
    "cat_id": "3",
    "post_dt": "2008-10-01 00:30:00",
    "post_tz": "Europe/Paris",
    "post_creadt": "2008-09-01 10:00:00",
    "post_upddt": "2008-10-02 11:00:00",
    "post_password": "",
    "post_type": "post",
    "post_format": "xhtml",
    "post_url": "2008/10/01/Un-été",
    "post_lang": "fr",
    "post_title": "Un &amp; deux",
    "post_excerpt": "",
    "post_excerpt_xhtml": "",
    "post_content": "<p>Bonjour.</p>",
    "post_content_xhtml": "<p>Bonjour.</p>",
    "post_notes": "",
    "post_meta": "",
    "post_status": "1",
}


def escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace('"', '\\"')


def section(name: str, *rows: dict[str, str]) -> str:
    lines = [",".join(f'"{escaped(value)}"' for value in row.values()) for row in rows]
    return f"\n[{name} {','.join(rows[0])}]\n" + "\n".join(lines) + "\n"


def flat(*sections: str, version: str = "2.6.4", mode: str = "single") -> str:
    return f"///DOTCLEAR|{version}|{mode}\n" + "".join(sections)


def export(place: Path, *sections: str) -> object:
    return single(place, "blog-backup.txt", flat(*sections))


def one(place: Path, **fields: str) -> object:
    (text,) = texts(export(place, section("post", POST | fields)), "Dotclear")
    return text


def test_a_post_comes_with_its_title_its_date_in_its_zone_and_its_addresses(tmp_path: Path) -> None:
    text = one(tmp_path)
    assert (text.title, text.kind, text.body, text.held_back) == ("Un & deux", Kind.POST, "<p>Bonjour.</p>", "")
    assert text.published.isoformat() == "2008-10-01T00:30:00+02:00"
    assert text.slug == "Un-été"
    assert {"/post/2008/10/01/Un-été", "/index.php?post/2008/10/01/Un-été", "/index.php/post/2008/10/01/Un-été"} <= set(text.addresses)


def test_a_page_is_a_page_with_its_own_addresses(tmp_path: Path) -> None:
    text = one(tmp_path, post_type="page", post_url="A-propos")
    assert text.kind is Kind.PAGE
    assert text.addresses[0] == "/pages/A-propos"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"post_status": "0"}, "brouillon"),
        ({"post_status": "-1"}, "programmé"),
        ({"post_status": "-2"}, "relecture"),
        ({"post_status": "-3"}, "archivé"),
        ({"post_status": "42"}, "inconnu"),
        ({"post_status": ""}, "sans état connu"),
        ({"post_password": "sésame"}, "mot de passe"),
        ({"post_type": "gallery"}, "gallery"),
    ],
)
def test_what_readers_did_not_see_is_held_back(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    assert reason in one(tmp_path, **fields).held_back


def test_passwords_and_private_notes_are_nowhere(tmp_path: Path) -> None:
    user = {"user_id": "anne", "user_pwd": "5ebe2294", "user_displayname": "Anne", "user_email": "anne@exemple.fr"}
    source = export(tmp_path, section("user", user), section("post", POST | {"post_password": "sésame", "post_notes": "à moi seule"}))
    found = items(source, "Dotclear")
    assert not {word for word in ("5ebe2294", "anne@exemple.fr", "sésame", "à moi seule") if word in whole(found)}


def test_columns_are_known_by_name_whatever_their_order(tmp_path: Path) -> None:
    (text,) = texts(export(tmp_path, section("post", {"nouvelle": "x", **dict(reversed(POST.items()))})), "Dotclear")
    assert text.title == "Un & deux"


@pytest.mark.parametrize("typed", ["C:\\nouveau", "finit par \\", "\\\\n", 'dit "non"', "a\nb", "a\r\nb", "\\r\\", '\\"', '","', ""])
def test_escapes_are_read_in_one_pass(tmp_path: Path, typed: str) -> None:
    source = export(tmp_path, section("post", POST | {"post_content": f"<p>{typed}</p>"}))
    (text,) = texts(source, "Dotclear")
    assert text.body == f"<p>{typed}</p>".replace("\r\n", "\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=3))
def test_any_values_come_back_as_they_were_written(values: list[str]) -> None:
    row = dict(zip(("a", "b", "c"), values, strict=True))
    (record,) = records(io.BytesIO(flat(section("x", row)).encode()), "x.txt")
    assert isinstance(record, Record)
    assert [record[name] for name in "abc"] == values


def test_tags_come_from_their_section_and_categories_with_those_above(tmp_path: Path) -> None:
    categories = [
        {"cat_id": "1", "cat_title": "Web", "cat_url": "Web", "cat_desc": "<p>Tout</p>", "cat_lft": "2", "cat_rgt": "7"},
        {"cat_id": "3", "cat_title": "Référencement", "cat_url": "Web/Ref", "cat_desc": "", "cat_lft": "3", "cat_rgt": "4"},
        {"cat_id": "4", "cat_title": "Autre", "cat_url": "Autre", "cat_desc": "", "cat_lft": "8", "cat_rgt": "9"},
    ]
    metas = [{"meta_id": "étable", "meta_type": "tag", "post_id": "7"}, {"meta_id": "x", "meta_type": "autre", "post_id": "7"}]
    found = items(export(tmp_path, section("category", *categories), section("post", POST), section("meta", *metas)), "Dotclear")
    (text,) = [item for item in found if hasattr(item, "published")]
    assert text.tags == ("étable",)
    assert text.categories == ("Référencement", "Web")
    terms = {item.name: item for item in found if isinstance(item, FormerTerm)}
    assert terms["Web"].description == "Tout"
    assert "/category/Web/Ref" in terms["Référencement"].addresses
    assert "/tag/étable" in terms["étable"].addresses


def test_tags_of_old_exports_come_from_what_php_serialised(tmp_path: Path) -> None:
    assert one(tmp_path, post_meta='a:1:{s:3:"tag";a:2:{i:0;s:7:"étable";i:1;s:3:"a"b";}}').tags == ("étable", 'a"b')
    assert one(tmp_path, post_meta='a:1:{s:3:"tag";a:2:{i:0;s:9999:"coupé').tags == ("coupé",)


def test_comments_and_trackbacks_come_without_what_is_private(tmp_path: Path) -> None:
    base = {"post_id": "7", "comment_dt": "2008-10-03 09:00:00", "comment_tz": "Europe/Paris", "comment_author": "Luc", "comment_email": "luc@exemple.fr"}
    base |= {"comment_site": "http://luc.exemple.fr", "comment_ip": "203.0.113.9"}
    rows = [
        {"comment_id": "1", **base, "comment_content": "<p>Bravo</p>", "comment_status": "1", "comment_trackback": "0"},
        {"comment_id": "2", **base, "comment_content": "<!-- TB -->\n<p><strong>Réponse</strong></p>", "comment_status": "1", "comment_trackback": "1"},
        {"comment_id": "3", **base, "comment_content": "<p>Attend</p>", "comment_status": "-1", "comment_trackback": "0"},
        {"comment_id": "4", **base, "comment_content": "<p>Pilules</p>", "comment_status": "-2", "comment_trackback": "0"},
    ]
    found = items(export(tmp_path, section("post", POST), section("comment", *rows)), "Dotclear")
    comments = [comment for item in found if isinstance(item, FormerReplies) for comment in item.comments]
    assert [(comment.kind, comment.is_public, comment.body) for comment in comments] == [
        (Reply.COMMENT, True, "<p>Bravo</p>"),
        (Reply.TRACKBACK, True, "<p><strong>Réponse</strong></p>"),
        (Reply.COMMENT, False, "<p>Attend</p>"),
    ]
    assert {item.text for item in found if isinstance(item, FormerReplies)} == {"dotclear:7"}
    assert comments[0].date == dt.datetime(2008, 10, 3, 7, tzinfo=dt.UTC)
    assert [item.what for item in found if isinstance(item, LeftOut)] == ["indésirable"]
    assert "luc@exemple.fr" not in whole(found)
    assert "203.0.113.9" not in whole(found)


def test_the_excerpt_is_the_beginning_of_the_text_and_its_summary(tmp_path: Path) -> None:
    text = one(tmp_path, post_excerpt="<p>Début.</p>")
    assert text.body == "<p>Début.</p>\n\n<p>Bonjour.</p>"
    assert text.summary == "<p>Début.</p>"


def test_markdown_stays_markdown(tmp_path: Path) -> None:
    text = one(tmp_path, post_format="markdown", post_content="*Bonjour*", post_content_xhtml="<p><em>Bonjour</em></p>")
    assert (text.markup, text.body) == (Markup.MARKDOWN, "*Bonjour*")


def test_a_syntax_of_a_plugin_comes_as_the_html_it_made_and_is_told(tmp_path: Path) -> None:
    text = one(tmp_path, post_format="textile", post_content="h1. Bonjour", post_content_xhtml="<h1>Bonjour</h1>")
    assert text.body == "<h1>Bonjour</h1>"
    assert "textile" in text.notes[0].message


def test_pictures_lie_in_the_public_folder_and_private_ones_stay_out(tmp_path: Path) -> None:
    rows = [
        {"media_id": "1", "media_title": "Une vache", "media_file": "2008/vache.jpg", "media_private": "0"},
        {"media_id": "2", "media_title": "secret.pdf", "media_file": "secret.pdf", "media_private": "1"},
    ]
    setting = {"setting_id": "public_url", "setting_ns": "system", "setting_value": "/images", "setting_type": "string"}
    files = {"backup.txt": flat(section("setting", setting), section("media", *rows)), "blog/public/2008/vache.jpg": b"x", "blog/public/autre.png": b"y"}
    found = items(folder(tmp_path, files), "Dotclear")
    pictures = [item for item in found if isinstance(item, FormerFile)]
    assert [(picture.addresses[0], picture.path, picture.alternative) for picture in pictures] == [
        ("/images/2008/vache.jpg", "blog/public/2008/vache.jpg", "Une vache"),
        ("/images/autre.png", "blog/public/autre.png", ""),
    ]
    assert "/images/2008/.vache_s.jpg" in pictures[0].addresses
    assert [item.name for item in found if isinstance(item, LeftOut)] == ["secret.pdf"]


def test_a_full_backup_in_an_archive_tells_the_blog_and_what_its_feeds_called_each_post(tmp_path: Path) -> None:
    blog = {"blog_id": "default", "blog_uid": "0123456789abcdef", "blog_url": "http://exemple.fr/index.php?", "blog_name": "Un blog", "blog_desc": "Devise"}
    found = items(archive(tmp_path, {"backup.txt": flat(section("blog", blog), section("post", POST), mode="full")}), "Dotclear")
    former = next(item for item in found if isinstance(item, FormerBlog))
    assert (former.name, former.motto, former.address) == ("Un blog", "Devise", "http://exemple.fr/")
    (text,) = [item for item in found if hasattr(item, "published")]
    assert text.feed_id.startswith("urn:md5:")


def test_version_1_2_has_other_names(tmp_path: Path) -> None:
    post = {
        "post_id": "9",
        "user_id": "anne",
        "cat_id": "1",
        "post_titre": "Été",
        "post_titre_url": "Ete",
        "post_dt": "2005-03-22 10:00:00",
        "post_chapo": "<p>Début</p>",
        "post_chapo_wiki": "",
        "post_content": "<p>Suite</p>",
        "post_content_wiki": "",
        "post_pub": "1",
    }
    category = {"cat_id": "1", "cat_libelle": "Général", "cat_libelle_url": "General"}
    comment = {"comment_id": "1", "post_id": "9", "comment_auteur": "Luc", "comment_pub": "1", "comment_content": "<p>Oui</p>", "comment_trackback": "0"}
    source = single(
        tmp_path, "dc.txt", flat(section("categorie", category), section("post", post), section("comment", comment), version="1.2.8").encode("latin-1")
    )
    found = items(source, "Dotclear")
    (text,) = [item for item in found if hasattr(item, "published")]
    assert (text.title, text.body, text.held_back, text.categories) == ("Été", "<p>Début</p>\n\n<p>Suite</p>", "", ("Général",))
    assert {"/2005/03/22/9-Ete", "/index.php/2005/03/22/9-Ete", "/post/2005/03/22/9-Ete"} <= set(text.addresses)
    assert next(item for item in found if isinstance(item, FormerReplies)).comments[0].author == "Luc"


def test_a_file_cut_in_the_middle_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    content = flat(section("post", POST, POST | {"post_id": "8"}))
    source = single(tmp_path, "blog.txt", content[:-60])
    reading = (item for item in reader_of(source).read(source) if hasattr(item, "published"))
    assert next(reading).identifier == "dotclear:7"
    with pytest.raises(SourceError, match=r"blog\.txt.*coupé à la ligne 5"):
        next(reading)


def test_a_damaged_line_is_told_and_the_others_come(tmp_path: Path) -> None:
    content = (
        flat(section("post", POST)) + '"trop","peu"\nn\'importe quoi\n' + ",".join(f'"{escaped(value)}"' for value in (POST | {"post_id": "8"}).values()) + "\n"
    )
    found = items(single(tmp_path, "blog.txt", content), "Dotclear")
    assert [item.place.line for item in found if isinstance(item, LeftOut)] == [5, 6]
    assert len([item for item in found if hasattr(item, "published")]) == 2


def test_controls_and_nuls_stop_nothing(tmp_path: Path) -> None:
    text = one(tmp_path, post_title="Un\0\x08 titre", post_content="<p>a\x00b\x1f</p>")
    assert (text.title, text.body) == ("Un titre", "<p>ab</p>")


def test_the_links_beside_the_posts_are_counted(tmp_path: Path) -> None:
    link = {"link_id": "1", "link_href": "http://exemple.fr", "link_title": "Un voisin"}
    (left,) = [item for item in items(export(tmp_path, section("link", link)), "Dotclear") if isinstance(item, LeftOut)]
    assert left.name == "Un voisin http://exemple.fr"
