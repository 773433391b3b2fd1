"""What an import writes, and where: nothing is overwritten, nothing climbs out, nothing that was hidden is shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import tomllib

import pytest
from plancher.base.problems import Problem
from plancher.importing.blogs.home.making import NO_ID
from plancher.importing.blogs.model import (
    FormerBlog,
    FormerComment,
    FormerFile,
    FormerReplies,
    FormerTerm,
    Kind,
    LeftOut,
    Markup,
    Note,
    Place,
    Reply,
)
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.source import SourceError
from plancher.pelican_adapter.addresses import slug_of
from plancher.pelican_adapter.defaults import SLUG_REGEX_SUBSTITUTIONS
from plancher.text import front_reader, header
from plancher.text.front import Front, FrontRules

from tests.importing.blogs.home.blog import CONVERTERS, PNG, ROOT, Home, text

BLOG = FormerBlog(name="Ancien", address=ROOT, feeds=((f"{ROOT}/feed/", "rss"),))


def test_a_post_comes_with_its_day_its_zone_its_former_identifier_and_addresses(home: Home) -> None:
    assert home.bring(BLOG, text(1, categories=("Essais", "Web"), tags=("PME",), authors=("Anne Un",))) == 0
    assert home.read("articles/2008/billet-1.md") == (
        "Title: Billet 1\nDate: 2008-10-02 10:00:00+02:00\nCategory: Essais\nTags: PME, Web\nSlug: billet-1\n"
        "Id: https://ancien.example/?p=1\nAuthor: Anne Un\nAliases: /post/2008/10/billet-1, /?p=1\n\nLe corps du billet 1.\n"
    )


def test_what_was_hidden_comes_as_a_draft_and_its_reason_is_told(home: Home) -> None:
    home.bring(BLOG, text(1, held_back="protégé par un mot de passe"), text(2, published=None, kind=Kind.POST))
    assert "\nStatus: draft\n" in home.read("articles/2008/billet-1.md")
    assert "protégé par un mot de passe" in home.told
    (undated,) = [name for name in home.seen() if name.endswith("billet-2.md")]
    assert "\nStatus: draft\n" in home.read(undated)
    assert "sans date de publication" in home.told


def test_a_text_without_a_word_nor_a_picture_is_held_back(home: Home) -> None:
    home.part("a.png", PNG)
    shown = FormerFile(addresses=(f"{ROOT}/a.png",), path="a.png")
    home.bring(BLOG, shown, text(1, body=" \n"), text(2, body="", picture=f"{ROOT}/a.png"), text(3, body=f'<img src="{ROOT}/a.png" alt="a">'))
    drafts = ["Status: draft" in home.read(f"articles/2008/billet-{number}.md") for number in (1, 2, 3)]
    assert drafts == [True, False, False]
    assert "Gardés en brouillon, « sans texte » (1)" in home.told


def test_two_texts_of_one_slug_get_two_names_and_nothing_of_the_author_s_is_touched(home: Home) -> None:
    mine = home.read("articles/a-moi.md")
    (home.content / "articles" / "autre.md").write_text("Title: X\nDate: 2008-10-02\nSlug: un\n\nX.\n", encoding="utf-8")
    home.bring(BLOG, text(1, slug="un"), text(2, slug="Un"), text(3, slug="un", kind=Kind.PAGE), text(4, slug="tags", kind=Kind.PAGE))
    names = set(home.seen())
    assert {"articles/2008/un-2.md", "articles/2008/un-3.md", "pages/un.md", "pages/tags-2.md"} <= names
    assert home.read("articles/a-moi.md") == mine


def test_names_stay_in_the_content_folder_and_suit_every_system(home: Home) -> None:
    before = {path for path in home.root.parent.rglob("*") if ".annuler" not in path.parts}
    home.bring(
        BLOG,
        text(1, slug="../../../tmp/vol"),
        text(2, slug="con"),
        text(3, slug="x" * 400),
        text(4, slug="brouillon-de-loi"),
        text(5, slug="", title="日本"),
        text(6, slug="..\\..\\C:\\autoexec"),
    )
    after = {path for path in home.root.parent.rglob("*") if ".annuler" not in path.parts} - before
    assert all(path.is_relative_to(home.content) for path in after)
    names = [name for name in home.seen() if name.startswith("articles/2008/")]
    assert {"articles/2008/vol.md", "articles/2008/texte-con.md", "articles/2008/brouillon-de-loi.md", "articles/2008/essai-5.md"} <= set(names)
    assert len(names) == 6
    assert max(map(len, names)) < 130


def test_links_between_texts_follow_them_and_links_to_what_was_left_keep_their_address(home: Home) -> None:
    body = (
        f'<p><a href="{ROOT}/post/2008/10/billet-2#suite">a</a> <a href="http://www.ancien.example/post/2008/10/billet-2/?utm_source=x#comment-3">b</a> '
        '<a href="/?p=2">c</a> <a href="/category/web">d</a> <a href="/contact">e</a> <a href="https://autre.example/a b">f</a> '
        '<a href="javascript:vol()">g</a> <a href="#note">h</a> <a href="//autre.example/">i</a></p>'
    )
    term = FormerTerm(is_category=True, name="Web", addresses=(f"{ROOT}/category/web",))
    home.bring(BLOG, term, text(1, body=body), text(2, categories=("Web",)))
    there = "{filename}/articles/2008/billet-2.md"
    assert home.read("articles/2008/billet-1.md").endswith(
        f"\n[a]({there}#suite) [b]({there}) [c]({there}) [d]({{category}}Web) [e]({ROOT}/contact) [f](https://autre.example/a%20b) g [h](#note) "
        "[i](https://autre.example/)\n"
    )


def test_nothing_leads_to_a_draft_or_to_a_post_of_the_future(home: Home) -> None:
    future = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    body = "".join(f'<p><a href="{ROOT}/?p={number}">là</a></p>' for number in (2, 3))
    home.bring(BLOG, text(1, body=body), text(2, held_back="privé"), text(3, published=future))
    assert home.read("articles/2008/billet-1.md").endswith(f"[là]({ROOT}/?p=2)[là]({ROOT}/?p=3)\n")


def test_an_absent_picture_that_leads_to_itself_larger_is_one_link(home: Home) -> None:
    body = f'<a href="{ROOT}/x-grande.jpg"><img src="{ROOT}/x.jpg" alt="X"></a> <a href="{ROOT}/page"><img src="{ROOT}/y.jpg" alt="Y"></a>'
    home.bring(BLOG, text(1, body=body))
    assert home.read("articles/2008/billet-1.md").endswith(f"[Image : X]({ROOT}/x-grande.jpg) [Image : Y]({ROOT}/y.jpg) [→]({ROOT}/page)\n")


def test_a_link_to_the_page_of_a_picture_leads_to_the_picture(home: Home) -> None:
    home.part("a.png", PNG)
    files = [FormerFile(addresses=(f"{ROOT}/up/{name}.png",), path=f"{name}.png" if name == "a" else "", pages=(f"{ROOT}/photo-{name}/",)) for name in "ab"]
    body = "".join(f'<a href="{ROOT}/photo-{name}"><img src="{ROOT}/up/{name}.png" alt="{name}"></a>' for name in "ab")
    home.bring(BLOG, *files, text(1, body=body))
    assert home.read("articles/2008/billet-1.md").endswith(f"\n[![a]({{static}}/images/a.png)]({{static}}/images/a.png)[Image : b]({ROOT}/up/b.png)\n")


def test_a_file_of_a_kind_that_no_blog_publishes_stays_where_it_is_and_is_nothing_to_mend(home: Home) -> None:
    home.part("favicon.ico", b"\x00\x00\x01\x00")
    home.part("a.png", b"nothing of a picture")
    assert home.bring(BLOG, FormerFile(addresses=(f"{ROOT}/favicon.ico",), path="favicon.ico"), text(1)) == 0
    assert not [name for name in home.seen() if "favicon" in name]
    assert home.bring(BLOG, FormerFile(addresses=(f"{ROOT}/a.png",), path="a.png"), text(2)) == 1


def test_pictures_of_one_name_come_under_two_and_those_of_the_same_bytes_once(home: Home) -> None:
    home.part("2008/10/photo.png", PNG)
    home.part("2008/11/photo.png", PNG + b"\n")
    home.part("2008/12/photo.png", PNG)
    files = [FormerFile(addresses=(f"{ROOT}/wp/2008/{month}/photo.png",), path=f"2008/{month}/photo.png") for month in (10, 11, 12)]
    body = "".join(f'<img src="{ROOT}/wp/2008/{month}/photo.png" alt="m{month}">\n' for month in (10, 11, 12))
    home.bring(BLOG, *files, text(1, body=body))
    assert {name for name in home.seen() if name.startswith("images/2008/")} == {"images/2008/photo.png", "images/2008/photo-2.png"}
    assert home.read("articles/2008/billet-1.md").endswith(
        "\n![m10]({static}/images/2008/photo.png)\n![m11]({static}/images/2008/photo-2.png)\n![m12]({static}/images/2008/photo.png)\n"
    )
    assert "/wp/2008/11/photo.png → /images/2008/photo-2.png\n" in home.read("redirections.txt")


def test_a_picture_that_is_absent_or_is_none_becomes_a_link_and_is_told(home: Home) -> None:
    home.part("page.png", b"<html><script>")
    body = f'<img src="{ROOT}/absent.png" alt="Une vache"> <img src="page.png" alt="Page"> <img src="https://tiers.example/x.gif" alt="">'
    assert home.bring(BLOG, text(1, body=body)) == 1  # the second is no picture
    assert home.read("articles/2008/billet-1.md").endswith(
        f"\n[Image : Une vache]({ROOT}/absent.png) [Image : Page](/page.png) [Image](https://tiers.example/x.gif)\n"
    )
    assert "page.png ne vient pas" in home.told
    assert "absent\t" in home.read("importation.txt")


def test_pictures_are_found_in_the_folder_that_the_author_gives(home: Home) -> None:
    folder = home.root / "copie" / "uploads" / "2008"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(PNG)
    (home.root / "copie" / "autre").mkdir()
    (home.root / "copie" / "autre" / "b.png").write_bytes(PNG)
    body = f'<img src="{ROOT}/wp-content/uploads/2008/a.png" alt="a"><img src="{ROOT}/ailleurs/b.png" alt="b">'
    home.bring(BLOG, text(1, body=body), files=home.root / "copie")
    assert "![a]({static}/images/2008/a.png)[Image : b]" in home.read("articles/2008/billet-1.md")  # « autre/b.png » may be another picture


def test_only_public_comments_come_without_markup_and_beside_their_text(home: Home) -> None:
    said = FormerComment(
        identifier="7",
        author="Anne <b>",
        website="javascript:vol()",
        date=dt.datetime(2008, 10, 3, tzinfo=dt.UTC),
        body='<p>Oui<br>« bien »</p><script>x</script>"""',
    )
    hidden = FormerComment(identifier="8", body="caché", is_public=False)
    late = FormerComment(identifier="9", parent="7", kind=Reply.TRACKBACK, body='Voir <a href="https://autre.example/">là</a>')
    home.bring(BLOG, FormerReplies(text="essai:1", comments=(late,)), text(1, comments=(said, hidden)), FormerReplies(text="essai:99", comments=(said,)))
    raw = home.read("temoignages/2008/billet-1.toml")
    assert "caché" not in raw
    replies = tomllib.loads(raw)["reponse"]
    assert [reply["id"] for reply in replies] == ["9", "7"]
    assert replies[1]["texte"].strip() == 'Oui\n« bien »\n\n"""'
    assert "site" not in replies[1]
    assert replies[0]["texte"] == "Voir là (https://autre.example/)"
    assert "réponse de lecteur (l'export n'a pas" in home.told


