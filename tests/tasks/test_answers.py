"""« invoke answers.… » in a blog: from a reader's mail to the register and two feeds, and nothing of what waits on the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from tests.conftest import without_posts
from tests.importing.answers.test_mails import filled, mail
from tests.tasks.test_tasks import invoke

POST = "Title: Un\nDate: 2024-05-02\nCategory: Essais\n\n> [!appel] Qu'avez-vous gagné ?\n> id : gains\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = without_posts(tmp_path_factory.mktemp("temoins") / "blog")
    (folder / "content" / "articles" / "un.md").write_text(POST, encoding="utf-8")
    conf = folder / "pelicanconf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace('    promise="', '    email="moi@carnet.example",\n    promise="', 1), encoding="utf-8")
    assert invoke(folder, "build").returncode == 0
    return folder


@pytest.fixture
def blog(model: Path, tmp_path: Path) -> Path:
    """With three mails: one that may be counted, one that may not be published, one that is none."""
    folder = shutil.copytree(model, tmp_path / "blog")
    page = (folder / "output" / "2024" / "05" / "un" / "index.html").read_text(encoding="utf-8")
    token = page.partition("appel-")[2][:8]
    subject = f"Re: une réponse [appel-{token}]"
    inbox = folder.parent / "courriels"
    inbox.mkdir()
    for name, raw in (("oui", mail(filled(), subject)), ("non", mail(filled(n0="Un secret.", n3="non"), subject)), ("rien", mail("Bonjour", "Bonjour"))):
        (inbox / f"{name}.eml").write_bytes(raw.as_bytes())
    return folder


def waiting(blog: Path) -> dict[str, str]:
    """The words of each answer in the queue, by its name."""
    rows = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (blog / ".temoignages" / "reponses").glob("*.json")}
    return {row["received"]["words"]: name for name, row in rows.items() if row["state"] == "en attente"}


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_mail_becomes_a_row_of_the_register_and_an_entry_of_two_feeds_and_one_without_consent_does_not(blog: Path) -> None:
    ran = invoke(blog, "answers.fetch", "--file=../courriels")
    assert ran.returncode == 0, ran.stderr
    assert "2\u00a0réponses nouvelles" in ran.stdout
    assert "1 laissé : courriel sans la marque d'un appel dans son objet." in ran.stdout
    assert "2\u00a0déjà connues" in invoke(blog, "temoignages.relever", "--file=../courriels").stdout
    names = waiting(blog)
    refused = invoke(blog, "answers.review", f"--accept={names['Un secret.']}")
    assert refused.returncode == 1
    assert "son auteur refuse la publication" in refused.stderr
    assert "Acceptée" in invoke(blog, "temoignages.decider", f"--accept={names['Trois heures par semaine.']}").stdout
    assert invoke(blog, "publish").returncode == 0
    for feed in ("temoignages", "preuves"):
        entries = feedparser.parse((blog / "output" / "feeds" / f"{feed}.atom.xml").read_bytes()).entries
        assert [entry for entry in entries if "Trois heures par semaine." in str(entry)], feed
    (row,) = json.loads((blog / "output" / "preuves.json").read_text(encoding="utf-8"))["items"]
    assert (row["level"], row["measured_by"], row["proof"]) == ("déclaré", "un lecteur, Anne", "Trois heures par semaine.")
    made = everything(blog / "output") + everything(blog / "content")
    assert b"lecteurs.example" not in made
    assert b"Un secret." not in made + everything(blog / ".cache")
    undone = invoke(blog, "answers.review", f"--undo={names['Trois heures par semaine.']}")
    assert "De nouveau en attente" in undone.stdout
    assert invoke(blog, "publish").returncode == 0
    assert b"Trois heures par semaine." not in everything(blog / "output") + everything(blog / "content")


def test_a_sitting_without_anybody_to_type_decides_nothing(blog: Path) -> None:
    invoke(blog, "answers.fetch", "--file=../courriels")
    ran = subprocess.run(
        [sys.executable, "-m", "invoke", "answers.review"], cwd=blog, capture_output=True, text=True, check=False, timeout=120, stdin=subprocess.DEVNULL
    )
    assert ran.returncode == 0, ran.stderr
    assert "2\u00a0en attente" in ran.stdout


@pytest.mark.parametrize("folder", ["output/attente", "theme/x", "./content/x"])
def test_a_queue_that_would_be_published_is_refused(blog: Path, folder: str) -> None:
    conf = blog / "pelicanconf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + f'\nPLANCHER_ANSWERS = AnswerSettings(queue="{folder}")\n', encoding="utf-8")
    conf.write_text(conf.read_text(encoding="utf-8").replace("from plancher.blog import", "from plancher.blog import AnswerSettings,", 1), encoding="utf-8")
    ran = invoke(blog, "answers.fetch", "--file=../courriels")
    assert ran.returncode == 1
    assert "serait publié avec le site" in ran.stderr or "alors qu'il faut" in ran.stderr
    assert not list(blog.glob(f"{folder}*"))


@pytest.mark.parametrize(
    ("words", "code", "said"), [(["--accept=zzz"], 1, "aucune réponse ne s'appelle « zzz »"), (["--accept=a", "--undo=b"], 2, "s'écrivent seuls")]
)
def test_what_cannot_be_decided_is_told(blog: Path, words: list[str], code: int, said: str) -> None:
    ran = invoke(blog, "answers.review", *words)
    assert ran.returncode == code
    assert said in ran.stderr


def test_a_file_that_is_not_there_is_told(blog: Path) -> None:
    ran = invoke(blog, "answers.fetch", "--file=absent.mbox")
    assert ran.returncode == 1
    assert "absent.mbox ne se lit pas : il n'existe plus." in ran.stderr
