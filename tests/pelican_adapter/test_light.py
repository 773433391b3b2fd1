"""Our posts are Pelican's: the day Pelican changes, this says in what."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from blinker import ANY, Signal
from pelican.contents import Article
from pelican.plugins import signals
from pelican.readers import Readers
from pelican.settings import read_settings
from plancher.build import session
from plancher.pelican_adapter.cached_article import CachedArticle, Names
from plancher.pelican_adapter.engine import Engine

from tests.build.small import NOON, Small, picture

OURS = {"body", "targets"}
"""What only our posts have."""
APART = {"gathered", "blocks", "outline", "reader", "record"}
"""What is no metadata of ours: attributes that fetch them when a page asks."""
NOT_COMPARED = {"_context", "_content", "_summary", "reader", "blocks"}
"""The same object, or what nobody reads but through ``content`` and ``summary``."""


@pytest.fixture
def pairs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[CachedArticle, Article]]]:
    """Each post of a site as ours and as Pelican's."""
    folder = tmp_path / "site"
    folder.mkdir()
    small = Small(folder, None)
    small.write("content/images/a.png", picture(5))
    small.write("content/pages/a-propos.md", "Title: À propos\n\nTexte.\n")
    small.post("un", tags=("PME", "Élus"), picture="a.png", link="deux", summary="Voir [l'autre]({filename}deux.md).")
    small.post("deux", day="2024-05-03 10:20", status="hidden", slug="autre-adresse", category="")
    small.post("trois", day="2031-01-01", nature="ventes")
    small.write("content/articles/2024/quatre.md", "Title: Four\nDate: 2024-06-01\nModified: 2024-06-02\nLang: en\nAuthors: Ada, Alan\n\nSome text.\n")
    small.write("content/articles/2024/cinq.md", "Title: Cinq\nDate: 2024-06-01\nUrl: ailleurs/\nId: tag:exemple.fr,2024:cinq\n\nTexte.\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    before = {signal: list(signal.receivers_for(ANY)) for signal in _signals()}
    engine = Engine(read_settings("reglages.py", override={"PATH": str(small.content), "OUTPUT_PATH": str(small.output), "CACHE_PATH": str(small.cache)}))
    generators: list[Any] = []

    def note(found: Any) -> None:
        generators.extend(found)

    signals.all_generators_finalized.connect(note)
    engine.run()
    context, names = generators[0].context, Names(engine.settings)
    yield [
        (CachedArticle(record, names, context), _pelicans(engine.settings, record.path, context))
        for record in session.current().journal.records.values()
        if "articles" in record.path
    ]
    for signal, receivers in before.items():
        for receiver in list(signal.receivers_for(ANY)):
            if receiver not in receivers:
                signal.disconnect(receiver)


def _signals() -> list[Any]:
    return [value for value in vars(signals).values() if isinstance(value, Signal)]


def _pelicans(settings: Any, path: str, context: Any) -> Article:
    found = Readers(settings).read_file(base_path=settings["PATH"], path=path, content_class=Article, context=context)
    assert type(found) is Article
    return found


def test_a_post_has_every_attribute_of_pelicans_with_the_same_value(pairs: list[tuple[CachedArticle, Article]]) -> None:
    assert len(pairs) == 5
    for light, plain in pairs:
        for one in (light, plain):
            one.refresh_metadata_intersite_links()
        names = {*vars(plain), *(name for name, value in inspect.getmembers(Article) if isinstance(value, property))} - NOT_COMPARED
        differences = {
            name: (getattr(light, name, None), getattr(plain, name, None))
            for name in names
            if _shown(getattr(light, name, None)) != _shown(getattr(plain, name, None))
        }
        assert differences == {}


def test_a_post_has_no_attribute_that_pelicans_has_not(pairs: list[tuple[CachedArticle, Article]]) -> None:
    for light, plain in pairs:
        assert {name for name in vars(light) if not hasattr(plain, name) and not name.startswith("_")} <= OURS


def test_what_a_post_answers_is_what_pelicans_answers(pairs: list[tuple[CachedArticle, Article]]) -> None:
    for light, plain in pairs:
        for siteurl in ("", "https://exemple.fr"):
            assert light.get_content(siteurl) == plain.get_content(siteurl)
            assert light.get_summary(siteurl) == plain.get_summary(siteurl)
        assert light.get_relative_source_path() == plain.get_relative_source_path()
        assert light.get_relative_source_path(str(Path(light.source_path).parent / "x.md")) == plain.get_relative_source_path(
            str(Path(plain.source_path).parent / "x.md")
        )
        assert light.get_static_links() == plain.get_static_links()
        assert _shown(light.url_format) == _shown(plain.url_format)
        assert light.is_valid() == plain.is_valid()
        assert str(light) == str(plain)


def _shown(value: Any) -> Any:
    """Names compare by their text and address, the rest by itself."""
    if isinstance(value, dict):
        return {key: _shown(item) for key, item in value.items() if key not in APART}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return (type(value).__name__, value.name, value.slug, value.url) if hasattr(value, "slug") and hasattr(value, "name") else value
