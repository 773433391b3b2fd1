"""Folders of Markdown of nine generators: recognised, read whole, held back when in doubt, publishable without a touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerBlog, FormerFile, FormerTerm, Kind, LeftOut

from tests.importing.blogs.former_folder import blocking, items_of, reader_of, texts_of, written

HUGO = {
    "hugo.toml": 'baseURL = "https://ancien.example/carnet/"\ntitle = "Carnet"\nlanguageCode = "fr-FR"\n[permalinks]\nbillets = "/:year/:month/:slug/"\n',
    "content/_index.md": "---\ntitle: Accueil\n---\nBonjour.\n",
    "content/tags/marche/_index.md": "---\ntitle: Marché\n---\nCe qui se vend **dehors**.\n",
    "content/billets/un.md": (
        "+++\nTitle = 'Un étal, deux clients'\ndate = 2019-03-02T10:00:00+01:00\ntags = ['marché', 'étal']\ncategories = ['Vente']\naliases = ['/vieux/un/', 'voisin']\n"
        "sourceurl = 'les mots du reste'\n+++\nUne phrase courte.\n\n<!--more-->\n\n# Premier titre\n\n### Sauté\n\n"
        '{{< figure src="/img/etal.png" alt="Un étal" caption="Le matin" >}}\n\n{{< youtube dQw4w9WgXcQ >}}\n\n'
        'Voir [la suite]({{< ref "deux.md" >}}) et [ici]({{< relref "deux.md#bas" >}}).\n\n'
        "{{% notice warning %}}\nFermez la caisse.\n{{% /notice %}}\n\n{{< inconnu >}}Ses mots restent.{{< /inconnu >}}\n\n"
        "Écrivez {{</* figure */>}} pour une image.\n\n```go\n{{< youtube x >}} {% raw %} [[x]] ==a==\n```\n\n"
        '{{< highlight python "linenos=true" >}}\nx = 1 < 2\n{{< /highlight >}}\n'
    ),
    "content/billets/deux.md": '---\nTITLE: "Deux"\nDate: 2019-03-03\nSLUG: la-suite\n---\nTexte <https://ailleurs.example/a_b>.\n',
    "content/billets/paquet/index.md": "---\ntitle: Paquet\ndate: 2019-04-01\n---\n![](photo.jpg)\n",
    "content/billets/paquet/photo.jpg": "x",
    "content/billets/paquet/annexe.md": "Ressource.\n",
    "content/billets/futur.md": "---\ntitle: Futur\ndate: 2019-01-01\npublishDate: 2999-01-01\n---\nPas encore.\n",
    "content/billets/fini.md": "---\ntitle: Fini\ndate: 2019-01-01\nexpiryDate: 2019-02-01\n---\nPlus.\n",
    "content/billets/brouillon.md": '{"title": "Brouillon", "date": "2019-01-01", "draft": true}\nNon.\n',
    "content/prive/_index.md": "---\ntitle: Privé\ncascade:\n  draft: true\n---\n",
    "content/prive/secret.md": "---\ntitle: Secret\ndate: 2019-01-01\n---\nChut.\n",
    "content/a-propos.md": "---\ntitle: À propos\nurl: /qui/\n---\nNous.\n",
    "static/img/etal.png": "x",
}
JEKYLL = {
    "_config.yml": "title: Ancien\nurl: https://ancien.example\nbaseurl: /blog\ntimezone: Europe/Paris\npermalink: /:categories/:year/:title/\ndanger: !!python/object/apply:os.system ['x']\n",
    "cuisine/_posts/2008-10-01-un-plat.md": (
        "---\nlayout: post\ntitle: C'est: non\ntags: soupe pain\ncategories: [midi]\nredirect_from:\n  - /vieux.html\nnumero: 0123\n---\n"
        '{% include figure.html src="/img/a.png" alt="Une soupe" caption="Chaude" %}\n\n## Titre\n{: .grand #x}\n\n'
        '[Lien]({% post_url 2008-10-02-deux %}) et [bas]({{ site.baseurl }}/bas/){:target="_blank"}.\n\n'
        "{% highlight ruby linenos %}\nputs '{{ x }}'\n{% endhighlight %}\n\n{% raw %}{{ vu }}{% endraw %} reste.\n\n"
        "{% if page.x %}Dit quand même.{% endif %}\n\n{% comment %}jamais vu{% endcomment %}\n\n1. a\n   ```\n   {{ code }}\n   ```\n"
    ),
    "_posts/2008-10-02-deux.md": '---\ntitle: Deux\nheure: 10:00\nreponse: no\n---\n<center><font color=red>Rouge</font></center>\n\n<img src="/x.png">\n\nTexte[^1].\n\n[^1]: Une note.\n',
    "_posts/2008-10-03-non.md": "---\ntitle: Non\npublished: false\n---\nNon.\n",
    "_posts/2008-10-04-brut.html": "---\ntitle: Brut\n---\n<p>Un <b>texte</b> {{ site.baseurl }}/x</p>\n",
    "_drafts/idee.md": "---\ntitle: Idée\n---\nPas finie.\n",
    "about.md": "---\ntitle: À propos\npermalink: /qui/\n---\nNous.\n",
    "README.md": "# Dépôt\n",
}
ZOLA = {
    "config.toml": 'base_url = "https://ancien.example"\ntitle = "Z"\ngenerate_feeds = true\nfeed_filenames = ["atom.xml"]\n',
    "content/blog/_index.md": '+++\ntitle = "Blog"\ntransparent = true\n+++\n',
    "content/blog/2020-05-01-un.md": (
        '+++\ntitle = "Un"\naliases = ["/vieux"]\n[taxonomies]\ntags = ["a b"]\ncategories = ["C"]\n[extra]\nmot = "gardé"\n+++\n'
        '{{ youtube(id="dQw4w9WgXcQ") }}\n\n{% note(title="Attention") %}\nUn **mot**.\n{% end %}\n\n[Deux](@/blog/deux.md#ici)\n\n{{/* youtube() */}}\n\n## Titre {#nom}\n'
    ),
    "content/blog/deux.md": '+++\ntitle = "Deux"\ndate = 2020-06-01\nslug = "second"\n+++\nTexte.\n',
    "content/blog/cache.md": '+++\ntitle = "Caché"\ndate = 2020-06-01\n[extra]\nx = 1\n+++\nTexte.\n',
    "content/blog/draft.md": '+++\ntitle = "D"\ndate = 2020-06-01\ndraft = true\n+++\nTexte.\n',
}
MKDOCS = {
    "mkdocs.yml": "site_name: Doc\nsite_url: https://ancien.example/\nplugins:\n  - blog:\n      post_url_format: '{date}/{slug}'\nmarkdown_extensions:\n  - x: !!python/name:os.system\n",
    "docs/blog/.authors.yml": "authors:\n  ada:\n    name: Ada Exemple\n",
    "docs/includes/bas.md": "Le bas de page.\n",
    "docs/blog/posts/un.md": (
        '---\ndate:\n  created: 2023-01-31\nauthors: [ada]\ncategories: [Essais]\n---\n# Un titre d\'été\n\n!!! warning "Prudence"\n    Un **mot**.\n\n    ```sh\n    ==non==\n    ```\n\n'
        '??? note "Plié"\n    Dedans.\n\n=== "Linux"\n\n    apt\n\n=== "Mac"\n\n    brew\n\n--8<-- "includes/bas.md"\n\n--8<-- "../../etc/passwd"\n\n==Vu== et ++ctrl+c++ H~2~O. [Lien](x.md){ .md-button }\n'
    ),
    "docs/blog/posts/deux.md": "---\ndate: 2023-02-01\ndraft: true\n---\n# Deux\n\nTexte.\n",
    "docs/index.md": "# Accueil\n\nBonjour.\n",
}
PELICAN = {
    "pelicanconf.py": "import os\nos.system('x')\nSITEURL = 'https://ancien.example'\nTIMEZONE = 'Europe/Paris'\nARTICLE_URL = 'posts/{date:%Y}/{slug}/'\nDEFAULT_LANG = 'fr'\n",
    "content/vente/un.md": "Title: Un titre\nDate: 2012-05-01 10:00\nTags: a, b\nSlug: un\n\n![]({static}/images/a.png)\n\n[Deux]({filename}deux.md) et |filename|deux.md\n\n[TOC]\n\n!!! note\n    Mot.\n",
    "content/vente/deux.md": "Title: Deux\nDate: 2012-05-02\nStatus: draft\nSlug: deux\n\nTexte.\n",
    "content/vente/trois.rst": "Trois\n#####\n:date: 2012-05-02\n",
    "content/vente/cache.md": "Title: Caché\nDate: 2012-05-02\nStatus: hidden\n\nTexte.\n",
    "content/pages/qui.md": "Title: Qui\n\nNous.\n",
    "content/images/a.png": "x",
}
ELEVENTY = {
    ".eleventy.js": 'module.exports = () => ({ dir: { input: "src" } });\n',
    "src/_data/site.json": '{"url": "https://ancien.example", "title": "E"}',
    "src/posts/posts.json": '{"tags": ["posts"], "layout": "post", "permalink": "/blog/{{ page.fileSlug }}/"}',
    "src/posts/2021-01-02-un.md": '---\ntitle: Un\ntags: [jardin]\n---\n{% image "./a.png", "Un jardin" %}\n\nTexte {{ title }}.\n',
    "src/posts/2021-01-03-deux.md": '---json\n{"title": "Deux", "permalink": false}\n---\nTexte.\n',
    "src/posts/2021-01-04-code.md": "---js\n{ title: process.exit() }\n---\nTexte.\n",
}
NIKOLA = {
    "conf.py": 'BLOG_TITLE = "N"\nSITE_URL = "https://ancien.example/"\nTIMEZONE = "Europe/Paris"\nPOSTS = (("posts/*.md", "billets", "post.tmpl"),)\nx = __import__("os")\n',
    "posts/un.md": "<!--\n.. title: Un\n.. slug: un\n.. date: 2014-02-03 10:00:00 UTC+01:00\n.. tags: a, mathjax\n-->\n\nDébut.\n\n<!-- TEASER_END -->\n\n{{% media url=https://www.youtube.com/watch?v=dQw4w9WgXcQ %}}\n",
    "posts/deux.md": "Un texte seul.\n",
    "posts/deux.meta": ".. title: Deux\n.. slug: deux\n.. date: 2014-02-04\n.. tags: private\n",
    "posts/trois.rst": ".. title: Trois\n\nTexte\n",
}
ASTRO = {
    "astro.config.mjs": "export default defineConfig({\n  site: 'https://ancien.example',\n});\n",
    "src/content/blog/un.mdx": (
        "---\ntitle: Un\npubDate: Jul 08 2022\nheroImage: ./a.png\nupdatedDate: 2022-08-01\n---\nimport Carte from '../Carte.astro';\nimport photo from './photo.png';\n\n"
        '<Carte title="Dit aux lecteurs">\n\nDedans.\n\n</Carte>\n\n<Image src={photo} alt="Une photo" />\n\n{/* caché */}\n\n:::tip[Conseil]\nMot.\n:::\n'
    ),
    "src/content/blog/deux.md": "---\ntitle: Deux\npubDate: 2022-07-09\ndraft: true\n---\nTexte.\n",
    "public/a.pdf": "x",
}
OBSIDIAN = {
    ".obsidian/app.json": "{}",
    ".trash/jete.md": "Jeté.\n",
    "Templates/jour.md": "{{date}}\n",
    "Notes/Un jour.md": (
        "---\ndate: 2023-05-01\ntags: [a/b]\naliases: [Premier]\n---\n# Un jour\n\nVoir [[Deux mots#Bas|la suite]], [[Deux mots]] et [[Absente]].\n![[photo.png|300]]\n\n"
        "%%secret absolu%%\n\n> [!tip]- Plié\n> ==Vu==\n\n#jardin/rose #pain\n\nUne ligne\nune autre ^bloc\n\n```\n[[code]] %%code%%\n```\n"
    ),
    "Notes/Deux mots.md": "---\ncreated: 2023-05-02\npublish: false\n---\nTexte.\n",
    "Notes/photo.png": "x",
}
ALL: dict[str, Mapping[str, str]] = {
    "Hugo": HUGO,
    "Jekyll": JEKYLL,
    "Zola": ZOLA,
    "MkDocs": MKDOCS,
    "Pelican": PELICAN,
    "Eleventy": ELEVENTY,
    "Nikola": NIKOLA,
    "Astro": ASTRO,
    "Obsidian": OBSIDIAN,
}


@pytest.mark.parametrize("name", ALL)
def test_each_generator_is_recognised_by_what_its_folder_holds(name: str, tmp_path: Path) -> None:
    assert reader_of(written(tmp_path, ALL[name])).name == name


@pytest.mark.parametrize("name", ALL)
def test_a_folder_inside_another_is_recognised_too(name: str, tmp_path: Path) -> None:
    source = written(tmp_path, {f"blog-main/{file}": text for file, text in ALL[name].items()})
    assert reader_of(source).name == name


@pytest.mark.parametrize("name", ALL)
def test_nothing_in_any_text_stops_a_publication(name: str, tmp_path: Path) -> None:
    texts = texts_of(tmp_path / "blog", ALL[name])
    assert texts
    assert {file: found for file, text in texts.items() if text.markup == "markdown" and (found := blocking(text, tmp_path / "content"))} == {}


HELD = {
    "Hugo": {"futur", "fini", "brouillon", "secret", "_index"},
    "Jekyll": {"2008-10-03-non", "idee"},
    "Zola": {"draft"},
    "MkDocs": {"deux"},
    "Pelican": {"deux", "cache"},
    "Eleventy": {"2021-01-03-deux"},
    "Nikola": {"deux"},
    "Astro": {"deux"},
    "Obsidian": {"Deux mots"},
}


@pytest.mark.parametrize("name", HELD)
def test_what_its_author_held_back_says_why_and_nothing_else_does(name: str, tmp_path: Path) -> None:
    texts = texts_of(tmp_path, ALL[name])
    assert {Path(file).stem for file, text in texts.items() if text.held_back} == HELD[name]


ADDRESSES = {
    "Hugo": {"un": "/carnet/2019/03/un-étal-deux-clients/", "deux": "/carnet/2019/03/la-suite/", "a-propos": "/carnet/qui/"},
    "Jekyll": {"2008-10-01-un-plat": "/blog/cuisine/midi/2008/un-plat/", "2008-10-02-deux": "/blog/2008/deux/", "about": "/blog/qui/"},
    "Zola": {"2020-05-01-un": "/blog/un/", "deux": "/blog/second/"},
    "MkDocs": {"un": "/blog/2023/01/31/un-titre-d-été/", "index": "/"},
    "Pelican": {"un": "/posts/2012/un/", "qui": "/pages/qui.html"},
    "Eleventy": {"2021-01-02-un": "/blog/un/"},
    "Nikola": {"un": "/billets/un/"},
    "Astro": {"un": "/blog/un/"},
    "Obsidian": {"Un jour": "/Notes/Un+jour"},
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_addresses_are_those_that_the_generator_gave(name: str, tmp_path: Path) -> None:
    texts = {Path(file).stem: text for file, text in texts_of(tmp_path, ALL[name]).items()}
    assert {stem: texts[stem].addresses[0] for stem in ADDRESSES[name]} == ADDRESSES[name]


def test_a_post_of_hugo_is_written_in_our_markdown(tmp_path: Path) -> None:
    text = texts_of(tmp_path, HUGO)["content/billets/un.md"]
    assert text.title == "Un étal, deux clients"
    assert (text.tags, text.categories) == (("marché", "étal"), ("Vente",))
    assert text.addresses[1:] == ("/carnet/vieux/un/", "/carnet/2019/03/voisin")
    assert text.summary == "Une phrase courte."
    assert ("sourceurl", "les mots du reste") in text.other_fields
    assert '![Un étal](/img/etal.png "Le matin")' in text.body
    assert "\n\n<https://www.youtube.com/watch?v=dQw4w9WgXcQ>\n\n" in text.body
    assert "[la suite](/carnet/2019/03/la-suite/)" in text.body
    assert "[ici](/carnet/2019/03/la-suite/#bas)" in text.body
    assert "> [!attention]\n> Fermez la caisse." in text.body
    assert "Ses mots restent." in text.body
    assert "`{{< figure >}}`" in text.body
    assert "```go\n{{< youtube x >}} {% raw %} [[x]] ==a==\n```" in text.body
    assert "```python\nx = 1 < 2\n```" in text.body
    assert "## Premier titre\n\n### Sauté" in text.body
    assert "more" not in text.body
    assert any("inconnu" in note.message for note in text.notes)


def test_what_hugo_makes_no_page_of_is_counted_and_its_terms_keep_their_words(tmp_path: Path) -> None:
    items = items_of(tmp_path, HUGO)
    assert {item.name for item in items if isinstance(item, LeftOut)} == {"content/billets/paquet/annexe.md", "content/prive/_index.md"}
    term = next(item for item in items if isinstance(item, FormerTerm))
    assert (term.name, term.description, term.is_category) == ("Marché", "Ce qui se vend **dehors**.", False)
    files = {item.path: item.addresses for item in items if isinstance(item, FormerFile)}
    assert files == {"content/billets/paquet/photo.jpg": ("/carnet/2019/04/paquet/photo.jpg",), "static/img/etal.png": ("/carnet/img/etal.png",)}


def test_a_post_of_jekyll_is_written_in_our_markdown(tmp_path: Path) -> None:
    text = texts_of(tmp_path, JEKYLL)["cuisine/_posts/2008-10-01-un-plat.md"]
    assert text.title == "C'est: non"
    assert (text.tags, text.categories) == (("soupe", "pain"), ("cuisine", "midi"))
    assert text.addresses[1:] == ("/blog/vieux.html",)
    assert text.published is not None
    assert text.published.isoformat() == "2008-10-01T00:00:00+02:00"
    assert text.feed_id == "https://ancien.example/blog/cuisine/midi/2008/un-plat"
    assert "[Lien](/blog/2008/deux/) et [bas](/blog/bas/)." in text.body
    assert "```ruby\nputs '{{ x }}'\n```" in text.body
    assert "`{{ vu }}` reste." in text.body
    assert "Dit quand même." in text.body
    assert "jamais vu" not in text.body
    assert "   ```\n   {{ code }}\n   ```" in text.body
    assert "{:" not in text.body


def test_scalars_of_a_header_stay_the_text_that_was_typed(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, JEKYLL)
    assert ("numero", "0123") in texts["cuisine/_posts/2008-10-01-un-plat.md"].other_fields
    assert {("heure", "10:00"), ("reponse", "no")} <= set(texts["_posts/2008-10-02-deux.md"].other_fields)


def test_html_that_is_refused_keeps_its_words_and_footnotes_stay(tmp_path: Path) -> None:
    body = texts_of(tmp_path, JEKYLL)["_posts/2008-10-02-deux.md"].body
    assert "<div>Rouge</div>" in body
    assert '<img src="/x.png" alt="Image x">' in body
    assert "Texte[^1].\n\n[^1]: Une note." in body


def test_zola_keeps_terms_links_and_calls(tmp_path: Path) -> None:
    text = texts_of(tmp_path, ZOLA)["content/blog/2020-05-01-un.md"]
    assert (text.tags, text.categories, text.addresses) == (("a b",), ("C",), ("/blog/un/", "/vieux"))
    assert ("extra.mot", "gardé") in text.other_fields
    assert "[Deux](/blog/second/#ici)" in text.body
    assert "> [!note] Attention\n> Un **mot**." in text.body
    assert "`{{ youtube() }}`" in text.body
    assert "## Titre\n" in text.body


def test_mkdocs_blocks_become_ours_and_snippets_stay_in_the_folder(tmp_path: Path) -> None:
    text = texts_of(tmp_path, MKDOCS)["docs/blog/posts/un.md"]
    assert (text.title, text.authors) == ("Un titre d'été", ("Ada Exemple",))
    assert text.published == dt.datetime(2023, 1, 31)  # noqa: DTZ001 - the settings name no zone
    assert "> [!attention] Prudence\n> Un **mot**.\n>\n> ```sh\n> ==non==\n> ```" in text.body
    assert "<details>\n<summary>Plié</summary>\n\nDedans.\n\n</details>" in text.body
    assert "**Linux**\n\napt" in text.body
    assert "Le bas de page." in text.body
    assert "passwd" in text.body
    assert "<mark>Vu</mark> et <kbd>ctrl</kbd>+<kbd>c</kbd> H<sub>2</sub>O. [Lien](x.md)" in text.body
    assert "# Un titre d'été" not in text.body


def test_pelican_is_read_without_running_its_settings(tmp_path: Path) -> None:
    items = items_of(tmp_path, PELICAN)
    text = next(item for item in items if getattr(item, "title", "") == "Un titre")
    assert text.categories == ("vente",)  # type: ignore[union-attr]
    assert text.feed_id == "tag:ancien.example,2012-05-01:/posts/2012/un/"  # type: ignore[union-attr]
    assert "](/images/a.png)" in text.body  # type: ignore[union-attr]
    assert "[Deux](/posts/2012/deux/) et /posts/2012/deux/" in text.body  # type: ignore[union-attr]
    assert [item.name for item in items if isinstance(item, LeftOut)] == ["content/vente/trois.rst"]
    blog = next(item for item in items if isinstance(item, FormerBlog))
    assert (blog.address, blog.timezone) == ("https://ancien.example", "Europe/Paris")


def test_eleventy_takes_data_of_folders_and_never_code(tmp_path: Path) -> None:
    items = items_of(tmp_path, ELEVENTY)
    text = next(item for item in items if getattr(item, "title", "") == "Un")
    assert text.tags == ("jardin",)  # type: ignore[union-attr]
    assert "![Un jardin](./a.png)\n\nTexte Un." in text.body  # type: ignore[union-attr]
    assert ["JavaScript" in item.why for item in items if isinstance(item, LeftOut)] == [True]


def test_nikola_has_its_header_in_a_comment_or_in_a_file_beside(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, NIKOLA)
    assert texts["posts/un.md"].tags == ("a",)
    assert texts["posts/un.md"].summary == "Début."
    assert "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>" in texts["posts/un.md"].body
    assert (texts["posts/deux.md"].title, texts["posts/deux.md"].held_back) == ("Deux", "privé (mot-clé « private »)")


def test_components_of_mdx_keep_what_they_hold(tmp_path: Path) -> None:
    text = texts_of(tmp_path, ASTRO)["src/content/blog/un.mdx"]
    assert text.picture == "./a.png"
    assert text.published is not None
    assert text.published.date() == dt.date(2022, 7, 8)
    assert "Dit aux lecteurs" in text.body
    assert "Dedans." in text.body
    assert "![Une photo](./photo.png)" in text.body
    assert "> [!astuce] Conseil\n> Mot." in text.body
    assert "import" not in text.body
    assert "caché" not in text.body


def test_what_is_private_in_obsidian_is_nowhere_not_even_in_the_report(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, OBSIDIAN)
    text = texts["Notes/Un jour.md"]
    assert "secret" not in repr(text)
    assert set(texts) == {"Notes/Un jour.md", "Notes/Deux mots.md"}
    assert text.tags == ("a", "b", "jardin", "rose", "pain")
    assert text.addresses == ("/Notes/Un+jour",)
    assert "[la suite](/Notes/Deux+mots#bas), [Deux mots](/Notes/Deux+mots) et Absente." in text.body
    assert "![photo](/Notes/photo.png)" in text.body
    assert "> [!astuce] Plié\n> <mark>Vu</mark>" in text.body
    assert "Une ligne  \nune autre\n" in text.body
    assert "```\n[[code]] %%code%%\n```" in text.body


def test_a_text_is_a_page_when_it_has_no_date(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, HUGO)
    assert texts["content/a-propos.md"].kind is Kind.PAGE
    assert texts["content/billets/un.md"].kind is Kind.POST
