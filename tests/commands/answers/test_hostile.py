"""Answers of people who wish harm, by every road: nothing runs, nothing blocks, nothing is lost in silence, and the owner reads them safely.

Each case is one or more answers. Whatever they hold, each of them waits or is
counted with a reason; what waits is shown without a sign that a terminal
obeys, and once accepted it is a file that reads back as what was shown.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import email.message
import gzip
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from plancher.base import clock
from plancher.commands.answers import reviewing
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, Row, State
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import leading, mails, statuses
from plancher.importing.answers.model import LONGEST, Received, Way
from plancher.site import testimonies
from plancher.text.source import FORBIDDEN

from tests import memory
from tests.commands.answers.conftest import CALL, FAST, fetch
from tests.commands.answers.pages import Pages
from tests.importing.answers.test_mails import HEAD, LETTER, filled, nested

GOOD = f'<a href="{CALL.url}">ici</a>'
MOST_SECONDS, MOST_BYTES = 20, 250_000_000
ZALGO = "Vu" + "\u0301\u0489" * 5000

TEXTS = {
    "a script": "Vu <script>alert(1)</script> ici",
    "a picture that fails": "Vu <img src=x onerror=alert(1)>",
    "a drawing that loads": "Vu <svg onload=alert(1)><a xlink:href=javascript:alert(1)>x</a></svg>",
    "an address that runs": "Vu [x](javascript:alert(1)) <a href='jav&#x09;ascript:alert(1)'>x</a> <javascript:alert(1)>",
    "a frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>Vu",
    "tags that never close": "Vu <b <i <a href='" + "<" * 500,
    "escaped tags": "Vu &lt;script&gt;alert(1)&lt;/script&gt; &#x202e; &#27;[31m",
    "a colour of the terminal": "Vu \x1b[31mrouge\x1b[0m",
    "the title of the terminal": "Vu \x1b]0;pirate\x07 \x1b]8;;http://x.example\x1b\\ici\x1b]8;;\x1b\\",
    "the other escape": "Vu \x9b31m \x90q\x9c",
    "signs that write over": "Refusée\rAcceptée \x08\x08\x08 \x7f\x00 \x0b\x0c",
    "text that turns": "Vu \u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "signs that nobody sees": "V\u200bu\u2060 \u00ad\ufeff\U000e0041\U000e0042 \ufff9x\ufffb",
    "stacked accents": ZALGO,
    "no letters at all": "\ufffe\uffff\ufdd0 Vu",
    "lines of the review": "Vu\n\n  a : accepter\n[1/1]\nacceptée\n",
    "a table of TOML": 'Vu """\n[[reponse]]\nid = "x"\ngenre = "temoignage"\n\'\'\' \\u0022 \\',
    "a template": "Vu {{ 7 * 7 }} {% include 'x' %} {# x #} %(x)s {0} ${x}",
    "a command": "Vu $(touch /tmp/x) `id` ; rm -rf ~ | sh && !! ../../../etc/passwd",
    "Markdown": "# Vu\n> [!appel] Autre\n> id : x\n\n![x](http://x.example/p.gif) [^1]: x",
    "headers": "Vu\r\nBcc: tous@x.example\r\n\r\nFrom: patron@x.example",
    "only spaces": " \t\u00a0\u3000\u2003\n \n",
    "only what nobody sees": "\u200b\u2060\u00ad",
    "another alphabet": "Купите сейчас наше предложение, лучшее в мире, сегодня и завтра",
    "many links": " ".join(f"https://x{number}.example/casino" for number in range(200)),
    "very long": "mot " * 60_000,
}


def reply(words: str = "<p>Vu</p>", number: int = 1, **changes: Any) -> dict[str, Any]:
    author = {"url": "https://social.example/@anne", "display_name": "Anne", "acct": "anne"}
    base = {"url": f"https://social.example/@anne/{number}", "content": words, "visibility": "public", "created_at": "2026-01-02T10:00:00Z", "account": author}
    return {**base, **changes}


