"""When something goes wrong, the author is told what and the site stays as it was."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import lock_descriptor

from tests.build.small import Small, difference, files
from tests.build.warm import ROOT
from tests.waiting import line

SLOW = """
import time
from plancher.site.component import Component
from plancher.text.html import el
from plancher.text.grammar import BlockKind, Read

def read(block):
    time.sleep(60)
    return Read(block.title)

class House(Component):
    def blocks(self):
        return (BlockKind(name="maison", purpose="Très lent.", read=read, render=lambda model, markdown: el("p")),)


COMPONENT = House

def register():
    pass
"""


def start(small: Small) -> subprocess.Popen[str]:
    """A build in a real process of its own, as the command line starts it."""
    command = [sys.executable, "-m", "pelican", "content", "-o", str(small.output), "-s", "reglages.py", "-q", "--fatal", "errors"]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "plugins")])
    env = {**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": str(small.clock)}
    return subprocess.Popen(command, cwd=small.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


# A text that takes for ever.


def test_a_text_that_takes_too_long_is_named_and_the_others_are_built(small: Small) -> None:
    small.write("plugins/maison.py", SLOW)
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.post("lent", own_block=True)
    ran = small.build(limit=1.0)
    assert ran.code == 0, ran.said
    assert "content/articles/2024/lent.md:1: PDV036 lecture arrêtée après 1 seconde" in ran.said
    assert {"2024/05/un/index.html", "2024/05/deux/index.html", "2025/06/trois/index.html"} <= small.files.keys()


def test_a_text_that_takes_too_long_stops_a_publication(small: Small) -> None:
    before = small.files
    small.write("plugins/maison.py", SLOW)
    small.set(PLUGINS='[*PLUGINS, "maison"]', PLANCHER_READING='ReadingSettings(mode="strict")')
    small.post("lent", own_block=True)
    ran = small.build(limit=1.0)
    assert ran.code == 1
    assert "lent.md:1: PDV036" in ran.said
    assert small.files == before


def test_signs_that_markdown_cannot_digest_are_stopped_by_the_clock_too(small: Small) -> None:
    small.post("signes", words="\n\n".join(["[" * 1490] * 30))
    begun = time.monotonic()
    ran = small.build(limit=1.0)
    assert ran.code == 0, ran.said
    assert time.monotonic() - begun < 30
    assert "2024/05/un/index.html" in small.files


# Two builds at once.


def test_two_builds_of_one_site_take_turns_and_say_so(small: Small) -> None:
    small.post("un", title="Autre titre", words="Autre texte.")
    place = os.open(small.folder, os.O_RDONLY)
    assert lock_descriptor(place, blocking=False)  # a third one is at work
    builds = [start(small), start(small)]
    said = [line(build) for build in builds]
    os.close(place)
    rest = [build.communicate(timeout=60)[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0], rest
    assert all("Une autre construction est en cours" in line for line in said)
    _, clean, _ = small.clean()
    assert small.files == clean, difference(small.files, clean)


# A build that is killed.


@pytest.mark.parametrize("moment", range(int(os.environ.get("PLANCHER_KILLS", "6"))))
def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one_and_the_next_heals(small: Small, moment: int) -> None:
    """At random moments; ``PLANCHER_KILLS=500`` tries as many."""
    before = small.files
    small.post("un", title="Autre titre", tags=("neuf",))
    small.delete("trois")
    _, clean, _ = small.clean()
    build = start(small)
    time.sleep(random.Random(moment).uniform(0.3, 1.4))
    build.send_signal(signal.SIGKILL)
    build.communicate(timeout=60)
    assert small.files in (before, clean)
    assert small.build().code == 0
    assert small.files == clean, difference(small.files, clean)
    assert {path.name for path in small.folder.glob(".output*")} <= {".output-double"}


# Disks.


@pytest.fixture
def disk(small: Small) -> Iterator[Path]:
    """A disk of one megabyte that holds the site."""
    place = small.folder / "disque"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("il faut être administrateur pour monter un petit disque")
    try:
        small.output = place / "output"
        assert small.build().code == 0
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True, timeout=60)


def test_a_full_disk_is_said_and_the_site_stays_as_it_was(small: Small, disk: Path) -> None:
    before = small.files
    small.write("content/documents/gros.pdf", b"x" * 5_000_000)
    ran = small.build()
    assert ran.code == 1
    assert "Échec : disque plein" in ran.said
    assert files(disk / "output") == before
    (small.folder / "content/documents/gros.pdf").unlink()
    assert small.build().code == 0


def test_a_disk_that_cannot_be_written_is_said_in_french(small: Small, disk: Path) -> None:
    before = small.files
    small.post("un", title="Autre titre")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, timeout=60)
    ran = small.build()
    assert ran.code == 1
    assert "Échec : ce disque ne peut pas être écrit" in ran.said
    assert small.files == before


def test_a_file_in_the_place_of_the_site_is_left_alone(small: Small) -> None:
    small.output = small.write("fichier", "à moi")
    ran = small.build()
    assert ran.code == 1
    assert "un fichier porte déjà ce nom" in ran.said
    assert (small.folder / "fichier").read_text(encoding="utf-8") == "à moi"


def test_a_hidden_folder_of_somebody_else_beside_the_site_is_left_alone(small: Small) -> None:
    small.write(".output-notes/a.txt", "à moi")
    small.post("un", title="Autre titre")
    small.build()
    assert (small.folder / ".output-notes/a.txt").read_text(encoding="utf-8") == "à moi"


# Templates.


@pytest.mark.parametrize("scrap", ["{% if %}", "{{ jamais.dit }}", "{{ 'x'|inconnu }}", "{% include 'partials/absent.html' %}"])
def test_a_template_that_fails_is_named_with_its_line_and_the_site_stays_as_it_was(small: Small, scrap: str) -> None:
    before = small.files
    path = small.folder / "theme/templates/partials/footer.html"
    path.write_text(f"{scrap}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    ran = small.build()
    assert ran.code == 1, ran.said
    assert "theme/templates/partials/footer.html:1:" in ran.said
    assert small.files == before


ENDLESS = "{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}"


@pytest.mark.parametrize("share", [True, False])
def test_a_template_that_never_ends_is_stopped_and_named_and_the_site_stays_as_it_was(small: Small, share: bool) -> None:
    before = small.files
    path = small.folder / "theme/templates/partials/footer.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{{% if article is defined and article.title == 'Deux' %}}{ENDLESS}{{% endif %}}\n{text}", encoding="utf-8")
    ran = small.build(patience=1.0, share=share)
    assert ran.code == 1, ran.said
    where = r"theme/templates/article.html:1" if share else r"theme/templates/partials/footer.html:1"
    assert re.search(rf"Échec : .*{where}: PDV090 la page /2024/05/deux/index.html n'est pas finie après 1\u00a0seconde", ran.said), ran.said
    assert small.files == before
    path.write_text(text, encoding="utf-8")
    assert small.build().code == 0
    assert small.files == before


def test_one_text_made_again_alone_meets_the_same_limit(small: Small) -> None:
    path = small.folder / "theme/templates/article.html"
    path.write_text(path.read_text(encoding="utf-8") + f"{{% if 'ZZZ' in article.content %}}{ENDLESS}{{% endif %}}", encoding="utf-8")
    assert small.build().code == 0
    before = small.files
    small.post("un", words="Des ZZZ.")
    ran = small.build(patience=1.0)
    assert ran.code == 1, ran.said
    assert "PDV090 la page /2024/05/un/index.html" in ran.said
    assert small.files == before


STRANGE = """
import os, signal, time
from plancher.site.component import Component
from plancher.site.requests import MadeFile