@pytest.mark.parametrize(("typed", "kept"), [("anne@exemple.fr", "anne"), ("Anne <anne@exemple.fr>", "Anne <anne>"), ("Anne @ home", "Anne @ home")])
def test_a_reader_whose_name_is_an_e_mail_address_does_not_show_it(home: Home, typed: str, kept: str) -> None:
    home.bring(BLOG, text(1, comments=(FormerComment(identifier="1", author=typed, body="Oui."),)))
    (reply,) = tomllib.loads(home.read("temoignages/2008/billet-1.toml"))["reponse"]
    assert reply["auteur"] == kept


def test_descriptions_of_tags_go_into_the_registry_whose_words_stay(home: Home) -> None:
    (home.content / "tags.toml").write_text('# À moi.\n["Web"]  # ici\naliases = ["toile"]\n', encoding="utf-8")
    terms = [FormerTerm(is_category=False, name=name, description=f"<p>De {name}.</p>") for name in ("web", "PME")]
    home.bring(BLOG, *terms, text(1, tags=("PME", "web")))
    assert home.read("tags.toml") == '# À moi.\n["Web"]  # ici\naliases = ["toile"]\ndescription = "De web."\n\n["PME"]\ndescription = "De PME."\n'


def test_former_feeds_terms_and_pages_of_pictures_are_redirected(home: Home) -> None:
    home.part("a.png", PNG)
    file = FormerFile(addresses=(f"{ROOT}/up/a.png",), path="a.png", pages=(f"{ROOT}/?attachment_id=5",))
    terms = [
        FormerTerm(is_category=False, name="C/C++", addresses=(f"{ROOT}/tag/c-c",)),
        FormerTerm(is_category=True, name="Vide", addresses=(f"{ROOT}/category/vide/",)),
        FormerTerm(is_category=False, name="web", addresses=(f"{ROOT}/tag/web/",)),
    ]
    home.bring(BLOG, file, *terms, text(1, tags=("C/C++", "web")))
    lines = home.read("redirections.txt").splitlines()[1:]
    assert lines == sorted(lines)
    assert set(lines) == {
        "/feed/ → /feeds/rss.xml",
        "/up/a.png → /images/a.png",
        "/?attachment_id=5 → /images/a.png",
        "/tag/c-c → /tag/C%20C%2B%2B/",
        "/category/vide/ → /categories/",
    }


