"""A blog begun by the real command, from the engine that an owner has: it is written in, checked, built and published at once, and is nobody else's."""

from __future__ import annotations

import dataclasses
import io
import re
import runpy
from pathlib import Path

import pytest
from PIL import Image

from tests.commands.start.engine import Installed, Site

POST = """\
Title: Trois clients : lesquels ?
Date: 2026-01-05
Category: Essais
Tags: accueil
Summary: Ce que l'accueil a changé.
{signed}
« Enfin ! » dit-elle : voilà ; qui l'eût cru ? Voir [la page](/a-propos/).

> [!tangible] L'accueil
> promesse : des clients
> preuve : trois contrats
> niveau : constaté
"""
OURS = re.compile(rb"plancher[ -]des[ -]vaches|la r\xc3\xa9daction|dans les nuages|plancher-des-vaches\.example", re.IGNORECASE)
NBSP, NNBSP = "\u00a0", "\u202f"


@dataclasses.dataclass(frozen=True)
class Kind:
    """A blog, and what its readers must find."""

    options: dict[str, str]
    name: str
    address: str
    sentence: str
    """Of the post, as its country sets it."""
    lang: str = "fr"
    locale: str = "fr_FR"
    hour: str = "+01:00"
    signed: str = ""
    """The line of the post that says who wrote it."""
    authors: tuple[str, ...] = ("Léa Martin",)


IN_FRANCE = f"«{NBSP}Enfin{NNBSP}!{NBSP}» dit-elle{NBSP}: voilà{NNBSP}; qui l’eût cru{NNBSP}?"
KINDS = {
    "in a folder of its host": Kind(
        {"name": "Carnet du port", "address": "https://nom.example/sous/dossier/"}, "Carnet du port", "https://nom.example/sous/dossier", IN_FRANCE
    ),
    "with accents in its name and in its address": Kind(
        {"name": "L’été à la « Crêperie » d’Œdipe", "address": "https://crêpes.example/été", "motto": 'Un "mot" \\ & <deux>'},
        "L’été à la « Crêperie » d’Œdipe",
        "https://xn--crpes-isa.example/%C3%A9t%C3%A9",
        IN_FRANCE,
    ),
    "in Switzerland": Kind(
        {"name": "Carnet du lac", "address": "https://lac.example", "country": "CH"},
        "Carnet du lac",
        "https://lac.example",
        f"«{NNBSP}Enfin{NNBSP}!{NNBSP}» dit-elle{NNBSP}: voilà{NNBSP}; qui l’eût cru{NNBSP}?",
        lang="fr-CH",
        locale="fr_CH",
    ),
    "in Canada": Kind(
        {"name": "Carnet du fleuve", "address": "https://fleuve.example", "country": "Québec"},
        "Carnet du fleuve",
        "https://fleuve.example",
        f"«{NBSP}Enfin!{NBSP}» dit-elle{NBSP}: voilà; qui l’eût cru?",
        lang="fr-CA",
        locale="fr_CA",
        hour="-05:00",
    ),
    "with two authors": Kind(
        {"name": "Carnet à deux", "address": "https://deux.example"},
        "Carnet à deux",
        "https://deux.example",
        IN_FRANCE,
        signed="Author: Zoé Petit, Noé Grand\n",
        authors=("Zoé Petit", "Noé Grand"),
    ),
}


@pytest.fixture(scope="module", params=KINDS, ids=list(KINDS))
def made(request: pytest.FixtureRequest, engine: Installed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Kind, Path]:
    """A blog that was begun, written in, checked, built and published."""
    kind, here = KINDS[request.param], tmp_path_factory.mktemp("ici")
    options = {"author": "Léa Martin", "email": "lea@carnet.example", "host": "none"} | kind.options
    begun = engine.plancher(here, "start", "mon blog", *(word for name, value in options.items() for word in (f"--{name}", value)))
    assert begun.returncode == 0, begun.stderr
    assert list(here.iterdir()) == [here / "mon blog"]
    blog = here / "mon blog"
    (blog / "content" / "articles" / "un.md").write_text(POST.format(signed=kind.signed), encoding="utf-8")
    for command in ("check", "build", "publish"):
        ran = engine.invoke(blog, command)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    return kind, blog


