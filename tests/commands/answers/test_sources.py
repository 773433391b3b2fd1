"""Mailboxes, public replies, webmentions: real servers on this machine, each failing in its way, and none stops the others."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from plancher.commands.answers import fetching, secrets_of_owner
from plancher.commands.answers.fetching import Wishes
from plancher.commands.answers.queue import Queue, State
from plancher.commands.answers.secrets_of_owner import SecretError
from plancher.commands.answers.taking_in import Tally
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings

from tests.commands.answers.imap_server import serving
from tests.importing.answers.test_mails import filled, mail

CALL = Asked(token="a1b2c3d4", post="articles/2024/un.md", call="gains", question="Qu’avez-vous gagné ?", url="https://carnet.example/2024/05/un/")
FAST = AnswerSettings(delay=0.0, timeout=2.0, total=3.0, allowed=("127.0.0.0/8",))


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    return Queue(tmp_path / "blog" / ".temoignages")


def fetch(queue: Queue, settings: AnswerSettings, asked: Asked = CALL, **more: Any) -> tuple[Tally, list[str]]:
    said: list[str] = []
    wishes = Wishes(blog=queue.folder.parent, settings=settings, asked=[asked], **more)
    tally, is_whole = fetching.fetch(queue, wishes, said.append)
    assert is_whole is not bool(said)
    return tally, said


def test_a_mailbox_is_read_from_where_the_last_fetch_stopped_and_nothing_in_it_changes(queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(secrets_of_owner.IMAP, "secret")
    with serving(tmp_path) as (box, context):
        mine = dataclasses.replace(FAST, imap_host="localhost", imap_port=box.port, imap_user="moi", most=2, mail_size=20_000)
        box.mails = {number: mail(filled(n0=f"Phrase {number}.")).as_bytes() for number in (3, 4, 8)}
        box.mails[5] = mail("x" * 30_000).as_bytes()
        box.mails[6] = mail("Autre chose", subject="Bonjour").as_bytes()
        first, _ = fetch(queue, mine, context=context)
        assert (first.new, first.is_full) == (2, True)
        second, _ = fetch(queue, mine, context=context)
        assert (second.new, second.known) == (1, 0)
        third, _ = fetch(queue, mine, context=context)
        assert (third.new, third.known) == (0, 0)
        box.validity = 8
        renumbered, _ = fetch(queue, mine, context=context)
        assert (renumbered.new, renumbered.known) == (0, 3)
        assert not [command for command in box.heard if command.startswith(("SELECT", "STORE", "UID STORE", "EXPUNGE")) or "BODY[]" in command.split("PEEK")[0]]
    assert first.left["courriel de plus de 20000 octets"] + second.left["courriel de plus de 20000 octets"] == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"imap_folder": "Absent"}, "ouvrir le dossier « Absent »"),
        ({"imap_host": "127.0.0.1"}, "le certificat de 127.0.0.1 n'est pas valable"),
        ({"imap_port": 9}, "ne répond pas"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told(queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], said: str) -> None:
    monkeypatch.setenv(secrets_of_owner.IMAP, "secret")
    with serving(tmp_path) as (box, context):
        mine = dataclasses.replace(FAST, imap_host="localhost", imap_port=box.port, imap_user="moi")
        _, told = fetch(queue, dataclasses.replace(mine, **change), context=context)
        assert said in told[0]
        monkeypatch.setenv(secrets_of_owner.IMAP, "faux")
        _, told = fetch(queue, mine, context=context)
        assert "refuse l'identifiant ou le mot de passe" in told[0]
        assert "faux" not in told[0]


@pytest.mark.skipif(os.name != "posix", reason="rights of another kind")
def test_a_secret_lies_outside_the_blog_where_nobody_else_reads_it(tmp_path: Path) -> None:
    blog, name = tmp_path / "blog", secrets_of_owner.IMAP
    blog.mkdir()
    for place, rights, said in ((blog / "s", 0o600, "dans le dossier du blog"), (tmp_path / "s", 0o644, "chmod 600")):
        place.write_text("secret\n", encoding="utf-8")
        place.chmod(rights)
        with pytest.raises(SecretError, match=said):
            secrets_of_owner.find(name, blog, {f"{name}_FILE": str(place)})
    (tmp_path / "s").chmod(0o600)
    assert secrets_of_owner.find(name, blog, {f"{name}_FILE": str(tmp_path / "s")}) == "secret"
    assert secrets_of_owner.find(name, blog, {}) == ""


@dataclasses.dataclass
class Pages:
    """What the servers say, by path."""

    port: int = 0
    said: dict[str, web.Response | str | dict[str, Any]] = dataclasses.field(default_factory=dict)
    asked: list[str] = dataclasses.field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        content = self.said.get(request.path)
        if isinstance(content, dict):
            return web.json_response(content)
        if isinstance(content, str) and content.startswith("vers "):
            return web.Response(status=302, headers={"Location": content.removeprefix("vers ")})
        return web.Response(status=404) if content is None else web.Response(text=str(content), content_type="text/html")


@pytest.fixture
def pages() -> Iterator[Pages]:
    with playing() as made:
        yield made


@contextlib.contextmanager
def playing() -> Iterator[Pages]:
    made, ready, over = Pages(), threading.Event(), threading.Event()

    async def serve() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", made.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        made.port = runner.addresses[0][1]
        ready.set()
        while not over.is_set():  # noqa: ASYNC110 - told from another thread
            await asyncio.sleep(0.02)
        await runner.cleanup()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield made
    finally:
        over.set()
        thread.join(5)


def reply(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "url": f"https://social.example/@anne/{number}",
        "content": f"<p>Phrase {number} <script>alert(1)</script><a href='https://x.example'>ici</a></p>",
        "visibility": "public",
        "created_at": "2026-01-02T10:00:00.000Z",
        "account": {"url": "https://social.example/@anne", "display_name": "Anne \u202e", "acct": "anne"},
        **changes,
    }


def test_public_replies_wait_to_be_linked_edited_ones_wait_again_and_private_ones_are_left(queue: Queue, pages: Pages) -> None:
    asked = dataclasses.replace(CALL, mastodon=pages.url("/@moi/1"))
    private, broken = reply(4, visibility="private"), {"id": "5"}
    pages.said["/api/v1/statuses/1/context"] = {"descendants": [reply(2), reply(3), private, broken, "x"]}
    tally, _ = fetch(queue, FAST, asked)
    assert (tally.new, tally.left.total()) == (2, 3)
    (first, _) = queue.rows(State.WAITING)
    assert first.received is not None
    assert first.received.words.startswith("Phrase 2")
    assert "alert" not in first.received.words
    assert first.received.name == "Anne"
    pages.said["/api/v1/statuses/1/context"] = {"descendants": [reply(2), reply(3, content="<p>Autre phrase</p>", edited_at="2026-01-03T10:00:00.000Z")]}
    tally, _ = fetch(queue, FAST, asked)
    assert (tally.new, tally.changed, tally.known) == (0, 1, 1)
    assert {row.received.words for row in queue.rows(State.WAITING) if row.received} == {first.received.words, "Autre phrase"}


@pytest.mark.parametrize("content", [None, "pas du JSON", {"descendants": 3}, {}, "[" * 10_000, "vers http://10.0.0.1/"])
def test_a_server_that_says_anything_else_is_told(queue: Queue, pages: Pages, content: Any) -> None:
    pages.said["/api/v1/statuses/1/context"] = content
    tally, said = fetch(queue, FAST, dataclasses.replace(CALL, mastodon=pages.url("/@moi/1")))
    assert len(said) == 1
    assert tally.new == 0


def mention(number: int, source: str, target: str = CALL.url) -> dict[str, Any]:
    return {"wm-id": number, "wm-source": source, "wm-target": target, "author": {"name": "Anne"}, "content": {"html": f"<b>Phrase {number}</b>"}}


def test_a_webmention_is_believed_once_its_page_was_seen_to_lead_here(queue: Queue, pages: Pages) -> None:
    good = f'<a href="{CALL.url}">ici</a>'
    pages.said |= {
        "/bonne": good,
        "/loin": "vers /bonne",
        "/texte": f"Je parle de {CALL.url}",
        "/commentaire": f"<!-- {good} --><template>{good}</template>",
        "/interne": "vers http://10.0.0.1/",
        "/nom": "vers http://localhost.localdomain.invalid/",
    }
    sources = ["/bonne", "/loin", "/texte", "/commentaire", "/interne", "/nom", "/absente"]
    children = [mention(number, pages.url(path)) for number, path in enumerate(sources, 1)]
    children += [mention(8, pages.url("/bonne"), "https://ailleurs.example/"), mention(9, "javascript:alert(1)"), "x"]
    pages.said["/mentions.jf2"] = {"children": children}
    mine = dataclasses.replace(FAST, mentions=pages.url("/mentions.jf2"))
    tally, _ = fetch(queue, mine)
    assert (tally.new, tally.left.total()) == (2, 8)
    assert tally.left["webmention dont la source ne mène pas ici"] == 2
    assert queue.cursors()[mine.mentions] == "8"
    pages.said["/mentions.jf2"] = {"children": []}
    fetch(queue, mine)
    assert "since_id=8" in pages.asked[-1]


def test_the_machines_of_the_owners_network_are_not_asked(queue: Queue, pages: Pages) -> None:
    """What is asked of a receiver is what anybody may have sent to it."""
    pages.said |= {"/secret": f'<a href="{CALL.url}">ici</a>', "/mentions.jf2": {"children": [mention(1, pages.url("/secret"))]}}
    mine = dataclasses.replace(FAST, mentions=pages.url("/mentions.jf2", "localhost"), allowed=("localhost",))
    tally, _ = fetch(queue, mine)
    assert tally.left == {"webmention dont la source n'a pas pu être lue": 1}
    assert "/secret" not in pages.asked


def test_one_source_that_fails_stops_no_other(queue: Queue, pages: Pages) -> None:
    pages.said |= {"/bonne": f'<a href="{CALL.url}">ici</a>', "/mentions.jf2": {"children": [mention(1, pages.url("/bonne"))]}}
    asked = dataclasses.replace(CALL, mastodon=pages.url("/@moi/1"))
    tally, said = fetch(queue, dataclasses.replace(FAST, mentions=pages.url("/mentions.jf2"), imap_host="127.0.0.1", imap_port=9), asked)
    assert (tally.new, len(said)) == (1, 2)
    assert json.dumps(said)
