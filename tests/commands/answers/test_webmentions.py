"""Webmentions, as a receiver gives them: each is believed once its page was seen to lead here, and follows what becomes of that page."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import socket
from typing import Any

import pytest
from plancher.commands.answers import reviewing, webmentions
from plancher.commands.answers.queue import Queue, State
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.leading import leads
from plancher.web import guard
from plancher.web.client import Web

from tests.commands.answers.conftest import CALL, FAST, fetch
from tests.commands.answers.pages import Pages

JF2 = "/mentions.jf2"
GOOD = f'<a href="{CALL.url}">ici</a>'
DAY = 86_400


def mention(number: int, source: str, target: str = CALL.url, **more: Any) -> dict[str, Any]:
    return {"wm-id": number, "wm-source": source, "wm-target": target, "author": {"name": "Anne"}, "content": {"html": f"<b>Phrase {number}</b>"}, **more}


def keeping(web: Pages, *mentions: Any) -> AnswerSettings:
    """A receiver that has these, and gives those after the number that it is asked for."""

    def answer(request: Any) -> Any:
        since, most = int(request.query["since_id"]), int(request.query["per-page"])
        numbered = [one for one in mentions if not isinstance(one, dict) or one.get("wm-id", since + 1) > since]
        return {"type": "feed", "children": numbered[:most]}

    web.said[JF2] = answer
    return dataclasses.replace(FAST, mentions=web.url(JF2))


CASES = {
    "a link": (GOOD, True),
    "a link among others": (f"<p>{'<a href=/x>x</a>' * 50}{GOOD}", True),
    "a relative link behind a base": ("<base href='https://carnet.example/'><a href='2024/05/un/'>ici</a>", True),
    "a link to a part of the page": (f"<a href='{CALL.url}#gains'>ici</a>", True),
    "an address with entities": (f"<a href='{CALL.url.replace('/un', '&#47;un')}'>ici</a>", True),
    "a link in the head": (f"<link rel=cite href={CALL.url}>", True),
    "a quotation": (f"<blockquote cite='{CALL.url}'>Vu</blockquote>", True),
    "a picture": (f"<img src='{CALL.url}' alt=''>", True),
    "broken HTML": (f"<div><p><b><a href={CALL.url}>ici<td></b>", True),
    "its text alone": (f"<p>Je parle de {CALL.url}", False),
    "a comment": (f"<!-- {GOOD} -->", False),
    "a comment that never ends": (f"<!-- {GOOD}", False),
    "a template": (f"<template>{GOOD}</template>", False),
    "a template in a template": (f"<template><template></template>{GOOD}</template>", False),
    "a script": (f"<script>document.write('{GOOD}')</script>", False),
    "a style sheet": (f"<style>{GOOD}</style>", False),
    "a text field": (f"<textarea>{GOOD}</textarea>", False),
    "a title": (f"<title>{GOOD}</title>", False),
    "code that is shown": (f"<pre>{GOOD.replace('<', '&lt;')}</pre>", False),
    "another attribute": (f"<a title='{CALL.url}' href='/x'>ici</a>", False),
    "another page of the blog": ("<a href='https://carnet.example/2024/05/un-autre/'>ici</a>", False),
    "a longer address": (f"<a href='{CALL.url}suite/'>ici</a>", False),
    "another host": ("<a href='https://carnet.example.ailleurs.example/2024/05/un/'>ici</a>", False),
    "an empty page": ("", False),
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_leads_here_by_a_link_that_a_reader_may_follow(name: str) -> None:
    page, expected = CASES[name]
    assert leads(page, "text/html", "https://ailleurs.example/billet", CALL.url) is expected


@pytest.mark.parametrize(
    ("kind", "page", "expected"),
    [
        ("text/plain", f"Vu : {CALL.url} hier", True),
        ("text/plain", f"Vu : {CALL.url}suite/", False),
        ("application/json", json.dumps({"a": [{"b": CALL.url}]}), True),
        ("application/json", json.dumps({"a": f"vu {CALL.url}"}), False),
        ("application/json", "[" * 10_000, False),
        ("image/png", GOOD, False),
        ("", GOOD, True),
    ],
)
def test_what_is_no_html_has_its_own_rule(kind: str, page: str, expected: bool) -> None:
    assert leads(page, kind, "https://ailleurs.example/billet", CALL.url) is expected


def test_a_webmention_is_believed_once_its_page_was_seen_to_lead_here(queue: Queue, web: Pages) -> None:
    web.said |= {"/bonne": GOOD, "/loin": "vers /bonne", "/sans": "<p>Rien</p>", "/aime": GOOD, "/privee": GOOD}
    children = [mention(number, web.url(path)) for number, path in enumerate(("/bonne", "/loin", "/sans", "/absente"), 1)]
    children += [mention(5, web.url("/aime"), **{"wm-property": "like-of"}), mention(6, web.url("/privee"), **{"wm-private": True})]
    children += [mention(7, web.url("/bonne"), "https://ailleurs.example/"), mention(8, "javascript:alert(1)"), "x", mention(9, CALL.url)]
    tally, told = fetch(queue, keeping(web, *children))
    assert told == []
    assert tally.new == 2
    assert tally.left == {
        "webmention dont la source ne mène pas ici": 1,
        "webmention dont la source répond 404": 1,
        "webmention sans mots (« j'aime »)": 1,
        "webmention privée": 1,
        "webmention vers une page qui n'est d'aucun appel ni billet": 1,
        "webmention illisible": 2,
        "webmention du blog lui-même": 1,
    }
    web.asked.clear()
    again, _ = fetch(queue, dataclasses.replace(FAST, mentions=web.url(JF2)))
    assert (again.new, again.known) == (0, 0)
    assert "since_id=9" in web.asked[0]


@pytest.mark.parametrize("failure", [500, 503, 429, 408, "vers http://nulle-part.invalid/"])
def test_a_page_that_cannot_be_read_just_then_is_asked_again_at_the_next_fetch(queue: Queue, web: Pages, failure: Any) -> None:
    web.said |= {"/lente": [failure, GOOD], "/bonne": GOOD}
    mine = keeping(web, mention(1, web.url("/lente")), mention(2, web.url("/bonne")))
    first, _ = fetch(queue, mine)
    assert (first.new, first.left) == (1, {"webmention dont la source ne répond pas : redemandée à la prochaine relève": 1})
    second, _ = fetch(queue, mine)
    assert (second.new, second.left.total()) == (1, 0)
    assert fetch(queue, mine)[0].left.total() == 0
    assert len(queue.rows(State.WAITING)) == 2


def test_a_page_that_never_answers_is_given_up_and_told(queue: Queue, web: Pages) -> None:
    web.said["/morte"] = 503
    mine = keeping(web, mention(1, web.url("/morte")))
    said = [list(fetch(queue, mine)[0].left) for _ in range(12)]
    assert said[:9] == [["webmention dont la source ne répond pas : redemandée à la prochaine relève"]] * 9
    assert said[9:] == [["webmention dont la source n'a pas répondu, 10 relèves de suite"], [], []]
    assert web.asked.count("/morte") == 10


def test_a_webmention_that_waits_for_its_page_and_left_its_receiver_is_told(queue: Queue, web: Pages) -> None:
    web.said["/morte"] = 503
    fetch(queue, keeping(web, mention(1, web.url("/morte"))))
    tally, _ = fetch(queue, keeping(web, mention(2, "https://ailleurs.example/", "https://ailleurs.example/")))
    assert tally.left["webmention que son receveur n'a plus"] == 1
    assert "webmention que son receveur n'a plus" not in fetch(queue, keeping(web))[0].left


@pytest.mark.parametrize("change", [404, 410, "<p>Le lien n'y est plus</p>"])
def test_a_page_that_is_gone_or_leads_here_no_more_takes_its_answer_along(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    content = queue.folder.parent / "content"
    content.mkdir(parents=True)
    web.said |= {"/attend": GOOD, "/montree": GOOD, "/reste": GOOD}
    mine = keeping(web, *(mention(number, web.url(path)) for number, path in enumerate(("/attend", "/montree", "/reste"), 1)))
    fetch(queue, mine)
    shown = next(row for row in queue.rows(State.WAITING) if row.received and row.received.address.endswith("/montree"))
    reviewing.decide(queue, content, shown.id, "accept")
    web.said |= {"/attend": change, "/montree": change}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1790000000))
    tally, _ = fetch(queue, mine)
    assert tally.gone == 1
    assert [row.received.address for row in queue.rows(State.WAITING) if row.received] == [web.url("/reste")]
    assert (len(tally.alerts), web.url("/montree") in tally.alerts[0]) == (1, True)


def test_an_update_replaces_the_words_and_none_of_the_former_ones_is_kept(queue: Queue, web: Pages) -> None:
    web.said["/bonne"] = GOOD
    fetch(queue, keeping(web, mention(1, web.url("/bonne"))))
    tally, _ = fetch(queue, keeping(web, mention(2, web.url("/bonne"), content={"text": "Autres mots"})))
    assert (tally.new, tally.changed) == (0, 1)
    kept = b"".join(path.read_bytes() for path in queue.folder.rglob("*") if path.is_file())
    assert b"Autres mots" in kept
    assert b"Phrase 1" not in kept


def test_a_page_is_asked_for_once_a_day(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")
    web.said["/bonne"] = GOOD
    mine = keeping(web, mention(1, web.url("/bonne")))
    counts = []
    for day in (0, 0, 0, 1, 1):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1767600000 + day * DAY))
        fetch(queue, mine)
        counts.append(web.asked.count("/bonne"))
    assert counts == [1, 2, 2, 3, 3]


def test_many_webmentions_are_taken_within_bounds_and_the_next_fetch_goes_on(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webmentions, "_PAGE", 4)
    web.said["/bonne"] = GOOD
    mine = keeping(web, *(mention(number, web.url("/bonne") + f"?{number}") for number in range(1, 11)))
    first, _ = fetch(queue, dataclasses.replace(mine, most=8))
    assert (first.new, first.is_full) == (8, True)
    rest = [fetch(queue, dataclasses.replace(mine, most=8))[0].new for _ in range(2)]
    assert rest == [2, 0]


PRIVATE = ("http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "http://192.168.1.1/", "http://[::ffff:10.0.0.1]/", "http://0/")


@pytest.mark.parametrize("address", PRIVATE)
def test_the_machines_of_the_owners_network_are_not_asked_straight_on(queue: Queue, web: Pages, address: str) -> None:
    mine = dataclasses.replace(keeping(web, mention(1, address)), mentions=web.url(JF2, "localhost"), allowed=("localhost",))
    tally, told = fetch(queue, mine)
    assert told == []
    assert sum(count for why, count in tally.left.items() if "web public" in why or "illisible" in why) == 1
    assert len(web.asked) == 1


@pytest.mark.parametrize("address", [*PRIVATE, "http://privee.example/"])
def test_nor_behind_a_redirection_or_a_name(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """The first page stands under a name that is allowed; what it leads to is not."""
    web.said["/saute"] = f"vers {address}"
    resolve = asyncio.BaseEventLoop.getaddrinfo

    async def getaddrinfo(self: Any, host: str, port: int, **more: Any) -> Any:
        return await resolve(self, "10.1.2.3" if host == "privee.example" else host, port, **more)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    mine = keeping(web, mention(1, web.url("/saute", "localhost")))
    tally, _ = fetch(queue, dataclasses.replace(mine, mentions=web.url(JF2, "localhost"), allowed=("localhost",)))
    assert tally.left == {"webmention dont la source n'est pas sur le web public": 1}


def test_a_name_that_changes_its_mind_is_asked_where_it_was_looked_at(web: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a public address for whoever checks, a private one for whoever connects. It is resolved once, and that address is asked."""
    answers = iter(("127.0.0.1", "10.0.0.1"))
    told: list[str] = []

    async def getaddrinfo(self: Any, host: str, port: int, **_: Any) -> Any:
        if not host[0].isdigit():
            told.append(host)
            host = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", getaddrinfo)
    web.said["/bonne"] = GOOD

    async def ask() -> int:
        async with Web(FAST) as client:
            first = await client.ask("GET", web.url("/bonne", "change.example"), read=True)
            with pytest.raises(guard.RefusedHostError):
                await Web(dataclasses.replace(FAST, allowed=("127.0.0.1",))).ask("GET", web.url("/bonne", "change.example"))
            return first.status

    assert asyncio.run(ask()) == 200
    assert told == ["change.example", "change.example"]


@pytest.mark.parametrize("content", [None, 500, "pas du JSON", {"children": 3}, {}, b"\x00" * 99])
def test_a_receiver_that_says_anything_else_is_told_without_its_token(queue: Queue, web: Pages, monkeypatch: pytest.MonkeyPatch, content: Any) -> None:
    monkeypatch.setenv("PLANCHER_WEBMENTION_TOKEN", "jeton-secret")
    web.said[JF2] = content
    tally, told = fetch(queue, dataclasses.replace(FAST, mentions=web.url(JF2)))
    assert (len(told), tally.new) == (1, 0)
    assert "token=jeton-secret" in web.asked[0]
    assert "jeton-secret" not in told[0]


def test_one_source_that_fails_stops_no_other(queue: Queue, web: Pages) -> None:
    web.said["/bonne"] = GOOD
    mine = dataclasses.replace(keeping(web, mention(1, web.url("/bonne"))), imap_host="127.0.0.1", imap_port=9)
    tally, told = fetch(queue, mine, dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert (tally.new, len(told)) == (1, 2)
