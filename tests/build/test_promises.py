"""What a build reads and writes again after each kind of change, and what it never does."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from plancher.cache.manifest import MARKER

from tests.build.small import NOON, Small, difference, picture
from tests.build.warm import Ran
from tests.conftest import ROOT

EXPLAINED = {"extra": {"PLANCHER_BUILDING": {"explain": True}}}


def written(ran: Ran) -> dict[str, str]:
    """Each file that was written, and why."""
    assert ran.code == 0, ran.said
    return dict(re.findall(r"^écrit +/(\S+) : (.*)$", ran.said, re.MULTILINE))


def rendered(ran: Ran) -> dict[str, str]:
    """The same, with the files that were made again and came out as they were."""
    assert ran.code == 0, ran.said
    return dict(re.findall(r"^(?:écrit|identique) +/(\S+) : (.*)$", ran.said, re.MULTILINE))


def assert_equals_clean(small: Small) -> None:
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)


# What is made again.


def test_nothing_is_made_when_nothing_changed(small: Small) -> None:
    ran = small.build(**EXPLAINED)
    assert rendered(ran) == {}
    assert "Rien n'a changé." in ran.said


def test_a_new_body_changes_the_page_of_its_post_and_the_feeds(small: Small) -> None:
    small.post("un", words="Autre texte, encore.", summary="Le même.")
    small.build()
    small.post("un", words="Encore un autre texte, et encore.")
    made = rendered(small.build(**EXPLAINED))
    pages = {path: why for path, why in made.items() if not path.startswith(("feeds/", "recherche/mots/", "recherche/textes/"))}
    assert pages == {"2024/05/un/index.html": "le texte a changé"}
    assert {"feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json", "feeds/tag/PME.atom.xml", "feeds/categorie/essais.atom.xml"} <= made.keys()
    assert not any("outils" in path for path in made)
    assert_equals_clean(small)


def test_a_new_title_changes_the_pages_that_show_it_and_no_other(small: Small) -> None:
    before = small.files
    small.post("un", title="Un titre qui se voit")
    made = {path for path in written(small.build(**EXPLAINED)) if not path.startswith("recherche/mots/")}  # these hold words
    showing = {path for path, raw in small.files.items() if b"Un titre qui se voit" in raw} | {"recherche/index.html"}
    assert made == showing
    assert {path for path, raw in before.items() if small.files.get(path) != raw and not path.startswith((".plancher", "recherche/mots/"))} == showing
    assert "2024/05/deux/index.html" in showing  # its neighbour
    assert "2025/06/trois/index.html" not in showing


def test_a_template_changes_all_its_pages_and_is_named_as_the_reason(small: Small) -> None:
    path = small.folder / "theme/templates/article.html"
    path.write_text(path.read_text(encoding="utf-8").replace('<div class="e-content', '<div id="neuf" class="e-content'), encoding="utf-8")
    made = rendered(small.build(**EXPLAINED))
    assert made == {f"{folder}/index.html": "gabarit" for folder in ("2024/05/un", "2024/05/deux", "2025/06/trois")}
    assert_equals_clean(small)


def test_a_macro_changes_the_pages_of_every_template_that_calls_it(small: Small) -> None:
    path = small.folder / "theme/templates/components/card.html"
    path.write_text(path.read_text(encoding="utf-8").replace("card h-entry", "card neuve h-entry"), encoding="utf-8")
    made = written(small.build(**EXPLAINED))
    assert "index.html" in made
    assert "tag/PME/index.html" in made
    assert "2024/05/un/index.html" not in made
    assert_equals_clean(small)


def test_a_setting_that_pages_show_changes_them_and_is_named_as_the_reason(small: Small) -> None:
    small.set(SITENAME='"Autre nom"')
    made = written(small.build(**EXPLAINED))
    assert made["2024/05/un/index.html"] == "IDENTITY, SITENAME"
    assert_equals_clean(small)


def test_a_picture_of_another_size_changes_the_pages_that_show_it(small: Small) -> None:
    small.write("content/images/a.png", picture(9))
    small.build()
    assert b'width="9"' in small.files["2024/05/un/index.html"]
    assert_equals_clean(small)


def test_after_a_link_to_a_file_that_is_not_there_each_edit_is_still_seen(small: Small) -> None:
    small.post("un", picture="absente.png")
    small.build()
    small.post("un", words="Autre texte.")
    small.build()
    assert_equals_clean(small)


def test_a_template_sees_nothing_of_a_post_that_could_change_unseen(small: Small) -> None:
    """The file of a post is no input of the pages that list it: it has no name there."""
    path = small.folder / "theme/templates/index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("{% block content %}", "{% block content %}{{ articles[0].source_path }}"), encoding="utf-8")
    ran = small.build()
    assert "theme/templates/index.html" in ran.said
    assert "source_path" in ran.said
    assert "un.md" not in small.files["index.html"].decode()


def test_a_post_of_the_future_appears_on_its_day(small: Small) -> None:
    small.post("quatre", day="2026-06-01")
    small.build()
    assert "2026/06/quatre/index.html" not in small.files
    small.clock += 200 * 86_400
    small.build()
    assert "2026/06/quatre/index.html" in small.files
    assert_equals_clean(small)


def test_a_page_that_no_longer_has_a_source_leaves_the_site_with_its_folder(small: Small) -> None:
    small.delete("trois")
    small.build()
    assert not (small.output / "2025").exists()
    assert_equals_clean(small)


def test_a_file_that_nobody_built_stays_and_is_named_once(small: Small) -> None:
    small.write("output/loin/perdu.html", "perdu")
    assert "output : ceci n'est pas du site et reste tel quel : loin/." in small.build().said
    small.post("un", title="Autre titre")
    assert "loin" not in small.build().said
    assert small.files.pop("loin/perdu.html") == b"perdu"
    (small.output / "loin/perdu.html").unlink()
    (small.output / "loin").rmdir()
    assert_equals_clean(small)


def test_a_damaged_file_of_the_site_is_made_again(small: Small) -> None:
    (small.output / "index.html").write_text("abîmé", encoding="utf-8")
    assert written(small.build(**EXPLAINED)) == {"index.html": "fichier absent ou modifié sur le disque"}
    assert_equals_clean(small)


def test_a_site_that_was_removed_comes_back(small: Small) -> None:
    shutil.rmtree(small.output)
    assert small.build().code == 0
    assert_equals_clean(small)


def test_an_output_folder_that_is_a_link_stays_one(small: Small) -> None:
    small.output = small.folder / "lien"
    (small.folder / "ailleurs").mkdir()
    small.output.symlink_to("ailleurs")
    for title in ("A", "B", "C"):
        small.post("un", title=title)
        ran = small.build()
        assert ran.code == 0, ran.said
        assert small.output.is_symlink()
        assert_equals_clean(small)


def test_files_that_did_not_change_keep_their_times(small: Small) -> None:
    times = {path: (small.output / path).stat().st_mtime_ns for path in small.files}
    small.post("un", title="Autre titre")
    made = written(small.build(**EXPLAINED))
    changed = {path for path, was in times.items() if (small.output / path).stat().st_mtime_ns != was}
    assert changed - {MARKER} == made.keys() & times.keys()


# The cache.


def test_a_cache_restored_from_an_archive_is_used_whatever_the_times_of_the_files(small: Small, tmp_path: Path) -> None:
    """As in continuous integration: another folder of the same name, other times, nothing in the output."""
    aside = tmp_path / "archive"
    shutil.copytree(small.cache, aside)
    shutil.rmtree(small.cache)
    shutil.rmtree(small.output)
    for path in small.content.rglob("*.md"):
        path.write_bytes(path.read_bytes())
        os.utime(path, (NOON, NOON))
    shutil.copytree(aside, small.cache)
    assert small.build(limit=-1.0).code == 0, "lu une seconde fois"
    assert_equals_clean(small)


def test_an_old_copy_of_the_cache_does_no_harm(small: Small, tmp_path: Path) -> None:
    shutil.copytree(small.cache, tmp_path / "copie")
    small.post("un", title="Autre titre", words="Autre texte.")
    small.write("content/images/a.png", picture(9))
    small.build()
    shutil.rmtree(small.cache)
    shutil.copytree(tmp_path / "copie", small.cache)
    small.build()
    assert_equals_clean(small)


def test_a_text_of_the_cache_that_is_damaged_is_read_again(small: Small) -> None:
    db = sqlite3.connect(small.cache / "textes.sqlite")
    with db:
        db.execute("update body set html = 'abîmé'")
    db.close()
    shutil.rmtree(small.cache / "sites")
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "Le cache est abîmé" in ran.said
    assert_equals_clean(small)


@pytest.mark.parametrize("name", ["plan.json", "site.json", "vu.json", "glance.txt"])
def test_one_wrong_letter_in_what_the_cache_remembers_of_the_site_does_no_harm(small: Small, name: str) -> None:
    small.post("un", title="Autre titre")
    small.build()
    kept = next(small.cache.glob(f"sites/*.{name}"))
    raw = kept.read_bytes()
    for part in range(8):
        at = 40 + part * (len(raw) - 40) // 8
        kept.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        small.post("un", title=f"Titre {part}")
        assert small.build().code == 0
        assert_equals_clean(small)
        raw = kept.read_bytes()


# Other plugins.

NOTHING = "def register():\n    pass\n"
STRAIGHT = """
from pathlib import Path
from pelican import signals

