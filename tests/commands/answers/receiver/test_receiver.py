"""What a reader sends with the form of a call: confirmed, kept, said to be received; and all that is no such thing, refused with a sentence."""

from __future__ import annotations

import contextlib
import re
import socket
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands.answers.receiver.running import FILLED, FROM_BLOG, FROM_RECEIVER, Running, fields_of, reference, running

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("recu") / "recu.sqlite", body_seconds=1.0) as made:
        yield made


def post(receiver: Running, raw: bytes, **headers: str) -> httpx.Response:
    return receiver.client.post(
        receiver.address,
        content=raw,
        headers=FROM_BLOG | {"Content-Type": FORM} | {name.replace("_", "-"): value for name, value in headers.items()},
        timeout=30,
    )


def encoded(**changed: str) -> bytes:
    return urllib.parse.urlencode(FILLED | changed).encode()


def is_plain_refusal(answer: httpx.Response, receiver: Running, before: dict[str, dict[str, str]]) -> bool:
    """A French page, nothing kept, and nothing to press."""
    return "Rien n’a été envoyé" in answer.text and 'lang="fr"' in answer.text and receiver.kept() == before and not fields_of(answer.text)


def test_an_answer_is_confirmed_kept_and_only_then_said_to_be_received(receiver: Running) -> None:
    before = receiver.kept()
    page = receiver.ask(FILLED)
    assert page.status_code == 200
    assert "elle n’est pas encore partie" in page.text
    assert "Qu’avez-vous gagné" in page.text
    assert receiver.kept() == before
    done = receiver.send(page)
    kept = receiver.kept()[reference(done)]
    assert kept == {name: FILLED[name] for name in ("token", "answer", "before", "after", "name", "publish", "count", "age", "others")}
    assert f'href="{FILLED["page"]}"' in done.text


def test_a_page_of_the_blog_that_has_no_form_leads_to_one_that_agrees_to_nothing(receiver: Running) -> None:
    page = receiver.client.get(f"{receiver.address}?appel=a1b2c3d4")
    empty = fields_of(page.text)
    assert empty == {"token": "a1b2c3d4", "question": "", "page": "", "seal": ""} | dict.fromkeys(("before", "after", "name"), "")
    assert "Relire avant d’envoyer" in page.text
    assert fields_of(receiver.client.get(f"{receiver.address}?appel=%22%3E%3Cscript").text) == {}
    assert receiver.send(page, **{name: FILLED[name] for name in ("answer", "age", "others")}).status_code == 403, "it was not read again"
    confirmed = receiver.ask(empty | {name: FILLED[name] for name in ("answer", "age", "others")}, FROM_RECEIVER)
    assert receiver.sent(confirmed)["token"] == "a1b2c3d4"


def test_a_question_stays_set_as_its_page_set_it_and_on_one_line(receiver: Running) -> None:
    asked = "«\u00a0Combien\n  de clients\u202f?\u00a0»\u200b"
    page = receiver.ask(FILLED | {"question": asked})
    assert fields_of(page.text)["question"] == "«\u00a0Combien de clients\u202f?\u00a0»"
    again = receiver.ask(fields_of(page.text) | FILLED | {"question": fields_of(page.text)["question"], "answer": ""}, FROM_RECEIVER)
    assert fields_of(again.text)["question"] == "«\u00a0Combien de clients\u202f?\u00a0»"


def test_a_page_takes_nothing_from_elsewhere_and_sets_no_cookie(receiver: Running) -> None:
    for answer in (
        receiver.client.get(receiver.address),
        receiver.ask(FILLED),
        receiver.send(receiver.ask(FILLED)),
        receiver.client.get(f"{receiver.address}rien"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in answer.text
        assert not re.findall(r"""(?:src|@import|url\()""", answer.text)


def test_what_was_typed_is_quoted_and_leads_to_no_other_site(receiver: Running) -> None:
    bad = '"><script>alert(1)</script>'
    page = receiver.ask(FILLED | {"answer": f"</textarea>{bad}", "name": bad, "question": bad, "page": f"https://carnet.example.voleur.example/{bad}"})
    assert "<script" not in page.text
    assert "voleur" not in re.findall(r'<a href="([^"]*)"', page.text)[0]
    assert receiver.sent(page)["name"] == bad


def test_the_same_page_sent_again_counts_once_and_with_other_words_is_confirmed_anew(receiver: Running) -> None:
    page = receiver.ask(FILLED)
    first, count = receiver.send(page), len(receiver.kept())
    again = receiver.send(page)
    assert reference(again) == reference(first)
    other = receiver.send(page, answer="Autre chose.")
    assert (other.status_code, reference(other)) == (409, "")
    assert "rien n’est perdu" in other.text
    assert len(receiver.kept()) == count
    last = receiver.send(other)
    assert receiver.kept()[reference(last)]["answer"] == "Autre chose."


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer": " \u200e\n "}, "Votre réponse est vide"),
        ({"answer": "é" * 3001}, "3000 signes au plus, 3001 sont écrits"),
        ({"name": "n" * 121}, "120 signes au plus"),
        ({"age": ""}, "15 ans ou plus"),
        ({"others": "non"}, "rien de personnel sur d’autres"),
        ({"website": "https://reclame.example"}, "Un champ caché"),
    ],
)
def test_what_has_to_be_mended_is_said_and_the_text_stays(receiver: Running, changed: dict[str, str], said: str) -> None:
    before = receiver.kept()
    page = receiver.send(receiver.ask(FILLED), **changed)
    assert page.status_code == 422
    assert said in page.text
    assert "À revoir" in page.text
    assert fields_of(page.text)["before"] == FILLED["before"]
    assert receiver.kept() == before