def test_former_terms_lead_to_the_pages_that_the_site_makes(home: Home) -> None:
    (home.content / "articles" / "b.md").write_text("Title: B\nDate: 2024-05-02\nTags: Données ouvertes\nCategory: Élus\n\nB.\n", encoding="utf-8")
    (home.content / "tags.toml").write_text('["toile"]\naliases = ["Web"]\n', encoding="utf-8")
    tags, categories = ("markup", "donnees-ouvertes", "web", "caché", "futur", "PME"), ("6.1", "Elus", "Vide", "Second", "  ")
    terms = [FormerTerm(is_category=name in categories, name=name, addresses=(f"/?t={number}",)) for number, name in enumerate(tags + categories)]
    future = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    texts = [
        text(1, tags=("markup", "web", "P.M.E."), categories=("6.1", "Second")),
        text(2, tags=("Markup",)),
        text(3, tags=("Markup", "Second")),
        text(4, tags=("caché",), categories=("Vide",), held_back="brouillon"),
        text(5, tags=("futur",), published=future),
    ]
    home.bring(BLOG, *terms, *texts, category_slug=functools.partial(slug_of, SLUG_REGEX_SUBSTITUTIONS))
    lines = dict(line.split(" → ") for line in home.read("redirections.txt").splitlines()[1:] if "?t=" in line)
    assert list(map(lines.get, (f"/?t={number}" for number in range(len(terms))))) == [
        "/tag/Markup/",
        "/tag/Donn%C3%A9es%20ouvertes/",
        "/tag/toile/",
        "/tags/",
        "/tags/",
        "/tag/P.M.E./",
        "/categorie/61/",
        "/categorie/elus/",
        "/categories/",
        "/tag/Second/",
        "/categories/",
    ]