class Generator:
    def __init__(self, output_path, **_):
        self.folder = Path(output_path)

    def generate_output(self, writer):
        {line}

def generators(pelican):
    return Generator

def register():
    signals.get_generators.connect(generators)
"""


def test_a_plugin_we_do_not_know_that_does_nothing_changes_no_byte(small: Small) -> None:
    before = small.files
    small.write("plugins/maison.py", NOTHING)
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    assert small.build().code == 0
    assert small.files == before, difference(small.files, before)


def test_with_a_plugin_we_do_not_know_pages_are_always_made(small: Small) -> None:
    small.write("plugins/maison.py", NOTHING)
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.build()
    assert rendered(small.build(**EXPLAINED))["index.html"] == "entrées inconnues"


def test_what_a_plugin_writes_straight_into_the_site_is_published_until_it_no_longer_does(small: Small) -> None:
    small.write("plugins/maison.py", STRAIGHT.format(line='(self.folder / "maison.txt").write_text("maison")'))
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.build()
    small.build()
    assert small.files["maison.txt"] == b"maison"
    small.write("plugins/maison.py", STRAIGHT.format(line="pass"))
    small.build()
    assert "maison.txt" not in small.files
    assert_equals_clean(small)


BLOCK = """
from plancher.site.component import Component
from plancher.text.html import el
from plancher.text.grammar import BlockKind, Read


