"""The author's guide: in every preview, on the site if its owner wants, and counted in nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from plancher.base.catalogue import CATALOGUE
from plancher.base.identity import Identity
from plancher.components import answers, authors, callouts, guide, links, related, series, tags, talks, tangible, typography
from plancher.components.guide import text
from plancher.markdown.convert import Converter
from plancher.markdown.place import Place
from plancher.site import assembly
from plancher.tasks import collection
from plancher.text.front import FrontRules

from tests.build.small import Small, difference

PREVIEW = {"PLANCHER_COMMAND": "{'preview': True}"}
PUBLISHED, HIDDEN = "{'published': True}", "{'published': False}"
EVERY = {module.COMPONENT.name: module.COMPONENT for module in (answers, authors, callouts, links, related, series, tags, talks, tangible, typography)}
SOURCE = Path(guide.__file__).with_name("guide.md").read_text(encoding="utf-8")
OF_BLOCKS = {"tangible": ("tangible", "bilan"), "links": ("liens", "citation"), "talks": ("video",), "answers": ("appel",), "callouts": ("note", "astuce")}
MARK = "Ouvrir un terminal"


@pytest.fixture
def empty(small: Small) -> Small:
    """A blog with nothing in it."""
    for name in list(small.posts):
        small.delete(name)
    for page in (small.content / "pages").glob("*"):
        page.unlink()
    small.set(PLANCHER_GUIDE=HIDDEN)
    return small


def shown(small: Small) -> str:
    return small.files["guide/index.html"].decode()


def of_site(*names: str) -> str:
    components = [EVERY[name](EVERY[name].settings_type() if EVERY[name].settings_type else None) for name in names]
    return text.of_site(SOURCE, names, assembly.grammar(components))


def test_an_empty_blog_is_published_without_the_guide_and_its_preview_has_it(empty: Small) -> None:
    ran = empty.build()
    assert (ran.code, ran.said) == (0, ""), ran.said
    assert "guide/index.html" not in empty.files
    assert not [path for path, raw in empty.files.items() if b"/guide/" in raw]
    empty.set(**PREVIEW)
    assert empty.build().code == 0
    assert MARK in shown(empty)
    assert b"/guide/" not in empty.files["index.html"]  # readers will not see that link


def test_an_owner_shows_the_guide_to_readers_by_one_setting(empty: Small) -> None:
    empty.set(PLANCHER_GUIDE=PUBLISHED)
    assert empty.build().code == 0
    assert MARK in shown(empty)
    assert b'href="/guide/"' in empty.files["index.html"]
    assert b"/guide/</loc>" in empty.files["sitemap.xml"]


def test_a_setting_of_another_type_is_told(empty: Small) -> None:
    empty.set(PLANCHER_GUIDE="{'published': 'oui'}")
    ran = empty.build()
    assert (ran.code, "réglage PLANCHER_GUIDE : « published »" in ran.said) == (1, True)


def test_the_guide_counts_in_nothing(empty: Small) -> None:
    """Its examples hold proofs, links, a talk and tags."""
    empty.set(PLANCHER_GUIDE=HIDDEN)
    empty.build()
    without = empty.files
    empty.set(PLANCHER_GUIDE=PUBLISHED)
    empty.build()
    machines = (".json", ".csv", ".xml", ".opml", "_headers", "_redirects")
    for path, raw in empty.files.items():
        if path.endswith(machines) and path != "sitemap.xml":
            assert raw == without[path], path
    assert empty.files.keys() - without.keys() == {"guide/index.html"}


def test_its_links_lead_to_itself_or_out_of_the_site(empty: Small) -> None:
    empty.set(PLANCHER_GUIDE=PUBLISHED)
    empty.build()
    page = BeautifulSoup(shown(empty), "html.parser")
    anchors = {f"#{element['id']}" for element in page.select("[id]")}
    addresses = [element[name] for name in ("href", "src", "poster") for element in page.select(f".prose [{name}]")]
    assert len(addresses) > 10
    assert [address for address in addresses if address not in anchors and not address.startswith("https://")] == []


def test_a_page_of_the_owner_at_its_address_wins_and_that_is_said(empty: Small) -> None:
    empty.write("content/pages/mien.md", "Title: Mon guide\nSlug: guide\n\nLe mien.\n")
    for settings in ({}, PREVIEW, {"PLANCHER_GUIDE": PUBLISHED}):
        empty.set(**settings)
        assert empty.build().code == 0
        assert "Le mien." in shown(empty)
        assert MARK not in shown(empty)
    assert re.search(r"pages/mien\.md:2: PDV120 .* \[note\]", empty.clean()[2])


def test_a_file_of_the_owner_at_its_address_wins_too(empty: Small) -> None:
    empty.write("content/guide/index.html", "<p>Le mien.</p>")
    empty.set(STATIC_PATHS="['guide']", EXTRA_PATH_METADATA="{'guide/index.html': {'path': 'guide/index.html'}}", **PREVIEW)
    ran = empty.build()
    assert (ran.code, "guide/index.html:1: PDV120" in ran.said) == (0, True), ran.said
    assert shown(empty) == "<p>Le mien.</p>"


def test_it_is_made_again_when_what_it_tells_of_changes_and_only_then(empty: Small) -> None:
    empty.set(PLANCHER_GUIDE=PUBLISHED)
    empty.post("un")
    empty.build()
    page = empty.output / "guide" / "index.html"
    before = page.stat().st_mtime_ns
    empty.post("deux", title="Deux")
    empty.build()
    assert page.stat().st_mtime_ns == before
    empty.set(PLUGINS="[name for name in PLUGINS if name != 'plancher.components.talks']")
    empty.build()
    assert "talk-screen" not in shown(empty)
    code, expected, _ = empty.clean()
    assert code == 0
    assert difference(empty.files, expected) == ""


def test_somebody_else_s_theme_shows_it_too(empty: Small) -> None:
    shutil.rmtree(empty.folder / "theme")
    empty.set(THEME="'simple'", **PREVIEW)
    ran = empty.build()
    assert ran.code == 0, ran.said
    assert MARK in shown(empty)
    assert all(f'id="{code}"' in shown(empty) for code in CATALOGUE)


def test_somebody_else_s_plugin_takes_nothing_from_it(empty: Small) -> None:
    empty.write("plugins/voisin.py", "from pelican import signals\n\n\ndef hear(_):\n    pass\n\n\ndef register():\n    signals.initialized.connect(hear)\n")
    empty.set(PLUGINS="[*PLUGINS, 'voisin']", **PREVIEW)
    ran = empty.build()
    assert ran.code == 0, ran.said
    assert MARK in shown(empty)
    assert "Sommaire" in shown(empty)


@pytest.mark.parametrize("count", [0, 1, 2, len(EVERY) - 1, len(EVERY)])
def test_it_holds_what_the_site_is_built_with_and_nothing_else(count: int) -> None:
    """None, each alone, each pair, all but one, all: a part of the guide asks for one component or two, never for three."""
    for names in itertools.combinations(EVERY, count):
        made = of_site(*names)
        assert "<!--" not in made
        for name, blocks in OF_BLOCKS.items():
            for block in blocks:
                assert (f"> [!{block}]" in made) == (name in names), (names, block)
        assert ("> [!exemple]" in made) == ("callouts" in names)


def test_every_code_and_every_block_is_in_it() -> None:
    made = of_site(*EVERY)
    grammar = assembly.grammar([kind(kind.settings_type() if kind.settings_type else None) for kind in EVERY.values()])
    assert all(f'id="{code}"' in made for code in CATALOGUE)
    assert all(f"| `[!{kind.name}]` |" in made for kind in grammar.kinds.values())


def test_it_is_read_without_a_fault_but_those_that_it_cites() -> None:
    components = [kind(kind.settings_type() if kind.settings_type else None) for kind in EVERY.values()]
    rules = FrontRules(is_page=True, templates=(), timezone=dt.UTC, path="guide.md")
    reading = Converter(Path("/"), assembly.grammar(components)).read_bytes(of_site(*EVERY).encode(), rules, Place(Path("/"), Path("/")))
    assert {problem.code for problem in reading.problems} <= {"PDV033", "PDV102", "PDV107"}, [str(problem) for problem in reading.problems]


def test_every_command_that_it_names_is_one(tmp_path: Path) -> None:
    named = set(re.findall(r"`invoke ([a-z][a-z.]*)", SOURCE)) | set(re.findall(r"^invoke ([a-z][a-z.]*)", SOURCE, re.MULTILINE))
    assert {"new", "serve", "check", "publish", "start", "upgrade", "tags.merge"} <= named
    assert named - set(collection.make(tmp_path, developers=False).task_names) == set()


def test_every_field_of_the_identity_is_explained() -> None:
    part = SOURCE.partition("## L'identité et les réglages")[2]
    assert [field.name for field in dataclasses.fields(Identity) if f"| `{field.name}` |" not in part] == []
