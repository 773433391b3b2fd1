"""What scripts keep in a browser, and what the pages of this repository say of it."""

from __future__ import annotations

import re

from tests.conftest import ROOT

SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "theme" / "static" / "js").glob("*.js"))}
PAGES = sorted((ROOT / "content" / "pages").rglob("*.md"))


def labels() -> tuple[str, str]:
    """The words of the button that gives a consent, or takes it back."""
    taken_back, given = re.search(r'isAllowed\(\) \? "([^"]+)" : "([^"]+)"', SCRIPTS["talk.js"]).groups()
    return taken_back, given


def test_two_scripts_keep_something_and_no_other() -> None:
    keeping = {name for name, text in SCRIPTS.items() if re.search(r"(?:local|session)Storage|indexedDB|document\.cookie|caches\.", text)}
    assert keeping == {"talk.js", "theme.js"}


def test_what_a_page_of_the_owner_says_of_a_consent_is_true() -> None:
    """Whatever these pages are, and if there are none."""
    for page in PAGES:
        for paragraph in page.read_text(encoding="utf-8").split("\n\n"):
            quoted = re.findall(r"« ([^»]*) lire … ici »", paragraph)
            assert set(quoted) <= set(labels()), page
            assert not quoted or set(re.findall(r"(\w+) mois", paragraph)) <= {"six"}, page
