"""From the receiver to the queue: over the web with a token, or by a copy of its database; each answer once, and none is erased before the queue holds it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from plancher.base.data import DataError
from plancher.base.identity import Identity
from plancher.commands.answers import fetching, form_source, receiving, reviewing, secrets_of_owner
from plancher.commands.answers.fetching import Wishes
from plancher.commands.answers.queue import Queue, Row, State
from plancher.commands.answers.receiver import box
from plancher.commands.answers.receiver.box import BoxError
from plancher.commands.answers.receiving import ReceivingError
from plancher.commands.answers.taking_in import Tally
from plancher.commands.answers.tombstones import Tombstones, Unfinished
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Way

from tests.commands.answers.receiver.running import FILLED, TOKEN, Running, fields_of, reference, running
from tests.conftest import ROOT
from tests.http_service import served

CALL = Asked(token="a1b2c3d4", post="articles/2024/un.md", call="gains", question="Qu’avez-vous gagné ?", url="https://carnet.example/2024/05/un/")
FAST = AnswerSettings(timeout=5.0, total=10.0, allowed=("127.0.0.0/8",))


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets_of_owner.RECEIVER, TOKEN)


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "blog" / ".temoignages")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("recu") / "recu.sqlite") as made:
        yield made


@pytest.fixture
def receiver(shared: Running) -> Running:
    """In which nothing waits."""
    with box.opened(shared.file, 10**9) as kept:
        kept.erase(0.0, up_to=10**9)
    return shared


@pytest.fixture
def new_receiver(tmp_path: Path) -> Iterator[Running]:
    """Whose first answer is its first."""
    with running(tmp_path / "recu.sqlite") as made:
        yield made


def post(receiver: Running, **changed: str) -> str:
    return reference(receiver.send(receiver.ask(FILLED | changed)))


def fetch(queue: Queue, address: str, asked: Asked = CALL, file: Path | None = None, **changed: int) -> tuple[Tally, list[str], bool]:
    said: list[str] = []
    mine = dataclasses.replace(FAST, form=address, **changed)
    tally, is_whole = fetching.fetch(queue, Wishes(blog=queue.folder.parent, settings=mine, asked=[asked], files=(file,) if file else ()), said.append)
    return tally, said, is_whole


def words(queue: Queue) -> list[str]:
    return sorted(row.received.words for row in queue.rows(State.WAITING) if row.received)


def only(queue: Queue) -> Row:
    (row,) = queue.rows(State.WAITING)
    return row


def test_an_answer_comes_with_its_consents_and_is_erased_where_it_was(queue: Queue, receiver: Running) -> None:
    name = post(receiver, count="", answer="Voyez https://a.example https://b.example https://c.example")
    tally, said, is_whole = fetch(queue, receiver.address)
    assert (tally.new, said, is_whole) == (1, [], True)
    row = only(queue)
    known = row.received
    assert (row.post, row.call, known.way, known.name, known.before, known.after) == (CALL.post, CALL.call, Way.FORM, "Anne", "4 heures", "1 heure")
    assert (known.may_be_published, known.may_be_counted, known.is_old_enough) == (True, None, True)
    shown = "\n".join(reviewing.shown(row))
    assert f"référence {name} (identité inconnue)" in shown
    assert "ressemble à une publicité : 3 liens" in shown
    assert receiver.kept() == {}
    again, *_ = fetch(queue, receiver.address)
    assert (again.new, again.known) == (0, 0)


def test_two_readers_who_say_the_same_are_two(queue: Queue, receiver: Running) -> None:
    assert post(receiver, answer="Oui.") != post(receiver, answer="Oui.")
    assert fetch(queue, receiver.address)[0].new == 2


def test_many_come_page_after_page_and_a_bound_leaves_the_rest_for_the_next_fetch(queue: Queue, receiver: Running) -> None:
    sent = sorted(f"Réponse {number}." for number in range(130))
    for one in sent:
        post(receiver, answer=one)
    first, _, _ = fetch(queue, receiver.address, most=60)
    assert (first.new, first.is_full, len(receiver.kept())) == (60, True, 70)
    second, _, _ = fetch(queue, receiver.address)
    assert (second.new, second.known, second.is_full) == (70, 0, False)
    assert (words(queue), receiver.kept()) == (sent, {})


def test_a_fetch_that_is_cut_before_the_receiver_hears_of_it_counts_nothing_twice(queue: Queue, receiver: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    post(receiver)
    asked = form_source._asked

    async def cut(client: object, method: str, *more: object) -> str:
        if method == "DELETE":
            raise DataError("le réseau s'est coupé")
        return await asked(client, method, *more)

    monkeypatch.setattr(form_source, "_asked", cut)
    first, said, is_whole = fetch(queue, receiver.address)
    assert (first.new, is_whole, len(receiver.kept())) == (1, False, 1)
    assert "le réseau s'est coupé" in said[0]
    monkeypatch.undo()
    monkeypatch.setenv(secrets_of_owner.RECEIVER, TOKEN)
    second, _, is_whole = fetch(queue, receiver.address)
    assert (second.new, second.known, is_whole, receiver.kept()) == (0, 1, True, {})


def test_an_answer_to_an_unknown_call_stays_and_is_told_each_time(queue: Queue, receiver: Running) -> None:
    post(receiver, token="ffffffff")
    post(receiver)
    for new in (1, 0):
        tally, _, _ = fetch(queue, receiver.address)
        assert (tally.new, tally.left.total()) == (new, 1)
        assert "appels inconnus d'ici" in tally.alerts[0]
        assert [kept["token"] for kept in receiver.kept().values()] == ["ffffffff"]
    found, _, _ = fetch(queue, receiver.address, dataclasses.replace(CALL, token="ffffffff"))
    assert (found.new, found.alerts, receiver.kept()) == (1, [], {})


def test_what_is_told_of_unknown_calls_erases_them_and_nothing_that_came_since(queue: Queue, new_receiver: Running) -> None:
    for token in ("ffffffff", "a1b2c3d4", "eeeeeeee"):
        post(new_receiver, token=token)
    tally, _, _ = fetch(queue, new_receiver.address)
    late = post(new_receiver, answer="Arrivée ensuite.")
    receiving.erase(wishes(queue, new_receiver.file), tally.alerts[0].rpartition("=")[2])
    assert list(new_receiver.kept()) == [late]


def test_whoever_invents_calls_leaves_room_for_the_answers_of_those_that_there_are(queue: Queue, tmp_path: Path) -> None:
    long = "Long. " * 400
    with running(tmp_path / "recu.sqlite", strangers=20_000) as bounded:
        post(bounded)
        assert fetch(queue, bounded.address)[0].new == 1  # the receiver knows the call from then on
        asked = [bounded.ask(FILLED | {"token": f"{number:08x}", "answer": long}) for number in range(12)]
        pages = [bounded.send(page) for page in asked]
        refused = pages[-1]
        assert refused.status_code == 507
        assert "n’a pas encore nommé cet appel" in refused.text
        assert fields_of(refused.text)["answer"] == long.strip()
        received = {reference(page) for page in pages} - {""}
        assert 5 <= len(received) < 10
        assert received == set(bounded.kept())
        for _ in range(12):
            received.add(post(bounded, answer=long))
        assert received == set(bounded.kept())
        assert reference(bounded.send(asked[0])) == reference(pages[0])  # sent once more, it is known
        tally, _, _ = fetch(queue, bounded.address)
        assert (tally.new, len(bounded.kept())) == (12, len(received) - 12)
        assert bounded.send(bounded.ask(FILLED | {"token": "0000000a", "answer": long})).status_code == 507
        receiving.erase(wishes(queue, bounded.file), tally.alerts[0].rpartition("=")[2])
        assert post(bounded, token="0000000a", answer=long)


def test_calls_are_named_by_the_owner_alone_and_stay_named(tmp_path: Path) -> None:
    long = {"answer": "Long. " * 400}
    mine = {"Authorization": f"Bearer {TOKEN}"}
    with running(tmp_path / "recu.sqlite", strangers=1000) as strict:
        assert strict.client.put(f"{strict.address}reponses?appel=a1b2c3d4", headers={"Authorization": "Bearer x"}).status_code == 401
        for query in ("appel=zzz", "&".join(["appel=a1b2c3d4"] * 501)):
            assert strict.client.put(f"{strict.address}reponses?{query}", headers=mine).status_code == 400
        assert strict.send(strict.ask(FILLED | long)).status_code == 507
        assert strict.client.put(f"{strict.address}reponses?appel=a1b2c3d4&appel=ffffffff", headers=mine).status_code == 200
        assert post(strict, **long)
    with running(tmp_path / "recu.sqlite", strangers=1000) as again:
        assert post(again, token="ffffffff", **long)
        assert again.send(again.ask(FILLED | long | {"token": "eeeeeeee"})).status_code == 507


@contextlib.contextmanager
def of_a_former_version(receiver: Running) -> Iterator[str]:
    """The same receiver, which knows no request that came later."""

    async def answer(request: web.Request) -> web.Response:
        if request.method == "PUT":
            return web.Response(status=405)
        passed = receiver.client.request(request.method, f"{receiver.address}reponses?{request.query_string}", headers={"Authorization": f"Bearer {TOKEN}"})
        return web.Response(status=passed.status_code, body=passed.content)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    with served(app) as address:
        yield f"{address}/"


def test_a_receiver_of_a_former_version_gives_its_answers_all_the_same(queue: Queue, receiver: Running) -> None:
    post(receiver)
    with of_a_former_version(receiver) as address:
        tally, said, is_whole = fetch(queue, address)
    assert (tally.new, said, is_whole, receiver.kept()) == (1, [], True, {})
    assert "d'une version d'avant" in tally.alerts[0]


def fill(file: Path, room: int, tables: str = "") -> None:
    """A database that has room for nothing more, of a former version: it has no tables of shares."""
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.executescript(f"PRAGMA journal_mode = WAL; {tables} PRAGMA max_page_count = {room // 4096};")
        content = json.dumps({"token": "a1b2c3d4", "answer": "Long. " * 100})
        with contextlib.suppress(sqlite3.OperationalError):  # it is full
            for number in range(room):
                with db:
                    db.execute("INSERT INTO answers (id, received_at, digest, content) VALUES (?, 0, '', ?)", (f"{number:016x}", content))


@pytest.mark.parametrize("former", [True, False])
def test_a_database_that_is_full_opens_takes_nothing_more_and_can_be_emptied(queue: Queue, tmp_path: Path, *, former: bool) -> None:
    file, room = tmp_path / "recu.sqlite", 120_000
    if not former:
        with box.opened(file, room):
            pass
    fill(file, room, box._TABLES if former else "")
    with box.opened(file, room, 10**9) as kept:
        with pytest.raises(BoxError, match="plus de place"):
            kept.put("a", {"token": "a1b2c3d4", "answer": "Long. " * 10_000}, 0.0)
        assert kept.erase(1.0, up_to=10**9) > 20
        kept.put("a", {"token": "a1b2c3d4", "answer": "Long. " * 100}, 0.0)
        assert [row.id for row in kept.page(0, 10)] == ["a"]


def parts_with(file: Path, words: bytes) -> list[str]:
    """The files of a database that hold these words."""
    return [part.name for part in file.parent.glob(f"{file.name}*") if words in part.read_bytes()]


def test_erased_words_are_on_the_disk_no_more_neither_in_free_pages_nor_in_the_journal(tmp_path: Path) -> None:
    file = tmp_path / "recu.sqlite"
    with box.opened(file, 10**7) as kept:
        for number in range(200):
            kept.put(f"n{number}", {"answer": f"Secret {number}. " * 60}, 100.0)
        assert parts_with(file, b"Secret 7.")
        assert kept.erase(0.0, [f"n{number}" for number in range(100)]) == 100
        assert (parts_with(file, b"Secret 7."), parts_with(file, b"Secret 99."), kept.has_words_in_journal) == ([], [], False)
        assert parts_with(file, b"Secret 150.")
        kept.erase(1000.0, up_to=10**6)
        assert parts_with(file, b"Secret") == []


def test_words_that_a_reader_of_the_file_keeps_in_the_journal_are_told_and_go_once_he_has_done(
    queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box, "_WAIT", 0.1)
    file = tmp_path / "recu.sqlite"
    with box.opened(file, 10**7) as kept, contextlib.closing(sqlite3.connect(file)) as reader:
        kept.put("a" * 16, {"answer": "Secret. " * 60}, 100.0)
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM answers").fetchone() == (1,)
        kept.erase(0.0, up_to=1)
        assert (kept.has_words_in_journal, parts_with(file, b"Secret.") != []) == (True, True)
        with pytest.raises(ReceivingError, match=r"garde encore ces mots\. Relancez la même commande"):
            receiving.erase(wishes(queue, file), "1")
        reader.rollback()
        assert kept.page(0, 10) == []
        assert (kept.has_words_in_journal, parts_with(file, b"Secret.")) == (False, [])


def test_what_the_forgotten_wrote_is_not_taken_in_and_does_not_stay_at_the_receiver(queue: Queue, receiver: Running) -> None:
    post(receiver)
    fetch(queue, receiver.address)
    row = only(queue)
    with queue.opened():
        Tombstones(queue).begin(Unfinished((row.id,), ()), [row.received], [])
        (queue.folder / "reponses" / f"{row.id}.json").unlink()
    post(receiver)
    tally, _, _ = fetch(queue, receiver.address)
    assert (tally.new, tally.left["son auteur a demandé à être oublié"]) == (0, 1)
    assert (words(queue), receiver.kept()) == ([], {})


def test_another_token_or_none_gets_nothing(queue: Queue, receiver: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    post(receiver)
    monkeypatch.setenv(secrets_of_owner.RECEIVER, f"{TOKEN[:-1]}y")
    tally, said, is_whole = fetch(queue, receiver.address)
    assert (tally.new, is_whole) == (0, False)
    assert "le receveur refuse le jeton" in said[0]
    assert TOKEN[:-1] not in said[0]
    for method in ("GET", "DELETE"):
        assert receiver.client.request(method, f"{receiver.address}reponses").status_code == 401
    assert len(receiver.kept()) == 1
    monkeypatch.delenv(secrets_of_owner.RECEIVER)
    assert fetch(queue, receiver.address)[1:] == ([], True)
    with running(tmp_path / "sans.sqlite", token="") as closed:
        assert closed.client.get(f"{closed.address}reponses", headers={"Authorization": "Bearer x"}).status_code == 404


def test_whoever_tries_tokens_has_to_wait(tmp_path: Path) -> None:
    with running(tmp_path / "recu.sqlite", per_machine=3) as strict:
        answers = [strict.client.get(f"{strict.address}reponses", headers={"Authorization": f"Bearer {number}"}) for number in range(5)]
        assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]


@contextlib.contextmanager
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server that leads on to itself; and the tokens that it was shown there."""
    seen: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        if request.path.startswith("/recu"):
            return web.Response(status=302, headers={"Location": "/voleur"})
        seen.append(request.headers.get("Authorization", ""))
        return web.json_response({"answers": []})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    with served(app) as address:
        yield f"{address}/recu", seen


