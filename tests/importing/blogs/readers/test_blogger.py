"""Blogger, in the form that it gave until 2024 and in that of Google Takeout."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerReplies, Item, Kind, LeftOut
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.readers.blogger import Blogger
from plancher.importing.blogs.readers.blogger_body import body_of, pictures_of
from plancher.importing.blogs.source import Source

from tests.importing.blogs.readers.xml_exports import read, read_until_error, source, texts

BLOG = "tag:blogger.com,1999:blog-77"
KIND = "http://schemas.google.com/blogger/2008/kind#"
HEAD = f"""<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href="http://www.blogger.com/styles/atom.css" type="text/css"?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:gd='http://schemas.google.com/g/2005' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>{BLOG}.archive</id><title type='text'>Le pré</title><link rel='alternate' type='text/html' href='http://lepre.example/'/>"""


def old(*entries: str) -> str:
    return HEAD + "".join(entries) + "</feed>"


def entry(  # noqa: PLR0913 - what an entry says
    kind: str = "post",
    number: int = 1,
    body: str = "Texte.",
    extra: str = "",
    *,
    is_kind_first: bool = True,
    link: str = "http://lepre.example/2010/11/un.html",
) -> str:
    safe = body.replace("&", "&amp;").replace("<", "&lt;")
    said = f"<category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}{kind}'/>"
    label = "<category scheme='http://www.blogger.com/atom/ns#' term='Ferme'/>"
    terms = said + label if is_kind_first else label + said
    address = f"<link rel='alternate' type='text/html' href='{link}' title='x'/>" if link else ""
    return f"""<entry><id>{BLOG}.post-{number}</id><published>2010-11-27T07:12:00.001-08:00</published><updated>2010-11-28T07:12:00.000-08:00</updated>{terms}
<title type='text'>Un &amp;amp; deux</title><content type='html'>{safe}</content>{address}
<author><name>Jeanne</name><uri>http://jeanne.example/</uri><email>noreply@prive.example</email></author>{extra}</entry>"""


def reply(number: int, *, parent: str = "", extra: str = "") -> str:
    answered = f"<link rel='related' type='application/atom+xml' href='http://www.blogger.com/feeds/77/1/comments/default/{parent}'/>" if parent else ""
    return entry(
        "comment",
        number,
        "Bien<br />dit.",
        f"<thr:in-reply-to href='http://lepre.example/2010/11/un.html' ref='{BLOG}.post-1' type='text/html'/>{answered}{extra}",
    )


TAKEOUT = f"""<?xml version='1.0' encoding='utf-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>{BLOG}</id><title>Le pré</title>
{{}}</feed>"""


def new(kind: str = "POST", status: str = "LIVE", number: int = 1, body: str = "Texte.", extra: str = "") -> str:
    safe = body.replace("&", "&amp;").replace("<", "&lt;")
    return f"""<entry><id>{BLOG}.post-{number}</id><blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>
<author><name>Jeanne</name><uri></uri><blogger:type>BLOGGER</blogger:type></author><title>L&amp;#39;été</title><content type='html'>{safe}</content>
<blogger:metaDescription>En bref</blogger:metaDescription><blogger:created>2020-06-17T01:42:56.898Z</blogger:created><published>2020-06-18T01:45:55.218Z</published><updated>2020-06-18T01:45:55.218Z</updated>
<category scheme='tag:blogger.com,1999:blog-77' term='Ferme'/><blogger:filename>/2020/06/lete.html</blogger:filename><blogger:trashed/>{extra}</entry>"""


def items(folder: Path, text: str) -> list[Item]:
    return read(Blogger(), folder, text, "blog.xml")


@pytest.mark.parametrize("text", [old(entry()), TAKEOUT.format(new())], ids=["old", "takeout"])
def test_both_forms_are_recognised_before_a_plain_feed(tmp_path: Path, text: str) -> None:
    made = source(tmp_path, text, "blog.xml")
    assert next(reader.name for reader in READERS if reader.recognises(made)) == "Blogger"


