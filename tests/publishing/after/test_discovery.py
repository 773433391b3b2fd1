"""Where a page takes webmentions is found as the specification says, on a real server (the cases that webmention.rocks tries, written anew)."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest
from plancher.publishing.after import discovery
from plancher.web.answer import Answer
from plancher.web.client import Web

from tests.publishing.after.blog import OPEN
from tests.publishing.after.village import Page, Village

HERE = "http://127.0.0.2:{port}"
LINK = '<link rel="webmention" href="/oui">'
ANCHOR = '<a rel="webmention" href="/oui">ici</a>'
CASES: dict[str, tuple[Page, str | None]] = {
    "1 a header, unquoted, relative": (Page(headers=(("Link", "</oui>; rel=webmention"),)), "/oui"),
    "2 a header, unquoted, whole": (Page(headers=(("Link", f"<{HERE}/oui>; rel=webmention"),)), "/oui"),
    "3 a link element, relative": (Page(f"<head>{LINK}</head>"), "/oui"),
    "4 a link element, whole": (Page(f'<link rel="webmention" href="{HERE}/oui">'), "/oui"),
    "5 an anchor, relative": (Page(ANCHOR), "/oui"),
    "6 an anchor, whole": (Page(f'<a rel="webmention" href="{HERE}/oui">ici</a>'), "/oui"),
    "7 a header in any case": (Page(headers=(("LinK", "</oui>; rel=webmention"),)), "/oui"),
    "8 a header, quoted": (Page(headers=(("Link", '</oui>; rel="webmention"'),)), "/oui"),
    "9 a link element with several relations": (Page('<link rel="autre webmention encore" href="/oui">'), "/oui"),
    "10 a header with several relations": (Page(headers=(("Link", '</oui>; rel="autre webmention encore"'),)), "/oui"),
    "11 a header goes before elements": (
        Page('<link rel="webmention" href="/non"><a rel="webmention" href="/non2">x</a>', headers=(("Link", "</oui>; rel=webmention"),)),
        "/oui",
    ),
    "12 no relation that only holds the word": (Page(f'<link rel="not-webmention" href="/non">{LINK}'), "/oui"),
    "13 nothing in a comment": (Page(f'<!-- <a rel="webmention" href="/non">x</a> -->{ANCHOR}'), "/oui"),
    "14 nothing in escaped text": (Page(f'<code>&lt;a href="/non" rel="webmention"&gt;</code>{ANCHOR}'), "/oui"),
    "15 an empty address is the page itself": (Page('<link rel="webmention" href="">'), "/cas"),
    "16 an anchor before a link element": (Page('<a rel="webmention" href="/oui">x</a><link rel="webmention" href="/non">'), "/oui"),
    "17 a link element before an anchor": (Page(f'{LINK}<a rel="webmention" href="/non">x</a>'), "/oui"),
    "18 several headers": (Page(headers=(("Link", "</non>; rel=other"), ("Link", "</oui>; rel=webmention"))), "/oui"),
    "19 one header with several values": (Page(headers=(("Link", '</non>; rel="other"; title="a, b", </oui>; rel="webmention"'),)), "/oui"),
    "20 an element without an address": (Page(f'<link rel="webmention">{ANCHOR}'), "/oui"),
    "21 a query is kept": (Page('<link rel="webmention" href="/oui?a=1&amp;b=2">'), "/oui?a=1&b=2"),
    "22 relative to the folder": (Page('<link rel="webmention" href="cas/oui">'), "/cas/oui"),
    "a relation in capitals": (Page('<LINK REL="WebMention" HREF="/oui">'), "/oui"),
    "a header in capitals": (Page(headers=(("Link", '</oui>; REL="WEBMENTION"'),)), "/oui"),
    "a header with the relation after others": (Page(headers=(("Link", '</oui> ; title="\\"x\\"; rel=other" ; rel=webmention'),)), "/oui"),
    "a header that speaks of another page": (Page(LINK, headers=(("Link", '</non>; anchor="/ailleurs"; rel=webmention'),)), "/oui"),
    "a relation given twice in a header: the first counts": (Page(LINK, headers=(("Link", "</non>; rel=other; rel=webmention"),)), "/oui"),
    "a query of a header": (Page(headers=(("Link", "</oui?a=1&b=2>; rel=webmention"),)), "/oui?a=1&b=2"),
    "an empty address in a header": (Page(headers=(("Link", "<>; rel=webmention"),)), "/cas"),
    "nothing in a script": (Page(f"<script>'<a rel=webmention href=/non>'</script>{ANCHOR}"), "/oui"),
    "nothing in a template": (Page(f'<template><a rel="webmention" href="/non">x</a></template>{ANCHOR}'), "/oui"),
    "nothing in a title": (Page(f'<title><a rel="webmention" href="/non"></title>{ANCHOR}'), "/oui"),
    "nothing in a field": (Page(f'<textarea><textarea><a rel="webmention" href="/non"></textarea>{ANCHOR}'), "/oui"),
    "no other element": (Page(f'<area rel="webmention" href="/non"><form rel="webmention" action="/non"></form>{ANCHOR}'), "/oui"),
    "from where the page says it stands": (Page('<base href="/dossier/"><link rel="webmention" href="oui">'), "/dossier/oui"),
    "an address with spaces around it": (Page('<link rel="webmention" href=" /oui ">'), "/oui"),
    "an attribute given twice: the first counts": (Page('<link rel="webmention" href="/oui" href="/non">'), "/oui"),
    "a page that is no HTML has headers alone": (Page(LINK, kind="text/plain"), None),
    "another page of no HTML": (Page(headers=(("Link", "</oui>; rel=webmention"),), kind="application/pdf"), "/oui"),
    "a page that says nothing": (Page("<p>Bonjour</p>"), None),
}


def found(village: Village, path: str) -> str | None:
    async def ask() -> str | None:
        async with Web(OPEN) as web:
            return discovery.endpoint(await web.ask("GET", village.url(path), read=True))

    return asyncio.run(ask())


@pytest.mark.parametrize("name", CASES)
def test_the_receiver_of_a_page_is_found(village: Village, name: str) -> None:
    village.pages["/cas"], expected = CASES[name]
    assert found(village, "/cas") == (expected and village.url(expected))


@pytest.mark.parametrize("page", [Page(headers=(("Link", "<" * 40_000),)), Page("<!--" * 60_000)], ids=["header", "page"])
def test_a_stranger_holds_no_publication_up_by_what_never_ends(village: Village, page: Page) -> None:
    village.pages["/cas"] = page
    began = time.process_time()
    assert found(village, "/cas") is None
    assert time.process_time() - began < 2


def test_23_behind_a_redirection_addresses_are_read_from_where_the_page_stands(village: Village) -> None:
    village.pages["/vers"] = Page(status=302, headers=(("Location", "/loin/page"),))
    village.pages["/loin/page"] = Page('<link rel="webmention" href="oui">')
    assert found(village, "/vers") == village.url("/loin/oui")


@pytest.mark.parametrize("typed", ["mailto:a@exemple.fr", "javascript:alert(1)", "ftp://exemple.fr/", "http://[", "https://"])
def test_what_is_no_address_of_the_web_is_told_apart_from_nothing(village: Village, typed: str) -> None:
    village.pages["/cas"] = Page(f'<link rel="webmention" href="{typed}">')
    assert found(village, "/cas") == ""


ENDLESS = {"comments": "<!--" * 50_000, "declarations": "<!" * 100_000, "ends": "</" * 100_000, "titles": "<title>" * 30_000}
HEADERS = {"opened": "<" * 60_000, "quoted": "<x>" + ';a="' * 15_000, "parameters": "<x>" + "; a " * 15_000, "escaped": '<x>;a="' + "\\a" * 30_000}


def quickly_nothing(**more: object) -> bool:
    began = time.process_time()
    answer = Answer(**{"status": 200, "url": "https://pirate.example/", "moved": "", **more})
    return discovery.endpoint(answer) is None and time.process_time() - began < 10


@pytest.mark.parametrize("name", ENDLESS)
def test_a_page_that_is_made_to_be_read_for_hours_is_read_in_seconds(name: str) -> None:
    assert quickly_nothing(headers=httpx.Headers({"content-type": "text/html"}), body=f"webmention {ENDLESS[name]}".encode())


@pytest.mark.parametrize("name", HEADERS)
def test_such_a_header_too(name: str) -> None:
    assert quickly_nothing(headers=httpx.Headers({"link": HEADERS[name]}))
