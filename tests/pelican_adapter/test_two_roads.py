"""The site that we make from records is the one that Pelican's own objects give: the day Pelican changes, this says in what."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from pelican.settings import read_settings
from plancher.cache.body import CachedBody
from plancher.pelican_adapter.engine import Engine
from plancher.site.model import Post, Site

from tests.build.small import NOON, Small, picture
from tests.pictures import photos

NOTHING = '"""A plugin of somebody else, that does nothing."""\n\n\ndef register():\n    pass\n'


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    folder = tmp_path / "site"
    folder.mkdir()
    small = Small(folder, None)
    small.write("content/images/a.png", picture(5))
    small.write("content/articles/2024/plan.png", picture(6))
    small.write("content/pages/a-propos.md", "Title: À propos\n\nTexte, [un billet]({filename}../articles/2024/un.md).\n")
    small.write("content/pages/cachee.md", "Title: Cachée\nStatus: hidden\n\nTexte.\n")
    small.post("un", tags=("PME", "Élus"), picture="a.png", link="deux", summary="Voir [l'autre]({filename}deux.md).")
    small.post("deux", day="2024-05-03 10:20", status="hidden", slug="autre-adresse", category="")
    small.post("trois", day="2031-01-01", nature="ventes")
    small.write("content/articles/2024/quatre.md", "Title: Four\nDate: 2024-06-01\nModified: 2024-06-02\nLang: en\nAuthors: Ada, Alan\n\nSome text.\n")
    small.write(
        "content/articles/2024/cinq.md", "Title: Cinq\nDate: 2024-06-01\nUrl: ailleurs/\nId: tag:exemple.fr,2024:cinq\n\n![Un plan]({attach}plan.png)\n"
    )
    small.write("content/articles/2024/brouillon.md", "Title: À venir\nDate: 2024-06-01\nStatus: draft\n\nTexte.\n")
    small.write("content/articles/2024/sans-titre.md", "Date: 2024-06-01\n\n> Une citation.\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    return small


def site_of(small: Small, settings: str = "reglages.py") -> Site:
    override = {"PATH": str(small.content), "OUTPUT_PATH": str(small.output), "CACHE_PATH": str(small.cache)}
    engine = Engine(read_settings(settings, override=override))
    engine.run()
    assert engine.build.assembly is not None
    return engine.build.assembly.site


def both(small: Small) -> tuple[Site, Site]:
    ours = site_of(small)
    small.write("extensions/rien_du_tout.py", NOTHING)
    small.write("autres.py", "from reglages import *\nPLUGINS = [*PLUGINS, 'rien_du_tout']\nPLUGIN_PATHS = [*PLUGIN_PATHS, 'extensions']\n")
    return ours, site_of(small, "autres.py")


def html(post: Post, site: Site) -> str:
    return post.body.html(site.identity.address) if isinstance(post.body, CachedBody) else post.body


def shown(post: Post) -> dict[str, Any]:
    """All of it but the text, which is somewhere else on each road, what only says where the text is, and pictures, of which Pelican's road knows none."""
    left_out = {"body", "outline", "links", "pictures"}
    values = {field.name: getattr(post, field.name) for field in dataclasses.fields(post) if field.name not in left_out}
    return values | {"links": [tuple(link) for link in post.links], "card": dataclasses.replace(post.card, digest="")}


def test_every_text_is_the_same_on_both_roads(small: Small) -> None:
    ours, pelicans = both(small)
    assert ours.texts.keys() == pelicans.texts.keys()
    assert len(ours.texts) == 9
    for path, post in ours.texts.items():
        assert shown(post) == shown(pelicans.texts[path])


def test_all_pictures_of_a_post_are_known_once_with_their_words_the_one_of_its_header_first(small: Small) -> None:
    small.write("content/images/b c.png", picture(7))
    small.write("content/articles/2024/six.png", picture(6))
    text = "![Un « a »]({static}/images/a.png)\n\n![Là]({attach}six.png), [un lien]({static}/images/a.png), ![encore]({static}/images/a.png)\n"
    small.write("content/articles/2024/six.md", f"Title: Six\nDate: 2024-06-01\nImage: {{static}}/images/b%20c.png\n\n{text}")
    site = site_of(small)
    six, five = site.texts["articles/2024/six.md"], site.texts["articles/2024/cinq.md"]
    assert [(one.address, one.width, one.height, one.alt) for one in six.pictures] == [
        ("images/b%20c.png", 7, 3, ""),
        ("images/a.png", 5, 3, "Un « a »"),
        (f"{six.url}six.png", 6, 3, "Là"),
    ]
    assert six.picture == six.pictures[0]
    assert (five.picture, [one.alt for one in five.pictures]) == (None, ["Un plan"])


def test_with_a_plugin_of_somebody_else_photographs_are_clean_and_upright_at_their_address_too(small: Small) -> None:
    small.write("content/images/quai.jpg", photos.phone(6, 700, 500))
    small.post("sept", picture="quai.jpg")
    both(small)
    with photos.opened((small.output / "images" / "quai.jpg").read_bytes()) as shown:
        assert shown.size == (700, 500)
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT)
    assert not [path for path in small.output.rglob("*") if path.is_file() and photos.CAMERA in path.read_bytes()]


def test_every_text_reads_the_same_on_both_roads(small: Small) -> None:
    ours, pelicans = both(small)
    for path, post in ours.texts.items():
        assert html(post, ours) == html(pelicans.texts[path], pelicans)


def test_lists_terms_and_files_are_the_same_on_both_roads(small: Small) -> None:
    ours, pelicans = both(small)
    for name in ("posts", "hidden", "drafts", "pages", "hidden_pages", "draft_pages"):
        assert [post.path for post in getattr(ours, name)] == [post.path for post in getattr(pelicans, name)], name
    for name in ("tags", "categories", "authors"):
        assert [(term, [post.path for post in posts]) for term, posts in getattr(ours, name)] == [
            (term, [post.path for post in posts]) for term, posts in getattr(pelicans, name)
        ], name
    assert ours.files == pelicans.files
