"""What was left to fill is said where it stands, and prevents nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Built

TEXT = "-- pages/un.md --\nTitle: Un\n{header}\n{body}\n"


@pytest.mark.parametrize(
    ("header", "body", "line"),
    [
        ("", "Publié par [à compléter : prénom et nom].", 3),
        ("", "> - **Nom** : [À COMPLÉTER\u00a0: nom]", 3),
        ("", "Texte.\n\n[à compléter]", 5),
        ("Summary: Un blog de [à compléter : nom].\n", "Texte.", 2),
    ],
)
def test_a_mark_is_a_warning_with_its_line(site: Callable[..., Built], header: str, body: str, line: int) -> None:
    built = site(TEXT.format(header=header, body=body), settings="public")
    assert f"content/pages/un.md:{line}: PDV107 « [" in built.said
    assert "[avertissement]" in built.said
    assert built.code == 0


@pytest.mark.parametrize("body", ["`[à compléter : nom]`", "```\n[à compléter : nom]\n```", "Un texte à compléter, [à compléterai](https://un.example)."])
def test_a_text_that_speaks_of_marks_is_left_alone(site: Callable[..., Built], body: str) -> None:
    assert "PDV107" not in site(TEXT.format(header="", body=body)).said
