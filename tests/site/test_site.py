"""What a site of several files must never do: lose, publish or replace anything in silence."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest

POST = "Title: {title}\nDate: {date}\nCategory: Essais\n{extra}\n\nTexte de {title}.\n"


def post(title: str, extra: str = "", date: str = "2024-05-02") -> str:
    return POST.format(title=title, date=date, extra=extra).replace("\n\n\n", "\n\n")


def everything(built) -> str:
    return "\n".join(body.decode("utf-8", "replace") for body in built.files.values())


def test_an_empty_folder_makes_a_site(site) -> None:
    made = site()
    assert made.code == 0, made.said
    assert "Aucun billet" in made.text("index.html")
    assert made.has("feeds/atom.xml")


@pytest.mark.parametrize("extra", ["Status: draft", "Tags:\n- PME\nStatus: draft", "Status: brouillon"])
def test_a_draft_appears_nowhere(site, extra: str) -> None:
    made = site(f"-- articles/secret.md --\n{post('Introuvable', extra)}\n-- articles/ok.md --\n{post('Visible')}")
    assert "Visible" in everything(made)
    assert "Introuvable" not in everything(made)


def test_a_post_of_the_future_appears_nowhere_until_its_day(site) -> None:
    text = f"-- articles/demain.md --\n{post('Demain', date='2031-01-02')}\n-- articles/ok.md --\n{post('Visible')}"
    early = site(text, SOURCE_DATE_EPOCH="1735689600")
    assert "Demain" not in everything(early)
    assert "PDV028 billet à venir : il paraîtra le 2 janvier 2031." in early.said
    later = site("", SOURCE_DATE_EPOCH="1925251200")
    assert "Demain" in everything(later)


def test_a_file_that_cannot_be_read_becomes_a_page_that_says_why(site, tmp_path: Path) -> None:
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "content" / "articles" / "latin.md").write_bytes("Title: Été\n".encode("latin-1"))
    made = site()
    page = made.text("2000/01/latin/index.html")
    assert "À corriger" in page
    assert "UTF-8" in page
    assert "PDV030" in made.said
    assert "À corriger" not in made.text("index.html")


def test_a_strict_build_with_an_error_writes_nothing(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}\n> [!tangibl] x\n> y : z\n", settings="public")
    assert made.code == 1
    assert not made.output.exists() or not made.files
    assert "Rien n'a été publié" in made.said


def test_a_strict_build_without_error_publishes(site) -> None:
    assert site(f"-- articles/a.md --\n{post('A')}", settings="public").code == 0


def test_two_files_that_want_one_address_are_both_named_and_both_shown(site) -> None:
    made = site(f"-- articles/un.md --\n{post('Un', 'Slug: meme')}\n-- articles/deux.md --\n{post('Deux', 'Slug: meme')}")
    assert made.code == 0, made.said
    assert "articles/un.md:4: PDV060" in made.said
    assert "articles/deux.md:4: PDV060" in made.said
    assert "Texte de Un" in everything(made)
    assert "Texte de Deux" in everything(made)


def test_one_slug_on_two_days_is_said(site) -> None:
    made = site(f"-- articles/2024/un.md --\n{post('Un')}\n-- articles/2025/un.md --\n{post('Encore', date='2025-01-01')}")
    assert made.said.count("PDV060") == 2


def test_one_id_for_two_posts_is_said(site) -> None:
    made = site(f"-- articles/un.md --\n{post('Un', 'Id: tag:a,2024:x')}\n-- articles/deux.md --\n{post('Deux', 'Id: tag:a,2024:x')}")
    assert made.said.count("PDV029") == 2


@pytest.mark.parametrize(
    "extra",
    ["Save_as: index.html", "Save_as: feeds/atom.xml", "Save_as: ../../sorti.html", "Save_as: tags/index.html", "Url: //exemple.fr/", "Save_as: /tmp/x.html"],
)
def test_no_header_takes_the_place_of_a_page_of_the_site(site, tmp_path: Path, extra: str) -> None:
    made = site(f"-- articles/voleur.md --\n{post('Voleur', extra)}", settings="public")
    assert made.code == 1
    assert "PDV06" in made.said
    assert not (tmp_path.parent / "sorti.html").exists()


@pytest.mark.parametrize("name", ["brouillon.md~", ".cache.md", "#a.md#", "a.md.bak", "a.md.orig", ".a.md.swp"])
def test_editors_leftovers_are_never_published(site, name: str) -> None:
    made = site(f"-- articles/{name} --\n{post('Reste')}\n-- images/{name} --\nReste\n")
    assert "Reste" not in everything(made)


def test_capitals_in_the_extension_are_read(site) -> None:
    assert "Texte de Capitales" in everything(site(f"-- articles/A.MD --\n{post('Capitales')}"))


@pytest.mark.parametrize("name", ["articles/a.rst", "articles/a.html", "pages/b.HTML"])
def test_another_format_is_named_and_not_published(site, name: str) -> None:
    made = site(f"-- {name} --\nTitle: Autre\n\n<script>alert(1)</script>\n")
    assert "PDV035" in made.said
    assert "alert(1)" not in everything(made)


def test_a_link_out_of_the_folder_is_not_read(site, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(post("Secret"), encoding="utf-8")
    for folder in ("articles", "images"):
        (tmp_path / "content" / folder).mkdir(parents=True)
        (tmp_path / "content" / folder / "lien.md").symlink_to(secret)
    made = site()
    assert made.said.count("PDV034") == 2
    assert "Texte de Secret" not in everything(made)


def test_a_drawing_with_code_is_refused_and_not_copied(site) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" onload="alert(1)"/></svg>'
    made = site(f"-- images/a.svg --\n{drawing}\n-- images/b.svg --\n{drawing.replace(' onload=', ' data-x=')}\n")
    assert "images/a.svg:1: PDV053" in made.said
    assert not made.has("images/a.svg")
    assert made.has("images/b.svg")


def test_nothing_that_runs_reaches_a_page_or_a_feed(site) -> None:
    body = """