def test_no_two_lines_of_redirections_are_one_address_for_the_site(home: Home) -> None:
    terms = [FormerTerm(is_category=False, name="web", addresses=("/mot/web", "/Mot/WEB/", "/tag/web", "/mot/Web/?page=2", "/mot/Web/?PAGE=2"))]
    home.bring(BLOG, *terms, text(1, tags=("Web",), addresses=("/2008/10/Billet-1/", "/Un", "/2008/10/billet-1/index.html")), text(2, addresses=("/un/",)))
    assert [line for line in home.read("redirections.txt").splitlines() if "web" in line.casefold()] == ["/mot/Web/?page=2 → /tag/Web/", "/mot/web → /tag/Web/"]
    assert "\nAliases: /Un\n" in home.read("articles/2008/billet-1.md")
    assert "Aliases" not in home.read("articles/2008/billet-2.md")


ENGLISH = "<p>This is the first of the posts that we have written for you.</p>"
FRENCH = "<p>Voici le premier des billets que nous avons écrits pour vous.</p>"


@pytest.mark.parametrize(
    ("blog", "said", "body", "lang"),
    [
        ("en-US", "", ENGLISH, "en"),
        ("en-US", "", FRENCH, ""),
        ("en-US", "", "<p>Short.</p>", ""),
        ("fr-FR", "", ENGLISH, ""),
        ("", "", ENGLISH, ""),
        ("fr", "en", FRENCH, "en"),
        ("en", "fr-FR", ENGLISH, ""),
    ],
)
def test_a_text_in_another_language_says_so_and_keeps_its_former_address(home: Home, blog: str, said: str, body: str, lang: str) -> None:
    home.bring(dataclasses.replace(BLOG, language=blog), text(1, language=said, body=body, addresses=("/2008/10/billet-1/", "/2008/10/billet-1-en/")))
    written = home.read("articles/2008/billet-1.md")
    assert ("\nLang: en\n" in written) is (lang == "en")
    assert written.partition("\nAliases: ")[2].partition("\n")[0] == ("/2008/10/billet-1/" if lang else "/2008/10/billet-1-en/")


