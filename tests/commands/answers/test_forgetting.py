"""Somebody asks to be forgotten: no byte is left on this machine, nothing brings it back, and whatever stops the command, the next one ends it."""

from __future__ import annotations

import dataclasses
import gzip
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invoke.exceptions import Exit
from plancher.commands import online
from plancher.commands.answers import erasing, fetching, holdings, reviewing
from plancher.commands.answers.forgetting import Forgetting, Wishes
from plancher.commands.answers.holdings import HoldingError
from plancher.commands.answers.queue import State
from plancher.commands.answers.receiver import box
from plancher.commands.answers.taking_in import TakingIn
from plancher.commands.answers.tombstones import Tombstones
from plancher.commands.history import History
from plancher.commands.step import FileChange
from plancher.importing.answers.model import Received, Way
from plancher.site import testimonies

from tests.commands.answers.test_queue import CALL, Blog
from tests.importing.answers.test_mails import filled, mail
from tests.publishing.test_forgotten import killed_at

FORMER = """# Ce que des lecteurs ont écrit sous ce texte, sur l'ancien blog.
texte = "articles/2008/un.md"

# une remarque de l'auteur du blog
[[reponse]]
id = "11"
genre = "commentaire"
auteur = "Zoé"
date = 2008-10-01T10:00:00+02:00
texte = \"\"\"
Chez nous, la caisse ferme à l'heure.

[[reponse]]
C'est un fait.
\"\"\"

[[reponse]]
id = "12"
genre = "commentaire"
auteur = "Zoé"
date = 2009-03-01
texte = "Une autre Zoé, qui parle du marché couvert."
"""
ZOE = "zoe@lecteurs.example"
WORDS = "Trois commandes de moins à recopier chaque matin."


