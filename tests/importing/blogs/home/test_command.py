"""« invoke import », as an author types it."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from plancher.tasks.importing import bring

from tests.conftest import without_posts
from tests.importing.blogs.home.blog import PNG
from tests.invoking import invoke

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Ancien</title><link>https://ancien.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://ancien.example</wp:base_blog_url>
%s</channel></rss>
"""
ITEM = """<item><title>Billet {n}</title><link>https://ancien.example/2008/10/0{n}/billet-{n}/</link><dc:creator>anne</dc:creator>
<guid isPermaLink="false">https://ancien.example/?p={n}</guid><content:encoded><![CDATA[Un paragraphe avec des mots.

Un autre : <a href="https://ancien.example/?p=1">le premier</a>.]]></content:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date>2008-10-0{n} 10:00:00</wp:post_date><wp:post_date_gmt>2008-10-0{n} 08:00:00</wp:post_date_gmt>
<wp:post_name>billet-{n}</wp:post_name><wp:status>{status}</wp:status><wp:post_type>post</wp:post_type><wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="essais">Essais</category></item>
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = without_posts(tmp_path / "blog")
    items = [ITEM.format(n=n, status="draft" if n == 3 else "publish", password="secret" if n == 4 else "") for n in range(1, 6)]
    (tmp_path / "export.xml").write_text(EXPORT % "".join(items), encoding="utf-8")
    return folder


def seen(blog: Path) -> dict[str, bytes]:
    return {path.relative_to(blog).as_posix(): path.read_bytes() for path in sorted((blog / "content").rglob("*")) if path.is_file()}


def test_an_export_comes_home_is_built_without_a_fault_and_taken_back(blog: Path) -> None:
    before = seen(blog)
    run = invoke(blog, "import", "../export.xml", "--yes")
    assert run.returncode == 0, run.stderr
    assert "Export reconnu : WordPress, « Ancien » https://ancien.example/." in run.stdout
    after = seen(blog)
    assert len([name for name in after if name.startswith("content/articles/2008/billet-")]) == 5
    check = invoke(blog, "check")
    assert check.returncode == 0, check.stdout + check.stderr
    assert invoke(blog, "build").returncode == 0
    pages = "".join(path.read_text(encoding="utf-8") for path in (blog / "output").rglob("*.html"))
    assert "Billet 5" in pages
    assert "Billet 3" not in pages  # a draft
    assert "Billet 4" not in pages  # protected by a password
    assert invoke(blog, "importer", "../export.xml", "--yes").returncode == 0
    assert seen(blog) == after
    undone = invoke(blog, "import", "--undo")
    assert undone.returncode == 0, undone.stderr
    assert seen(blog) == before
    assert invoke(blog, "import", "--redo").returncode == 0
    assert seen(blog) == after


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nulle-part.xml", "--yes"), 1, "« nulle-part.xml » n'existe pas"),
        (("tasks.py", "--yes"), 1, "n'est d'aucun format connu. Formats connus : "),
        (("../export.xml", "--yes", "--as", "Wordpers"), 1, "Vouliez-vous dire « WordPress » ?"),
        (("../export.xml", "--yes", "--without", "lien"), 2, "Vouliez-vous dire « liens » ?"),
        (("../export.xml", "--yes", "--files", "rien"), 2, "« rien » n'est pas un dossier"),
        (("../export.xml",), 2, "« --yes » continue sans demander"),
        (("--undo",), 1, "rien à défaire"),
        (("../export.xml", "--undo"), 2, "s'écrivent seuls"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence_and_nothing_changes(blog: Path, words: tuple[str, ...], code: int, said: str) -> None:
    before = seen(blog)
    run = invoke(blog, "import", *words)
    assert (run.returncode, "Traceback" in run.stderr) == (code, False), run.stderr
    assert said in run.stderr + run.stdout
    assert seen(blog) == before


CLOSED = "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, '-m', 'invoke', 'import', '../export.xml'])"


def test_with_standard_input_closed_nothing_is_written_and_it_says_so(blog: Path) -> None:
    before = seen(blog)
    run = subprocess.run([sys.executable, "-c", CLOSED], cwd=blog, capture_output=True, text=True, check=False, timeout=120)
    assert (run.returncode, "Traceback" in run.stderr) == (2, False), run.stderr
    assert "« --yes » continue sans demander" in run.stderr
    assert seen(blog) == before


def test_the_end_of_the_input_at_the_question_is_a_no(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = seen(blog)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert bring.body(blog, str(blog.parent / "export.xml")) == 0
    assert seen(blog) == before


def test_a_dry_run_says_all_and_writes_nothing(blog: Path) -> None:
    before = seen(blog)
    run = invoke(blog, "import", "../export.xml", "--dry-run")
    assert run.returncode == 0, run.stderr
    assert "Gardés en brouillon" in run.stdout
    assert "Billet 4" in run.stdout
    assert seen(blog) == before


def test_comments_and_the_ledger_are_not_published(blog: Path) -> None:
    item = ITEM.format(n=1, status="publish", password="").replace(
        "</item>",
        "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Paul</wp:comment_author><wp:comment_author_email>paul@secret.example"
        "</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_date>2008-10-02 10:00:00</wp:comment_date>"
        "<wp:comment_content>Très bien.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>",
    )
    (blog.parent / "export.xml").write_text(EXPORT % item, encoding="utf-8")
    invoke(blog, "import", "../export.xml", "--yes")
    written = b"".join(seen(blog).values())
    assert b"Tr\xc3\xa8s bien." in written
    assert b"secret.example" not in written
    assert b"192.0.2.7" not in written
    checked = invoke(blog, "check")
    assert checked.returncode == 0, checked.stderr
    assert invoke(blog, "build").returncode == 0
    names = [path.relative_to(blog / "output").as_posix() for path in (blog / "output").rglob("*")]
    assert not [name for name in names if "temoignages/2008" in name or "importation" in name]
    assert json.loads((blog / "output" / "feeds" / "feed.json").read_text(encoding="utf-8"))["items"][0]["id"] == "https://ancien.example/?p=1"


def test_a_folder_of_markdown_comes_home_with_its_pictures_and_links(blog: Path) -> None:
    folder = blog.parent / "hugo"
    for name, words in {
        "hugo.toml": 'baseURL = "https://ancien.example/"\ntitle = "Ancien"\n',
        "content/posts/un/index.md": '+++\ntitle = "Un : titre"\ndate = 2020-05-02T10:00:00+02:00\ntags = ["PME"]\n+++\n'
        'Voir [deux]({{< ref "deux.md" >}}).\n\n![Une vache](vache.png)\n',
        "content/posts/deux.md": '+++\ntitle = "Deux"\ndate = 2020-05-03\n+++\nTexte.\n',
        "content/posts/trois.md": '+++\ntitle = "Trois"\ndate = 2020-05-04\ndraft = true\n+++\nSecret.\n',
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "content/posts/un/vache.png").write_bytes(PNG)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run = invoke(blog, "import", "../hugo", "--yes")
    assert run.returncode == 0, run.stdout + run.stderr
    files = seen(blog)
    one = next(raw.decode() for name, raw in files.items() if raw.startswith(b"Title: Un : titre"))
    assert "{filename}/articles/2020/deux.md" in one
    assert "![Une vache]({static}/images/vache.png)" in one
    assert b"\nStatus: draft\n" in files["content/articles/2020/trois.md"]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    checked = invoke(blog, "check")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
@pytest.mark.parametrize("stop", [signal.SIGINT, getattr(signal, "SIGKILL", signal.SIGTERM)])
def test_a_command_that_is_stopped_leaves_whole_files_and_goes_on(blog: Path, tmp_path: Path, stop: signal.Signals) -> None:
    straight = without_posts(tmp_path / "droit")
    assert invoke(straight, "import", "../export.xml", "--yes").returncode == 0
    before = seen(blog)
    stopped = (
        "import os\nfrom plancher.importing.blogs.home.journal import Journal\nreal, calls = Journal.place, []\n"
        "def place(*words, **named):\n    calls.append(1)\n"
        f"    len(calls) == 3 and os.kill(os.getpid(), {int(stop)})\n    return real(*words, **named)\nJournal.place = place\n"
    )
    tasks = blog / "tasks.py"
    whole = tasks.read_text(encoding="utf-8")
    tasks.write_text(f"{whole}\n{stopped}", encoding="utf-8")
    run = invoke(blog, "import", "../export.xml", "--yes")
    assert run.returncode == (130 if stop is signal.SIGINT else -stop), run.stderr
    if stop is signal.SIGINT:
        assert "Interrompu : 2 fichiers sont venus, entiers. La même commande continue" in run.stderr
    tasks.write_text(whole, encoding="utf-8")
    assert invoke(blog, "import", "../export.xml", "--yes").returncode == 0
    assert seen(blog) == seen(straight)
    assert invoke(blog, "import", "--undo").returncode == 0
    assert seen(blog) == before