def never(_):
    while True:
        time.sleep(1)

def dies(_):
    os.kill(os.getpid(), signal.SIGKILL)

def holds(_):
    os.kill(os.getpid(), signal.SIGSTOP)

class Strange(Component):
    def pages(self, site, index):
        yield MadeFile(path="donnees.json", maker=%s, argument="")

COMPONENT = Strange

def register():
    pass
"""


@pytest.mark.parametrize(
    ("made", "said"), [("never", "n'est pas fini après 1\u00a0seconde"), ("holds", "n'est pas fini après 1\u00a0seconde"), ("dies", "s'est arrêté")]
)
def test_a_file_without_template_that_never_comes_is_named_too(small: Small, made: str, said: str) -> None:
    before = small.files
    small.write("plugins/etrange.py", STRANGE % made)
    small.set(PLUGINS='[*PLUGINS, "etrange"]')
    ran = small.build(patience=1.0, share=True)
    assert ran.code == 1, ran.said
    assert "donnees.json:1: PDV090 le fichier /donnees.json" in ran.said
    assert said in ran.said
    assert "Traceback" not in ran.said
    assert small.files == before


@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(3)", "(lambda: (_ for _ in ()).throw(MemoryError()))()"])
def test_a_text_whose_reading_ends_its_process_is_named_and_the_others_are_built(small: Small, end: str) -> None:
    small.write("plugins/maison.py", SLOW.replace("import time", "import os, signal, sys, time").replace("time.sleep(60)", end))
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.post("fatal", own_block=True)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert re.search(r"content/articles/2024/fatal\.md:\d+: PDV036 ", ran.said), ran.said  # the block's own line, where the process could tell
    assert {"2024/05/un/index.html", "2024/05/deux/index.html", "2025/06/trois/index.html"} <= small.files.keys()


def test_a_template_that_may_be_missing_is_seen_when_it_comes(small: Small) -> None:
    path = small.folder / "theme/templates/partials/footer.html"
    path.write_text(path.read_text(encoding="utf-8") + "{% include 'partials/suite.html' ignore missing %}", encoding="utf-8")
    assert small.build().code == 0
    small.write("theme/templates/partials/suite.html", "<!-- suite -->")
    small.build()
    assert b"<!-- suite -->" in small.files["index.html"]