def from_zoe(words: str = WORDS, **other: str) -> bytes:
    return mail(filled(n0=words, **{"n4": "Zoé", **other})).as_bytes().replace(b"anne@lecteurs.example", ZOE.encode())


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """Zoé answered twice, and once under no name; another Zoé wrote a comment on the former blog; so did she."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")  # the fifth of January 2026
    made = Blog(tmp_path / "blog")
    made.content.mkdir(parents=True)
    made.fetch(from_zoe(), from_zoe("Et le dimanche, on ferme la boutique à midi.", n4=""), mail(filled()).as_bytes())
    shutil.rmtree(made.folder / "courriels")
    accept(made, WORDS)
    (made.content / "temoignages" / "2008").mkdir(parents=True)
    (made.content / "temoignages" / "2008" / "un.toml").write_text(FORMER, encoding="utf-8")
    return made


def accept(blog: Blog, words: str) -> str:
    (row,) = [row for row in blog.queue.rows(State.WAITING) if row.received.words == words]
    reviewing.decide(blog.queue, blog.content, row.id, "accept")
    return row.id


@dataclasses.dataclass
class Said:
    is_to_publish: bool
    lines: list[str]
    run: Forgetting

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def forget(blog: Blog, who: str, *, only: tuple[str, ...] = (), yes: bool = False, typed: str = "") -> Said:
    lines: list[str] = []
    run = Forgetting(blog=blog.folder, queue=blog.queue, settings=blog.settings, ask=lambda _: typed, tell=lines.append)
    return Said(run.run(Wishes(who=who, only=only, is_agreeing=yes)), lines, run)


def holding(folder: Path, *words: str) -> list[str]:
    needles = [word.encode() for word in words]
    return [str(path) for path in sorted(folder.rglob("*")) if path.is_file() and any(needle in path.read_bytes() for needle in needles)]


def test_whoever_answered_twice_is_found_by_any_of_her_names_and_nothing_is_left(blog: Blog) -> None:
    said = forget(blog, ZOE, yes=True)
    assert said.is_to_publish
    assert "2\u00a0réponses oubliées" in said.text
    assert holding(blog.folder, ZOE, WORDS, "le dimanche, on ferme") == []
    assert [row.received.name for row in blog.queue.rows(*State)] == ["Anne"]
    assert "caisse ferme" in (blog.content / "temoignages" / "2008" / "un.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("days", [0, 40])
def test_an_answer_of_the_form_leaves_the_database_of_this_machine_too(blog: Blog, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    said = {"token": CALL.token, "answer": "Un fait tapé dans le formulaire.", "name": "Zoé", "publish": "oui", "age": "oui"}
    path = blog.queue.folder / "recu.sqlite"
    with box.opened(path, 1_000_000) as kept:
        kept.put("a" * 16, said, 1767600000)
        kept.put("b" * 16, said | {"answer": "Un autre fait, de quelqu'un d'autre.", "name": "Paul"}, 1767600000)
    fetching.fetch(blog.queue, fetching.Wishes(blog=blog.folder, settings=blog.settings, asked=[CALL], files=[path]), print)
    accept(blog, said["answer"])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + days * 86_400))
    blog.fetch()
    forget(blog, "tapé dans le formulaire", yes=True)
    assert holding(blog.folder, "tapé dans le formulaire") == []
    assert [one.id for one in box.read(path)] == ["b" * 16]


def test_a_dated_record_names_nobody(blog: Blog) -> None:
    forget(blog, ZOE, yes=True)
    record = (blog.folder / ".temoignages" / "oublis.json").read_text(encoding="utf-8")
    assert '"le": "2026-01-05"' in record
    assert '"reponses": 2' in record
    assert "oe" not in record.replace("reponses", "")


def test_two_people_of_one_name_are_told_apart_by_whoever_types(blog: Blog) -> None:
    with pytest.raises(HoldingError, match="plusieurs personnes"):
        forget(blog, "Zoé", yes=True)
    said = forget(blog, "zoe", typed="3")
    assert [line for line in said.lines if line[:2] == "3."] == [line for line in said.lines if "2008/un#11" in line]
    assert holding(blog.folder, "caisse ferme", "C'est un fait") == []
    left = (blog.content / "temoignages" / "2008" / "un.toml").read_text(encoding="utf-8")
    assert "marché couvert" in left
    assert "# Ce que des lecteurs ont écrit" in left
    assert "# une remarque de l'auteur du blog" in left
    assert [row.id for row in testimonies.load(blog.content, former=True).rows if row.kind == "commentaire"] == ["12"]
    assert ZOE in "".join(row.received.sender for row in blog.queue.rows(*State))


def test_an_imported_commenter_whose_file_holds_nothing_else_leaves_no_file(blog: Blog) -> None:
    forget(blog, "Zoé", only=("2008/un#11", "2008/un#12"))
    assert not (blog.content / "temoignages" / "2008").exists()
    assert Tombstones(blog.queue).forbid_words("Une autre Zoé, qui parle du marché couvert.", "Zoé")


def test_what_a_former_version_let_in_is_listed_safely_too(blog: Blog) -> None:
    (row,) = [row for row in blog.queue.rows(State.ACCEPTED) if row.received]
    blog.queue.put(dataclasses.replace(row, received=dataclasses.replace(row.received, sender="zoe\u202eli@lecteurs.example\x1b[2J")))
    assert "zoe\ufffdli@lecteurs.example\ufffd[2J" in forget(blog, WORDS, typed="").text


def test_nobody_chosen_is_nobody_forgotten(blog: Blog) -> None:
    before = holding(blog.folder, "o")
    assert not forget(blog, "Zoé", typed="").is_to_publish
    assert "Rien n'est gardé qui porte « Zozo »" in forget(blog, "Zozo").text
    with pytest.raises(HoldingError, match="n'est aucune des réponses"):
        forget(blog, "Zoé", only=("9",))
    assert holding(blog.folder, "o") == before


def test_an_answer_that_was_refused_is_forgotten_like_any_other(blog: Blog) -> None:
    (row,) = [row for row in blog.queue.rows(State.WAITING) if "dimanche" in row.received.words]
    reviewing.decide(blog.queue, blog.content, row.id, "refuse")
    forget(blog, "le dimanche, on ferme", only=(row.id,))
    assert holding(blog.folder, "le dimanche", row.id) == []
    assert len(blog.queue.rows(*State)) == 2


def test_the_next_fetch_does_not_bring_it_back_through_another_source_either(blog: Blog) -> None:
    forget(blog, ZOE, yes=True)
    again = blog.fetch(from_zoe(), from_zoe("D'autres mots, envoyés avant ce jour.\n"), mail(filled(n0=WORDS.upper())).as_bytes())
    assert (again.new, again.left["son auteur a demandé à être oublié"]) == (0, 3)


def test_nor_one_that_was_corrected_on_the_site_and_of_which_nothing_else_is_kept(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + 40 * 86_400))
    blog.fetch()
    (row,) = blog.queue.rows(State.ACCEPTED)
    assert row.received is None
    path = blog.content / row.path
    path.write_text(path.read_text(encoding="utf-8").replace(WORDS, "Trois commandes de moins, dit-elle."), encoding="utf-8")
    forget(blog, "Trois commandes de moins", yes=True)
    again = blog.fetch(from_zoe())
    assert (again.new, again.left["son auteur a demandé à être oublié"]) == (0, 1)


def test_what_she_sends_after_that_day_is_an_answer_like_any_other(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    forget(blog, ZOE, yes=True)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + 5 * 86_400))  # a day to come is no day at which somebody wrote
    later = from_zoe("Finalement, voici un autre fait, que je veux bien dire.").replace(b"2 Jan 2026", b"9 Jan 2026").replace(b"02 Jan 2026", b"09 Jan 2026")
    assert blog.fetch(later).new == 1


def test_short_words_of_one_are_not_the_words_of_all(blog: Blog) -> None:
    blog.fetch(from_zoe("Oui.", n4=""))
    forget(blog, ZOE, yes=True)
    assert blog.fetch(mail(filled(n0="Oui.")).as_bytes()).new == 1


def test_a_public_reply_that_is_linked_goes_with_its_page_and_its_edition_too(blog: Blog) -> None:
    public = Received(
        way=Way.MASTODON,
        source="https://m.example/@zoe/1",
        token=CALL.token,
        sender="https://m.example/@zoe",
        words="Vu !",
        name="Zoé",
        address="https://m.example/@zoe/1",
    )
    with blog.queue.opened():
        TakingIn(blog.queue, {CALL.token: CALL}, 5).take(public)
    (row,) = [row for row in blog.queue.rows(State.WAITING) if row.received.way is Way.MASTODON]
    reviewing.decide(blog.queue, blog.content, row.id, "accept")
    assert holding(blog.content, "m.example")
    said = forget(blog, "https://m.example/@zoe/1", yes=True)
    assert holding(blog.folder, "m.example") == []
    assert "son auteur seul peut la supprimer" in "\n".join(said.run.out_of_reach())
    edited, elsewhere = (
        dataclasses.replace(public, words="Vu, et corrigé !"),
        dataclasses.replace(public, way=Way.MENTION, source="https://pont.example/1", sender="https://pont.example/1"),
    )
    with blog.queue.opened():
        run = TakingIn(blog.queue, {CALL.token: CALL}, 5)
        assert run.take(edited)
        assert run.take(elsewhere)
    assert (run.tally.new, sum(run.tally.left.values())) == (0, 2)


def test_the_history_of_commands_and_what_was_left_by_killed_ones_go_too(blog: Blog) -> None:
    (accepted,) = (blog.content / "temoignages" / "2026").glob("*.toml")
    other = blog.content / "articles" / "un.md"
    other.parent.mkdir()
    other.write_text("avant", encoding="utf-8")
    raw = accepted.read_bytes()
    history = History(blog.folder, print)
    history.make("tags.rename", "tags.rename a b", [FileChange(other, b"avant", "après".encode())])
    history.make("tags.merge", "tags.merge a b", [FileChange(accepted, raw, raw + b"# revu\n")])
    imports = blog.folder / ".annuler" / "imports" / "1" / "apres" / "temoignages" / "2008"
    imports.mkdir(parents=True)
    shutil.copy2(blog.content / "temoignages" / "2008" / "un.toml", imports / "un.toml")
    (blog.folder / ".temoignages" / "reponses" / ".a1b2.tmp").write_bytes(raw)
    accepted.with_name(".c3d4.tmp").write_bytes(raw)
    (blog.folder.parent / "cache" / "sites").mkdir(parents=True)
    (blog.folder / ".cache").symlink_to(blog.folder.parent / "cache")  # on another disk
    (blog.folder / ".cache" / "sites" / "0a.sqlite").write_bytes(raw)
    said = forget(blog, "zoe", typed="1 2 3")
    assert said.run.left == []
    assert holding(blog.folder.parent, WORDS, "caisse ferme", ZOE) == []
    assert history.undo("tags.rename")
    with pytest.raises(Exception, match="rien à défaire"):
        history.undo("tags.merge")


def test_a_text_of_the_owner_s_that_quotes_her_is_named_and_left(blog: Blog) -> None:
    quoting = blog.content / "articles" / "un.md"
    quoting.parent.mkdir()
    quoting.write_text(f"Zoé dit : « {WORDS} »", encoding="utf-8")
    (blog.folder / "copie.json.gz").write_bytes(gzip.compress(WORDS.encode()))
    said = forget(blog, ZOE, yes=True)
    assert said.run.left == [quoting, blog.folder / "copie.json.gz"]
    assert "  content/articles/un.md" in list(said.run.out_of_reach())


def test_a_file_of_answers_that_cannot_be_read_stops_it_before_anything_is_done(blog: Blog) -> None:
    (blog.content / "temoignages" / "2008" / "casse.toml").write_text("[[[", encoding="utf-8")
    with pytest.raises(HoldingError, match=r"content/temoignages/2008/casse\.toml:1 : ce fichier ne se lit pas"):
        forget(blog, ZOE, yes=True)
    assert holding(blog.folder, WORDS)


@pytest.mark.parametrize(("root", "place"), [("", "content/temoignages/"), ("..", "blog/content/temoignages/")])
def test_how_to_rewrite_git_is_told_from_where_the_repository_begins(blog: Blog, root: str, place: str) -> None:
    """The whole folder leaves the history, since its files may have had other names there, and is put back as it is now."""
    repository = (blog.folder / root).resolve()
    (repository / ".git").mkdir()
    text = "\n".join(forget(blog, "zoe", typed="1 2 3").run.out_of_reach())
    typed = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    assert typed[0] == f"git filter-repo --invert-paths --path {place}"
    assert typed[1:3] == [f"cp -R {repository / place.rstrip('/')} {place.removesuffix('/temoignages/')}", f"git add {place}"]
    assert "retirer https://carnet.example/2024/05/un/." in text
    assert "- Le courriel lui-même, dans votre boîte" in text


def test_a_folder_of_answers_that_is_empty_now_is_not_put_back(blog: Blog) -> None:
    (blog.folder / ".git").mkdir()
    said = forget(blog, "zoe", typed="1 2 3")
    shutil.rmtree(blog.content / "temoignages")
    text = "\n".join(said.run.out_of_reach())
    assert "git filter-repo" in text
    assert "cp -R" not in text


def test_nothing_is_published_nor_taken_back_while_a_forgetting_is_unfinished(blog: Blog) -> None:
    (blog.folder / "pelicanconf.py").touch()
    (blog.folder / "publishconf.py").write_text(f'from plancher.publishing import Local\nPUBLISH = Local("{blog.folder.as_posix()}/www")\n', encoding="utf-8")
    erasing.begin(blog.queue, holdings.find(blog.queue, blog.content, ZOE))
    with pytest.raises(Exit, match="un oubli a été interrompu"):
        online.rollback(blog.folder, "")
    with pytest.raises(Exit, match="un oubli a été interrompu"):
        online.publish(blog.folder, blog.content, online.chosen(blog.folder), online.Wishes())
    forget(blog, "personne")
    with pytest.raises(Exit, match="les versions d'avant le montrent encore"):
        online.rollback(blog.folder, "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows n'a pas ce que ce test éprouve")
def test_killed_at_each_change_the_next_run_ends_it(blog: Blog, tmp_path: Path) -> None:
    (accepted,) = (blog.content / "temoignages" / "2026").glob("*.toml")
    raw = accepted.read_bytes()
    History(blog.folder, print).make("tags.merge", "tags.merge a b", [FileChange(accepted, raw, raw + b"# revu\n")])
    moments = list(_each_moment(blog, tmp_path, lambda one: forget(one, "zoe", typed="1 2 3")))
    assert moments[-1] > 20


def _each_moment(blog: Blog, tmp_path: Path, work: Callable[[Blog], Said]) -> Iterator[int]:
    moment, is_ended = 0, False
    while not is_ended:
        one = Blog(shutil.copytree(blog.folder, tmp_path / f"a{moment}"))
        is_ended = killed_at(moment, lambda: work(one))  # noqa: B023 - called at once
        forget(one, "personne de ce nom")
        if holding(one.folder, WORDS, "caisse ferme"):  # it was killed before anything was decided
            work(one)
        assert holding(one.folder, WORDS, "caisse ferme", ZOE) == [], moment
        assert Tombstones(one.queue).unfinished is None
        assert Tombstones(one.queue).is_online
        assert "marché couvert" in (one.content / "temoignages" / "2008" / "un.toml").read_text(encoding="utf-8")
        yield moment
        moment += 1
