"""A blog of any shape is built, in time that grows with what there is to write."""

from __future__ import annotations

import feedparser

from tests.build.small import Small, difference

MANY = 250


def test_a_post_under_hundreds_of_tags_is_built_by_the_workers_as_it_is_without(small: Small) -> None:
    """Each feed is made from some 10 kB and says as much of how it was made; a pipe holds 200 kB at most, and sixteen of them are under way."""
    names = tuple(f"mot {number}" for number in range(MANY))
    small.post("un", tags=names)
    small.set(PLANCHER_BUILDING="BuildingSettings(workers=2)")
    assert small.build(share=True).code == 0
    found = small.files
    code, clean, said = small.clean()
    assert code == 0, said
    assert found == clean, difference(found, clean)
    assert all(f"tag/{name}/index.html" in found for name in names)
    page, feed = found["2024/05/un/index.html"].decode(), feedparser.parse(found["feeds/tag/mot 249.atom.xml"])
    assert all(f">{name}<" in page for name in names)
    assert len(feed.entries[0].tags) == 100, "each of its feeds would say all the others: twice the tags, four times the bytes"
    small.post("un", tags=names, words="D'autres mots.")
    assert small.build(share=True).code == 0
    assert b"autres mots" in small.files["feeds/tag/mot 249.atom.xml"]


def test_another_spelling_of_a_tag_or_a_word_of_the_registry_makes_again_what_it_changes(small: Small) -> None:
    small.post("un", tags=("réseaux sociaux", "marche"))
    small.post("deux", tags=("réseaux sociaux", "Marché"), day="2024-05-03")
    assert small.build(share=True).code == 0
    assert small.files.keys() & {"tag/marche/index.html", "tag/Marché/index.html"} == {"tag/Marché/index.html"}
    small.post("un", tags=("réseaux-sociaux", "marche"))
    assert small.build(share=True).code == 0
    assert b"http-equiv" in small.files["tag/réseaux-sociaux/index.html"]
    small.write("content/tags.toml", '["Marché"]\ndistinct = ["marche"]\n')
    assert small.build(share=True).code == 0
    found = small.files
    assert {"tag/marche/index.html", "tag/Marché/index.html"} <= found.keys()
    code, clean, said = small.clean()
    assert code == 0, said
    assert found == clean, difference(found, clean)