def mention(web: Pages, number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"wm-id": number, "wm-source": web.url("/bonne"), "wm-target": CALL.url, "author": {"name": "Anne"}, "content": {"text": "Vu"}, **changes}


def typed(text: str) -> bytes:
    made = email.message.EmailMessage()
    made["From"], made["Subject"] = "Anne <anne@lecteurs.example>", LETTER.subject
    made.set_content(filled(n0=text, n4=text[:200]).encode("utf-8", "replace"), "text", "plain", cte="base64")
    made.set_param("charset", "utf-8")
    return made.as_bytes()


def rich(text: str) -> bytes:
    coded = base64.encodebytes(f"<html><head><title>x</title></head><body><p>{text}</p></body></html>".encode())
    return HEAD + b"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + coded


Case = Callable[[Pages], tuple[list[bytes], list[Any], list[Any]]]
"""Mails, replies and webmentions."""


def by_mail(*raws: bytes) -> Case:
    return lambda _: (list(raws), [], [])


def by_status(*replies: Any) -> Case:
    return lambda _: ([], list(replies), [])


def by_mention(**changes: Any) -> Case:
    return lambda web: ([], [], [mention(web, **changes)])


def cases() -> Iterator[tuple[str, Case]]:
    for name, text in TEXTS.items():
        yield f"typed mail: {name}", by_mail(typed(text))
        yield f"HTML mail: {name}", by_mail(rich(text))
        yield f"status: {name}", by_status(reply(text, account={"url": "https://social.example/@anne", "display_name": text, "acct": text}, spoiler_text=text))
        yield f"webmention: {name}", by_mention(content={"html": text}, author={"name": text})
    yield from MAILS.items()
    yield from STATUSES.items()
    yield from MENTIONS.items()


def multipart(*parts: bytes) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"".join(b"--b\n" + part + b"\n" for part in parts) + b"--b--\n"


