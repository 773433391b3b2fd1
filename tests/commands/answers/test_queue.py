"""From a file of mails to the content folder: each answer once, nobody's address published, every decision taken back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import stat
from pathlib import Path

import pytest
from plancher.commands.answers import deciding, fetching, reviewing
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.fetching import Wishes
from plancher.commands.answers.queue import Queue, QueueError, State
from plancher.commands.answers.taking_in import Tally
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.site import testimonies

from tests.importing.answers.test_mails import HEAD, filled, mail

CALL = Asked(token="a1b2c3d4", post="articles/2024/un.md", call="gains", question="Qu’avez-vous gagné ?", url="https://carnet.example/2024/05/un/")


@dataclasses.dataclass
class Blog:
    folder: Path
    settings: AnswerSettings = dataclasses.field(default_factory=AnswerSettings)

    @property
    def queue(self) -> Queue:
        return Queue(self.folder / ".temoignages")

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def fetch(self, *mails: bytes, asked: Asked = CALL) -> Tally:
        inbox = self.folder / "courriels"
        inbox.mkdir(exist_ok=True)
        for number, raw in enumerate(mails):
            (inbox / f"{number}.eml").write_bytes(raw)
        wishes = Wishes(blog=self.folder, settings=self.settings, asked=[asked], files=[inbox])
        tally, is_whole = fetching.fetch(self.queue, wishes, print)
        assert is_whole
        return tally

    def waiting(self) -> list[str]:
        return [row.id for row in self.queue.rows(State.WAITING)]

    def bytes(self) -> bytes:
        return b"".join(path.read_bytes() for path in sorted(self.content.rglob("*")) if path.is_file())


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Blog:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")  # the fifth of January 2026
    made = Blog(tmp_path)
    made.content.mkdir()
    return made


AGREED = mail(filled()).as_bytes()


def test_the_same_answer_comes_in_once_whoever_carries_it(blog: Blog) -> None:
    assert blog.fetch(AGREED).new == 1
    again = blog.fetch(AGREED, b"Message-ID: <autre@x>\n" + AGREED)
    assert (again.new, again.known) == (0, 2)
    assert len(blog.waiting()) == 1


def test_only_what_its_author_agreed_to_enters_the_content_folder(blog: Blog) -> None:
    blog.fetch(AGREED)
    said = reviewing.decide(blog.queue, blog.content, blog.waiting()[0], "accept")
    assert said.startswith("Acceptée : content/temoignages/2026/")
    (row,) = testimonies.load(blog.content).rows
    assert (row.words, row.author, row.before, row.after, row.is_counted) == ("Trois heures par semaine.", "Anne", "4 heures", "1 heure", True)
    assert row.date == dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    assert b"lecteurs.example" not in blog.bytes()
    assert testimonies.load(blog.content).problems == ()


@pytest.mark.parametrize("silent", ["n3", "n6"])
@pytest.mark.parametrize("value", ["", "non", "peut-être", "oui et non"])
def test_without_a_plain_yes_nothing_can_be_published(blog: Blog, silent: str, value: str) -> None:
    blog.fetch(mail(filled(**{silent: value})).as_bytes())
    (identifier,) = blog.waiting()
    with pytest.raises(DecisionError, match="ne peut pas être publiée"):
        reviewing.decide(blog.queue, blog.content, identifier, "accept")
    assert blog.bytes() == b""
    assert "Ne peut pas être publiée" in "\n".join(reviewing.shown(blog.queue.rows(State.WAITING)[0]))


def test_an_answer_that_may_not_be_counted_is_published_and_not_counted(blog: Blog) -> None:
    blog.fetch(mail(filled(n5="non")).as_bytes())
    reviewing.decide(blog.queue, blog.content, blog.waiting()[0], "accept")
    (row,) = testimonies.load(blog.content).rows
    assert not row.is_counted


def test_every_decision_is_taken_back(blog: Blog) -> None:
    blog.fetch(AGREED)
    (identifier,) = blog.waiting()
    for decision in ("accept", "refuse"):
        reviewing.decide(blog.queue, blog.content, identifier, decision)
        assert blog.waiting() == []
        with pytest.raises(DecisionError, match="est déjà"):
            reviewing.decide(blog.queue, blog.content, identifier, "refuse")
        reviewing.decide(blog.queue, blog.content, identifier, "undo")
        assert blog.waiting() == [identifier]
        assert blog.bytes() == b""
    with pytest.raises(DecisionError, match="rien à défaire"):
        reviewing.decide(blog.queue, blog.content, identifier, "undo")


@pytest.mark.parametrize("decision", ["undo", "remove"])
def test_an_answer_leaves_the_site_wherever_its_file_was_moved_and_others_stay(blog: Blog, decision: str) -> None:
    blog.fetch(AGREED, mail(filled(n0="Un autre fait.")).as_bytes())
    first, second = blog.waiting()
    for name in (first, second):
        reviewing.decide(blog.queue, blog.content, name, "accept")
    one, two = (blog.content / blog.queue.row(name).path for name in (first, second))
    both = blog.content / "temoignages" / "ensemble.toml"
    both.write_text(one.read_text(encoding="utf-8") + two.read_text(encoding="utf-8").partition('un.md"\n')[2], encoding="utf-8")
    one.unlink()
    two.unlink()
    reviewing.decide(blog.queue, blog.content, first, decision)
    assert [row.id for row in testimonies.load(blog.content).rows] == [second]


def test_an_old_answer_that_cannot_wait_again_is_told_how_to_leave_the_site(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.fetch(AGREED)
    (name,) = blog.waiting()
    reviewing.decide(blog.queue, blog.content, name, "accept")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + 40 * 86_400))
    blog.fetch()
    with pytest.raises(DecisionError, match=f"--remove={name}"):
        reviewing.decide(blog.queue, blog.content, name, "undo")


def test_what_a_killed_command_accepted_half_is_off_the_site_once_it_is_refused(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.fetch(AGREED)
    (name,) = blog.waiting()
    with monkeypatch.context() as killed:
        killed.setattr(Queue, "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            reviewing.decide(blog.queue, blog.content, name, "accept")
    assert b"Trois heures" in blog.bytes()
    reviewing.decide(blog.queue, blog.content, name, "refuse")
    assert blog.bytes() == b""


def test_what_was_decided_does_not_come_in_again(blog: Blog) -> None:
    blog.fetch(AGREED)
    reviewing.decide(blog.queue, blog.content, blog.waiting()[0], "refuse")
    assert blog.fetch(AGREED).known == 1
    assert blog.waiting() == []


def test_a_refused_answer_is_erased_after_thirty_days_and_stays_out(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.fetch(AGREED)
    reviewing.decide(blog.queue, blog.content, blog.waiting()[0], "refuse")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + 31 * 86_400))
    assert blog.fetch(AGREED).known == 1
    assert b"Trois heures" not in b"".join(path.read_bytes() for path in (blog.folder / ".temoignages").rglob("*") if path.is_file())


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_nobody_but_the_owner_may_read_the_queue(blog: Blog) -> None:
    blog.fetch(AGREED)
    folder = blog.folder / ".temoignages"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_a_fetch_takes_no_more_than_its_bound_and_the_next_goes_on(blog: Blog) -> None:
    blog.settings = AnswerSettings(most=2)
    mails = [mail(filled(n0=f"Phrase {number}.")).as_bytes() for number in range(5)]
    assert [blog.fetch(*mails).new for _ in range(4)] == [2, 2, 1, 0]
    assert len(blog.waiting()) == 5


def test_two_commands_do_not_change_the_queue_at_once(blog: Blog) -> None:
    with blog.queue.opened(), pytest.raises(QueueError, match="une autre commande"), blog.queue.opened():
        pass


@pytest.mark.parametrize("name", ["reprise.json", "appels.json"])
def test_a_damaged_file_of_the_queue_is_told_by_its_name(blog: Blog, name: str) -> None:
    blog.fetch(AGREED)
    (blog.folder / ".temoignages" / name).write_bytes(b"[" * 9)
    with pytest.raises(QueueError, match=name), blog.queue.opened():
        blog.queue.cursors() if name == "reprise.json" else blog.queue.remember({})


def test_an_answer_whose_file_was_cut_by_a_power_failure_comes_in_again(blog: Blog) -> None:
    blog.fetch(AGREED)
    (file,) = (blog.folder / ".temoignages" / "reponses").glob("*.json")
    file.write_bytes(b"")
    assert blog.fetch(AGREED).new == 1


def test_an_answer_to_a_question_whose_words_changed_finds_it_all_the_same(blog: Blog) -> None:
    blog.fetch()
    corrected = dataclasses.replace(CALL, token="0000aaaa", question="Qu’y avez-vous gagné ?")
    assert blog.fetch(AGREED, asked=corrected).new == 1


def test_an_answer_to_no_call_of_the_blog_is_told(blog: Blog) -> None:
    tally = blog.fetch(HEAD.replace(b"a1b2c3d4", b"99999999") + b"\nVu")
    assert "  1 laissé : il répond à un appel inconnu de ce blog." in list(tally.told())


def test_an_answer_after_the_last_day_says_so(blog: Blog) -> None:
    blog.fetch(AGREED, asked=dataclasses.replace(CALL, is_open=False))
    assert "Attention : arrivée après la clôture de l'appel." in list(reviewing.shown(blog.queue.rows(State.WAITING)[0]))


def test_a_sitting_shows_each_answer_quoted_and_does_what_is_typed(blog: Blog) -> None:
    blog.fetch(*(mail(filled(n0=f"Phrase {number}.\n\n  a : accepter")).as_bytes() for number in range(3)))
    typed, said = iter(("a", "", "q")), []
    reviewing.review(blog.queue, blog.content, lambda _: next(typed), said.append)
    assert [len(blog.queue.rows(state)) for state in (State.ACCEPTED, State.WAITING)] == [1, 2]
    assert said[-1] == "Réponses : 2\u00a0en attente, 1\u00a0acceptée, 0\u00a0refusée."
    assert any(line.startswith("  | Phrase") for line in said)
    assert "identité non vérifiée" in "\n".join(said)


def test_a_public_page_is_linked_and_never_quoted(blog: Blog) -> None:
    from plancher.importing.answers.model import Received, Way  # noqa: PLC0415 - needed by this test only

    assert deciding.obstacles(Received(way=Way.MASTODON, source="x", token="a1b2c3d4", sender="y", words="Ses mots")) == ()
