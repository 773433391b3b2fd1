"""Ghost's JSON: HTML, Lexical, Mobiledoc, Markdown; what is not public is held back; what is private is never decoded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerTerm, Kind, Markup, Place
from plancher.importing.blogs.readers.ghost import lexical, mobiledoc
from plancher.importing.blogs.readers.ghost.notes import Cards
from plancher.importing.blogs.source import SourceError

from tests import memory
from tests.importing.blogs.readers.exports import archive, items, reader_of, single, texts, whole

POST = {
    "id": "5c0e",
    "uuid": "0f1e-2d3c",
    "title": "Un titre",
    "slug": "un-titre",
    "html": "<p>Bonjour.</p>",
    "status": "published",
    "visibility": "public",
    "type": "post",
    "published_at": "2020-01-02T23:30:00.000Z",
}


def data(posts: list[dict[str, object]], **tables: object) -> dict[str, object]:
    return {"db": [{"meta": {"exported_on": 1_600_000_000_000, "version": "5.2.0"}, "data": {"posts": posts, **tables}}]}


def one(place: Path, **fields: object) -> object:
    (text,) = texts(single(place, "blog.ghost.json", json.dumps(data([POST | fields]))), "Ghost")
    return text


def lexical_of(*children: dict[str, object]) -> str:
    return json.dumps({"root": {"type": "root", "children": list(children)}})


def card(**fields: object) -> str:
    cards = Cards(Place(file="x"))
    return lexical.to_html(lexical_of(fields), cards)


def test_a_post_comes_with_its_tags_authors_and_addresses(tmp_path: Path) -> None:
    tables = {
        "tags": [{"id": "1", "name": "Web", "slug": "web", "description": "Tout &amp; rien"}, {"id": "2", "name": "#interne", "slug": "hash-interne"}],
        "posts_tags": [{"post_id": "5c0e", "tag_id": "2", "sort_order": 1}, {"post_id": "5c0e", "tag_id": "1", "sort_order": 0}],
        "users": [{"id": "9", "name": "Anne", "email": "anne@exemple.fr", "password": "$2a$10$xyz"}],
        "posts_authors": [{"post_id": "5c0e", "author_id": "9", "sort_order": 0}],
        "settings": [{"key": "title", "value": "Un blog"}, {"key": "timezone", "value": "Europe/Paris"}, {"key": "members_private_key", "value": "SECRET"}],
    }
    found = items(single(tmp_path, "blog.json", json.dumps(data([POST], **tables))), "Ghost")
    (text,) = [item for item in found if hasattr(item, "published")]
    assert (text.tags, text.authors, text.addresses, text.feed_id) == (("Web",), ("Anne",), ("/un-titre/",), "5c0e")
    assert text.published.isoformat() == "2020-01-03T00:30:00+01:00"
    assert next(item for item in found if isinstance(item, FormerBlog)).name == "Un blog"
    assert [item.name for item in found if isinstance(item, FormerTerm)] == ["Web"]
    assert not {word for word in ("anne@exemple.fr", "SECRET", "$2a$10") if word in whole(found)}


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "draft"}, "brouillon"),
        ({"status": "scheduled"}, "programmé"),
        ({"status": "sent"}, "courriel"),
        ({"status": None}, "sans état connu"),
        ({"visibility": "members"}, "membres"),
        ({"visibility": "paid"}, "payants"),
        ({"visibility": "tiers"}, "abonnés"),
        ({"visibility": "specific"}, "abonnés"),
        ({"visibility": None}, ""),
    ],
)
def test_what_was_not_for_everybody_is_held_back(tmp_path: Path, fields: dict[str, object], reason: str) -> None:
    held_back = one(tmp_path, **fields).held_back
    assert reason in held_back
    assert bool(reason) == bool(held_back)


def test_a_post_sent_by_e_mail_only_is_held_back(tmp_path: Path) -> None:
    meta = [{"post_id": "5c0e", "email_only": 1}]
    (text,) = texts(single(tmp_path, "blog.json", json.dumps(data([POST], posts_meta=meta))), "Ghost")
    assert "courriel" in text.held_back


def test_members_are_stepped_over_without_being_decoded(tmp_path: Path) -> None:
    raw = json.dumps(data([POST], members=["MEMBRES"])).replace(
        '"MEMBRES"', '{"email": "lecteur@exemple.fr", "note": "\\ud800 \\" ]}", "n": [{}, [1.5e3, null]]}'
    )
    found = items(single(tmp_path, "blog.json", raw), "Ghost")
    assert len([item for item in found if hasattr(item, "published")]) == 1
    assert "lecteur@exemple.fr" not in whole(found)


def test_without_db_and_with_pages_of_ghost_0(tmp_path: Path) -> None:
    old = {"id": 3, "title": "À propos", "slug": "a-propos", "markdown": "*Bonjour*", "html": "<p><em>Bonjour</em></p>", "status": "published", "page": 1}
    raw = {"meta": {"exported_on": 1, "version": "004"}, "data": {"posts": [old | {"published_at": 1_400_000_000_000}]}}
    (text,) = texts(single(tmp_path, "blog.json", json.dumps(raw)), "Ghost")
    assert (text.kind, text.markup, text.body, text.published.year) == (Kind.PAGE, Markup.MARKDOWN, "*Bonjour*", 2014)


def test_the_address_of_the_blog_is_taken_from_pictures_and_links(tmp_path: Path) -> None:
    text = one(
        tmp_path,
        html='<p><img src="__GHOST_URL__/content/images/a.png"><a href="__GHOST_URL__/deux/">b</a></p>',
        feature_image="__GHOST_URL__/content/images/b.png",
    )
    assert "__GHOST_URL__" not in text.body
    assert '"/content/images/a.png"' in text.body
    assert text.picture == "/content/images/b.png"


@pytest.mark.parametrize("html", [None, "", "  ", "<!--kg-card-begin: html-->"])
def test_an_empty_html_gives_way_to_lexical(tmp_path: Path, html: str | None) -> None:
    paragraph = {"type": "paragraph", "children": [{"type": "extended-text", "text": "Un <b> gras", "format": 3}]}
    assert one(tmp_path, html=html, lexical=lexical_of(paragraph)).body == "<p><em><strong>Un &lt;b&gt; gras</strong></em></p>"


def test_mobiledoc_gives_its_marks_lists_and_breaks(tmp_path: Path) -> None:
    document = {
        "version": "0.3.1",
        "markups": [["strong"], ["a", ["href", "https://exemple.fr"]], ["a", ["href", "javascript:x"]]],
        "atoms": [["soft-return", "", {}]],
        "cards": [["hr", {}]],
        "sections": [
            [1, "p", [[0, [0, 1], 1, "gras"], [0, [], 1, " lié"], [1, [], 0, 0], [0, [2], 1, "piège"]]],
            [10, 0],
            [3, "ol", [[[0, [], 0, "un"]], [[0, [], 0, "deux"]]]],
        ],
    }
    body = one(tmp_path, html=None, mobiledoc=json.dumps(document)).body
    assert body == '<p><strong><a href="https://exemple.fr">gras</a> lié</strong><br/><span>piège</span></p><hr/><ol><li>un</li><li>deux</li></ol>'


def test_a_document_that_is_one_card_of_markdown_stays_markdown(tmp_path: Path) -> None:
    document = {"version": "0.3.1", "cards": [["card-markdown", {"markdown": "*un*\n\n![](__GHOST_URL__/a.png)"}]], "sections": [[10, 0]]}
    text = one(tmp_path, html="<p><em>un</em></p>", mobiledoc=json.dumps(document))
    assert (text.markup, text.body) == (Markup.MARKDOWN, "*un*\n\n![](/a.png)")


CARDS = [
    (
        {"type": "image", "src": "/a.png", "alt": "vue", "caption": "<b>L</b>"},
        '<figure><img alt="vue" src="/a.png"/><figcaption><b>L</b></figcaption></figure>',
    ),
    (
        {"type": "gallery", "images": [{"src": "/a.png"}, {"src": "/b.png"}]},
        '<figure><img alt="" src="/a.png"/></figure><figure><img alt="" src="/b.png"/></figure>',
    ),
    ({"type": "codeblock", "language": "php", "code": "a < b"}, '<pre><code class="language-php">a &lt; b</code></pre>'),
    ({"type": "html", "html": "<p>brut"}, "<p>brut</p>"),
    ({"type": "markdown", "markdown": "*a*"}, "<p><em>a</em></p>"),
    ({"type": "embed", "url": "https://v.exemple.fr/1"}, '<p><a class="embed" href="https://v.exemple.fr/1">https://v.exemple.fr/1</a></p>'),
    ({"type": "bookmark", "url": "https://exemple.fr", "metadata": {"title": "T", "description": "D"}}, '<p><a href="https://exemple.fr">T</a></p><p>D</p>'),
    ({"type": "callout", "calloutEmoji": "💡", "calloutText": "Mot"}, "<aside><p>💡</p><p>Mot</p></aside>"),
    ({"type": "toggle", "heading": "H", "content": "<p>C</p>"}, "<p><strong>H</strong></p><p>C</p>"),
    ({"type": "button", "buttonText": "B", "buttonUrl": "https://exemple.fr"}, '<p><a href="https://exemple.fr">B</a></p>'),
    ({"type": "file", "src": "/a.pdf", "fileTitle": "F"}, '<p><a href="/a.pdf">F</a></p>'),
    ({"type": "video", "src": "/a.mp4"}, '<p><a class="embed" href="/a.mp4">/a.mp4</a></p>'),
    ({"type": "audio", "src": "/a.mp3", "title": "A"}, '<p><a href="/a.mp3">A</a></p>'),
    ({"type": "product", "productTitle": "P", "productDescription": "<p>D</p>"}, "<p><strong>P</strong></p><p>D</p>"),
    ({"type": "header", "header": "H", "subheader": "S"}, "<h2>H</h2><p>S</p>"),
    ({"type": "horizontalrule"}, "<hr/>"),
    ({"type": "paywall"}, ""),
    ({"type": "signup", "header": "Abonnez-vous"}, ""),
    ({"type": "email", "html": "<p>aux abonnés</p>"}, ""),
]


@pytest.mark.parametrize(("fields", "html"), CARDS)
def test_each_card_becomes_what_it_means(fields: dict[str, object], html: str) -> None:
    assert card(**fields) == html


def test_an_unknown_card_is_told_and_keeps_its_words(tmp_path: Path) -> None:
    text = one(tmp_path, html=None, lexical=lexical_of({"type": "hologramme", "data": {"legend": "Des mots ici", "url": "https://exemple.fr/h"}}))
    assert "Des mots ici" in text.body
    assert "https://exemple.fr/h" in text.body
    assert "« hologramme »" in text.notes[0].message


def test_cards_that_ghost_had_rendered_become_what_they_mean(tmp_path: Path) -> None:
    html = (
        '<figure class="kg-card kg-gallery-card"><div class="kg-gallery-image"><img src="/a.png"></div><div class="kg-gallery-image"><img src="/b.png"></div></figure>'
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://exemple.fr"><div class="kg-bookmark-title">T</div></a></figure>'
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Mot</div></div>'
        '<div class="kg-card kg-toggle-card"><h4 class="kg-toggle-heading-text">H</h4><div class="kg-toggle-content"><p>C</p></div></div>'
        '<figure class="kg-card kg-embed-card"><iframe src="https://v.exemple.fr/1"></iframe></figure><div class="kg-card kg-signup-card"><form>x</form></div><!--members-only-->'
    )
    text = one(tmp_path, html=html)
    assert text.body == (
        '<figure><img alt="" src="/a.png"/></figure><figure><img alt="" src="/b.png"/></figure><p><a href="https://exemple.fr">T</a></p><aside><p>💡</p><p>Mot</p></aside>'
        '<p><strong>H</strong></p><p>C</p><figure class="kg-card kg-embed-card"><iframe src="https://v.exemple.fr/1"></iframe></figure>'
    )
    assert "abonnement" in text.notes[0].message


@pytest.mark.parametrize("document", ["{", "[]", "null", '"x"', '{"root": 3}', '{"root": {"children": {}}}', "[" * 100_000])
def test_a_damaged_document_stops_nothing(tmp_path: Path, document: str) -> None:
    assert one(tmp_path / "a", html=None, lexical=document).body == ""
    assert one(tmp_path / "b", html=None, mobiledoc=document).body == ""


@pytest.mark.parametrize(
    "document",
    [
        {"sections": [[1, "p", [[0, [99], 99, "a"]]], [10, 99], [3, "ul", "x"], [7], []], "markups": 3, "cards": "x"},
        {"sections": [[1, "script", [[0, [0] * 5000, 0, "a"]]]], "markups": [["b"]]},
        {"sections": [[1, "p", [[1, [], -5, "a"], "x", [0]]]]},
    ],
)
def test_a_mobiledoc_that_contradicts_itself_stops_nothing(document: dict[str, object]) -> None:
    html = mobiledoc.to_html(json.dumps(document), Cards(Place(file="x")))
    assert "<script" not in html


def test_a_hundred_levels_of_lists_keep_their_words() -> None:
    node: dict[str, object] = {"type": "listitem", "children": [{"type": "text", "text": "fond"}]}
    for _ in range(100):
        node = {"type": "listitem", "children": [{"type": "list", "listType": "bullet", "children": [node]}]}
    html = lexical.to_html(lexical_of({"type": "list", "children": [node]}), Cards(Place(file="x")))
    assert "fond" in html
    assert html.count("<ul>") < 60


def test_a_file_cut_in_the_middle_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    source = single(tmp_path, "blog.json", json.dumps(data([POST, POST | {"id": "2"}]))[:-80])
    with pytest.raises(SourceError, match=r"blog\.json.*coupé"):
        list(reader_of(source).read(source))


def test_pictures_of_an_archive_are_found_at_their_address(tmp_path: Path) -> None:
    files = {"blog/blog.json": json.dumps(data([POST])), "blog/content/images/2020/01/a.png": b"x"}
    pictures = [item for item in items(archive(tmp_path, files), "Ghost") if isinstance(item, FormerFile)]
    assert pictures[0].addresses[0] == "/content/images/2020/01/a.png"
    assert pictures[0].path == "blog/content/images/2020/01/a.png"


def test_memory_stays_flat_whatever_the_size(tmp_path: Path) -> None:
    posts = [POST | {"id": str(number), "html": f"<p>{'mot ' * 2500}</p>"} for number in range(800)]
    source = single(tmp_path, "blog.json", json.dumps(data(posts, members=[{"email": "x" * 1000}] * 800)))
    counts: list[int] = []
    memory.assert_below(2_000_000, lambda: counts.append(sum(hasattr(item, "published") for item in reader_of(source).read(source))))  # of nine million
    assert {*counts} == {800}