PLAIN = b"Content-Type: text/plain\n\nVu"
MAILS = {
    f"mail: {name}": by_mail(raw)
    for name, raw in {
        "ten megabytes": HEAD + b"\n" + b"mot " * 2_500_000,
        "ten megabytes of HTML": HEAD + b"Content-Type: text/html\n\n" + b"<div>" * 1_000_000,
        "a million lines": HEAD + b"\n" * 1_000_000 + b"Vu",
        "a million quotation signs": HEAD + b"\n" + b"> " * 1_000_000 + b"\nVu",
        "ten thousand headers": b"".join(b"X-%d: x\n" % number for number in range(10_000)) + HEAD + b"\nVu",
        "a header of a megabyte": b"X: " + b"x" * 1_000_000 + b"\n" + HEAD + b"\nVu",
        "a subject of a megabyte": b"From: a@b.example\nSubject: [appel-a1b2c3d4] " + b"=?utf-8?q?x?= " * 70_000 + b"\n\nVu",
        "nested a hundred deep": nested(100),
        "nested three thousand deep": nested(3000),
        "nested under lines": nested(30) + b"\n" * 150_000,
        "nested under lines by another spelling": nested(300).replace(b"boundary=", b"boundary =") + b"a\n" * 800_000,
        "nested under lines in pieces": nested(300).replace(b"boundary=", b"boundary*0=") + b"a\n" * 800_000,
        "parameters without end": HEAD + b"Content-Type: text/plain" + b';a="' * 400_000 + b"\n\nVu",
        "parameters of a part": multipart(b"Content-Disposition: inline" + b";\r\n a=b" * 300_000 + b"\n\nVu"),
        "quotation signs before semicolons": HEAD + b"content-type : text/plain;" + b'"' * 500_001 + b";" * 400_000 + b"\n\nVu",
        "mails in mails": HEAD + b"".join(b"Content-Type: message/rfc822\n\nSubject: x\n" for _ in range(500)) + b"\nVu",
        "five thousand parts": multipart(*[PLAIN] * 5000),
        "no boundary": HEAD + b"Content-Type: multipart/mixed\n\nVu",
        "an attached program": multipart(PLAIN, b'Content-Type: application/x-sh\nContent-Disposition: attachment; filename="../../x.sh"\n\nrm -rf ~'),
        "a zip in the place of words": multipart(
            b"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(b"PK\x03\x04" * 99), PLAIN
        ),
        "a bomb that is called text": HEAD
        + b"Content-Type: text/plain\nContent-Encoding: gzip\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(gzip.compress(b"x" * 9**7)),
        "a codec that is no set of letters": HEAD + b"Content-Type: text/plain; charset=zlib_codec\n\nV\xff" + b"x" * 999,
        "an alphabet in squares": HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 400_000 + b"\xff",
        "letters that lie": HEAD + b"Content-Type: text/plain; charset=utf-16\n\nD\xe9j\xe0 vu",
        "letters that are none": HEAD + b"Content-Type: text/plain; charset=\x1b[31m\n\n\xff\xfeVu",
        "letters of seven bits": HEAD + b"Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-alert(1)+ADw-/script+AD4- \xff",
        "base64 that is none": HEAD + b"Content-Transfer-Encoding: base64\n\n%%%%",
        "an unknown encoding": HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n" + b"#" * 9999,
        "two senders": b"From: patron@banque.example\n" + HEAD + b"\nVu",
        "two subjects": b"Subject: [appel-99999999]\n" + HEAD + b"\nVu",
        "a name that is another's address": b'From: "patron@banque.example" <a@b.example>\nSubject: [appel-a1b2c3d4]\n\nVu',
        "a sender with escapes": b"From: <a\x1b[31m@b.example>\nSubject: [appel-a1b2c3d4]\n\nVu",
        "a sender that is forged": b"Authentication-Results: mx; dkim=pass header.d=b.example\n" + HEAD + b"\nVu",
        "no sender": b"Subject: [appel-a1b2c3d4]\n\nVu",
        "no subject": b"From: a@b.example\n\nVu",
        "a day that is none": b"Date: Tue, 99 Foo 99999 99:99:99 +9999\n" + HEAD + b"\nVu",
        "the year one": b"Date: Mon, 01 Jan 0001 00:00:00 +0000\n" + HEAD + b"\nVu",
        "the year 9999": b"Date: Fri, 31 Dec 9999 23:59:59 -1200\n" + HEAD + b"\nVu",
        "consent to everything in HTML": HEAD + b"Content-Type: text/html\n\n<p hidden>Peut-elle etre publiee ? (oui ou non) oui</p>Vu",
        "a machine that is away": HEAD + b"Auto-Submitted: auto-replied\n\nJe suis absente.",
        "empty": b"",
        "zeros": b"\x00" * 100_000,
    }.items()
}
NO_AUTHOR: Any = [None, 3, "x", [], {}, {"url": 3}, {"url": "javascript:alert(1)"}]
STATUSES = {
    "status: ten thousand of them": by_status(*(reply(f"<p>Phrase {number}</p>", number) for number in range(10_000))),
    "status: the same a thousand times": by_status(*[reply()] * 1000),
    "status: none that is one": by_status(None, 3, "x", [], {}, [[]], {"visibility": "public"}),
    "status: authors that are none": by_status(*(reply(account=author) for author in NO_AUTHOR)),
    "status: addresses that are none": by_status(
        *(reply(url=url) for url in (None, 3, "javascript:alert(1)", "https://x.example/\x1b[31m", "http://" + "a" * 9999, "https://a@b.example/"))
    ),
    "status: days that are none": by_status(
        *(reply(number=number, created_at=day) for number, day in enumerate((None, 3, "demain", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59")))
    ),
    "status: words that are none": by_status(*(reply(words, number) for number, words in enumerate((None, 3, [], {"a": 1}, "", "<p></p>")))),  # type: ignore[arg-type]
    "status: private ones": by_status(*(reply(number=number, visibility=kind) for number, kind in enumerate(("private", "direct", None, 3, "PUBLIC")))),
    "status: boxes in boxes": by_status(reply("<div>" * 100_000 + "Vu")),
    "status: entities without end": by_status(reply("&" * 90_000), reply("&amp;" * 20_000, 2)),
}
MENTIONS = {
    "webmention: none that is one": lambda _: ([], [], [None, 3, "x", [], {}, {"wm-source": 3, "wm-target": CALL.url}]),
    "webmention: a number that is none": by_mention(**{"wm-id": "1"}),
    "webmention: an endless number": by_mention(**{"wm-id": 10**200}),
    "webmention: an author that is none": by_mention(author=[3]),
    "webmention: words that are none": by_mention(content=[3]),
    "webmention: nothing but an address": by_mention(content=None, author=None),
    "webmention: an address that runs": by_mention(**{"wm-source": "javascript:alert(1)"}),
    "webmention: a file of ours": by_mention(**{"wm-source": "file:///etc/passwd"}),
    "webmention: an address with escapes": by_mention(**{"wm-source": "https://x.example/\x1b[31m"}),
    "webmention: a target that is none": by_mention(**{"wm-target": "carnet.example"}),
    "webmention: a page of ten megabytes": lambda web: ([], [], [mention(web, **{"wm-source": web.url("/grande")})]),
    "webmention: a page of boxes": lambda web: ([], [], [mention(web, **{"wm-source": web.url("/boites")})]),
    "webmention: a page that is a bomb": lambda web: ([], [], [mention(web, **{"wm-source": web.url("/bombe")})]),
    "webmention: boxes in boxes": by_mention(content={"html": "<div>" * 100_000 + "Vu"}),
}
CASES = dict(cases())


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len(CASES) > 150


def count_of(tally: Any) -> int:
    return tally.new + tally.known + tally.changed + tally.left.total()


@pytest.fixture
def content(queue: Queue) -> Path:
    folder = queue.folder.parent / "content"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")  # the fifth of January 2026


@pytest.fixture
def take(queue: Queue, web: Pages, content: Path, tmp_path: Path) -> Callable[[Case], tuple[int, int]]:
    """How many answers a case has, and how many of them a fetch took in or counted with a reason."""

    def taken(case: Case) -> tuple[int, int]:
        raws, replies, mentions = case(web)
        if raws:
            inbox = tmp_path / "courriels"
            inbox.mkdir(exist_ok=True)
            for number, raw in enumerate(raws):
                (inbox / f"{number}.eml").write_bytes(raw)
            tally, told = fetch(queue, AnswerSettings(mail_size=20_000_000), files=[inbox])
            return len(raws), count_of(tally) + len(told)
        web.said |= {
            "/bonne": GOOD,
            "/grande": GOOD + "x" * 10_000_000,
            "/boites": "<div><svg>" * 40_000 + GOOD,
            "/bombe": gzip.compress(b"x" * 10_000_000),
            "/jf2": {"children": mentions},
            "/api/v1/statuses/1/context": {"descendants": replies},
        }
        mine = dataclasses.replace(FAST, timeout=9, total=9, mentions=web.url("/jf2") if mentions else "", most=40)
        tally, told = fetch(queue, mine, dataclasses.replace(CALL, mastodon=web.url("/@moi/1") if replies else ""))
        return len(replies) + len(mentions), len(replies) + len(mentions) if tally.is_full else count_of(tally) + len(told)

    return taken


@pytest.mark.parametrize("name", CASES)
def test_nothing_runs_nothing_blocks_nothing_is_lost(take: Callable[[Case], tuple[int, int]], queue: Queue, content: Path, name: str) -> None:
    start = time.monotonic()
    sent, counted = take(CASES[name])
    assert time.monotonic() - start < MOST_SECONDS
    assert counted == sent
    said: list[str] = []
    reviewing.review(queue, content, lambda _: "", said.append)
    assert all(sign.isprintable() or sign in "\n\u00a0\u202f\u2009\u200c\u200d" for line in said for sign in line)
    for row in queue.rows(State.WAITING):
        received = row.received
        assert received is not None
        assert len(received.words) <= LONGEST + 1
        for text in (received.words, received.name, received.before, received.after, received.sender, received.address, *received.notes):
            assert not FORBIDDEN.search(text)
            assert "\r" not in text
        accept(queue, content, row.id)
    loaded = testimonies.load(content)
    assert loaded.problems == ()
    assert len(loaded.rows) == len(list(content.rglob("*.toml")))


def test_what_a_former_version_let_in_is_shown_safely_too(queue: Queue, content: Path) -> None:
    bad = "\x1b[31m\u202e\x9b2J\r"
    texts = dict.fromkeys(("words", "sender", "name", "before", "after", "address"), f"Vu{bad}")
    received = Received(way=Way.MAIL, source="x", token="a1b2c3d4", notes=(bad,), **texts)
    with queue.opened():
        queue.put(Row(id="abc", state=State.WAITING, since=clock.now(), received=received, post=bad, call=bad, question=bad))
    said: list[str] = []
    typed_keys = iter("cp")
    reviewing.review(queue, content, lambda _: next(typed_keys), said.append)
    assert len(said) > 8
    assert not {"\x1b", "\u202e", "\x9b", "\r"} & set("".join(said))


def accept(queue: Queue, content: Path, identifier: str) -> None:
    """With its words if its author may have said yes, else not at all."""
    with contextlib.suppress(DecisionError):
        reviewing.decide(queue, content, identifier, "consent", "pour voir")
    try:
        reviewing.decide(queue, content, identifier, "accept")
    except DecisionError as error:
        assert "ne peut pas être publiée" in str(error)


WORST: dict[str, Callable[[], object]] = {
    "a mail of ten megabytes": lambda: mails.read(HEAD + b"\n" + b"mot " * 2_500_000),
    "a mail of many parts": lambda: mails.read(multipart(*[PLAIN] * 2000)),
    "ten thousand replies": lambda: statuses.descendants_of(json.dumps({"descendants": [reply()] * 10_000})),
    "a page of boxes": lambda: leading.leads("<div><svg>" * 40_000 + GOOD, "text/html", "https://x.example/", CALL.url),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_of_them_need_a_bounded_memory(name: str) -> None:
    memory.assert_below(MOST_BYTES, WORST[name])


def test_what_is_no_answer_of_a_server_is_counted_with_what_it_is(queue: Queue, web: Pages, content: Path) -> None:
    """Servers that keep answers may lie, too: each says one sentence."""
    for raw in (
        b"[" * 100_000,
        b"{}" * 9,
        b'{"descendants": [' + b"[" * 50_000,
        json.dumps({"descendants": {}}).encode(),
        b"\xff" * 99,
        b'{"descendants": [' + b"3," * 6_500_000,
    ):
        web.said["/api/v1/statuses/1/context"] = raw
        tally, told = fetch(queue, dataclasses.replace(FAST, timeout=9, total=9), dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
        assert (tally.new, len(told)) == (0, 1)


def test_the_same_answer_by_another_road_comes_in_once(queue: Queue, web: Pages, content: Path) -> None:
    status = web.url("/@anne/1")
    web.said |= {
        "/@anne/1": GOOD,
        "/api/v1/statuses/1/context": {"descendants": [reply(url=status)]},
        "/jf2": {"children": [mention(web, **{"wm-source": status})]},
    }
    tally, _ = fetch(queue, dataclasses.replace(FAST, mentions=web.url("/jf2")), dataclasses.replace(CALL, mastodon=web.url("/@moi/1")))
    assert (tally.new, tally.known) == (1, 1)
