"""The process that builds, and what it must not keep."""

from __future__ import annotations

from pathlib import Path

from pelican.contents import Content
from pelican.utils import memoized
from plancher.preview import builder, site_settings


def test_what_pelican_remembers_of_each_text_is_forgotten_after_a_build() -> None:
    kept = [method for method in vars(Content).values() if isinstance(method, memoized)]
    assert kept, "Pelican no longer memoises: « forget » has lost its reason"
    for method in kept:
        method.cache["un texte",] = "sa page"
    builder.forget()
    assert [method.cache for method in kept] == [{} for _ in kept]


def test_drafts_are_shown_beside_the_pages_that_the_site_asks_for() -> None:
    assert site_settings.drafts({"DIRECT_TEMPLATES": ["index", "plan"]})["DIRECT_TEMPLATES"] == ["index", "plan", "brouillons"]


def test_an_error_that_is_only_logged_reaches_the_author(tmp_path: Path) -> None:
    log = builder._Log(tmp_path)
    record = builder.logging.LogRecord("pelican", builder.logging.ERROR, "", 1, "Cannot load plugin `%s`\n%s", ("x", "no"), None)
    log.handle(record)
    assert [str(notice) for notice in log.notices] == ["Cannot load plugin `x` no"]
