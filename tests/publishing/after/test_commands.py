"""« invoke publish », « ping » and « rollback » as they are typed: who is told, when, and what the exit code says."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from plancher.outputs.announcing import texts

from tests.conftest import ROOT, without_posts
from tests.invoking import invoke
from tests.publishing.after.village import BLOG, Page, Village
from tests.tasks.test_interrupted import interrupted

KEY = "0123456789abcdef"
INCOMPLETE = 3
SETTINGS = """
from plancher.blog import AnnouncingSettings, FeedSettings
from plancher.publishing import Local

PUBLISH = Local("{www}")
PLANCHER_FEEDS = FeedSettings(authority="carnet.example", since="2024", hub="{others}/relais")
PLANCHER_ANNOUNCING = AnnouncingSettings(
    webmentions=True, allowed=("127.0.0.0/8",), patience=0.0, delay=0.0, indexnow="{key}", indexnow_server="{others}/indexnow"
)
"""


class Owner:
    """Who types the commands of one blog."""

    def __init__(self, village: Village, folder: Path) -> None:
        self.village, self.blog, self.www = village, without_posts(folder / "blog"), folder / "www"
        village.folder = self.www
        village.pages["/page"] = Page('<link rel="webmention" href="/recoit">')
        with (self.blog / "publishconf.py").open("a", encoding="utf-8") as file:
            file.write(SETTINGS.format(www=self.www, others=village.url(""), key=KEY))

    def write(self, name: str, words: str) -> None:
        day = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
        text = f"Title: {name}\nDate: {day:%Y-%m-%d}\nSummary: Dit.\n\n{words} [page]({self.village.url('/page')}).\n"
        (self.blog / "content" / "articles" / f"{name}.md").write_text(text, encoding="utf-8")

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.village.forget()
        ran = invoke(self.blog, *words, SITEURL=self.village.url("", BLOG), CI="")
        assert "Traceback" not in ran.stderr, ran.stderr
        return ran

    def told(self) -> list[str]:
        return sorted([path for path, _ in self.village.told] + [path for path, _ in self.village.sent])


@pytest.fixture
def owner(village: Village, tmp_path: Path) -> Owner:
    return Owner(village, tmp_path)


def test_a_publication_is_seen_then_told_once_and_told_again_when_nobody_could_see_it(owner: Owner) -> None:
    owner.write("un", "Texte.")
    first = owner.types("publish")
    assert (first.returncode, owner.told()) == (0, ["/indexnow", "/recoit", "/relais"]), first.stderr
    assert (owner.www / f"{KEY}.txt").read_text(encoding="utf-8") == KEY
    assert "envoyée" in (owner.blog / "content" / "webmentions.txt").read_text(encoding="utf-8")
    assert "À améliorer : Le site est servi sans chiffrement" in first.stderr
    asked = owner.village.asked
    assert max(place for place, one in enumerate(asked) if one.startswith(f"GET {BLOG}/20")) < asked.index("POST 127.0.0.2/recoit")
    owner.write("un", "Corrigé.")
    dry = owner.types("publish", "--dry-run")
    assert (dry.returncode, owner.village.asked) == (0, []), dry.stderr
    owner.village.is_down = True
    alone = owner.types("publish")
    assert (alone.returncode, owner.told()) == (INCOMPLETE, []), alone.stderr
    assert "En ligne, en une fois" in alone.stdout
    assert "Personne n'est prévenu avant que vos lecteurs ne voient ce site" in alone.stderr
    assert owner.types("ping").returncode == INCOMPLETE
    owner.village.is_down = False
    again = owner.types("ping")
    assert (again.returncode, owner.told()) == (0, ["/indexnow", "/recoit", "/relais"]), again.stderr
    same = owner.types("publish")
    assert (same.returncode, owner.told()) == (0, []), same.stderr
    told = owner.types("publish", "--status")
    assert (told.returncode, owner.told(), "À améliorer" in told.stderr) == (0, [], True), told.stderr
    back = owner.types("rollback")
    assert (back.returncode, owner.told()) == (0, ["/relais"]), back.stderr
    settings = owner.blog / "publishconf.py"
    announcing = settings.read_text(encoding="utf-8")
    settings.write_text(f'{announcing}PLUGINS = [name for name in PLUGINS if name != "plancher.outputs.announcing"]\n', encoding="utf-8")
    without = owner.types("publish")
    assert (without.returncode, owner.village.asked) == (0, []), without.stderr
    settings.write_text(announcing, encoding="utf-8")
    with_it_again = owner.types("publish")
    assert (with_it_again.returncode, owner.told()) == (0, []), with_it_again.stderr


KILLED = """
import os, signal, sys
from plancher.commands.after import command

command.follow = lambda *words: os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["invoke", "publish"]
from invoke.main import program
program.run()
"""


def test_killed_once_readers_have_the_new_site_the_next_publication_tells_what_was_not_told(owner: Owner) -> None:
    owner.write("un", "Texte.")
    assert owner.types("publish").returncode == 0
    owner.write("un", "Corrigé.")
    owner.village.forget()
    environment = {**os.environ, "SITEURL": owner.village.url("", BLOG), "CI": "", "PYTHONPATH": str(ROOT / "plugins")}
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=owner.blog, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (killed.returncode, owner.told()) == (-signal.SIGKILL, []), killed.stderr
    assert "Corrigé" in next(owner.www.glob("2*/*/un/index.html")).read_text(encoding="utf-8")
    next_one = owner.types("publish")
    assert "Rien à faire" in next_one.stdout
    assert (next_one.returncode, owner.told()) == (0, ["/indexnow", "/recoit", "/relais"]), next_one.stderr
    assert (owner.types("publish").returncode, owner.told()) == (0, [])


def test_where_readers_still_have_another_site_nobody_is_told(owner: Owner, tmp_path: Path) -> None:
    owner.write("un", "Texte.")
    (tmp_path / "ancien").mkdir()
    (tmp_path / "ancien" / "index.html").write_text("ancien", encoding="utf-8")
    (tmp_path / "ancien" / "404.html").write_text("rien", encoding="utf-8")
    owner.village.folder = tmp_path / "ancien"
    ran = owner.types("publish")
    assert (ran.returncode, owner.told()) == (INCOMPLETE, []), ran.stderr
    assert "À réparer" in ran.stderr
    assert not (owner.blog / "content" / "webmentions.txt").exists()


def test_ping_says_what_to_do_where_nothing_was_published(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    ran = invoke(blog, "ping")
    assert (ran.returncode, "Tapez d'abord « invoke publish »" in ran.stderr, "Traceback" in ran.stderr) == (1, True, False)


def test_ctrl_c_after_a_publication_says_what_is_true(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    lists = blog / ".cache" / "publication" / texts.FILE
    for path, text in ((blog / "output" / "index.html", "accueil"), (lists, '{"address": "http://127.0.0.1:9", "settings": {}, "texts": []}')):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    ran = interrupted(blog, "plancher.web.client", "Web.ask", 1, "ping")
    assert (ran.returncode, "Interrompu : le site est en ligne" in ran.stderr) == (130, True), ran.stderr