def test_the_token_is_for_nobody_else(queue: Queue) -> None:
    with elsewhere() as (address, seen):
        _, said, is_whole = fetch(queue, address)
    assert (seen, is_whole) == ([], False)
    assert "le receveur répond 302" in said[0]


def test_a_receiver_that_does_not_answer_is_told(queue: Queue) -> None:
    _, said, is_whole = fetch(queue, "http://127.0.0.1:9/")
    assert (is_whole, len(said)) == (False, 1)
    assert "pas de réponse" in said[0]


def wishes(queue: Queue, file: Path) -> receiving.Wishes:
    mine = AnswerSettings(form="https://temoins.example/")
    return receiving.Wishes(blog=queue.folder.parent, identity=Identity(name="Carnet", address="https://carnet.example"), settings=mine, file=str(file), port=0)


def test_a_copy_of_the_database_in_use_is_fetched_and_what_it_held_erased(queue: Queue, new_receiver: Running, tmp_path: Path) -> None:
    names = [post(new_receiver, answer=f"Réponse {number}.") for number in range(3)]
    mine, copied = wishes(queue, new_receiver.file), tmp_path / "copie.sqlite"
    assert "--file=copie.sqlite" in receiving.copy(mine, str(copied))
    with pytest.raises(ReceivingError, match="existe déjà"):
        receiving.copy(mine, str(copied))
    late = post(new_receiver, answer="Arrivée ensuite.")
    tally, said, is_whole = fetch(queue, "", file=copied)
    assert (tally.new, is_whole) == (3, True)
    assert said == ["Pour effacer sur le serveur ce qui est relevé : invoke answers.receive --erase=3"]
    assert "3\u00a0réponses sont effacées" in receiving.erase(mine, "3")
    assert list(new_receiver.kept()) == [late]
    assert not [part for part in new_receiver.file.parent.glob("recu.sqlite*") if b"ponse 1." in part.read_bytes()]
    assert fetch(queue, "", file=copied)[0].known == 3
    assert "1\u00a0réponse est effacée" in receiving.erase(mine, late)
    assert new_receiver.kept() == {}
    with pytest.raises(ReceivingError, match="--erase prend un numéro"):
        receiving.erase(mine, "tout")
    assert not set(names) & set(new_receiver.kept())