def test_boxes_that_are_not_ticked_agree_to_nothing(receiver: Running) -> None:
    page = receiver.ask({name: value for name, value in FILLED.items() if name not in {"publish", "count"}} | {"publish": "non"})
    kept = receiver.sent(page)
    assert (kept["publish"], kept["count"]) == ("", "")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://voleur.example"},
        {"Origin": "https://carnet.example.voleur.example"},
        {"Origin": "http://carnet.example"},
        FROM_BLOG | {"Sec-Fetch-Site": "none"},
        FROM_BLOG | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "empty"},
        FROM_BLOG | {"Sec-Fetch-Dest": "iframe"},
        FROM_RECEIVER | {"Origin": "https://temoins.example:8443"},
    ],
)
def test_a_form_of_another_page_is_refused(receiver: Running, headers: dict[str, str]) -> None:
    before = receiver.kept()
    answer = receiver.ask(FILLED, headers)
    assert answer.status_code == 403
    assert is_plain_refusal(answer, receiver, before)


@pytest.mark.parametrize("headers", [{}, FROM_BLOG, FROM_BLOG | {"Sec-Fetch-Site": "same-origin"}, FROM_RECEIVER | {"Sec-Fetch-Site": "same-site"}])
def test_what_was_not_confirmed_on_our_own_page_is_refused(receiver: Running, headers: dict[str, str]) -> None:
    before = receiver.kept()
    answer = receiver.send(receiver.ask(FILLED), headers)
    assert answer.status_code == 403
    assert is_plain_refusal(answer, receiver, before)


def test_two_origins_are_none(receiver: Running) -> None:
    headers = [("Origin", "https://carnet.example"), ("Origin", "https://carnet.example"), ("Content-Type", FORM)]
    assert receiver.client.post(receiver.address, content=encoded(), headers=headers).status_code == 403


def forged(seal: str) -> Iterator[str]:
    moment, name, mac = seal.split(".")
    yield from (
        "",
        "x",
        seal[:-1],
        f"{int(moment) + 1}.{name}.{mac}",
        f"{moment}.{'0' * 16}.{mac}",
        f"{moment}.{name}.{'0' * 64}",
        f"{seal}\n",
        seal.upper(),
        "9" * 20_000,
    )


def test_a_forged_time_is_refused_and_the_text_stays(receiver: Running) -> None:
    before, page = receiver.kept(), receiver.ask(FILLED)
    for seal in forged(fields_of(page.text)["seal"]):
        answer = receiver.send(page, seal=seal)
        assert answer.status_code == 403, seal
        assert fields_of(answer.text)["answer"] == FILLED["answer"]
    assert receiver.kept() == before


@pytest.mark.parametrize(("rules", "said"), [({"soonest": 30.0}, "un peu vite"), ({"latest": -1.0}, "ouverte depuis trop longtemps")])
def test_too_soon_or_too_late_is_refused_and_the_text_stays(tmp_path: Path, rules: dict[str, float], said: str) -> None:
    with running(tmp_path / "recu.sqlite", **rules) as strict:
        answer = strict.send(strict.ask(FILLED))
        assert (answer.status_code, strict.kept()) == (403, {})
        assert said in answer.text
        assert fields_of(answer.text)["answer"] == FILLED["answer"]


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (encoded(), "multipart/form-data; boundary=x", 415),
        (encoded(), "application/json", 415),
        (encoded(), "", 415),
        (encoded(), f"{FORM}; charset=utf-16", 415),
        (encoded(token="zzz"), FORM, 400),
        (encoded(token=""), FORM, 400),
        (b"", FORM, 400),
        (encoded() + b"&answer=deux", FORM, 400),
        (encoded() + b"&name=%ff%fe", FORM, 400),
        (encoded() + "&autre=é".encode(), FORM, 400),
        (b"&".join([encoded(), *(b"x%d=1" % number for number in range(40))]), FORM, 400),
        (b"\x00\x01\x02" * 100, FORM, 400),
    ],
)
def test_what_is_no_form_of_a_browser_is_refused(receiver: Running, raw: bytes, kind: str, status: int) -> None:
    before = receiver.kept()
    answer = post(receiver, raw, Content_Type=kind)
    assert answer.status_code == status
    assert is_plain_refusal(answer, receiver, before)


