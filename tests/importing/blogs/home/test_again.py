"""An import twice, cut short, taken back, made again: the same result, and nothing of the author's is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from plancher.commands.importing import undoing
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.model import FormerBlog, FormerComment, FormerFile, FormerTerm

from tests.importing.blogs.home.blog import PNG, ROOT, Home, text

BLOG = FormerBlog(name="Ancien", address=ROOT)
PICTURES = [FormerFile(addresses=(f"{ROOT}/{name}.png",), path=f"{name}.png") for name in ("a", "b")]
TERM = FormerTerm(is_category=False, name="PME", description="Petites entreprises.", addresses=(f"{ROOT}/mot/pme",))


def whole(home: Home, count: int = 6) -> list[object]:
    """A blog of some posts, each with a picture and a comment."""
    for name in ("a", "b"):
        home.part(f"{name}.png", PNG + name.encode())
    texts = [
        text(number, body=f'<img src="{ROOT}/a.png" alt="a">', tags=("PME",), comments=(FormerComment(identifier=str(number), body="Oui."),))
        for number in range(count)
    ]
    return [BLOG, *PICTURES, TERM, *texts]


def move(home: Home, *, forward: bool = False) -> int:
    home.said = []
    return undoing.move(home.root, home.said.append, forward=forward)


def test_a_redirection_follows_the_spelling_that_the_site_chooses_but_no_line_of_the_author(home: Home) -> None:
    terms = [FormerTerm(is_category=False, name=name, addresses=(f"{ROOT}/?tag={name}", f"{ROOT}/mot/{name}")) for name in ("web", "toile")]
    home.bring(BLOG, *terms, text(1, tags=("web", "toile")))
    path = home.content / "redirections.txt"
    path.write_text(
        home.read("redirections.txt").replace("/mot/toile → /tag/toile/", "/mot/toile → /à-moi/").replace("/mot/web → /tag/web/\n", ""), encoding="utf-8"
    )
    more = (text(number, tags=("Web", "Toile")) for number in (2, 3))
    home.bring(BLOG, *terms, text(1, tags=("web", "toile")), *more)
    assert home.read("redirections.txt").splitlines()[1:] == ["/?tag=toile → /tag/Toile/", "/?tag=web → /tag/Web/", "/mot/toile → /à-moi/"]
    before = home.seen()
    home.bring(BLOG, *terms, text(1, tags=("web", "toile")), *(text(number, tags=("Web", "Toile")) for number in (2, 3)))
    assert home.seen() == before


def test_a_second_run_changes_nothing(home: Home) -> None:
    home.bring(*whole(home))
    before = home.seen()
    assert home.bring(*whole(home)) == 0
    assert home.seen() == before
    assert "Rien n'a changé" in home.told


def test_a_second_run_takes_in_what_is_new_or_changed_and_leaves_what_was_edited_or_deleted(home: Home) -> None:
    home.bring(*whole(home, 4))
    (home.content / "articles" / "2008" / "billet-1.md").unlink()
    mine = home.content / "articles" / "2008" / "billet-2.md"
    mine.write_text("Title: Le mien\nDate: 2008-10-02\n\nRéécrit.\n", encoding="utf-8")
    changed = [text(number, body="<p>Changé.</p>", tags=("PME",)) for number in range(5)]
    home.bring(BLOG, *PICTURES, TERM, *changed)
    assert home.read("articles/2008/billet-0.md").endswith("\n\nChangé.\n")
    assert "articles/2008/billet-4.md" in home.seen()
    assert "articles/2008/billet-1.md" not in home.seen()
    assert mine.read_text(encoding="utf-8").endswith("Réécrit.\n")
    assert "content/articles/2008/billet-1.md : effacé ici depuis" in home.told
    assert "content/articles/2008/billet-2.md : modifié ici depuis" in home.told


def test_what_was_taken_out_of_shared_files_stays_out(home: Home) -> None:
    home.bring(*whole(home))
    (home.content / "redirections.txt").write_text("# à moi\n", encoding="utf-8")
    (home.content / "tags.toml").unlink()
    before = home.seen()
    home.bring(*whole(home))
    assert home.seen() == before


def test_two_blogs_whose_texts_bear_the_same_numbers_both_come(home: Home) -> None:
    home.bring(BLOG, text(1))
    home.bring(FormerBlog(address="https://autre.example"), text(1, body="<p>D'ailleurs.</p>", addresses=("https://autre.example/un",)))
    assert home.read("articles/2008/billet-1.md").endswith("Le corps du billet 1.\n")
    assert home.read("articles/2008/billet-1-2.md").endswith("D'ailleurs.\n")


def test_an_import_is_taken_back_byte_for_byte_and_made_again(home: Home) -> None:
    (home.content / "tags.toml").write_text("# À moi.\r\n", encoding="utf-8", newline="")
    (home.content / "images").mkdir()
    before = home.seen()
    home.bring(*whole(home))
    after = home.seen()
    assert move(home) == 0
    assert home.seen() == before
    assert move(home) == 1
    assert home.seen() == before
    assert move(home, forward=True) == 0
    assert home.seen() == after
    assert move(home) == 0
    assert home.seen() == before


def test_pictures_never_lie_on_the_disk_twice(home: Home) -> None:
    home.bring(*whole(home))
    copies = [path for path in home.root.rglob("*.png") if home.source not in path.parents]
    assert len(copies) == 2
    move(home)
    assert len([path for path in home.root.rglob("*.png") if home.source not in path.parents]) == 2


def test_what_was_edited_since_is_left_and_named_when_an_import_is_taken_back(home: Home) -> None:
    home.bring(*whole(home))
    mine = home.content / "articles" / "2008" / "billet-2.md"
    mine.write_text("Title: Le mien\nDate: 2008-10-02\n\nRéécrit.\n", encoding="utf-8")
    assert move(home) == 1
    assert mine.read_text(encoding="utf-8").endswith("Réécrit.\n")
    assert "content/articles/2008/billet-2.md a changé depuis : laissé tel quel." in home.told
    assert not (home.content / "articles" / "2008" / "billet-1.md").exists()


def test_what_was_deleted_before_an_import_is_taken_back_stays_deleted_when_it_is_made_again(home: Home) -> None:
    home.bring(*whole(home))
    gone = home.content / "articles" / "2008" / "billet-2.md"
    gone.unlink()
    assert move(home) == 0
    assert move(home, forward=True) == 1
    assert "content/articles/2008/billet-2.md a changé depuis : laissé tel quel." in home.told
    assert not gone.exists()
    assert (home.content / "articles" / "2008" / "billet-1.md").exists()
    assert home.bring(*whole(home)) == 0
    assert not gone.exists()


def test_two_imports_are_taken_back_one_after_the_other(home: Home) -> None:
    before = home.seen()
    home.bring(*whole(home, 2))
    first = home.seen()
    home.bring(*whole(home, 5))
    assert move(home) == 0
    assert home.seen() == first
    assert move(home) == 0
    assert home.seen() == before


KILLED = """
import os, signal, sys
from pathlib import Path
from plancher.importing.blogs.home.journal import Journal
from tests.importing.blogs.home.blog import Home
from tests.importing.blogs.home.test_again import whole

