"""What the À propos page says is kept in a browser is what the scripts keep."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "content" / "pages" / "a-propos.md").read_text(encoding="utf-8")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "theme" / "static" / "js").glob("*.js"))}


def test_each_choice_that_a_script_keeps_is_told() -> None:
    assert {name for name, text in SCRIPTS.items() if re.search(r"(?:local|session)Storage|indexedDB|document\.cookie|caches\.", text)} == {
        "talk.js",
        "theme.js",
    }
    assert "le thème clair ou sombre" in PAGE
    assert "Deux choix seulement" in PAGE


def test_consent_to_a_platform_is_told_with_its_length_its_effect_and_its_withdrawal() -> None:
    days = int(re.search(r"setItem\(key, Date\.now\(\) \+ (\d+) \* 864e5\)", SCRIPTS["talk.js"])[1])
    assert 180 <= days <= 184
    assert "six mois au plus" in PAGE
    for label in re.search(r'isAllowed\(\) \? "([^"]+)" : "([^"]+)"', SCRIPTS["talk.js"]).groups():
        assert f"« {label} lire … ici »" in PAGE
    assert "sans autre clic" in PAGE
    assert "removeItem(key)" in SCRIPTS["talk.js"]