@pytest.mark.parametrize("folder", ["theme/attente", "output"])
def test_a_database_that_would_be_published_is_not_made(queue: Queue, folder: str) -> None:
    mine = dataclasses.replace(wishes(queue, Path()), file="", settings=AnswerSettings(form="https://temoins.example/", queue=folder))
    with pytest.raises(ReceivingError, match="serait publié avec le site"):
        receiving.erase(mine, "1")
    assert not (queue.folder.parent / folder).exists()


def test_a_copy_holds_no_key_and_nobody_else_reads_it(queue: Queue, receiver: Running, tmp_path: Path) -> None:
    post(receiver)
    with box.opened(receiver.file, 10**6) as kept:
        key = kept.key
    receiving.copy(wishes(queue, receiver.file), str(tmp_path / "copie.sqlite"))
    assert key in b"".join(part.read_bytes() for part in receiver.file.parent.glob("recu.sqlite*"))
    assert key not in (tmp_path / "copie.sqlite").read_bytes()
    assert {part.stat().st_mode & 0o777 for part in receiver.file.parent.glob("*.sqlite*")} == {0o600}


def test_what_lies_at_a_gap_is_not_named_as_fetched(queue: Queue, new_receiver: Running, tmp_path: Path) -> None:
    post(new_receiver)
    post(new_receiver, token="ffffffff")
    post(new_receiver, answer="Une autre.")
    receiving.copy(wishes(queue, new_receiver.file), str(tmp_path / "copie.sqlite"))
    tally, said, _ = fetch(queue, "", file=tmp_path / "copie.sqlite")
    assert (tally.new, said[0].rpartition("=")[2]) == (2, "1")


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"x" * 5000, b"SQLite format 3\x00"])
def test_a_file_that_only_begins_like_a_database_is_told(queue: Queue, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "faux.sqlite").write_bytes(content)
    _, said, is_whole = fetch(queue, "", file=tmp_path / "faux.sqlite")
    assert is_whole is False
    assert "faux.sqlite ne se lit pas" in said[0]