def parsed(written: str) -> tuple[Front, tuple[Problem, ...]]:
    """What our own reader makes of a header."""
    read = front_reader.read(header.split(written.split("\n")), FrontRules(is_page=False, templates=(), timezone=dt.UTC, path="articles/2008/billet-1.md"))
    return read.front, read.problems


def test_whatever_a_former_blog_held_our_reader_takes_the_header(home: Home) -> None:
    home.bring(
        BLOG,
        text(
            1,
            tags=("CI/CD", "a\\b", 'dit "x"', "<b>", "un,deux", ".NET", "...", "C#", "#mot", "x" * 200, "é\u200bt\u00ad\u00e9", "  ", "a;b"),
            addresses=("/a,/b", "/a;/b", "/c;", "/d,http://x", "/e, /f", "/?t=1;/2", "/2008/10/billet-1", "/2008/10/BILLET-1/index.html"),
        ),
    )
    front, problems = parsed(home.read("articles/2008/billet-1.md"))
    assert not problems
    assert front.tags == ("CI CD", "a b", "dit x", "b", "un deux", ".NET", "C#", "mot", "x" * 60, "été")
    assert front.aliases == ("/a,/b", "/a;/b", "/c;", "/d,http:/x", "/e,%20/f", "/?t=1%3B/2")
    (report,) = (home.root / ".annuler").rglob("rapport.html")
    assert "« CI CD »" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "identifier", ["12 at http://ancien.example", "http://ancien.example/?p=1|2", "12", "http://ancien.example/100%", "é:1", "tag:a,2008:{1}"]
)
def test_an_identifier_that_is_no_address_stays_out_and_is_told(home: Home, identifier: str) -> None:
    home.bring(BLOG, text(1, feed_id=identifier))
    assert "\nId:" not in home.read("articles/2008/billet-1.md")
    (report,) = (home.root / ".annuler").rglob("rapport.html")
    assert NO_ID[1:] in report.read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize("host", [ROOT, "https://images.example"])
