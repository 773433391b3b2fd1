"""What an export of WordPress holds, and what becomes of each part."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerTerm, FormerText, Kind, LeftOut, Reply
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.readers.wordpress.reader import WordPress
from plancher.importing.blogs.source import Source

from tests.importing.blogs.readers.xml_exports import attachment, comment, meta, post, read, source, texts, wxr

PARIS_SUMMER = dt.timezone(dt.timedelta(hours=2))


def one(folder: Path, body: str = "Du texte.", **fields: str) -> FormerText:
    (text,) = texts(read(WordPress(), folder, wxr(post(body, **fields))))  # type: ignore[arg-type]
    return text


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_each_version_is_recognised_and_read(tmp_path: Path, version: str) -> None:
    made = source(tmp_path, wxr(post(), version=version))
    assert [reader.name for reader in READERS if reader.recognises(made)][:1] == ["WordPress"]
    assert [text.body for text in texts(list(WordPress().read(made)))] == ["<p>Du texte.</p>"]


def test_a_plain_feed_is_not_taken_for_an_export(tmp_path: Path) -> None:
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><generator>https://wordpress.org/?v=6</generator><item><title>x</title></item></channel></rss>'
    assert not WordPress().recognises(source(tmp_path, feed))


def test_the_blog_itself(tmp_path: Path) -> None:
    blog = read(WordPress(), tmp_path, wxr(post()))[0]
    assert isinstance(blog, FormerBlog)
    assert (blog.name, blog.motto, blog.address, blog.language) == ("Le pré & l'étable", "Tout ce qui se voit d'en bas", "https://ancien.example/blog", "fr-FR")
    assert ("https://ancien.example/blog/feed/", "rss") in blog.feeds
    assert ("https://ancien.example/blog/feed/atom/", "atom") in blog.feeds


def test_a_post(tmp_path: Path) -> None:
    head = "<wp:author><wp:author_login>jeanne</wp:author_login><wp:author_email>jeanne@prive.example</wp:author_email><wp:author_display_name><![CDATA[Jeanne d'Aunis]]></wp:author_display_name></wp:author>"
    extra = '<category domain="category" nicename="r-d"><![CDATA[R&amp;D]]></category><category domain="post_tag" nicename="l%c3%a9gumes"><![CDATA[légumes]]></category>'
    extra += meta("_thumbnail_id", "9") + meta("_wp_old_slug", "ancien-nom") + meta("humeur", "plutôt bonne ce matin") + meta("_cache", "pas pour des lecteurs")
    (text,) = texts(
        read(
            WordPress(),
            tmp_path,
            wxr(
                attachment(9, "https://ancien.example/x.jpg"),
                post(title="L&#8217;été &amp; <em>nous</em>", number=7, post_name="l%c3%a9gumes-d-%c3%a9t%c3%a9", is_sticky="1", extra=extra),
                head=head,
            ),
        )
    )
    assert text.identifier == "wordpress:7"
    assert text.kind is Kind.POST
    assert text.title == "L’été & nous"
    assert text.published == dt.datetime(2008, 10, 1, 14, 30, tzinfo=PARIS_SUMMER)
    assert text.held_back == ""
    assert text.slug == "légumes-d-été"
    assert text.authors == ("Jeanne d'Aunis",)
    assert text.categories == ("R&D",)
    assert text.tags == ("légumes",)
    assert text.picture == "https://ancien.example/x.jpg"
    assert text.feed_id == "https://ancien.example/blog/?p=7"
    assert text.addresses == (
        "https://ancien.example/blog/2008/10/billet-7/",
        "https://ancien.example/blog/?p=7",
        "https://ancien.example/blog/2008/10/ancien-nom/",
    )
    assert text.other_fields == (("sticky", "1"), ("humeur", "plutôt bonne ce matin"))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "draft"}, "brouillon"),
        ({"status": "pending"}, "en attente de relecture"),
        ({"status": "private"}, "privé"),
        ({"status": "future"}, "programmé pour plus tard"),
        ({"status": "auto-draft"}, "brouillon"),
        ({"status": "archived"}, "d'un état inconnu, « archived »"),
        ({"status": "inherit"}, "d'un état inconnu, « inherit »"),
        ({"status": ""}, "sans état connu"),
        ({"post_password": "sésame"}, "protégé par un mot de passe"),
        ({"post_password": "sésame", "post_type": "page"}, "protégé par un mot de passe"),
        ({"status": "private", "post_password": "sésame"}, "protégé par un mot de passe"),
        ({"post_type": "recette"}, "d'un type propre à une extension, « recette »"),
    ],
)
def test_what_readers_did_not_see_is_held_back_with_its_comments(tmp_path: Path, fields: dict[str, str], why: str) -> None:
    text = one(tmp_path, extra=comment(1, "Bien vu."), **fields)
    assert text.held_back == why
    assert [item.is_public for item in text.comments] == [False]
    assert "sésame" not in repr(text)


@pytest.mark.parametrize(
    ("key", "value", "is_held"),
    [
        ("_members_access_role", "subscriber", True),
        ("rcp_subscription_level", "2", True),
        ("_wpmem_block", "1", True),
        ("_wpmem_block", "0", False),
        ("rcp_user_level", "All", False),
        ("members_count", "3", False),
    ],
)
def test_what_only_members_of_a_site_saw_is_held_back(tmp_path: Path, key: str, value: str, *, is_held: bool) -> None:
    text = one(tmp_path, extra=meta(key, value))
    assert text.held_back == ("réservé à des membres" if is_held else "")


@pytest.mark.parametrize(
    "kind", ["revision", "nav_menu_item", "wp_block", "wp_template", "custom_css", "oembed_cache", "customize_changeset", "feedback", "shop_order"]
)
def test_what_is_no_text_for_readers_is_counted_and_named(tmp_path: Path, kind: str) -> None:
    items = read(WordPress(), tmp_path, wxr(post(post_type=kind, title="Rangé")))
    assert [(item.name, bool(item.what), bool(item.why)) for item in items if isinstance(item, LeftOut)] == [("Rangé", True, True)]
    assert texts(items) == []


def test_what_was_thrown_away_stays_thrown_away_and_is_counted(tmp_path: Path) -> None:
    items = read(
        WordPress(), tmp_path, wxr(post(status="trash", number=1), post(number=2, extra=comment(1, "x", approved="spam") + comment(2, "y", approved="trash")))
    )
    assert [item.what for item in items if isinstance(item, LeftOut)] == ["billet", "indésirable", "commentaire jeté à la corbeille"]
    assert [text.comments for text in texts(items)] == [()]


@pytest.mark.parametrize(
    ("local", "utc", "expected"),
    [
        ("2008-10-01 14:30:00", "2008-10-01 12:30:00", dt.datetime(2008, 10, 1, 14, 30, tzinfo=PARIS_SUMMER)),
        ("2008-01-01 00:30:00", "2007-12-31 23:30:00", dt.datetime(2008, 1, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))),
        ("2008-01-01 05:15:00", "2007-12-31 23:30:00", dt.datetime(2008, 1, 1, 5, 15, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=45)))),
        ("2008-10-01 14:30:00", "0000-00-00 00:00:00", dt.datetime(2008, 10, 1, 14, 30)),  # noqa: DTZ001
        ("0000-00-00 00:00:00", "2008-10-01 12:30:00", dt.datetime(2008, 10, 1, 12, 30, tzinfo=dt.UTC)),
        ("2008-10-01 14:30:00", "2011-10-01 12:30:00", dt.datetime(2008, 10, 1, 14, 30)),  # noqa: DTZ001
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None),
        ("", "", None),
        ("bientôt", "2008-13-45 99:00:00", None),
    ],
)
def test_the_day_and_its_zone_are_those_of_the_author(tmp_path: Path, local: str, utc: str, expected: dt.datetime | None) -> None:
    text = one(tmp_path, post_date=local, post_date_gmt=utc)
    assert text.published == expected
    assert expected is None or (text.published and text.published.utcoffset() == expected.utcoffset())


def test_two_texts_of_one_slug_and_one_title_stay_two(tmp_path: Path) -> None:
    found = texts(
        read(WordPress(), tmp_path, wxr(post("Un.", number=1, post_name="pareil", title="Pareil"), post("Deux.", number=2, post_name="pareil", title="Pareil")))
    )
    assert [(text.identifier, text.slug, text.body) for text in found] == [("wordpress:1", "pareil", "<p>Un.</p>"), ("wordpress:2", "pareil", "<p>Deux.</p>")]


def test_comments_keep_their_threads_and_nothing_private(tmp_path: Path) -> None:
    extra = (
        comment(5, "Réponse.", parent=4)
        + comment(4, "Un.\n\nDeux.\nTrois.")
        + comment(6, "Plus tard ?", approved="0")
        + comment(7, "[…] vu ailleurs […]", kind="pingback")
        + comment(8, "Note interne", kind="order_note")
    )
    text = one(tmp_path, extra=extra)
    assert [(item.identifier, item.parent, item.kind, item.is_public) for item in text.comments] == [
        ("wordpress:5", "wordpress:4", Reply.COMMENT, True),
        ("wordpress:4", "", Reply.COMMENT, True),
        ("wordpress:6", "", Reply.COMMENT, False),
        ("wordpress:7", "", Reply.TRACKBACK, True),
        ("wordpress:8", "", Reply.COMMENT, False),
    ]
    assert text.comments[1].body == "<p>Un.</p>\n<p>Deux.<br />\nTrois.</p>"
    assert text.comments[1].date == dt.datetime(2008, 10, 2, 9, tzinfo=PARIS_SUMMER)
    assert "prive.example" not in repr(text)
    assert "192.0.2.7" not in repr(text)


def test_terms_bring_their_descriptions_and_addresses(tmp_path: Path) -> None:
    head = """<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>ferme</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Ferme]]></wp:cat_name></wp:category>
