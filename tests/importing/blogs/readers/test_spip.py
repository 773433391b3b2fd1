"""SPIP's dump: read only, its shortcuts as HTML, what was not published held back, e-mails nowhere."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerReplies, FormerTerm, LeftOut
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.spip.shortcuts import Shortcuts, chosen
from plancher.importing.blogs.source import Source, SourceError

from tests.importing.blogs.readers.exports import archive, items, reader_of, texts, whole

ARTICLE = {
    "id_article": 12,
    "surtitre": "Enquête",
    "titre": "10. Un titre",
    "soustitre": "",
    "id_rubrique": 3,
    "descriptif": "Résumé",
    "chapo": "Chapeau",
    "texte": "{{{Partie}}}\n\nUn {{mot}} [[Une note]]",
    "ps": "Fin",
    "date": "2008-10-01 10:00:00",
    "statut": "publie",
    "lang": "fr",
    "nom_site": "",
    "url_site": "",
    "date_modif": "0000-00-00 00:00:00",
    "date_redac": "0000-00-00 00:00:00",
}
FORUM = {
    "id_forum": 1,
    "objet": "article",
    "id_objet": 12,
    "id_parent": 0,
    "date_heure": "2008-10-02 09:00:00",
    "titre": "Oui",
    "texte": "Bravo {tous}",
    "auteur": "Luc",
}
FORUM |= {"email_auteur": "luc@exemple.fr", "url_site": "http://luc.exemple.fr", "statut": "publie", "ip": "203.0.113.9"}


def dump(place: Path, articles: list[dict[str, object]], **tables: list[dict[str, object]]) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    path = place / "site.sqlite"
    base = sqlite3.connect(path)
    for name, rows in {"articles": articles, **tables}.items():
        base.execute(f"CREATE TABLE spip_{name} ({', '.join(rows[0])})")
        for row in rows:
            base.execute(f"INSERT INTO spip_{name} VALUES ({', '.join('?' * len(row))})", list(row.values()))
    base.commit()
    base.close()
    return path


def one(place: Path, **fields: object) -> object:
    (text,) = texts(Source(dump(place, [ARTICLE | fields])), "SPIP")
    return text


def html(typed: str) -> str:
    shortcuts = Shortcuts("1-", "fr", lambda number: [dom.figure(f"/IMG/{number}.png")])
    return "\n".join(filter(None, (shortcuts.to_html(typed), shortcuts.notes())))


def test_an_article_comes_with_its_parts_in_their_order(tmp_path: Path) -> None:
    text = one(tmp_path)
    assert (text.title, text.summary, text.held_back, text.published.year) == ("Un titre", "<p>Résumé</p>", "", 2008)
    assert [piece for piece in BeautifulSoup(text.body, "html.parser").get_text("\n").split("\n") if piece.strip()] == [
        "Chapeau",
        "Partie",
        "Un ",
        "mot",
        "1",
        "Fin",
        "Une note",
    ]
    assert {"/spip.php?article12", "/article12.html", "/article.php3?id_article=12"} <= set(text.addresses)
    assert text.other_fields == (("surtitre", "Enquête"),)


@pytest.mark.parametrize(("status", "reason"), [("prepa", "brouillon"), ("prop", "proposé"), ("refuse", "refusé"), ("", "inconnu"), ("autre", "inconnu")])
def test_only_what_was_published_may_be(tmp_path: Path, status: str, reason: str) -> None:
    assert reason in one(tmp_path, statut=status).held_back


def test_what_was_thrown_away_is_counted(tmp_path: Path) -> None:
    found = items(Source(dump(tmp_path, [ARTICLE | {"statut": "poubelle"}])), "SPIP")
    assert [item.what for item in found if isinstance(item, LeftOut)] == ["article à la poubelle"]


def test_sections_words_authors_documents_news_and_forums_come(tmp_path: Path) -> None:
    path = dump(
        tmp_path,
        [ARTICLE | {"texte": "<doc5|left> et <doc6>"}],
        meta=[{"nom": "nom_site", "valeur": "Un site"}, {"nom": "secret_du_site", "valeur": "SECRET"}],
        rubriques=[
            {"id_rubrique": 1, "id_parent": 0, "titre": "Web", "descriptif": ""},
            {"id_rubrique": 3, "id_parent": 1, "titre": "2. Outils", "descriptif": "D"},
        ],
        mots=[{"id_mot": 8, "titre": "pme", "descriptif": ""}],
        mots_liens=[{"id_mot": 8, "id_objet": 12, "objet": "article"}, {"id_mot": 8, "id_objet": 12, "objet": "rubrique"}],
        auteurs=[{"id_auteur": 2, "nom": "Anne", "email": "anne@exemple.fr", "pass": "HACHE"}],
        auteurs_liens=[{"id_auteur": 2, "id_objet": 12, "objet": "article"}],
        documents=[
            {"id_document": 5, "fichier": "jpg/vache.jpg", "titre": "Une vache", "descriptif": ""},
            {"id_document": 6, "fichier": "IMG/pdf/a.pdf", "titre": "", "descriptif": ""},
        ],
        urls=[{"url": "un-titre", "type": "article", "id_objet": 12}],
        breves=[
            {
                "id_breve": 4,
                "titre": "Vite",
                "texte": "Dit",
                "date_heure": "2008-10-03 10:00:00",
                "statut": "publie",
                "lien_titre": "Là",
                "lien_url": "http://exemple.fr",
            }
        ],
        forum=[FORUM, FORUM | {"id_forum": 2, "id_parent": 1, "statut": "prop"}, FORUM | {"id_forum": 3, "statut": "spam"}],
    )
    (tmp_path / "IMG" / "jpg").mkdir(parents=True)
    (tmp_path / "IMG" / "jpg" / "vache.jpg").write_bytes(b"x")
    found = items(Source(path.parent), "SPIP")
    article, news = [item for item in found if hasattr(item, "published")]
    assert (article.tags, article.authors, article.categories, article.addresses[-1]) == (("pme",), ("Anne",), ("Outils", "Web"), "/un-titre")
    assert '<figure><img alt="Une vache" src="/IMG/jpg/vache.jpg"/><figcaption>Une vache</figcaption></figure>' in article.body
    assert '<a href="/IMG/pdf/a.pdf">a.pdf</a>' in article.body
    assert news.body == '<p>Dit</p>\n<p><a href="http://exemple.fr">Là</a></p>'
    assert [item.path for item in found if isinstance(item, FormerFile)] == ["IMG/jpg/vache.jpg", ""]
    assert next(item for item in found if isinstance(item, FormerBlog)).name == "Un site"
    assert {item.name for item in found if isinstance(item, FormerTerm)} == {"Web", "Outils", "pme"}
    replies = [comment for item in found if isinstance(item, FormerReplies) for comment in item.comments]
    assert [(reply.parent, reply.is_public) for reply in replies] == [("", True), ("spip:forum1", False)]
    assert not {word for word in ("SECRET", "anne@exemple.fr", "HACHE", "luc@exemple.fr", "203.0.113.9") if word in whole(found)}


def test_the_dump_is_never_written_to(tmp_path: Path) -> None:
    path = dump(tmp_path, [ARTICLE])
    before = hashlib.sha256(path.read_bytes()).digest()
    items(Source(path), "SPIP")
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [child.name for child in tmp_path.iterdir()] == ["site.sqlite"]


def test_a_dump_cut_in_the_middle_says_so(tmp_path: Path) -> None:
    path = dump(tmp_path, [ARTICLE | {"id_article": number, "texte": "mot " * 500} for number in range(100)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size - 40_000])
    with pytest.raises(SourceError, match=r"site\.sqlite.*abîmé"):
        list(reader_of(Source(path)).read(Source(path)))


def test_a_dump_in_an_archive_asks_to_be_taken_out(tmp_path: Path) -> None:
    path = dump(tmp_path, [ARTICLE])
    source = archive(tmp_path, {"dump/site.sqlite": path.read_bytes()})
    with pytest.raises(SourceError, match="décompressez"):
        list(reader_of(source).read(source))


def test_a_query_that_never_ends_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "site.sqlite"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE spip_articles (id_article)")
    base.execute("CREATE VIEW spip_mots AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS id_mot FROM n")
    base.commit()
    base.close()
    assert items(Source(path), "SPIP")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("{{a}} {b} {c {{d}}}", "<p><strong>a</strong> <em>b</em> <em>c <strong>d</strong></em></p>"),
        ("{{{Titre}}}\n\nun\ndeux", "<h2>Titre</h2>\n<p>un\ndeux</p>"),
        ("[lien->http://exemple.fr/?a=1&b=2]", '<p><a href="http://exemple.fr/?a=1&amp;b=2">lien</a></p>'),
        ("[{{lien}}|bulle->art12]", '<p><a href="/spip.php?article12"><strong>lien</strong></a></p>'),
        ("[->12] [->rub3]", '<p><a href="/spip.php?article12">/spip.php?article12</a> <a href="/spip.php?rubrique3">/spip.php?rubrique3</a></p>'),
        ("[piège->javascript:x()]", "<p>piège</p>"),
        ("[?SPIP] [crochets]", "<p>SPIP [crochets]</p>"),
        ("-* un\n-** deux\n-* trois", "<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul>"),
        ("-# un\n- deux", "<ol><li>un</li></ol>\n<ul><li>deux</li></ul>"),
        ("un\n_ deux", "<p>un<br/>deux</p>"),
        ("un\n\n----\n\ndeux", "<p>un</p>\n<hr/>\n<p>deux</p>"),
        ("|{{a}}|{{b}}|\n|1|2 < 3|", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2 &lt; 3</td></tr></table>"),
        ("<quote>un\n\ndeux</quote>", "<blockquote><p>un</p>\n<p>deux</p>\n</blockquote>"),
        ("<poesie>un\ndeux</poesie>", "<blockquote><p>un<br/>deux</p></blockquote>"),
        ("<code>a < b {{c}}</code>", "<p><code>a &lt; b {{c}}</code></p>"),
        ("<cadre>a\n {{b}}</cadre>", "<pre><code>a\n {{b}}</code></pre>"),
        ("un <b>gras</b> <br /> <img12|left>", '<p>un <b>gras</b> <br/> </p>\n<figure><img alt="" src="/IMG/12.png"/></figure>'),
        ("un <multi>[fr]oui[en]yes</multi>", "<p>un oui</p>"),
        ("seul { et [ et [[ et ->", "<p>seul { et [ et [[ et -&gt;</p>"),
        ("un[[note]]", '<p>un<sup><a class="footnote" href="#fn-1-1">1</a></sup></p>\n<ol class="footnotes"><li id="fn-1-1">note</li></ol>'),
    ],
)
def test_each_shortcut_becomes_its_element(typed: str, made: str) -> None:
    assert html(typed).replace("\n\n", "\n") == made


def test_of_several_languages_the_asked_one_is_taken() -> None:
    typed = "<multi>[fr]oui[en]yes</multi> <multi>[en]no</multi>"
    assert (chosen(typed, "en"), chosen(typed, "de"), chosen("<multi>[fr]jamais fermé", "fr")) == ("yes no", "oui no", "<multi>[fr]jamais fermé")


@pytest.mark.parametrize(
    "piece", ["{", "{{", "[", "[[", "[[a", "[a->", "}", "]]", "<code>", "<quote>", "<b>", "<b", "|", "-*", "<multi>", "{{{", "\n_ ", "[{{", "<doc1|"]
)
def test_shortcuts_written_to_hurt_take_linear_time(piece: str) -> None:
    start = time.process_time()
    html(piece * 5_000)
    html(piece * 2_000 + "]" + "}" * 2_000)
    assert time.process_time() - start < 10


@given(st.text(alphabet="{}[]->_*#\n ab|", max_size=150))
def test_no_letter_is_lost_outside_links(typed: str) -> None:
    plain = typed.replace("->", "").replace("|", "")
    shown = BeautifulSoup(html(plain), "html.parser").get_text()
    assert sorted(letter for letter in shown if letter in "ab") == sorted(letter for letter in plain if letter in "ab")