@pytest.mark.parametrize("is_first", [True, False])
def test_a_post(tmp_path: Path, is_first: bool) -> None:
    blog, text = items(tmp_path, old(entry(is_kind_first=is_first)))
    assert isinstance(blog, FormerBlog)
    assert (blog.name, blog.address) == ("Le pré", "http://lepre.example")
    assert ("http://lepre.example/feeds/posts/default", "atom") in blog.feeds
    (post,) = texts([text])
    assert (post.identifier, post.kind, post.title, post.body) == ("blogger:1", Kind.POST, "Un & deux", "<p>Texte.</p>")
    assert post.published == dt.datetime(2010, 11, 27, 7, 12, tzinfo=dt.timezone(-dt.timedelta(hours=8)))
    assert (post.slug, post.tags, post.authors) == ("un", ("Ferme",), ("Jeanne",))
    assert post.addresses == ("http://lepre.example/2010/11/un.html",)
    assert post.feed_id == f"{BLOG}.post-1"
    assert "prive.example" not in repr(post)


def test_a_post_of_takeout(tmp_path: Path) -> None:
    (post,) = texts(items(tmp_path, TAKEOUT.format(new())))
    assert (post.identifier, post.title, post.slug, post.addresses, post.summary) == ("blogger:1", "L'été", "lete", ("/2020/06/lete.html",), "En bref")
    assert post.tags == ("Ferme",)
    assert post.held_back == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (old(entry(extra="<app:control xmlns:app='http://purl.org/atom/app#'><app:draft>yes</app:draft></app:control>", link="")), "brouillon"),
        (old(entry("page", extra="<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>", link="")), "brouillon"),
        (TAKEOUT.format(new(status="DRAFT")), "brouillon"),
        (TAKEOUT.format(new(status="SCHEDULED")), "programmé pour plus tard"),
        (TAKEOUT.format(new(status="IMPORTED_HIDDEN")), "d'un état inconnu, « IMPORTED_HIDDEN »"),
        (TAKEOUT.format(new(kind="PAGE", status="DRAFT")), "brouillon"),
        (TAKEOUT.format(new(status="")), "sans état connu"),
    ],
)
def test_what_readers_did_not_see_is_held_back(tmp_path: Path, text: str, why: str) -> None:
    assert [post.held_back for post in texts(items(tmp_path, text))] == [why]


def test_comments_belong_to_their_posts_and_never_become_articles(tmp_path: Path) -> None:
    found = items(tmp_path, old(entry(), reply(3, parent="2"), reply(2)))
    replies = [item for item in found if isinstance(item, FormerReplies)]
    assert len(texts(found)) == 1
    assert [(item.text, item.comments[0].identifier, item.comments[0].parent) for item in replies] == [
        ("blogger:1", "blogger:3", "blogger:2"),
        ("blogger:1", "blogger:2", ""),
    ]
    comment = replies[0].comments[0]
    assert (comment.author, comment.website, comment.body, comment.is_public) == ("Jeanne", "http://jeanne.example/", "<p>Bien<br />dit.</p>", True)
    assert "prive.example" not in repr(replies)


def test_comments_of_takeout_are_public_only_when_live(tmp_path: Path) -> None:
    parent = f"<blogger:parent>{BLOG}.post-1</blogger:parent>"
    found = items(
        tmp_path,
        TAKEOUT.format(new() + new("COMMENT", number=2, extra=parent) + new("COMMENT", "PENDING", 3, extra=parent) + new("COMMENT", "SPAM", 4, extra=parent)),
    )
    assert [(item.text, item.comments[0].is_public) for item in found if isinstance(item, FormerReplies)] == [("blogger:1", True), ("blogger:1", False)]
    assert [item.what for item in found if isinstance(item, LeftOut)] == ["indésirable"]