<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>lait</wp:category_nicename><wp:category_parent>ferme</wp:category_parent><wp:cat_name><![CDATA[Lait &amp; beurre]]></wp:cat_name><wp:category_description><![CDATA[Ce qui <b>coule</b>]]></wp:category_description></wp:category>
<wp:tag><wp:term_id>3</wp:term_id><wp:tag_slug>pme</wp:tag_slug><wp:tag_name><![CDATA[PME]]></wp:tag_name></wp:tag>
<wp:term><wp:term_id>4</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>menu</wp:term_slug><wp:term_name><![CDATA[Menu]]></wp:term_name></wp:term>"""
    terms = [item for item in read(WordPress(), tmp_path, wxr(post(), head=head)) if isinstance(item, FormerTerm)]
    assert [(term.is_category, term.name, term.description) for term in terms] == [
        (True, "Ferme", ""),
        (True, "Lait & beurre", "Ce qui coule"),
        (False, "PME", ""),
    ]
    assert "https://ancien.example/blog/category/ferme/lait/" in terms[1].addresses
    assert "https://ancien.example/blog/?cat=2" in terms[1].addresses
    assert "https://ancien.example/blog/tag/pme/" in terms[2].addresses


def test_version_1_0_says_each_term_twice(tmp_path: Path) -> None:
    extra = '<category><![CDATA[Lait]]></category><category domain="category" nicename="lait"><![CDATA[Lait]]></category><category domain="tag"><![CDATA[PME]]></category><category domain="tag" nicename="pme"><![CDATA[PME]]></category>'
    text = one(tmp_path, extra=extra)
    assert (text.categories, text.tags) == (("Lait",), ("PME",))


def test_a_picture_has_all_its_addresses_and_its_place_beside_the_export(tmp_path: Path) -> None:
    sizes = 'a:2:{s:4:"file";s:17:"2008/10/vache.jpg";s:5:"sizes";a:1:{s:5:"thumb";a:1:{s:4:"file";s:17:"vache-150x150.jpg";}}}'
    export = wxr(
        attachment(
            9,
            "https://ancien.example/blog/wp-content/uploads/2008/10/vache.jpg",
            caption="La <b>vache</b>",
            alternative="Une vache",
            extra=meta("_wp_attachment_metadata", sizes),
        )
    )
    with zipfile.ZipFile(tmp_path / "blog.zip", "w") as archive:
        archive.writestr("export.xml", export)
        archive.writestr("site/wp-content/uploads/2008/10/vache.jpg", b"x")
        archive.writestr("site/wp-content/uploads/2009/01/vache.jpg", b"y")
    (file,) = [item for item in WordPress().read(Source(tmp_path / "blog.zip")) if isinstance(item, FormerFile)]
    assert file.addresses == (
        "https://ancien.example/blog/wp-content/uploads/2008/10/vache.jpg",
        "https://ancien.example/blog/wp-content/uploads/2008/10/vache-150x150.jpg",
    )
    assert file.path == "site/wp-content/uploads/2008/10/vache.jpg"
    assert file.pages == ("https://ancien.example/blog/2008/10/billet-9/", "https://ancien.example/blog/?attachment_id=9")
    assert (file.caption, file.alternative) == ("La vache", "Une vache")


def test_an_export_in_several_files_is_one_blog(tmp_path: Path) -> None:
    tag = "<wp:tag><wp:tag_slug>pme</wp:tag_slug><wp:tag_name>PME</wp:tag_name></wp:tag>"
    (tmp_path / "blog.000.xml").write_text(wxr(post("[gallery]", number=1), head=tag))
    (tmp_path / "blog.001.xml").write_text(wxr(attachment(2, "https://ancien.example/x.jpg", parent=1), head=tag))
    items = list(WordPress().read(Source(tmp_path)))
    assert [type(item).__name__ for item in items] == ["FormerBlog", "FormerTerm", "FormerText", "FormerFile"]
    assert "https://ancien.example/x.jpg" in texts(items)[0].body


@pytest.mark.parametrize(
    ("form"),
    ["[:fr]{0}[:en]{1}[:]", "<!--:fr-->{0}<!--:--><!--:en-->{1}<!--:-->", "{{:fr}}{0}{{:en}}{1}{{:}}"],
)
def test_a_text_in_two_languages_is_two_texts(tmp_path: Path, form: str) -> None:
    french, english = texts(read(WordPress(), tmp_path, wxr(post(form.format("Bonjour.", "Hello."), title=form.format("Le pré", "The meadow")))))
    assert (french.identifier, french.language, french.title, french.body) == ("wordpress:1", "fr", "Le pré", "<p>Bonjour.</p>")
    assert (english.identifier, english.language, english.title, english.body) == ("wordpress:1:en", "en", "The meadow", "<p>Hello.</p>")
    assert english.slug == "billet-1-en"
    assert english.addresses == ("https://ancien.example/blog/en/2008/10/billet-1/", "https://ancien.example/blog/2008/10/billet-1/?lang=en")
    assert english.feed_id == ""


def test_an_excerpt_is_the_summary_and_else_what_stands_before_more(tmp_path: Path) -> None:
    excerpt = "<excerpt:encoded><![CDATA[En <b>bref</b>.]]></excerpt:encoded>"
    assert one(tmp_path, "Début.\n\n<!--more-->\n\nFin.", extra=excerpt).summary == "<p>En <b>bref</b>.</p>"
    cut = one(tmp_path, "Début.\n\n<!--more Lire la suite-->\n\nFin.")
    assert cut.summary == "<p>Début.</p>"
    assert cut.body.replace("\n", "") == "<p>Début.</p><p>Fin.</p>"
    assert one(tmp_path, "Long. " * 200 + "<!--more-->Fin.").summary == ""


def test_an_episode_brings_its_sound(tmp_path: Path) -> None:
    text = one(tmp_path, extra=meta("enclosure", "https://ancien.example/son.mp3\n123\naudio/mpeg"))
    assert text.body == '<p>Du texte.</p>\n<p><a class="embed" href="https://ancien.example/son.mp3">https://ancien.example/son.mp3</a></p>'


def test_another_engine_that_writes_this_format_keeps_its_paragraphs(tmp_path: Path) -> None:
    text = wxr(post("<p>Une ligne\nqui va à la suite</p>")).replace("https://wordpress.org/?v=6.4", "Site-Server v6.0.0")
    assert texts(read(WordPress(), tmp_path, text))[0].body == "<p>Une ligne\nqui va à la suite</p>"


def test_a_text_without_number_has_a_lasting_identifier(tmp_path: Path) -> None:
    assert one(tmp_path, post_id="").identifier == one(tmp_path, post_id="").identifier == "wordpress:https://ancien.example/blog/?p=1"


def test_a_thousand_posts_are_read_in_a_few_seconds(tmp_path: Path) -> None:
    body = "Des <b>mots</b> et [sic] un <a href='https://exemple.fr/'>lien</a>.\n\n" * 20
    made = source(tmp_path, wxr(*(post(body, number=number, extra=comment(number, "Bien.")) for number in range(1000))))
    start = time.process_time()
    assert sum(isinstance(item, FormerText) for item in WordPress().read(made)) == 1000
    assert time.process_time() - start < 12
