"""Public replies, webmentions: real servers on this machine, each failing in its way, and none stops the others."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from plancher.commands.answers.queue import Queue, State

from tests.commands.answers.conftest import CALL, FAST, fetch
from tests.commands.answers.pages import Pages


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


def test_public_replies_wait_to_be_linked_edited_ones_wait_again_and_private_ones_are_left(queue: Queue, web: Pages) -> None:
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    private, broken = reply(4, visibility="private"), {"id": "5"}
    web.said["/api/v1/statuses/1/context"] = {"descendants": [reply(2), reply(3), private, broken, "x"]}
    tally, _ = fetch(queue, FAST, asked)
    assert (tally.new, tally.left.total()) == (2, 3)
    (first, _) = queue.rows(State.WAITING)
    assert first.received is not None
    assert first.received.words.startswith("Phrase 2")
    assert "alert" not in first.received.words
    assert first.received.name == "Anne"
    web.said["/api/v1/statuses/1/context"] = {"descendants": [reply(2), reply(3, content="<p>Autre phrase</p>", edited_at="2026-01-03T10:00:00.000Z")]}
    tally, _ = fetch(queue, FAST, asked)
    assert (tally.new, tally.changed, tally.known) == (0, 1, 1)
    assert {row.received.words for row in queue.rows(State.WAITING) if row.received} == {first.received.words, "Autre phrase"}


@pytest.mark.parametrize("content", [None, "pas du JSON", {"descendants": 3}, {}, "[" * 10_000, "vers http://10.0.0.1/"])
def test_a_server_that_says_anything_else_is_told(queue: Queue, web: Pages, content: Any) -> None:
    web.said["/api/v1/statuses/1/context"] = content
    tally, said = fetch(queue, FAST, dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert len(said) == 1
    assert tally.new == 0


def mention(number: int, source: str, target: str = CALL.url) -> dict[str, Any]:
    return {"wm-id": number, "wm-source": source, "wm-target": target, "author": {"name": "Anne"}, "content": {"html": f"<b>Phrase {number}</b>"}}


def test_a_webmention_is_believed_once_its_page_was_seen_to_lead_here(queue: Queue, web: Pages) -> None:
    good = f'<a href="{CALL.url}">ici</a>'
    web.said |= {
        "/bonne": good,
        "/loin": "vers /bonne",
        "/texte": f"Je parle de {CALL.url}",
        "/commentaire": f"<!-- {good} --><template>{good}</template>",
        "/interne": "vers http://10.0.0.1/",
        "/nom": "vers http://localhost.localdomain.invalid/",
    }
    sources = ["/bonne", "/loin", "/texte", "/commentaire", "/interne", "/nom", "/absente"]
    children = [mention(number, web.url(path)) for number, path in enumerate(sources, 1)]
    children += [mention(8, web.url("/bonne"), "https://ailleurs.example/"), mention(9, "javascript:alert(1)"), "x"]
    web.said["/mentions.jf2"] = {"children": children}
    mine = dataclasses.replace(FAST, mentions=web.url("/mentions.jf2"))
    tally, _ = fetch(queue, mine)
    assert (tally.new, tally.left.total()) == (2, 8)
    assert tally.left["webmention dont la source ne mène pas ici"] == 2
    assert queue.cursors()[mine.mentions] == "8"
    web.said["/mentions.jf2"] = {"children": []}
    fetch(queue, mine)
    assert "since_id=8" in web.asked[-1]


def test_the_machines_of_the_owners_network_are_not_asked(queue: Queue, web: Pages) -> None:
    """What is asked of a receiver is what anybody may have sent to it."""
    web.said |= {"/secret": f'<a href="{CALL.url}">ici</a>', "/mentions.jf2": {"children": [mention(1, web.url("/secret"))]}}
    mine = dataclasses.replace(FAST, mentions=web.url("/mentions.jf2", "localhost"), allowed=("localhost",))
    tally, _ = fetch(queue, mine)
    assert tally.left == {"webmention dont la source n'a pas pu être lue": 1}
    assert "/secret" not in web.asked


def test_one_source_that_fails_stops_no_other(queue: Queue, web: Pages) -> None:
    web.said |= {"/bonne": f'<a href="{CALL.url}">ici</a>', "/mentions.jf2": {"children": [mention(1, web.url("/bonne"))]}}
    asked = dataclasses.replace(CALL, mastodon=web.url("/@moi/1"))
    tally, said = fetch(queue, dataclasses.replace(FAST, mentions=web.url("/mentions.jf2"), imap_host="127.0.0.1", imap_port=9), asked)
    assert (tally.new, len(said)) == (1, 2)
    assert json.dumps(said)
