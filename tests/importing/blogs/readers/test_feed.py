"""Any feed: the forms that blogs had since 1999."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, FormerText, LeftOut
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.readers.feed import Feed
from plancher.importing.blogs.source import Source, SourceError

from tests.importing.blogs.readers.xml_exports import post, read, source, texts, wxr

RSS = """<rss version="{}"><channel><title>Le pré</title><link>https://lepre.example/</link><description>En bas</description><language>fr</language>
<item><title>L'été &amp;amp; nous</title><link>https://lepre.example/ete?a=1&b=2</link><description>&lt;p&gt;Texte.&lt;/p&gt;</description><pubDate>Wed, 01 Oct 2008 14:30:00 +0200</pubDate>
<guid isPermaLink="false">abc-1</guid><category>Ferme</category><author>jeanne@prive.example (Jeanne)</author></item></channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:c="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://lepre.example/"><title>Le pré</title><link>https://lepre.example/</link><items/></channel>
<item rdf:about="https://lepre.example/ete"><title>L'été</title><link>https://lepre.example/ete</link><dc:date>2008-10-01T14:30:00+02:00</dc:date><dc:creator>Jeanne</dc:creator><dc:subject>Ferme</dc:subject><description>En bref</description><c:encoded><![CDATA[<p>Texte.</p>]]></c:encoded></item></rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title type="html">Le &lt;b&gt;pré&lt;/b&gt;</title><link href="https://lepre.example/"/><link rel="self" href="https://lepre.example/atom.xml"/>
<entry><id>tag:lepre.example,2008:1</id><title type="html">L&amp;#8217;été</title><link rel="alternate" href="https://lepre.example/ete"/><published>2008-10-01T14:30:00+02:00</published><updated>2008-10-02T14:30:00+02:00</updated>
<author><name>Jeanne</name><email>jeanne@prive.example</email></author><category term="ferme" label="Ferme"/><summary>En bref</summary>{}</entry></feed>"""
XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Texte &amp; <a href="x?a=1&amp;b">lien</a>.<br/></p></div></content>'
SUMMER = dt.datetime(2008, 10, 1, 14, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))


def one(folder: Path, text: str) -> FormerText:
    (found,) = texts(read(Feed(), folder, text))
    return found


@pytest.mark.parametrize("text", [RSS.format("0.91"), RSS.format("2.0"), RDF, ATOM.format(XHTML)], ids=["0.91", "2.0", "1.0", "Atom"])
def test_each_form_is_recognised_and_says_what_blog_it_is(tmp_path: Path, text: str) -> None:
    made = source(tmp_path, text)
    assert [reader.name for reader in READERS if reader.recognises(made)] == ["Flux Atom ou RSS"]
    blog = next(iter(Feed().read(made)))
    assert isinstance(blog, FormerBlog)
    assert (blog.name, blog.address) == ("Le pré", "https://lepre.example")


def test_an_export_that_has_a_reader_of_its_own_is_not_one(tmp_path: Path) -> None:
    assert [reader.name for reader in READERS if reader.recognises(source(tmp_path, wxr(post())))] == ["WordPress"]


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_a_folder_that_holds_a_feed_is_not_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS.format("2.0"))
    (tmp_path / "un.md").write_text("# Un")
    assert not Feed().recognises(Source(tmp_path))


def test_rss(tmp_path: Path) -> None:
    text = one(tmp_path, RSS.format("2.0"))
    assert (text.title, text.body, text.published, text.tags, text.authors) == ("L'été & nous", "<p>Texte.</p>", SUMMER, ("Ferme",), ("Jeanne",))
    assert text.addresses == ("https://lepre.example/ete?a=1&b=2",)
    assert text.feed_id == "abc-1"
    assert "prive.example" not in repr(text)


def test_rdf(tmp_path: Path) -> None:
    text = one(tmp_path, RDF)
    assert (text.body, text.summary, text.published, text.tags, text.authors) == ("<p>Texte.</p>", "En bref", SUMMER, ("Ferme",), ("Jeanne",))
    assert text.feed_id == "https://lepre.example/ete"


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (XHTML, '<p>Texte &amp; <a href="x?a=1&amp;b">lien</a>.<br></p>'),
        ('<content type="html">&lt;p&gt;Texte &amp;amp; b.&lt;/p&gt;</content>', "<p>Texte &amp; b.</p>"),
        ('<content type="html"><![CDATA[<p>Texte.</p>]]></content>', "<p>Texte.</p>"),
    ],
)
def test_atom(tmp_path: Path, content: str, body: str) -> None:
    text = one(tmp_path, ATOM.format(content))
    assert (text.title, text.body, text.summary, text.published, text.authors, text.tags) == ("L’été", body, "En bref", SUMMER, ("Jeanne",), ("Ferme",))
    assert text.modified is not None
    assert text.notes == ()


def test_a_feed_of_summaries_says_that_it_is_one(tmp_path: Path) -> None:
    text = one(tmp_path, ATOM.format(""))
    assert (text.body, text.summary) == ("En bref", "")
    assert "que le début" in text.notes[0].message


@pytest.mark.parametrize(
    "entry",
    [
        "<item><title>Loïc dit</title><link>https://lepre.example/ete#comment-12</link><description>Bien.</description></item>",
        '<item xmlns:thr="http://purl.org/syndication/thread/1.0"><title>x</title><thr:in-reply-to ref="abc"/><link>https://lepre.example/c</link></item>',
    ],
)
def test_comments_never_become_articles(tmp_path: Path, entry: str) -> None:
    items = read(Feed(), tmp_path, f'<rss version="2.0"><channel><title>Commentaires</title>{entry}</channel></rss>')
    assert [item.what for item in items if isinstance(item, LeftOut)] == ["commentaire"]
    assert texts(items) == []


def test_a_draft_of_a_feed_is_held_back(tmp_path: Path) -> None:
    draft = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>'
    assert one(tmp_path, ATOM.format(XHTML + draft)).held_back == "brouillon"


@pytest.mark.parametrize(
    "date", ["Wed, 01 Oct 2008 14:30:00 +0200", "01 Oct 2008 14:30 +0200", "2008-10-01T14:30:00+02:00", "2008-10-01 14:30:00 +0200", "2008-10-01T14:30+02:00"]
)
def test_dates_as_feeds_write_them(tmp_path: Path, date: str) -> None:
    assert one(tmp_path, RSS.format("2.0").replace("Wed, 01 Oct 2008 14:30:00 +0200", date)).published == SUMMER


@pytest.mark.parametrize("date", ["", "hier", "Wed, 30 Nov -0001 00:00:00 +0000", "99", "2008-13-45"])
def test_a_date_that_is_none_is_none(tmp_path: Path, date: str) -> None:
    assert one(tmp_path, RSS.format("2.0").replace("Wed, 01 Oct 2008 14:30:00 +0200", date)).published is None


def test_a_feed_with_a_dtd_is_recognised_to_be_refused_in_words(tmp_path: Path) -> None:
    made = source(tmp_path, '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "b">]>\n' + RSS.format("0.91"))
    assert Feed().recognises(made)
    with pytest.raises(SourceError, match="DTD"):
        list(Feed().read(made))


def test_a_feed_without_texts_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="sans aucun texte"):
        read(Feed(), tmp_path, '<rss version="2.0"><channel><title>x</title></channel></rss>')


def test_an_enclosure_comes_with_its_text(tmp_path: Path) -> None:
    sound = RSS.format("2.0").replace("<category>", '<enclosure url="https://lepre.example/s.mp3" type="audio/mpeg"/><category>')
    assert '<a class="embed" href="https://lepre.example/s.mp3">' in one(tmp_path, sound).body