def test_the_name_of_an_erased_answer_stays_as_long_as_its_page_could_be_sent_again(tmp_path: Path) -> None:
    with box.opened(tmp_path / "recu.sqlite", 10**6) as kept:
        for moment in (100.0, 200.0):
            kept.put(f"n{moment:.0f}", {"answer": "x"}, moment)
        assert kept.erase(0.0, up_to=2) == 2
        assert kept.put("n100", {"answer": "x"}, 300.0) is box.Outcome.KNOWN
        assert kept.put("n100", {"answer": "y"}, 300.0) is box.Outcome.OTHER
        kept.erase(150.0)
        assert kept.put("n100", {"answer": "y"}, 300.0) is box.Outcome.KEPT
        assert kept.put("n200", {"answer": "x"}, 300.0) is box.Outcome.KNOWN
        (row,) = kept.page(0, 10)
        assert row.number > 2, "no number serves twice"


def test_what_lacks_or_lies_where_it_must_not_is_told(queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.folder.mkdir(parents=True)
    mine = wishes(queue, tmp_path / "rien.sqlite")
    inside = dataclasses.replace(mine, file=str(queue.folder.parent / "content" / "recu.sqlite"))
    for wished, said in (
        (dataclasses.replace(mine, settings=AnswerSettings()), "donnez l'adresse publique du receveur"),
        (dataclasses.replace(mine, identity=Identity(name="Carnet")), "donnez l'adresse du blog"),
        (inside, "dans le dossier du blog"),
    ):
        with pytest.raises(ReceivingError, match=said):
            receiving.serve(wished, print)
    with pytest.raises(ReceivingError, match="n'existe pas"):
        receiving.erase(mine, "1")
    monkeypatch.setenv(secrets_of_owner.RECEIVER, "court")
    with pytest.raises(ReceivingError, match="se devine"):
        receiving.serve(mine, print)
    assert not list(tmp_path.glob("*.sqlite"))


def test_what_serves_is_loaded_by_the_receiver_alone() -> None:
    code = "import sys, plancher.tasks.collection, plancher.commands.answers.fetching; sys.exit(bool({'starlette', 'uvicorn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT / "plugins", check=False, timeout=120).returncode == 0
