"""Over-blog's own XML."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, Kind, LeftOut
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.readers.overblog import OverBlog

from tests.importing.blogs.readers.xml_exports import read, source, texts

POST = """<post><title><![CDATA[L'été &amp; nous]]></title><slug>2011/06/l-ete.html</slug><created_at>2011-06-01T08:00:00+02:00</created_at><modified_at>2011-06-03T08:00:00+02:00</modified_at>
<published_at>2011-06-02T08:00:00+02:00</published_at><status>{status}</status><author>Jeanne</author><tags>ferme, lait,</tags><content><![CDATA[{body}]]></content>
<comments><comment><author_name>Loïc</author_name><author_email>loic@prive.example</author_email><author_url>https://loic.example/</author_url><content><![CDATA[Bien.]]></content><published_at>2011-06-02T09:00:00+02:00</published_at>
<replies><comment><author_name>Jeanne</author_name><content>Merci.</content><published_at>2011-06-02T10:00:00+02:00</published_at></comment></replies></comment></comments></post>"""
PAGE = "<page><title>À propos</title><slug>a-propos.html</slug><status>2</status><content><![CDATA[<p>Nous.</p>]]></content></page>"


def export(*posts: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<root><blog><name>Le pré</name><description>En bas</description><url>lepre.over-blog.example</url></blog><posts>{"".join(posts)}</posts><pages>{PAGE}</pages></root>'


def post(body: str = "<p>Texte.</p>", status: str = "2") -> str:
    return POST.format(body=body, status=status)


def test_it_is_recognised(tmp_path: Path) -> None:
    made = source(tmp_path, export(post()))
    assert [reader.name for reader in READERS if reader.recognises(made)] == ["Over-blog"]
    assert not OverBlog().recognises(source(tmp_path, "<root><x/></root>"))


def test_everything_comes(tmp_path: Path) -> None:
    items = read(OverBlog(), tmp_path, export(post()))
    blog, text, page = items
    assert isinstance(blog, FormerBlog)
    assert (blog.name, blog.motto, blog.address) == ("Le pré", "En bas", "http://lepre.over-blog.example")
    text, page = texts(items)
    assert (text.title, text.slug, text.body, text.tags, text.authors) == ("L'été & nous", "l-ete", "<p>Texte.</p>", ("ferme", "lait"), ("Jeanne",))
    assert text.published == dt.datetime(2011, 6, 2, 8, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert text.addresses == ("http://lepre.over-blog.example/2011/06/l-ete.html",)
    first, answer = text.comments
    assert (first.author, first.website, first.is_public, answer.parent == first.identifier) == ("Loïc", "https://loic.example/", True, True)
    assert "prive.example" not in repr(items)
    assert (page.kind, page.title) == (Kind.PAGE, "À propos")


@pytest.mark.parametrize("status", ["1", "0", "3", "", "publie"])
def test_only_what_was_published_is(tmp_path: Path, status: str) -> None:
    text = texts(read(OverBlog(), tmp_path, export(post(status=status))))[0]
    assert text.held_back == "brouillon"
    assert not any(comment.is_public for comment in text.comments)


def test_a_damaged_post_costs_itself_alone(tmp_path: Path) -> None:
    items = read(OverBlog(), tmp_path, export(post(), post().replace("</tags>", "</tag>"), post("<p>Trois.</p>")))
    assert [text.body for text in texts(items)] == ["<p>Texte.</p>", "<p>Trois.</p>", "<p>Nous.</p>"]
    assert [item.what for item in items if isinstance(item, LeftOut)] == ["billet"]


def test_answers_to_answers_have_an_end(tmp_path: Path) -> None:
    many = "<comments>" + "<comment><content>x</content><replies>" * 80 + "</replies></comment>" * 80 + "</comments>"
    text = texts(read(OverBlog(), tmp_path, export(post().partition("<comments>")[0] + many + "</post>")))[0]
    assert 60 < len(text.comments) <= 80