class House(Component):
    def blocks(self):
        return (BlockKind(name="maison", purpose="À nous.", read=lambda block: Read(block.title), render=lambda model, markdown: el("p", "{word}")),)


COMPONENT = House


def register():
    pass
"""


def test_a_plugin_of_the_site_that_changes_is_asked_again_what_its_blocks_become(small: Small) -> None:
    small.write("plugins/maison.py", BLOCK.format(word="avant"))
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.post("un", own_block=True)
    small.build()
    assert b"avant" in small.files["2024/05/un/index.html"]
    small.write("plugins/maison.py", BLOCK.format(word="après"))
    small.build()
    assert "après".encode() in small.files["2024/05/un/index.html"]
    assert_equals_clean(small)


# Workers.


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_workers_change_neither_the_site_nor_what_is_said(small: Small, start: str) -> None:
    for number in range(20):
        small.post(f"billet-{number}", words=f"Texte {number} [mal lié]({{filename}}absent.md).", day=f"2023-01-{number + 1:02d}")
    shared = small.build(share=True, extra={"PLANCHER_BUILDING": {"workers": 2, "start": start}})
    code, clean, said = small.clean()
    assert (shared.code, code) == (0, 0), shared.said
    assert small.files == clean, difference(small.files, clean)

    def problems(text: str) -> list[str]:
        return [line for line in text.splitlines() if "PDV" in line]

    assert problems(shared.said) == problems(said) != []


# Code.


def test_a_global_name_of_templates_changes_the_pages_that_say_it(small: Small) -> None:
    small.set(JINJA_GLOBALS='{"slogan": "avant"}')
    path = small.folder / "theme/templates/partials/footer.html"
    path.write_text(path.read_text(encoding="utf-8") + "{{ slogan }}", encoding="utf-8")
    small.build()
    small.set(JINJA_GLOBALS='{"slogan": "apres"}')
    small.build()
    assert b"apres" in small.files["index.html"]
    assert_equals_clean(small)


def test_a_file_of_the_blog_s_own_theme_shows_at_the_next_build_and_its_original_when_it_goes(small: Small) -> None:
    shutil.rmtree(small.folder / "theme")
    small.set(THEME=repr(str(ROOT / "theme")))
    assert small.build().code == 0
    for name, text in {"templates/partials/footer.html": "<footer>À nous</footer>\n", "static/css/footer.css": ".footer { color: teal }\n"}.items():
        small.write(f"theme/{name}", text)
        assert small.build().code == 0
        assert small.files == small.clean()[1]
    assert "À nous" in small.files["index.html"].decode()
    shutil.rmtree(small.folder / "theme")
    assert small.build().code == 0
    assert "À nous" not in small.files["index.html"].decode()
    assert small.files == small.clean()[1]