<script>alert(1)</script> <img src=x onerror=alert(1) alt=x>
[a](javascript:alert(1)) [b](&#106;avascript:alert(1)) ![c](data:text/html,x)
<svg onload=alert(1)></svg> <iframe src="https://exemple.fr"></iframe> <style>*{}</style>
[d](https://exemple.fr){onclick=alert(1) style=color:red}
<a href="jav&#x09;ascript:alert(1)">e</a> <form action="https://exemple.fr"><input name=q></form>
"""
    made = site(f"-- articles/a.md --\n{post('<script>alert(2)</script>', 'Tags: <b>x</b>, ok' + chr(10) + 'Author: <i>moi</i>')}{body}")
    entries = json.loads(made.text("feeds/feed.json"))["items"]
    shown = {path: made.text(path) for path in made.files if path.endswith((".html", ".xml"))}
    shown["feed.json"] = entries[0]["content_html"] + html.escape(entries[0]["title"])
    for path, text in shown.items():
        live = re.findall(r"<[a-zA-Z!][^>]*>", html.unescape(text) if path.endswith(".xml") else text)
        for tag in live if path.endswith(".html") or path == "feed.json" else ():
            own = r"form class=.search|input (?:id=.q.|type=.checkbox. name=.slash)"
            assert not re.match(rf"<(script>|style|iframe|svg(?! class=.years-bar)|(?!{own})(?:form|input))", tag), (path, tag)
            assert not re.search(r"\son\w+=|javascript:|\sstyle=", tag), (path, tag)
    feed = feedparser.parse(made.files["feeds/atom.xml"])
    raw = ET.fromstring(made.files["feeds/atom.xml"]).findtext(".//{http://www.w3.org/2005/Atom}content")
    assert not re.search(r"<(script|style|iframe|svg|form)|<[^>]*\son\w+=|<[^>]*javascript:", raw)
    assert feed.entries[0].title == "<script>alert(2)</script>"


def test_tags_that_differ_by_case_or_accent_are_one(site) -> None:
    made = site(
        f"-- articles/a.md --\n{post('A', 'Tags: PME, pme, C, C++, C#, élus')}\n-- articles/b.md --\n{post('B', 'Tags: pme, PME, elus', date='2024-06-01')}"
    )
    assert sorted(name.split("/")[1] for name in made.files if name.startswith("tag/")) == ["C", "C#", "C++", "PME", "élus"]
    assert made.text("tag/PME/index.html").count("card-title") == 2


def test_internal_links_and_pictures_lead_where_they_say(site) -> None:
    made = site(
        f"-- articles/a.md --\n{post('A')}[vers B]({{filename}}b.md) ![un carré]({{static}}/images/a.svg)\n"
        f"-- articles/b.md --\n{post('B')}\n-- images/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'/>\n"
    )
    page = made.text("2024/05/a/index.html")
    assert 'href="/2024/05/b/"' in page
    assert 'src="/images/a.svg"' in page
    assert 'width="40"' in page


def test_a_site_in_a_folder_of_its_host_links_inside_it(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}[B]({{filename}}b.md)\n-- articles/b.md --\n{post('B')}", 'SITEURL="https://exemple.fr/blog"')
    page = made.text("2024/05/a/index.html")
    assert 'href="/blog/2024/05/b/"' in page
    assert '<link rel="canonical" href="https://exemple.fr/blog/2024/05/a/">' in page


def test_an_unknown_setting_stops_the_build_with_its_right_name(site) -> None:
    made = site("", 'PLANCHER_READING={"mod": "strict"}')
    assert made.code == 1
    assert "Vouliez-vous dire « mode » ?" in made.said


def test_a_post_typed_as_on_github_reaches_pages_and_feeds_whole(site) -> None:
    text = "Le début, sans résumé.\n\n- [x] relu\n\nÉcrire à <jean\\_d@exemple.fr>.\n\n[plan]({static}/images/le%20plan.txt)\n"
    header = "Title: A\nDate: 2024-05-02\nCategory: Essais\n\n"
    made = site(f"-- articles/a.md --\n{header}{text}\n-- images/le plan.txt --\nx\n")
    page, feed = made.text("2024/05/a/index.html"), made.text("feeds/feed.json")
    assert re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL).count("Le début, sans résumé.") == 1
    assert "<input" in page
    assert "☑" in feed
    assert "<input" not in feed
    assert "/images/le%20plan.txt" in page
    assert not any(sign in text for text in (page, feed, made.text("feeds/atom.xml")) for sign in ("\x02", "\x03", "\\u0002", "&#2;"))