def test_hidden_signs_are_gone_before_an_answer_is_read_again(receiver: Running) -> None:
    page = receiver.ask(FILLED | {"answer": "Un\u202e gain\x00 de\u2066 temps\x1b[31m\ufeff", "name": "A\u202enne\r\nBcc: x"})
    kept = receiver.sent(page)
    assert (kept["answer"], kept["name"]) == ("Un gain de temps[31m", "Anne Bcc: x")


def test_ten_megabytes_are_refused_at_once_and_without_a_length_as_soon_as_they_are_too_many(receiver: Running) -> None:
    memory = receiver.memory()
    for body in (b"answer=" + b"x" * 10_000_000, iter([b"answer=", *[b"x" * 100_000] * 100])):
        answer = receiver.client.post(receiver.address, content=body, headers=FROM_BLOG | {"Content-Type": FORM})
        assert answer.status_code == 413
        assert "C’est trop long" in answer.text
    assert receiver.memory() < memory + 5_000


def test_whoever_sends_slowly_holds_up_nobody_else(tmp_path: Path) -> None:
    with running(tmp_path / "recu.sqlite", at_once_each=3, at_once=6) as strict, contextlib.ExitStack() as opened:
        slow = FROM_BLOG | {"X-Forwarded-For": "198.51.100.1", "Content-Type": FORM, "Content-Length": "5000"}
        parts = urllib.parse.urlsplit(strict.address)
        for _ in range(5):
            connection = opened.enter_context(socket.create_connection((parts.hostname, parts.port), timeout=30))
            head = "".join(f"{name}: {value}\r\n" for name, value in slow.items())
            connection.sendall(f"POST {parts.path} HTTP/1.1\r\nHost: temoins.example\r\n{head}\r\nanswer=".encode())
        refused = strict.ask(FILLED, FROM_BLOG | {"X-Forwarded-For": "198.51.100.1"})
        assert refused.status_code == 429
        assert "Beaucoup d’envois arrivent à la fois" in refused.text
        assert strict.ask(FILLED, FROM_BLOG | {"X-Forwarded-For": "198.51.100.2"}).status_code == 200


def test_a_body_that_never_ends_is_given_up_and_others_are_served_meanwhile(receiver: Running) -> None:
    parts = urllib.parse.urlsplit(receiver.address)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: temoins.example\r\nOrigin: https://carnet.example\r\nContent-Type: {FORM}\r\nContent-Length: 5000\r\n\r\n"
    slow = [socket.create_connection((parts.hostname, parts.port), timeout=30) for _ in range(20)]
    for connection in slow:
        connection.sendall(head.encode() + b"answer=")
    start = time.monotonic()
    assert reference(receiver.send(receiver.ask(FILLED)))
    assert time.monotonic() - start < 20
    for connection in slow:
        with connection:
            assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "envoyer", 405), ("PUT", "", 405), ("GET", "autre", 404), ("GET", "../../etc/passwd", 404), ("OPTIONS", "", 405)]
)
def test_there_is_nothing_else(receiver: Running, method: str, path: str, status: int) -> None:
    answer = receiver.client.request(method, receiver.address + path)
    assert answer.status_code == status
    assert "Il n’y a rien ici" in answer.text


def test_whoever_sends_too_often_is_told_to_wait_with_the_text_on_the_page_and_others_are_not(tmp_path: Path) -> None:
    with running(tmp_path / "recu.sqlite", per_machine=4, in_all=9, window=60.0) as strict:
        answers = [
            strict.ask(FILLED, FROM_BLOG | {"X-Forwarded-For": f"203.0.113.9, {machine}"})
            for machine in ["198.51.100.1"] * 6 + ["2001:db8::1"] * 2 + ["2001:db8::2"] * 3
        ]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2 + [200] * 4 + [429]
        other = strict.ask(FILLED, FROM_BLOG | {"X-Forwarded-For": "198.51.100.7"})
        assert other.status_code == 200
        refused = strict.send(other, FROM_RECEIVER | {"X-Forwarded-For": "198.51.100.8"})
        assert (refused.status_code, strict.kept()) == (429, {})
        assert 0 < int(refused.headers["Retry-After"]) <= 60
        assert "envoyez-le dans 1\u00a0minute" in refused.text
        assert fields_of(refused.text)["answer"] == FILLED["answer"]


def test_a_full_database_says_so_keeps_the_text_and_takes_more_once_it_is_emptied(tmp_path: Path) -> None:
    with running(tmp_path / "recu.sqlite", room=100_000) as small:
        long = FILLED | {"answer": "Long. " * 400}
        pages = [small.send(small.ask(long)) for _ in range(60)]
        full = pages[-1]
        assert full.status_code == 503
        assert "il n’y a plus de place dans la base" in full.text
        assert fields_of(full.text)["answer"] == long["answer"].strip()
        said = {reference(page) for page in pages} - {""}
        assert said == set(small.kept())
        assert small.file.stat().st_size <= 100_000
        erased = small.client.delete(f"{small.address}reponses", params={"id": sorted(said)}, headers={"Authorization": f"Bearer {'jeton-' + 'x' * 40}"})
        assert erased.json() == {"erased": len(said)}
        assert b"Long. Long." not in small.file.read_bytes()
        assert reference(small.send(small.ask(long)))