home = object.__new__(Home)
home.root, home.content, home.source, home.said = Path(sys.argv[1]), Path(sys.argv[1]) / "content", Path(sys.argv[1]) / "source", []
real, calls = getattr(Journal, sys.argv[2]), []

def stopped(*words, **named):
    calls.append(words)
    if len(calls) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*words, **named)

setattr(Journal, sys.argv[2], stopped)
home.bring(*whole(home))
"""
PROJECT = Path(__file__).resolve().parents[4]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
@pytest.mark.parametrize(("method", "call"), [("_note", 1), ("_note", 7), ("place", 1), ("place", 5), ("_done", 1), ("_done", 6), ("_done", 14), ("_done", 17)])
def test_an_import_that_is_killed_goes_on_to_the_same_result_and_is_taken_back_whole(tmp_path: Path, method: str, call: int) -> None:
    straight, cut = Home(tmp_path / "droit"), Home(tmp_path / "coupe")
    before = cut.seen()
    straight.bring(*whole(straight))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "plugins"), str(PROJECT)])}
    whole(cut)
    run = subprocess.run([sys.executable, "-c", KILLED, str(cut.root), method, str(call)], env=environment, check=False, timeout=60, capture_output=True)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()
    assert cut.bring(*whole(cut)) == 0
    assert cut.seen() == straight.seen()
    assert move(cut) == 0
    assert cut.seen() == before


def test_an_import_cut_short_can_be_taken_back_at_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.seen()
    monkeypatch.setattr("plancher.importing.blogs.home.bringing.Bringing.redirections", lambda _self: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        home.bring(*whole(home))
    assert home.seen() != before
    assert move(home) == 0
    assert home.seen() == before


def test_a_taking_back_that_is_cut_short_is_finished_by_the_next_command(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = home.seen()
    home.bring(*whole(home))
    real, calls = Journal._move, []

    def once(*words: object, **named: object) -> bool:
        calls.append(words)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*words, **named)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(Journal, "_move", once)
    with pytest.raises(KeyboardInterrupt):
        move(home)
    monkeypatch.undo()
    home.bring(BLOG, text(1), is_sure=False)
    assert home.seen() == before


def test_a_comment_whose_author_asked_to_be_forgotten_does_not_come_from_another_export_either(home: Home) -> None:
    comments = (FormerComment(identifier="1", author="Zoé", body="<p>Oui.</p>"), FormerComment(identifier="2", author="Luc", body="<p>Oui.</p>"))
    home.bring(BLOG, text(1, comments=comments), is_forgotten=lambda words, name: (words, name) == ("Oui.", "Zoé"))
    raw = home.read("temoignages/2008/billet-1.toml")
    assert "Luc" in raw
    assert "Zoé" not in raw
    assert "1 dont l'auteur a demandé à être oublié" in home.told
