"""« invoke answers.… » in a blog: from a reader's mail to the register and two feeds, and nothing of what waits on the way."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from tests.commands.answers import dovecot
from tests.commands.answers.dovecot import Dovecot
from tests.conftest import without_posts
from tests.importing.answers.test_mails import filled, mail
from tests.invoking import invoke

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
    ran = invoke(blog, "answers.review")
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


def test_a_mail_is_asked_for_its_author_and_a_public_page_alone_takes_a_noted_yes(blog: Path) -> None:
    invoke(blog, "answers.fetch", "--file=../courriels")
    name = waiting(blog)["Un secret."]
    asked = invoke(blog, "answers.review", f"--confirm={name}")
    assert asked.returncode == 0
    assert "Objet : Est-ce bien vous ?" in asked.stdout
    for words, code, said in (
        ([f"--consent={name}", "--how=hier"], 1, "seule une réponse publique"),
        ([f"--remove={name}"], 1, "n'est pas sur le site"),
        (["--how=hier"], 2, "--how va avec --consent"),
    ):
        ran = invoke(blog, "answers.review", *words)
        assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr


SAID = "Trois heures par semaine, et la paix."
ZOE = "zoe@lecteurs.example"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.serving() as made:
        yield made


@pytest.fixture
def box(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    """A mailbox that the commands believe, and read."""
    server.empty()
    monkeypatch.setenv("SSL_CERT_FILE", str(server.folder / "certificat.pem"))
    monkeypatch.setenv("PLANCHER_IMAP_PASSWORD", dovecot.PASSWORD)
    return server


@pytest.fixture
def online(blog: Path, box: Dovecot) -> Path:
    """The same blog, with its mailbox and the folder that a server shows; two mails have arrived."""
    folder = blog.parent / "serveur" / "www"
    with (blog / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(
            f'\nfrom plancher.blog import AnswerSettings\nPLANCHER_ANSWERS = AnswerSettings(imap_host="localhost", imap_port={box.port}, imap_user="moi")\n'
        )
    with (blog / "publishconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f'\nfrom plancher.publishing import Local\nPUBLISH = Local("{folder.as_posix()}")\n')
    page = (blog / "output" / "2024" / "05" / "un" / "index.html").read_text(encoding="utf-8")
    subject = f"Re: une réponse [appel-{page.partition('appel-')[2][:8]}]"
    agreed, silent = filled(n0=SAID, n4="Zoé"), filled(n0="Une chose que je garde pour vous.", n3="")
    for number, body in enumerate((agreed, silent), 1):
        box.put(mail(body, subject, f"Zoé <{ZOE if number == 1 else 'luc@lecteurs.example'}>").as_bytes())
    shutil.rmtree(blog.parent / "courriels")
    return folder


def holding(folder: Path, *words: str) -> list[str]:
    """Files in which one of these words stands: as they are, unpacked, or in a row of a database."""
    found = []
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        raw = path.read_bytes()
        with contextlib.suppress(OSError, EOFError):
            raw += gzip.decompress(raw)
        if raw.startswith(b"SQLite format 3"):
            with contextlib.closing(sqlite3.connect(path)) as base:
                raw += "\n".join(base.iterdump()).encode("utf-8", "replace")
        if any(word.encode() in raw for word in words):
            found.append(path.relative_to(folder).as_posix())
    return found


def test_from_a_call_to_an_answer_that_is_shown_and_counted_and_to_nothing_once_its_author_asks_to_be_forgotten(blog: Path, online: Path) -> None:
    assert "En ligne, en une fois" in invoke(blog, "publish").stdout
    assert "2\u00a0réponses nouvelles" in invoke(blog, "answers.fetch").stdout
    names = waiting(blog)
    assert invoke(blog, "answers.review", f"--accept={names['Une chose que je garde pour vous.']}").returncode == 1
    assert invoke(blog, "answers.review", f"--accept={names[SAID]}").returncode == 0
    assert invoke(blog, "publish").returncode == 0
    shown = [name for name in holding(online.resolve(), SAID) if name.startswith("feeds/")]
    assert shown == ["feeds/preuves.atom.xml", "feeds/temoignages.atom.xml"]
    assert json.loads((online / "preuves.json").read_text(encoding="utf-8"))["items"][0]["measured_by"] == "un lecteur, Zoé"
    assert holding(online.resolve(), "je garde pour vous", "luc@") == []
    former = online.readlink().name
    assert holding(blog / ".cache", SAID)

    ran = invoke(blog, "answers.forget", ZOE, "--yes")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert holding(blog.parent, SAID, ZOE, names[SAID]) == []
    assert holding(blog, "Une chose que je garde pour vous.") == [f".temoignages/reponses/{names['Une chose que je garde pour vous.']}.json"]
    assert "- Le courriel lui-même, dans la boîte moi, dossier INBOX" in ran.stdout
    assert (online / "2024" / "05" / "un" / "index.html").is_file()

    (blog / ".temoignages" / "reprise.json").unlink()  # the whole mailbox is read again
    again = invoke(blog, "temoignages.relever")
    assert "1 laissé : son auteur a demandé à être oublié." in again.stdout
    back = invoke(blog, "rollback")
    assert back.returncode == 1
    assert "pas de version" in back.stderr
    assert former not in invoke(blog, "publish", "--status").stdout.split()
    assert holding(blog.parent, SAID, ZOE) == []


def publish_an_answer(blog: Path) -> None:
    """As if it had been accepted some time ago: nothing of its author is in the queue any more."""
    folder = blog / "content" / "temoignages" / "2026"
    folder.mkdir(parents=True)
    lines = ('texte = "articles/un.md"', "", "[[reponse]]", 'id = "a1"', 'appel = "gains"', 'auteur = "Zoé"', f'texte = "{SAID}"', "")
    (folder / "a1.toml").write_text("\n".join(lines), encoding="utf-8")
    assert invoke(blog, "publish").returncode == 0


def test_a_publication_that_cannot_be_is_told_and_the_next_one_ends_it(blog: Path, online: Path) -> None:
    publish_an_answer(blog)
    post = blog / "content" / "articles" / "un.md"
    post.write_text(POST + "\n> [!inconnu] Non\n", encoding="utf-8")
    ran = invoke(blog, "temoignages.oublier", "Zoé", "--yes")
    assert ran.returncode == 1
    assert "le site n'est pas encore refait ou publié" in ran.stderr
    assert holding(blog, SAID) == []
    assert holding(online.resolve(), SAID)
    assert "Quelqu'un a demandé à être oublié" in invoke(blog, "rollback").stderr
    post.write_text(POST, encoding="utf-8")
    assert invoke(blog, "publish").returncode == 0
    assert holding(blog.parent, SAID) == []


def test_an_owner_who_has_only_the_folder_of_the_site_has_it_without_her(blog: Path) -> None:
    publish_an_answer(blog)
    assert holding(blog / "output", SAID)
    ran = invoke(blog, "answers.forget", "Zoé", "--yes")
    assert ran.returncode == 0, ran.stderr
    assert "envoyez-y output/" in ran.stdout
    assert holding(blog, SAID) == []
    assert (blog / "output" / "index.html").is_file()
    assert invoke(blog, "answers.forget", "Zoé").returncode == 1
