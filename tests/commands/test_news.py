"""What an owner is told when the engine is newer: only what is newer, and what is to be done apart."""

from __future__ import annotations

import pytest
from plancher.commands.news import changelog, news, told

LOG = """# Journal

## À venir

- Dix.
- À faire : videz le cache.

## 0.10.0 — 2 mai 2026

- Neuf.

Un paragraphe.

## 0.9.0 — 2 avril 2026

- Huit.
- À faire : rien de grave.
"""


@pytest.mark.parametrize(
    ("since", "changes", "to_do"),
    [
        ("0.8", ("Dix.", "Neuf.", "Huit."), ("videz le cache.", "rien de grave.")),
        ("0.9.0", ("Dix.", "Neuf."), ("videz le cache.",)),
        ("0.10.0", ("Dix.",), ("videz le cache.",)),
        ("0.11.0", ("Dix.",), ("videz le cache.",)),
    ],
)
def test_what_is_newer_than_a_version_is_told(since: str, changes: tuple[str, ...], to_do: tuple[str, ...]) -> None:
    found = news(LOG, since)
    assert (found.changes, found.to_do) == (changes, to_do)


def test_nothing_to_do_is_said_too_and_a_template_whose_original_changed_is_to_be_read() -> None:
    assert list(told(news(LOG, "0.10.0"), []))[-2:] == ["Ce que vous avez à faire :", "  - videz le cache."]
    assert list(told(news("", "0.1"), [])) == ["Vous n'avez rien à faire."]
    assert "theme/templates/article.html" in list(told(news("", "0.1"), ["templates/article.html"]))[-1]


def test_the_engine_has_its_changelog_at_hand() -> None:
    assert news(changelog(), "0").changes
