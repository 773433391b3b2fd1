"""Our components in a blog that Pelican itself makes: its own class, reader and writer, the theme « simple » or somebody else's, plugins of others."""

from __future__ import annotations

import csv
import json
import os
import posixpath
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.build.small import difference, files
from tests.conftest import ROOT, tool

FOUR = ("tangible", "tags", "links", "talks")
SETTINGS = """
AUTHOR = "Une autrice"
SITENAME = "Un blog & des essais"
SITEURL = ""
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"
THEME = "simple"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
UN = """\
Title: Un billet
Date: 2024-05-02
Tags: PME, Réseaux sociaux
Slug: un

Du texte **gras**, et [l'autre]({filename}deux.md).

> [!tangible] L'audience d'un blog
> promesse : 10 000 visites par mois
> preuve : trois contrats signés
> avant : 12 000 €
> après : 18 500 €
> niveau : mesuré
> source : [Bilan](https://exemple.fr/bilan)
>
> Du code, par l'extension du propriétaire :
>
> ```python
> print("bonjour")
> ```
>
> > [!liens] Dedans
> > - [Un site dedans](https://exemple.fr/dedans)

> Une vraie citation.
"""
DEUX = """\
Title: Deux & trois
Date: 2024-06-03
Tags: PME
Slug: deux

- un point

  > [!bilan] De 2008
  > - du bruit → deux ventes
  > - L'audience →

- un autre

> [!liens] Quelques liens
> - [Un site](https://exemple.fr/a)
>   auteur : Une consœur
>
>   Pourquoi le lire.

> [!video] Le web
> url : https://www.youtube.com/watch?v=abcdefghijk
> orateur : Une oratrice
> date : 2009-02-01

> [!NOTE]
> Une alerte de GitHub.
"""
RST = """\
Un texte en reST
################
:date: 2024-01-01
:tags: PME
:slug: rst

Bonjour.
"""
MARKS = {"tangible": 'class="tangible', "links": 'class="roundup', "talks": 'class="talk"'}
"""What a block of each becomes."""
PAGES = {
    "tangible": {"preuves/index.html", "preuves/2024/index.html", "preuves/en-attente/index.html", "preuves.json", "preuves.csv", "feeds/preuves.atom.xml"},
    "tags": {"tags/index.html", "tags/2024/index.html", "tags.json"},
    "links": {"liens/index.html", "liens/2024/06/index.html", "liens/etat/index.html", "liens.html", "liens.json", "feeds/liens.atom.xml", "feeds/liens.json"},
    "talks": {"videos/index.html", "videos/disparues/index.html", "videos/2009/index.html", "videos.json", "feeds/videos.atom.xml", "feeds/videos.rss.xml"},
}


class Blog:
    """A blog that stands elsewhere, and knows our package by its path alone."""

    def __init__(self, folder: Path, *components: str, more: str = "", plugins: tuple[str, ...] = ()) -> None:
        self.folder, self.output = folder, folder / "output"
        self.said, self.has_others = "", any("." not in name for name in plugins)
        names = [*(f"plancher.components.{name}" for name in components), *plugins]
        self.settings = f"{SETTINGS}PLUGINS = {names!r}\n{more}"
        self.write("content/un.md", UN)
        self.write("content/deux.md", DEUX)
        self.write("content/rst.rst", RST)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, *words: str) -> tuple[int, str]:
        """A process of its own, in the folder of the blog."""
        found = [str(ROOT / "plugins"), *([str(tool("plugins"))] if self.has_others else [])]
        env = {name: value for name, value in os.environ.items() if not name.startswith("PELICAN")}
        env |= {"PYTHONPATH": os.pathsep.join(found), "COLUMNS": "400"}
        ran = subprocess.run([sys.executable, *words], cwd=self.folder, env=env, capture_output=True, text=True, check=False, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr

    def build(self, output: str = "output") -> str:
        """As its owner does; what Pelican says."""
        self.write("conf.py", self.settings)
        code, said = self.run("-m", "pelican", "content", "-o", output, "-s", "conf.py")
        assert code == 0, said
        assert "Traceback" not in said, said
        return said

    def text(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")

    @property
    def files(self) -> dict[str, bytes]:
        return files(self.output)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """The four together; built."""
    blog = Blog(tmp_path_factory.mktemp("ensemble"), *FOUR)
    blog.write("content/brouillon.md", UN.replace("Slug: un", "Slug: b\nStatus: draft").replace("10 000 visites", "Secret de brouillon"))
    blog.write("content/cache.md", UN.replace("Slug: un", "Slug: c\nStatus: hidden").replace("10 000 visites", "Secret caché"))
    blog.write("content/un-en.md", UN.replace("Slug: un", "Slug: un\nLang: en").replace("10 000 visites", "Translated"))
    blog.said = blog.build()
    return blog


@pytest.mark.parametrize("name", FOUR)
def test_each_component_alone_renders_its_blocks_and_gives_its_pages(tmp_path: Path, name: str) -> None:
    blog = Blog(tmp_path, name)
    assert "PDV" not in blog.build(), "a block of another component is only a quotation"
    assert PAGES[name] <= blog.files.keys()
    others = set().union(*(PAGES[other] for other in FOUR if other != name))
    assert not others & blog.files.keys()
    posts = blog.text("un.html") + blog.text("deux.html")
    assert {mark for mark in MARKS.values() if mark in posts} == ({MARKS[name]} if name in MARKS else set())
    assert "Bonjour." in blog.text("rst.html")


def test_callouts_and_typography_take_part_too(tmp_path: Path) -> None:
    blog = Blog(tmp_path, "callouts", "typography")
    assert "PDV" not in blog.build()
    assert 'class="callout callout-note"' in blog.text("deux.html")
    assert "l’autre" in blog.text("un.html")
    assert '<a href="/deux.html">' in blog.text("un.html")


def test_the_four_together_give_everything_and_say_nothing(whole: Blog) -> None:
    assert set().union(*PAGES.values()) <= whole.files.keys()
    assert "PDV" not in whole.said
    register = whole.text("preuves/index.html")
    assert "trois contrats signés" in register
    assert 'href="/un.html#preuve-1"' in register
    assert "Un blog &amp; des essais</title>" in register or "Un blog & des essais</title>" in register
    assert 'href="/tag/pme.html"' in whole.text("tags/index.html")
    assert "Pourquoi le lire." in whole.text("liens/2024/06/index.html")
    assert "Une oratrice" in whole.text("videos/index.html")
    assert "Deux &amp; trois" in whole.text("videos/index.html"), "a title is text where a template writes it"


def test_a_block_in_a_block_and_one_in_a_list_are_read(whole: Blog) -> None:
    assert "Un site dedans" in whole.text("liens/index.html")
    inside = whole.text("un.html")
    assert inside.index('class="tangible"') < inside.index('class="roundup"') < inside.index("Une vraie citation")
    assert re.search(r'<li>\s*<p>un point</p>\s*<div class="balance">', whole.text("deux.html"))
    assert 'class="highlight"' in inside, "code in a block is the owner's to colour"


def test_data_and_feeds_are_what_their_readers_expect(whole: Blog) -> None:
    promises = (
        [row["promise"] for row in json.loads(whole.text("preuves.json"))["proofs"]] if "proofs" in whole.text("preuves.json") else whole.text("preuves.json")
    )
    assert "10 000 visites par mois" in str(promises)
    assert len(list(csv.reader(whole.text("preuves.csv").splitlines()))) == 4
    for name in ("preuves", "liens", "videos"):
        feed = ET.fromstring(whole.text(f"feeds/{name}.atom.xml"))
        assert feed.findall("{http://www.w3.org/2005/Atom}entry")
        assert "plancher-des-vaches" not in whole.text(f"feeds/{name}.atom.xml")
    assert 'HREF="https://exemple.fr/a"' in whole.text("liens.html")


def test_drafts_hidden_posts_and_translations_stand_in_no_register(whole: Blog) -> None:
    assert "Secret de brouillon" in whole.text("drafts/b.html")
    assert "Secret caché" in whole.text("c.html")
    assert 'class="tangible"' in whole.text("un-en.html")
    for name, content in whole.files.items():
        if name.startswith(("preuves", "liens", "videos", "tags", "feeds/")):
            assert not re.search("Secret|Translated", content.decode("utf-8", "replace")), name


def test_what_our_theme_alone_understands_is_left_out(whole: Blog) -> None:
    posts = whole.text("un.html") + whole.text("deux.html")
    assert "link role" not in posts
    assert "\ufdd0" not in posts
    assert "retenu six mois" not in posts, "there is no player here that could remember anything"
    assert re.search(r'<rect class="gauge-before" fill="none"', posts)


OUTSIDE = """\
Title: Dehors
Date: 2024-05-02
Slug: dehors

Un texte[^1] à "guillemets" -- [TOC]

!!! note "Une admonition"
    Avec du *texte*.

* un
  * deux

Terme
:   Définition

```python
> [!tangible] pas un bloc
> promesse : rien
```

    > [!tangible] ni ici

> [!abstract] Une alerte d'ailleurs
> avec sa suite
paresseuse

<div>
> [!tangible] ni là
</div>

[^1]: Une note.
"""
EXTENSIONS = """
MARKDOWN = {"extensions": ["admonition", "smarty", "toc", "extra"], "extension_configs": {"codehilite": {"css_class": "couleurs"}}}
"""


def test_all_outside_of_our_blocks_is_what_pelican_makes_of_it(tmp_path: Path) -> None:
    with_us, without = Blog(tmp_path / "avec", *FOUR, more=EXTENSIONS), Blog(tmp_path / "sans", more=EXTENSIONS)
    for blog in (with_us, without):
        blog.write("content/dehors.md", OUTSIDE)
        assert "PDV" not in blog.build()
    assert with_us.text("dehors.html") == without.text("dehors.html")
    assert "admonition" in without.text("dehors.html")
    assert 'class="tangible"' in with_us.text("un.html")


def test_three_plugins_of_others_work_beside_them(tmp_path: Path) -> None:
    blog = Blog(
        tmp_path,
        *FOUR,
        plugins=("series", "neighbors", "sitemap"),
        more='SITEMAP = {"format": "xml"}\nTHEME_TEMPLATES_OVERRIDES = ["gabarits"]\nSITEURL = "https://exemple.fr/blog"\n',
    )
    blog.write("content/un.md", UN.replace("Slug: un", "Slug: un\nSeries: Essai"))
    blog.write("content/deux.md", DEUX.replace("Slug: deux", "Slug: deux\nSeries: Essai"))
    blog.write(
        "gabarits/article.html",
        '{% extends "!simple/article.html" %}{% block content %}{{ super() }}'
        "{% if article.series is defined and article.series %}<p>Avant : {{ article.prev_article.title }} ; {{ article.series.index }} sur {{ article.series.all|length }}</p>{% endif %}"
        "{% for post in plancher.of(article).cited_by or [] %}<p>Cité par {{ post.title }}</p>{% endfor %}{% endblock %}",
    )
    blog.write(
        "content/trois.md", "Title: Trois\nDate: 2024-01-05\nSummary: Un *résumé*, que Pelican lit après le texte.\n\nVoir [l'autre]({filename}deux.md).\n"
    )
    blog.write("content/b.md", UN.replace("Slug: un", "Slug: b\nStatus: draft"))
    blog.write("gabarits/tag.html", "{{ plancher.of(tag).portrait.word.count }} {{ tag }}")
    assert "PDV" not in blog.build()
    assert blog.text("tag/pme.html") == "3 PME"
    assert "Cité par" not in blog.text("drafts/b.html")
    assert "Avant : Un billet ; 2 sur 2" in blog.text("deux.html")
    assert "Cité par Un billet" in blog.text("deux.html"), "what components know of a post is there for its template"
    assert "Cité par Trois" in blog.text("deux.html")
    assert "Cité par" not in blog.text("un.html")
    assert "https://exemple.fr/blog/un.html" in blog.text("sitemap.xml")
    assert 'href="https://exemple.fr/blog/un.html#preuve-1"' in blog.text("preuves/index.html")
    assert "https://exemple.fr/blog/un.html#preuve-1" in blog.text("feeds/preuves.atom.xml")
    assert "tag:exemple.fr,2024:" in blog.text("feeds/preuves.atom.xml")


def test_a_header_that_a_plugin_reads_leaves_lines_true_and_loses_nothing(tmp_path: Path) -> None:
    blog = Blog(tmp_path, "tangible", plugins=("yaml_metadata",))
    for name in ("un", "deux"):  # after a header of Pelican's own, this plugin forgets that it has settings of its own
        (tmp_path / "content" / f"{name}.md").unlink()
    blog.write(
        "content/yaml.md",
        "---\ntitle: YAML\ndate: 2024-07-01\nslug: yaml\n---\n\nTexte.\n\n> [!tangible] Du YAML\n> preuves : rien\n> preuve : oui\n> promesse : du bruit\n",
    )
    assert "content/yaml.md:10: PDV012 clé inconnue « preuves »." in blog.build()
    assert "du bruit" in blog.text("preuves/index.html")


def test_a_template_of_the_theme_takes_the_place_of_ours(tmp_path: Path) -> None:
    blog = Blog(tmp_path, *FOUR, more='THEME = "theme"\n')
    blog.write(
        "theme/templates/base.html", "<html><title>{% block title %}{% endblock %}</title><body class=autre>{% block content %}{% endblock %}</body></html>"
    )
    blog.write(
        "theme/templates/preuves.html",
        '{% extends "base.html" %}{% block content %}MIEN {{ sheet.share.promises }} {{ plancher.link("preuves/") }}{% endblock %}',
    )
    blog.write("theme/templates/index.html", "{% for entry in MENU %}[{{ entry.text }}]{% endfor %}{{ tag_cloud(TAGS)|length }}")
    blog.write("theme/static/plancher.css", "/* la mienne */")
    assert "PDV" not in blog.build()
    assert "MIEN 3 /preuves/" in blog.text("preuves/index.html")
    assert "<body class=autre>" in blog.text("liens/index.html")
    assert "Pourquoi le lire." in blog.text("liens/index.html")
    assert blog.text("index.html") == "[Preuves][Liens][Vidéos]2"


def test_faults_are_told_in_french_with_file_and_line_and_the_build_goes_on(tmp_path: Path) -> None:
    blog = Blog(tmp_path, *FOUR)
    blog.write(
        "content/notes/faux.md",
        "Title: Faux\nDate: 2024-06-04\n\n> [!tangibel] Rien\n> promesse : x\n\nTexte.\n\n> [!tangible] Rien\n> promese : x\n> niveau : foo\nligne perdue\n\n[!liens] Sans signe\n- [a](https://exemple.fr)\n",
    )
    said = blog.build()
    found = re.findall(r"content/notes/faux\.md:(\d+): (PDV\d+) ", said)
    assert [one for one in found if one[1] != "PDV010"] == [("4", "PDV002"), ("10", "PDV012"), ("11", "PDV015"), ("12", "PDV004"), ("14", "PDV001")]
    assert "content/notes/faux.md:4: PDV002 bloc inconnu « tangibel ». Vouliez-vous dire « tangible » ?" in said
    assert "trois contrats signés" in blog.text("preuves/index.html")
    assert "<blockquote>\n<p>[!tangibel] Rien" in blog.text("faux.html")


def test_a_wrong_setting_stops_the_build_with_a_french_sentence(tmp_path: Path) -> None:
    for number, (more, plugins, words) in enumerate(
        (
            ('PLANCHER_TANGIBLE = {"page_sise": 3}', (), "réglage PLANCHER_TANGIBLE : nom inconnu « page_sise ». Vouliez-vous dire « page_size » ?"),
            ('PLANCHER_TAGS = {"steps": 12}', (), "« steps » vaut « 12 », alors qu'il faut un nombre de 1 à 9."),
            ("PLANCHER_LINKS = 3", (), "réglage PLANCHER_LINKS"),
            ("", ("plancher.outputs.feeds",), "« plancher.outputs.feeds » va avec « plancher.pelican_adapter »"),
        )
    ):
        blog = Blog(tmp_path / str(number), *FOUR, more=more, plugins=plugins)
        blog.write("conf.py", blog.settings)
        code, said = blog.run("-m", "pelican", "content", "-o", "output", "-s", "conf.py")
        assert code == 1, said
        assert words in said
        assert "Traceback" not in said
        assert not blog.output.exists()


def test_two_builds_are_equal_byte_for_byte(whole: Blog) -> None:
    before = whole.files
    whole.build("encore")
    again = files(whole.folder / "encore")
    assert again == before, difference(again, before)


@pytest.mark.parametrize("layer", ["reader", "generator"])
def test_what_pelican_keeps_in_its_cache_keeps_what_is_known_of_blocks(tmp_path: Path, layer: str) -> None:
    blog = Blog(tmp_path, *FOUR, more=f'CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nCONTENT_CACHING_LAYER = "{layer}"\n')
    blog.write("content/faux.md", "Title: Faux\nDate: 2024-06-04\n\n> [!tangible] Rien\n> promese : x\n")
    first = blog.build()
    before = blog.files
    blog.write("content/trois.md", UN.replace("Slug: un", "Slug: trois").replace("10 000", "30 000"))
    said = blog.build("encore")
    again = files(blog.folder / "encore")
    assert "faux.md:5: PDV012" in first
    assert "faux.md:5: PDV012" in said, "a fault is told as long as it is there"
    assert again["un.html"] == before["un.html"]
    assert "10 000 visites" in again["preuves/index.html"].decode()
    assert "30 000 visites" in again["preuves/index.html"].decode()
    blog.settings = blog.settings.replace("'plancher.components.talks'", "'plancher.components.callouts'")
    blog.build()
    assert 'class="callout' in blog.text("deux.html"), "a component that was not there when a text was kept reads it"
    assert 'class="talk"' not in blog.text("deux.html")


TWICE = """
import pathlib, sys
from pelican import get_instance, parse_arguments
args = parse_arguments(["content", "-o", "output", "-s", "conf.py"])
pelican, settings = get_instance(args)
pelican.run()
print("=== un texte change")
text = pathlib.Path("content/un.md")
text.write_text(text.read_text(encoding="utf-8").replace("10 000", "20 000"), encoding="utf-8")
pelican.run()
print("=== un réglage change")
conf = pathlib.Path("conf.py")
conf.write_text(conf.read_text(encoding="utf-8").replace("'plancher.components.links', ", ""), encoding="utf-8")
pelican, settings = get_instance(args)
pelican.run()
"""


def test_several_builds_in_one_process_each_see_what_is_there(tmp_path: Path) -> None:
    """As « pelican -r » does."""
    blog = Blog(tmp_path, *FOUR)
    blog.write("conf.py", blog.settings)
    code, said = blog.run("-c", TWICE)
    assert code == 0, said
    assert "PDV" not in said
    register = blog.text("preuves/index.html")
    assert "20 000 visites" in register
    assert "10 000 visites" not in register
    assert "20 000 visites" in blog.text("un.html")
    assert 'class="roundup' not in blog.text("deux.html"), "a plugin that was taken out is at work no more"


@pytest.mark.parametrize(
    "more",
    [
        "RELATIVE_URLS = True\n",
        'ARTICLE_URL = ARTICLE_SAVE_AS = "{date:%Y}/{slug}.html"\n',
        'TAG_URL = "mot/{slug}/"\nTAG_SAVE_AS = "mot/{slug}/index.html"\nTAGS_SAVE_AS = "tags/index.html"\n',
    ],
)
def test_every_link_of_our_pages_leads_somewhere(tmp_path: Path, more: str) -> None:
    blog = Blog(tmp_path, *FOUR, more=more)
    blog.write("content/trois.md", UN.replace("Slug: un", "Slug: trois"))
    blog.write("content/quatre.md", UN.replace("Slug: un", "Slug: quatre").replace("PME", "P.M.E."))
    blog.write("content/tags.toml", '["PME"]\naliases = ["petites entreprises"]\n')
    assert "PDV" not in blog.build()
    found, pages = blog.files, [name for name in blog.files if name.startswith(("preuves", "liens/", "videos", "tag")) and name.endswith(".html")]
    assert len(pages) > 12
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#]*)', found[page].decode()):
            if not address or urllib.parse.urlsplit(address).scheme or address in {"/", ".", "..", "../.."}:
                continue
            start = "/" if address.startswith("/") else f"/{posixpath.dirname(page)}/"
            place = urllib.parse.unquote(posixpath.normpath(posixpath.join(start, address))).lstrip("/")
            assert place in found or posixpath.join(place, "index.html") in found, f"{page} → {address}"
    cloud = found["tags/index.html"].decode()
    assert "plancher-cloud" in cloud, "where Pelican would have a list of its own, the cloud has it too"
    assert "P.M.E." not in cloud


def test_a_text_of_the_owner_keeps_an_address_that_we_want_too(tmp_path: Path) -> None:
    blog = Blog(tmp_path, "tangible", more='PAGE_URL = "{slug}/"\nPAGE_SAVE_AS = "{slug}/index.html"\n')
    blog.write("content/pages/preuves.md", "Title: Mes preuves à moi\nSlug: preuves\n\nLes miennes.\n")
    said = blog.build()
    assert "pages/preuves.md:1:" in said
    assert "« preuves/index.html »" in said
    assert "Les miennes." in blog.text("preuves/index.html")
    assert "preuves/2024/index.html" in blog.files


def test_words_of_others_are_text_in_our_pages(tmp_path: Path) -> None:
    blog = Blog(tmp_path, *FOUR)
    blog.write(
        "content/piege.md",
        "Title: <b>Gras</b> & cie\nDate: 2024-07-01\nTags: R&D, a<b\nSlug: piege\n\n> [!liens]\n> - [Un `<script>` ici](https://exemple.fr/?a=1&b=2)\n\n> [!tangible] Un `<script>` là\n> promesse : du `<b>` & du bruit\n> preuve : `<img onerror=x>` & fin\n",
    )
    assert "PDV" not in blog.build()
    for page in ("liens/index.html", "preuves/index.html", "tags/index.html", "liens.html"):
        content = blog.text(page)
        assert "<script" not in content, page
        assert "<img onerror" not in content, page
        assert "<b>Gras" not in content, page
    assert "&lt;script&gt;" in blog.text("liens/index.html")


def guide() -> str:
    """The section of the guide on such a blog, wherever the guide stands."""
    pages = [*(ROOT / "content").rglob("guide.md"), *(ROOT / "plugins" / "plancher").rglob("guide.md")]
    found = [
        text.partition("## Dans un blog Pelican qui existe déjà\n")[2].partition("\n## ")[0] for page in pages if (text := page.read_text(encoding="utf-8"))
    ]
    if not any(found):
        pytest.skip("ce blog n'a pas de guide")
    return next(filter(None, found))


def test_the_lines_that_the_guide_says_to_type_do_what_it_says(tmp_path: Path) -> None:
    section = guide()
    settings = "\n".join(re.findall(r"```python\n(.*?)```", section, re.DOTALL))
    [template] = re.findall(r"```jinja\n(.*?)```", section, re.DOTALL)
    lines = re.findall(r"`((?:STYLESHEET_URL|THEME_TEMPLATES_OVERRIDES) = [^`]*)`", section)
    blog = Blog(tmp_path)
    blog.settings = "\n".join([SETTINGS, settings, *lines])
    blog.write("gabarits/base.html", template)
    assert "PDV" not in blog.build()
    assert set().union(*PAGES.values()) <= blog.files.keys()
    sheets = re.findall(r'<link rel="stylesheet"[^>]*href="([^"]*)"', blog.text("un.html"))
    assert sheets.count("/theme/plancher.css") == 2, "each of both ways"
    assert ".tangible" in blog.text("theme/plancher.css")
    assert "tag:exemple.fr,2024:" in blog.text("feeds/preuves.atom.xml")
    named = set(re.findall(r"`(\w+\.html)`", section)) - {"base.html", "article.html", "tag.html"}
    assert {f"{name}.html" for name in ("preuves", "nuage", "liens", "videos")} <= named
    assert all((ROOT / "plugins/plancher/pelican_adapter/plain/templates" / name).is_file() for name in named)


def test_a_line_of_tags_of_a_former_engine_is_read_and_taken_out_and_no_other_is(tmp_path: Path) -> None:
    blog = Blog(tmp_path, "tags", "links")
    blog.write(
        "content/ancien.md",
        "---\nTitle: Ancien\nDate: 2008-02-03\nSlug: ancien\nKind: revue\nTags: web\n---\nLe premier paragraphe.\n\n- [Un](https://exemple.fr/1) dit bien\n- [Deux](https://exemple.fr/2)\n\n## Un titre\n\nLe dernier.\n\nTechnorati Tags: blog, PME\n",
    )
    blog.write("content/bout.md", "Title: Bout\nDate: 2008-02-04\nSlug: bout\n\nDes mots.<br />Technorati Tags: blog\n\nLa fin.\n")
    assert "PDV" not in blog.build()
    page = blog.text("ancien.html")
    assert "Le premier paragraphe." in page
    assert "Le dernier." in page
    assert "<h2>Un titre</h2>" in page
    assert "Technorati" not in page + blog.text("bout.html")
    assert "Des mots." in blog.text("bout.html")
    assert "La fin." in blog.text("bout.html")
    assert {"tag/blog.html", "tag/web.html", "tag/pme.html"} <= blog.files.keys()
    assert "https://exemple.fr/2" in blog.text("liens/2008/02/index.html"), "a whole post that is a list of links is one block"


def test_lines_of_windows_and_a_film_of_the_site_are_read(tmp_path: Path) -> None:
    blog = Blog(tmp_path, "tangible", "talks", plugins=("jinja2content",), more='STATIC_PATHS = ["videos"]\n')
    blog.write("content/videos/x.vtt", "WEBVTT\n\n00:00.000 --> 00:04.000\nBonjour à tous.\n")
    blog.write("content/videos/x.webm", "un film")
    lines = ("Title: Windows", "Date: 2024-01-02", "Slug: win", "", "{{ 1 + 1 }} mots.", "", "> [!video] Chez nous", "> url : {static}../videos/x.webm")
    more = (
        "> sous-titres : {static}../videos/x.vtt",
        "",
        "> [!tangible] Du bruit",
        "> promesse : {{ 2 + 2 }} voix",
        "> bruit : non",
        "",
        "https://www.youtube.com/watch?v=abcdefghijk",
    )
    blog.write("content/a/win.md", "\r\n".join([*lines, *more, ""]))
    assert re.findall(r"content/a/win\.md:(\d+): (PDV\d+)", blog.build()) == [("13", "PDV012")]
    page = blog.text("win.html")
    assert "2 mots." in page
    assert "4 voix" in page
    assert 'src="/videos/x.webm"' in page
    assert "Bonjour à tous." in page, "captions are the words of a film"
    assert page.count('class="talk"') == 2, "a bare address is a talk"
    assert "4 voix" in blog.text("preuves/index.html")
    assert (blog.output / "videos/x.webm").is_file()
