"""Public replies to a status: what waits follows its author's changes, what he deletes goes, and his words are his."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from plancher.commands.answers import reviewing
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, State
from plancher.importing.answers import statuses
from plancher.site import testimonies

from tests.commands.answers.conftest import CALL, FAST, fetch
from tests.commands.answers.pages import Pages

CONTEXT = "/api/v1/statuses/1/context"
DAY = 86_400


def reply(web: Pages, number: int, **changes: Any) -> dict[str, Any]:
    """One, whose page stands on the same small web."""
    web.said.setdefault(f"/@anne/{number}", f"<p>Page {number}</p>")
    return {
        "id": str(number),
        "url": web.url(f"/@anne/{number}"),
        "content": f"<p>Phrase {number} <script>alert(1)</script><a href='https://x.example'>ici</a></p>",
        "visibility": "public",
        "created_at": "2026-01-02T10:00:00.000Z",
        "account": {"url": web.url("/@anne"), "display_name": "Anne \u202e", "acct": "anne"},
        **changes,
    }


def said(web: Pages, *replies: Any) -> None:
    web.said[CONTEXT] = {"ancestors": [], "descendants": list(replies)}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")  # the fifth of January 2026


@pytest.fixture
def content(queue: Queue) -> Path:
    folder = queue.folder.parent / "content"
    folder.mkdir(parents=True)
    return folder


def words(queue: Queue, *states: State) -> set[str]:
    return {row.received.words for row in queue.rows(*(states or (State.WAITING,))) if row.received}


def test_public_replies_wait_and_what_is_private_or_makes_no_sense_is_counted(queue: Queue, web: Pages) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    mine = reply(web, 6, account={"url": web.url("/@Moi"), "acct": "moi"})
    said(
        web,
        reply(web, 2),
        reply(web, 3, visibility="unlisted"),
        reply(web, 4, visibility="private"),
        reply(web, 7, visibility="direct"),
        {"id": "5"},
        "x",
        mine,
    )
    tally, _ = fetch(queue, FAST, asked)
    assert tally.new == 2
    assert tally.left == {
        "réponse Mastodon qui n'est pas publique": 3,
        "réponse Mastodon illisible": 1,
        "réponse Mastodon de l'auteur de l'appel": 1,
    }
    (first, _) = queue.rows(State.WAITING)
    assert first.received is not None
    assert first.received.name == "Anne"
    assert "alert" not in first.received.words
    again, _ = fetch(queue, FAST, asked)
    assert (again.new, again.known, again.changed) == (0, 2, 0)


def test_an_edited_reply_waits_with_its_last_words_alone(queue: Queue, web: Pages) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, reply(web, 2))
    fetch(queue, FAST, asked)
    said(web, reply(web, 2, content="<p>Autre phrase</p>", edited_at="2026-01-03T10:00:00.000Z"))
    tally, _ = fetch(queue, FAST, asked)
    assert (tally.new, tally.changed, tally.known) == (0, 1, 0)
    assert words(queue) == {"Autre phrase"}
    assert b"Phrase 2" not in b"".join(path.read_bytes() for path in queue.folder.rglob("*") if path.is_file())


def test_a_deleted_reply_that_waits_leaves_nothing_behind(queue: Queue, web: Pages) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, reply(web, 2), reply(web, 3), reply(web, 4))
    fetch(queue, FAST, asked)
    said(web)
    web.said |= {"/@anne/2": 404, "/@anne/3": 410, "/@anne/4": 503}
    tally, _ = fetch(queue, FAST, asked)
    assert tally.gone == 2
    assert len(words(queue)) == 1
    assert "2\u00a0réponses publiques ont été retirées" in "\n".join(tally.told())
    assert b"Phrase 2" not in b"".join(path.read_bytes() for path in queue.folder.rglob("*") if path.is_file())


def test_an_accepted_link_whose_page_is_deleted_is_told_and_offered_to_be_removed(
    queue: Queue, web: Pages, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, reply(web, 2))
    fetch(queue, FAST, asked)
    (row,) = queue.rows(State.WAITING)
    reviewing.decide(queue, content, row.id, "accept")
    (shown,) = testimonies.load(content).rows
    assert (shown.kind, shown.words) == (testimonies.LINK, "Réponse publique")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + 40 * DAY))  # nothing but its identifier is kept in the queue by then
    said(web)
    web.said["/@anne/2"] = 404
    tally, _ = fetch(queue, FAST, asked)
    assert f"--remove={row.id}" in tally.alerts[0]
    typed, told = iter(("s",)), []
    reviewing.review(queue, content, lambda _: next(typed), told.append)
    assert any(line.startswith("Retirée") for line in told)
    assert testimonies.load(content).rows == ()
    assert fetch(queue, FAST, asked)[0].alerts == []
    said(web, reply(web, 2))
    assert fetch(queue, FAST, asked)[0].known == 1


def test_a_page_that_comes_back_is_offered_no_more(queue: Queue, web: Pages, content: Path) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, reply(web, 2))
    fetch(queue, FAST, asked)
    reviewing.decide(queue, content, queue.rows(State.WAITING)[0].id, "accept")
    said(web)
    web.said["/@anne/2"] = [404, "<p>De retour</p>"]
    assert len(fetch(queue, FAST, asked)[0].alerts) == 1
    assert fetch(queue, FAST, asked)[0].alerts == []
    told: list[str] = []
    reviewing.review(queue, content, lambda _: pytest.fail("nothing is asked"), told.append)
    assert len(told) == 1


def test_a_public_reply_is_quoted_once_its_author_said_yes_and_no_longer_when_he_edits_it(queue: Queue, web: Pages, content: Path) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, reply(web, 2))
    fetch(queue, FAST, asked)
    (row,) = queue.rows(State.WAITING)
    with pytest.raises(DecisionError, match="comment et quand"):
        reviewing.decide(queue, content, row.id, "consent")
    reviewing.decide(queue, content, row.id, "consent", "message public du 3 janvier 2026")
    assert "message public du 3 janvier 2026 (noté le 2026-01-05)" in "\n".join(reviewing.shown(queue.rows(State.WAITING)[0]))
    said(web, reply(web, 2, content="<p>Autre phrase</p>"))
    fetch(queue, FAST, asked)
    (edited,) = queue.rows(State.WAITING)
    assert edited.received is not None
    assert edited.received.is_only_linked
    assert "redemandez-le" in edited.received.notes[-1]
    reviewing.decide(queue, content, row.id, "consent", "message du 4")
    reviewing.decide(queue, content, row.id, "accept")
    (shown,) = testimonies.load(content).rows
    assert (shown.kind, shown.words, shown.author, shown.is_counted) == (testimonies.ANSWER, "Autre phrase", "Anne", False)
    said(web, reply(web, 2, content="<p>Tout autre chose</p>"))
    assert f"--undo={row.id}" in fetch(queue, FAST, asked)[0].alerts[0]
    kept = queue.row(row.id)
    assert kept is not None
    assert kept.consent == "message du 4 (noté le 2026-01-05)"


@pytest.mark.parametrize("case", [(59, "", 0), (60, "", 1), (60, "jeton", 0), (4096, "jeton", 1)])
def test_the_bound_of_a_server_is_told_when_it_is_reached(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch, case: tuple[int, str, int]) -> None:
    count, token, told = case
    monkeypatch.setenv("PLANCHER_MASTODON_TOKEN", token)
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    said(web, *({"visibility": "private"} for _ in range(count)))
    tally, _ = fetch(queue, dataclasses.replace(FAST, mastodon_host="127.0.0.1"), asked)
    assert len(tally.alerts) == told
    assert tally.left.total() == count


@pytest.mark.parametrize(("host", "is_shown"), [("127.0.0.1", True), ("", False), ("autre.example", False)])
def test_a_token_is_shown_to_its_own_instance_alone(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch, host: str, is_shown: bool) -> None:
    monkeypatch.setenv("PLANCHER_MASTODON_TOKEN", "jeton")
    said(web)
    fetch(queue, dataclasses.replace(FAST, mastodon_host=host), dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert [headers.get("Authorization") for headers in web.headers] == ["Bearer jeton" if is_shown else None]


def test_a_redirection_does_not_take_a_token_along(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHER_MASTODON_TOKEN", "jeton")
    web.said[CONTEXT] = f"vers {web.url('/ailleurs', 'localhost')}"
    _, told = fetch(queue, dataclasses.replace(FAST, mastodon_host="127.0.0.1"), dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert len(told) == 1
    assert web.asked == [CONTEXT]


@pytest.mark.parametrize("content", [None, 500, "pas du JSON", {"descendants": 3}, {}, "[" * 10_000, "vers http://10.0.0.1/", b"\x1f\x8b" + b"\x00" * 99])
def test_a_server_that_says_anything_else_is_told(queue: Queue, web: Pages, content: Any) -> None:
    web.said[CONTEXT] = content
    tally, told = fetch(queue, FAST, dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert len(told) == 1
    assert tally.new == 0


@pytest.mark.parametrize(
    ("status", "context"),
    [
        ("https://a.example/@moi/12", "https://a.example/api/v1/statuses/12/context"),
        ("https://a.example/@moi@b.example/12", "https://a.example/api/v1/statuses/12/context"),
        ("https://a.example/users/moi/statuses/12", "https://a.example/api/v1/statuses/12/context"),
        ("https://a.example/@moi/statuses/01HXZ", "https://a.example/api/v1/statuses/01HXZ/context"),
        ("https://a.example/notice/AbC9", "https://a.example/api/v1/statuses/AbC9/context"),
        ("https://a.example/@moi", ""),
        ("https://a.example/@moi/1/../2", ""),
    ],
)
def test_a_status_of_any_instance_has_its_context(status: str, context: str) -> None:
    assert statuses.context_of(status) == context