def test_what_was_thrown_away_and_what_is_no_text_is_counted(tmp_path: Path) -> None:
    removed = "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>"
    found = items(tmp_path, old(entry("template", 8), entry("settings", 9), reply(5, extra=removed)))
    assert [item.what for item in found if isinstance(item, LeftOut)] == ["gabarit", "commentaire"]
    assert [item.what for item in items(tmp_path, TAKEOUT.format(new(status="SOFT_TRASHED"))) if isinstance(item, LeftOut)] == ["billet"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Un.<br /><br />Deux.", "<p>Un.</p><p>Deux.</p>"),
        ("Un\nmême ligne.", "<p>Un même ligne.</p>"),
        ("<div>Un.<br /><br />Deux.</div>", "<div><p>Un.</p><p>Deux.</p></div>"),
        ("Début.<a name='more'></a>Fin.", "<p>Début.</p><p>Fin.</p>"),
        ('Vu.<div class="blogger-post-footer"><img width="1" src="https://blogger.googleusercontent.com/tracker/1"/></div>', "<p>Vu.</p>"),
        ("<pre>a\n\nb</pre>", "<pre>ab</pre>"),
    ],
)
def test_bodies(tmp_path: Path, typed: str, expected: str) -> None:
    assert [post.body.replace("\n", "") for post in texts(items(tmp_path, old(entry(body=typed))))] == [expected]


def test_what_stands_before_more_is_the_summary(tmp_path: Path) -> None:
    assert [post.summary.strip() for post in texts(items(tmp_path, old(entry(body="Début.<a name='more'></a>Fin."))))] == ["<p>Début.</p>"]


def test_a_picture_is_linked_whole_and_never_as_the_page_that_shows_it(tmp_path: Path) -> None:
    small, page = "http://2.bp.blogspot.com/-a/b/s320/vache.jpg", "http://2.bp.blogspot.com/-a/b/s1600-h/vache.jpg"
    large = "http://2.bp.blogspot.com/-a/b/s1600/vache.jpg"
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Blogger/Blogs/Le pre/feed.atom", old(entry(body=f'<a href="{page}"><img src="{small}"/></a>')))
        archive.writestr("Takeout/Blogger/Albums/Le pre/vache.jpg", b"x")
        archive.writestr("Takeout/Blogger/Blogs/Le pre/settings.csv", b"admin@prive.example")
    found = list(Blogger().read(Source(tmp_path / "takeout.zip")))
    (file,) = [item for item in found if isinstance(item, FormerFile)]
    assert file.addresses == (large, small, page)
    assert file.path == "Takeout/Blogger/Albums/Le pre/vache.jpg"
    assert [post.body for post in texts(found)] == [f'<p><a href="{large}"><img src="{small}"/></a></p>']


@pytest.mark.parametrize(
    "piece", ["<a name='more", "<div class=blogger-post-footer>", "http://1.bp.blogspot.com/", "https://x/s320/", "<br>", "/s1600-h/a.jpg http://", "<a\n"]
)
def test_time_is_linear_whatever_a_body_repeats(piece: str) -> None:
    start = time.process_time()
    pictures_of(body_of(piece * (200_000 // len(piece))))
    assert time.process_time() - start < 5


def test_the_blog_is_told_even_without_posts_and_settings_of_it_are_used(tmp_path: Path) -> None:
    setting = f"<entry><id>{BLOG}.settings.BLOG_TIME_ZONE</id><category scheme='http://schemas.google.com/g/2005#kind' term='{KIND}settings'/><content type='text'>Europe/Paris</content></entry>"
    (blog,) = items(tmp_path, old(setting))
    assert isinstance(blog, FormerBlog)
    assert blog.timezone == "Europe/Paris"


def test_a_cut_file_gives_what_came(tmp_path: Path) -> None:
    whole = old(entry(number=1), entry(number=2))
    found, error = read_until_error(Blogger(), tmp_path, whole[: whole.rindex("<author>")])
    assert [post.identifier for post in texts(found)] == ["blogger:1"]
    assert "s'arrête au milieu" in error
