"""What each host is told of former addresses, within what it reads, and what the owner is told of the rest."""

from __future__ import annotations

import pytest
from plancher.outputs.discovery.hosts import netlify

from tests.build.small import Small
from tests.outputs.redirections.test_servers import SITE, former

TO = "→ /2008/10/un/"
MANY = former(
    *(f"/post/2008/10/{number:05d}/un-billet-au-titre-plutot-long {TO}" for number in range(3000)),
    *(f"/feed/{number}/ → /feeds/atom.xml" for number in range(50)),
    *(f"/{number}/* {TO}" for number in range(120)),
    *(f"/?p={number} {TO}" for number in range(20)),
    site=SITE,
).redirects


def lines(host: str, own: str = "") -> list[str]:
    return netlify.redirects(MANY, "", own, host=host).splitlines()


@pytest.mark.parametrize(
    ("host", "most", "starred", "size"), [("gitlab", 1000, 100, 65_536), ("codeberg", 1000, 100, 65_536), ("cloudflare", 2100, 100, 10**9)]
)
def test_a_host_gets_no_more_than_it_reads(host: str, most: int, starred: int, size: int) -> None:
    for own in ("", "/a /b 301\n" * 300, f"/{'x' * 900} /b 301\n" * 60):
        told = lines(host, own)
        assert len(told) + len(own.splitlines()) <= most
        assert sum("*" in line for line in told) <= starred
        assert sum(len(line.encode()) + 1 for line in told) + len(own) <= size


@pytest.mark.parametrize("host", ["gitlab", "codeberg", "cloudflare", ""])
def test_what_no_page_can_stand_for_comes_before_the_rest(host: str) -> None:
    assert sum("/feeds/atom.xml" in line for line in lines(host)) == 50


@pytest.mark.parametrize("host", ["gitlab", "codeberg", "cloudflare"])
def test_a_host_that_knows_no_queries_gets_lines_of_three_words(host: str) -> None:
    """To the server of Codeberg, a line of four words for « / » would send its home page elsewhere."""
    assert {len(line.split()) for line in lines(host)} == {3}
    assert {line.split()[2] for line in lines(host)} == {"301"}


def test_netlify_follows_queries_and_github_reads_nothing() -> None:
    assert sum(line.endswith(" 301!") for line in lines("netlify")) == 20
    assert lines("github") == []


PAST = f"/vieux {TO}\n/?p=1 {TO}\n/feed/ → /feeds/atom.xml\n".replace("2008/10", "2024/05")


def checked(small: Small) -> str:
    return small.build(task=False, extra={"PLANCHER_READING": {"mode": "check"}}).said


def test_an_owner_is_told_which_former_addresses_his_host_cannot_lead_on(small: Small) -> None:
    small.write("content/redirections.txt", PAST)
    small.set(PLANCHER_HOSTING='{"host": "github"}')
    assert "PDV173" not in small.build().said
    said = checked(small)
    assert "content/redirections.txt:2: PDV173 GitHub ne peut pas mener ailleurs 2 anciennes adresses (« /?p=1 », « /feed/ »)" in said.replace("\u00a0", " ")
    assert "vieux/index.html" in small.files
    assert not {".htaccess", "_headers"} & small.files.keys()
    assert small.files["_redirects"] == b""
    small.set(PLANCHER_HOSTING='{"host": "gitlab"}')
    assert "PDV173 GitLab ne peut pas mener ailleurs 1 ancienne adresse (« /?p=1 »)" in checked(small).replace("\u00a0", " ")
    small.build()
    assert small.files["_redirects"].decode().splitlines()[-2:] == ["/feed/ /feeds/atom.xml 301", "/vieux /2024/05/un/ 301"]


@pytest.mark.parametrize("host", ["github", "nginx", "apache"])
def test_a_former_address_that_is_a_page_of_today_is_told_whoever_hosts_the_site(small: Small, host: str) -> None:
    small.write("content/redirections.txt", "/2024/05/deux/ → /2024/05/un/\n")
    small.set(PLANCHER_HOSTING=f'{{"host": "{host}"}}')
    assert "PDV141" in small.build().said


def test_what_is_too_much_has_a_page_and_the_owner_knows(small: Small) -> None:
    small.write("content/redirections.txt", "".join(f"/vieux/{number} → /2024/05/un/\n" for number in range(905)))
    small.set(PLANCHER_HOSTING='{"host": "gitlab"}')
    assert "PDV174 GitLab ne lit pas plus de redirections" in checked(small)
    small.build()
    assert "vieux/904/index.html" in small.files


@pytest.mark.parametrize("host", ["github", "gitlab", "codeberg"])
def test_a_promise_that_the_host_cannot_pass_on_is_told(small: Small, host: str) -> None:
    small.set(PLANCHER_HOSTING=f'{{"host": "{host}", "hsts_days": 365}}')
    assert "PDV176" in small.build().said
    assert b'http-equiv="Content-Security-Policy"' in small.files["index.html"]


def test_the_address_says_the_host_where_the_host_gave_it(small: Small) -> None:
    assert b'http-equiv="Content-Security-Policy"' not in small.files["index.html"]
    small.set(IDENTITY='__import__("dataclasses").replace(IDENTITY, address="https://nom.github.io/blog")', SITEURL='"https://nom.github.io/blog"')
    small.build()
    assert b'http-equiv="Content-Security-Policy"' in small.files["index.html"]


def test_rules_that_cloudflare_would_not_read_are_told(small: Small) -> None:
    small.set(PLANCHER_HOSTING='{"host": "cloudflare"}')
    assert "PDV175" not in small.build().said
    small.write("content/racine/_headers", "".join(f"/un{number}\n  X-Essai: un\n" for number in range(90)))
    assert "content/racine/_headers:1: PDV175" in small.build().said