def test_a_file_is_the_same_however_its_address_is_written(home: Home, host: str) -> None:
    home.part("f.png", PNG)
    file = FormerFile(addresses=(f"{host}/été 1/photo à la mer.png",), path="f.png")
    ways = (f"{host}/%C3%A9t%C3%A9%201/photo%20%C3%A0%20la%20mer.png", f"{host}/%c3%a9t%c3%a9%201/photo%20à%20la%20mer.png", f"{host}/été 1/photo à la mer.png")
    home.bring(BLOG, file, text(1, body="".join(f'<img src="{way}" alt="v">' for way in ways)))
    assert home.read("articles/2008/billet-1.md").count("![v]({static}/images/f.png)") == 3


def test_a_page_in_another_language_stands_where_the_others_do(home: Home) -> None:
    home.bring(BLOG, text(1, kind=Kind.PAGE, language="en", addresses=("/billet-1/", "/?page_id=1")))
    assert "\nLang: en\nUrl: billet-1/\nSave_as: billet-1/index.html\nAliases: /?page_id=1\n" in home.read("pages/billet-1.md")


def test_an_alias_belongs_to_one_text_and_is_no_page_of_today(home: Home) -> None:
    home.bring(
        BLOG,
        text(1, addresses=("/ancien", "/2008/10/billet-2/", "/tags/"), held_back="brouillon"),
        text(2, addresses=("/ancien", "/2008/10/billet-2", f"{ROOT}//a,b", "/../x", "/" + "y" * 2000)),
    )
    assert "Aliases" not in home.read("articles/2008/billet-1.md")
    assert "\nAliases: /ancien, /a%2Cb\n" in home.read("articles/2008/billet-2.md")


def test_an_alias_that_differs_by_its_case_alone_from_a_page_of_today_or_from_another_is_none(home: Home) -> None:
    home.bring(BLOG, text(1, addresses=("/2008/10/Billet-1/", "/2008/10/BILLET-2/", "/Ancien")), text(2, addresses=("/ancien", "/deux")))
    assert "\nAliases: /Ancien\n" in home.read("articles/2008/billet-1.md")
    assert "\nAliases: /deux\n" in home.read("articles/2008/billet-2.md")


def test_two_texts_of_one_identifier_both_come_and_the_very_same_text_comes_once(home: Home) -> None:
    home.bring(BLOG, text(1), text(1, title="Autre", slug="autre"), text(1))
    names = [name for name in home.seen() if name.startswith("articles/2008/")]
    assert names == ["articles/2008/autre.md", "articles/2008/billet-1.md"]
    assert home.read("articles/2008/autre.md").count("Id:") == 0  # no two entries of a feed have one identifier
    assert "en double" in home.told


def test_a_markdown_folder_s_relative_links_and_pictures_are_found(home: Home) -> None:
    home.part("content/un/index.md", b"x")
    home.part("content/un/vache.png", PNG)
    home.part("static/img/logo.png", PNG + b"\n")
    one = text(
        1, place=Place(file="content/un/index.md"), markup=Markup.MARKDOWN, body="![v](vache.png) ![l](/img/logo.png) [d](../deux.md)", addresses=("/un/",)
    )
    two = text(2, place=Place(file="content/deux.md"), addresses=("/deux/",))
    home.bring(one, two)
    assert home.read("articles/2008/billet-1.md").endswith(
        "\n![v]({static}/images/vache.png) ![l]({static}/images/logo.png) [d]({filename}/articles/2008/billet-2.md)\n"
    )