def test_a_reader_finds_the_blog_that_its_owner_described(made: tuple[Kind, Path]) -> None:
    kind, blog = made
    pages = Site(blog / "output", kind.address).pages
    home, post = pages["index.html"], pages["2026/01/un/index.html"]
    assert " ".join(home.select_one(".masthead-name").text.replace(NBSP, " ").split()) == kind.name
    assert home.select_one("link[rel=canonical]")["href"] == f"{kind.address}/"
    assert {page.html["lang"] for page in pages.values() if "http-equiv" not in str(page.head) and page.select_one(".masthead")} == {kind.lang}
    assert home.select_one('meta[property="og:locale"]')["content"] == kind.locale
    assert post.select_one('meta[property="article:published_time"]')["content"].endswith(kind.hour)
    assert kind.sentence in post.select_one(".e-content").text
    assert all(author in post.select_one(".post-facts").text for author in kind.authors)
    feed = (blog / "output" / "feeds" / "atom.xml").read_text(encoding="utf-8")
    assert all(f"<name>{author}</name>" in feed for author in kind.authors)
    assert f"<id>tag:{kind.address.split('/')[2]},20" in feed


def test_every_link_leads_somewhere(made: tuple[Kind, Path]) -> None:
    kind, blog = made
    site = Site(blog / "output", kind.address)
    assert site.lost_links() == []
    told = {link.text for link in site.pages["index.html"].select("header a, .footer a")}
    assert {"À propos", "Mentions légales", "Vie privée"} <= told


def test_nothing_published_is_of_another_blog(made: tuple[Kind, Path]) -> None:
    _, blog = made
    files = {path.relative_to(blog / "output").as_posix(): path.read_bytes() for path in sorted((blog / "output").rglob("*")) if path.is_file()}
    assert len(files) > 40
    assert [name for name, content in files.items() if OURS.search(name.encode()) or OURS.search(_all_words(content))] == []


def _all_words(content: bytes) -> bytes:
    """With the texts of a picture: some are packed."""
    if not content.startswith(b"\x89PNG"):
        return content
    with Image.open(io.BytesIO(content)) as picture:
        return content + repr(picture.info).encode()


def test_its_settings_are_short_and_say_who_it_is_for_ever(made: tuple[Kind, Path]) -> None:
    kind, blog = made
    text = (blog / "pelicanconf.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 30
    values = runpy.run_path(str(blog / "pelicanconf.py"))
    assert (values["IDENTITY"].name, values["IDENTITY"].address) == (kind.name, kind.address)
    assert values["IDENTITY"].motto == kind.options.get("motto", "")
    assert values["PLANCHER_FEEDS"].authority == kind.address.split("/")[2]
    assert re.fullmatch(r"20\d\d-\d\d", values["PLANCHER_FEEDS"].since)
    assert len((blog / "tasks.py").read_text(encoding="utf-8").splitlines()) == 3


def test_what_is_left_to_fill_is_said_by_each_check_and_prevents_nothing(made: tuple[Kind, Path], engine: Installed) -> None:
    _, blog = made
    said = engine.invoke(blog, "check")
    lines = [line for line in said.stderr.splitlines() if "PDV107" in line]
    marks = [line for path in (blog / "content" / "pages").glob("*.md") for line in path.read_text(encoding="utf-8").splitlines() if "[à compléter" in line]
    assert {line.split(":")[0] for line in lines} == {f"content/pages/{name}.md" for name in ("a-propos", "mentions-legales", "vie-privee")}
    assert len(lines) >= len(marks) > 5
    assert all(line.endswith("[avertissement]") for line in lines)


def test_the_first_draft_explains_itself_and_shows_nowhere(made: tuple[Kind, Path]) -> None:
    _, blog = made
    draft = next((blog / "content" / "articles").glob("20*/mon-premier-billet.md")).read_text(encoding="utf-8")
    assert "Status: draft" in draft
    assert "Le texte, en Markdown." in draft
    assert not list((blog / "output").rglob("mon-premier-billet"))


def test_a_blog_without_a_post_is_published_at_once_and_reads_well(engine: Installed, tmp_path: Path) -> None:
    begun = engine.plancher(tmp_path, "start", "blog", "--name", "Vide", "--address", "https://moi.github.io")
    assert begun.returncode == 0, begun.stderr
    assert len(begun.stdout.strip().splitlines()) == 6
    for command in ("check", "build", "publish"):
        assert engine.invoke(tmp_path / "blog", command).returncode == 0
    home = Site(tmp_path / "blog" / "output", "https://moi.github.io").pages["index.html"]
    assert [words.text for words in home.main.find_all("p")] == ["Aucun billet n’est encore publié."]


def test_a_host_that_decides_the_address_is_believed(engine: Installed, tmp_path: Path) -> None:
    engine.plancher(tmp_path, "start", "blog", "--name", "Un", "--address", "https://moi.github.io/blog")
    published = engine.invoke(tmp_path / "blog", "publish", SITEURL="https://elle.github.io/autre")
    assert published.returncode == 0, published.stderr
    home = Site(tmp_path / "blog" / "output", "https://elle.github.io/autre").pages["index.html"]
    assert home.select_one("link[rel=canonical]")["href"] == "https://elle.github.io/autre/"