def test_counts_add_up_to_what_the_export_holds(home: Home) -> None:
    left = LeftOut(what="révision", why="le texte publié vient", place=Place(file="export.xml"))
    home.bring(BLOG, text(1), text(2, held_back="brouillon"), text(3, kind=Kind.PAGE), left, left)
    rows = {
        line.split("  ")[0]: [int(word.replace("–", "0")) for word in line.split()[-5:]]
        for line in home.said
        if line.startswith(("billets", "pages", "révision"))
    }
    assert rows["billets"] == [2, 1, 1, 0, 0]
    assert rows["pages"] == [1, 1, 0, 0, 0]
    for counts in rows.values():
        assert counts[0] == sum(counts[1:])


def test_a_source_cut_in_the_middle_brings_what_precedes_and_says_so(home: Home) -> None:
    assert home.bring(BLOG, text(1), fault="export.xml s'arrête au milieu.") == 1
    assert "articles/2008/billet-1.md" in home.seen()
    assert "s'arrête au milieu" in home.told


def test_a_source_that_is_empty_is_told_as_such_and_each_format_is_named_once(home: Home) -> None:
    (home.source / "export.xml").write_bytes(b"")
    with pytest.raises(SourceError, match="est vide"):
        home.bring(readers=READERS)
    (home.source / "export.xml").write_bytes(b"\x00")
    with pytest.raises(SourceError, match=r"Formats connus") as refused:
        home.bring(readers=READERS)
    assert str(refused.value).count("Jekyll") == 1


def test_an_export_without_any_text_changes_nothing(home: Home) -> None:
    before = home.seen()
    with pytest.raises(SourceError, match="ne contient aucun texte"):
        home.bring(BLOG)
    assert home.seen() == before


def test_a_dry_run_writes_nothing_and_who_says_no_neither(home: Home) -> None:
    before = home.seen()
    assert home.bring(BLOG, text(1), is_dry=True) == 0
    assert home.bring(BLOG, text(1), is_sure=False) == 0
    assert home.seen() == before
    assert "billets" in home.told


def test_the_report_holds_each_text_its_place_and_its_former_words(home: Home) -> None:
    home.bring(BLOG, text(1, title="Un <b> & deux", tags=("a/b",)))
    (report,) = (home.root / ".annuler").rglob("rapport.html")
    page = report.read_text(encoding="utf-8")
    assert "Un &lt;b&gt; &amp; deux" in page
    assert "export.xml:1" in page
    assert "<code>a/b</code>" in page


def test_the_report_stands_alone_and_says_first_what_must_be_mended(home: Home) -> None:
    converters = dataclasses.replace(CONVERTERS, lost_words=lambda former, _markup, _text: ("sabot",) if "sabot" in former else ())
    left = LeftOut(what="révision", why="le texte publié vient", place=Place(file="export.xml", line=9), name="a < b")
    home.part("a.png", b"<html>")
    picture = FormerFile(addresses=(f"{ROOT}/a.png",), path="a.png")
    home.bring(BLOG, picture, text(1), text(2, held_back="privé"), text(3, body="Un sabot.", notes=(text_note(),)), left, converters=converters)
    (report,) = (home.root / ".annuler").rglob("rapport.html")
    page = report.read_text(encoding="utf-8")
    assert "<link" not in page
    assert " style=" not in page
    assert "<style>" in page
    first, rest = page.split("<h2>Texte par texte</h2>")
    assert first.index("<table>") < first.index("À reprendre d’abord") < first.index("a.png ne vient pas") < first.index("sabot")
    assert ">brouillon : privé</span>" in rest.replace("\u00a0", " ")
    assert "Révision « a &lt; b », le texte publié vient." in rest.replace("\u00a0", " ")
    assert "<li>Un mot a changé : <code>avant</code></li>" in first.replace("\u00a0", " ")
    assert page.count("<td>–</td>") > 3


def text_note() -> Note:
    """A change where the third post stands."""
    return Note(place=Place(file="export.xml", line=3), message="un mot a changé.", former="avant")
