"""What a reader with a browser lives: one page of each kind of the tests' blog, in Chromium; and a pass over the texts of this repository."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import re
import threading
import urllib.parse

import pytest

from tests.conftest import served, tool
from tests.settings import identity

PAGES = {
    "accueil": "/",
    "billet": "/2024/02/dix-mille-clics/",
    "bilan": "/2025/01/bilan-d-une-annee/",
    "revue": "/2024/04/revue-du-printemps/",
    "vidéo": "/2025/03/film-du-carnet/",
    "vidéo ailleurs": "/2024/06/causerie-ailleurs/",
    "vidéos": "/videos/",
    "vidéos disparues": "/videos/disparues/",
    "liens": "/liens/",
    "état des liens": "/liens/etat/",
    "liens d'un site": "/liens/domaine/exemple.fr/",
    "disparue": "/2023/11/film-perdu/",
    "texte": "/2025/05/tout-le-markdown/",
    "en anglais": "/2025/06/counting-in-english-en/",
    "archives": "/archives/",
    "année": "/archives/2024/",
    "mots-clés": "/tags/",
    "mot-clé": "/tag/PME/",
    "mots d'une année": "/tags/2025/",
    "deux mots-clés": "/tag/organisation/et/PME/",
    "catégories": "/categories/",
    "catégorie": "/categorie/essais/",
    "catégorie décrite": "/categorie/mode-d-emploi/",
    "auteur": "/auteur/ada-exemple/",
    "série": "/serie/l-atelier-en-ordre/",
    "volet d'une série": "/2024/09/registre-des-fichiers/",
    "abonnement": "/abonnement/",
    "guide": "/guide/",
    "page": "/a-propos/",
    "preuves": "/preuves/",
    "preuves d'une nature": "/preuves/nature/temps/",
    "promesses en attente": "/preuves/en-attente/",
    "recherche": "/recherche/",
    "recherche d'un mot": "/recherche/?q=carnet",
    "introuvable": "/404.html",
}
WIDTHS = [320, 1280]
MOST = 40
"""Texts of this repository that the browser looks at, the newest: an owner may have thousands."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(windows, server):
    """Open a page; what it asks of other hosts is refused and remembered."""
    opened = contextlib.ExitStack()

    def open_page(path: str, *, width: int = 1280, scheme: str = "light", **options):
        context = opened.enter_context(windows.window(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR", **options))
        page = context.new_page()
        page.elsewhere, page.errors = [], []

        def route(handler) -> None:
            if handler.request.url.startswith(server):
                handler.continue_()
            else:
                page.elsewhere.append(handler.request.url)
                handler.abort()

        context.route("**/*", route)
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(server + path)
        return page

    with opened:
        yield open_page


@contextlib.contextmanager
def one_tab(windows, server, **options):
    """For pages that are looked at and not touched, one after the other: Chromium has compiled what looks at them."""
    with windows.window(viewport={"width": 1280, "height": 800}, locale="fr-FR", **options) as context:
        context.route("**/*", lambda handler: handler.continue_() if handler.request.url.startswith(server) else handler.abort())
        yield context.new_page()


@pytest.fixture(scope="module")
def tab(windows, server):
    with one_tab(windows, server, bypass_csp=True) as page:
        yield page


@pytest.fixture(scope="module")
def tabs(windows, server):
    """One with scripts, one without."""
    with one_tab(windows, server) as with_scripts, one_tab(windows, server, java_script_enabled=False) as without:
        yield with_scripts, without


def axe(page) -> list[tuple[str, list[object]]]:
    """The rules that a page breaks, and where."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations'], runOnly: {{type: 'tag', values: {json.dumps(RULES)}}}}})")
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found["violations"]]


@functools.cache
def _axe() -> str:
    return (tool("axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing(tab, server, kind: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(server + PAGES[kind])
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert (scheme, axe(tab)) == (scheme, [])


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_asks_nothing_of_others_stores_nothing_and_never_scrolls_sideways(visit, kind: str) -> None:
    page = visit(PAGES[kind], width=320)
    assert page.elsewhere == []
    assert page.errors == []
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_no_page_of_the_site_asks_anything_of_another_host(visit, built, server) -> None:
    page = visit("/")
    for path in sorted(built.output.rglob("*.html")):
        page.goto(f"{server}/{urllib.parse.quote(path.relative_to(built.output).as_posix())}")
    assert page.elsewhere == []


def test_the_texts_of_this_repository_have_no_fault_either(chromium, ours) -> None:
    """Whatever they are, in one pass: the pages around them are those of any blog, and are looked at above."""
    pages = [path.parent.relative_to(ours.output).as_posix() for path in sorted(ours.output.rglob("index.html")) if '<article class="post' in path.read_text()]
    newest = [".", *sorted(pages, reverse=True)[:MOST]]
    with served(ours) as server:
        context = chromium.new_context(viewport={"width": 320, "height": 800}, locale="fr-FR", bypass_csp=True)
        page, elsewhere = context.new_page(), []
        page.on("request", lambda request: request.url.startswith(server) or elsewhere.append(request.url))
        for name in newest:
            page.goto(f"{server}/" if name == "." else f"{server}/{urllib.parse.quote(name)}/")
            assert (name, axe(page)) == (name, [])
            assert (name, page.evaluate("document.scrollingElement.scrollWidth")) <= (name, 320)
        context.close()
    assert elsewhere == []


@pytest.mark.parametrize("kind", PAGES)
def test_all_words_are_there_without_javascript_and_no_button_is_dead(tabs, server, kind: str) -> None:
    # The only words a script adds are those of buttons.
    count = "(document.querySelectorAll('button').forEach(button => button.remove()), document.querySelector('main').innerText.split(/\\s+/).length)"
    with_scripts, without = tabs
    for page in tabs:
        page.goto(server + PAGES[kind])
    heads = with_scripts.evaluate("document.querySelectorAll('main th button').length")  # the words of these were there
    assert without.locator("button:visible").count() == 0
    assert without.evaluate(count) >= with_scripts.evaluate(count)
    assert heads == 0 or kind in {"mots-clés", "mots d'une année"}


def test_the_page_does_not_jump_while_it_loads(visit) -> None:
    for path in PAGES.values():
        page = visit(path)
        moved = page.evaluate(
            "new Promise(done => { const moved = []; new PerformanceObserver(list => { for (const e of list.getEntries()) moved.push([e.value, ...e.sources.map("
            "s => `${s.node?.nodeName} ${s.node?.className ?? s.node?.textContent} ${s.previousRect.y} → ${s.currentRect.y}`)]) })"
            ".observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(moved), 150) })"
        )
        assert moved == [], path


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_the_masthead_keeps_its_place_while_its_words_arrive(visit, width: int) -> None:
    """A slow line may stop in the middle of a button: what is shown by then must not move."""
    page = visit("/tag/PME/", width=width)
    place = "['.masthead-motto', '.masthead-nav', 'main'].map(e => document.querySelector(e).getBoundingClientRect().y)"
    whole, button = page.evaluate(place), page.locator(".theme-switch").bounding_box()
    page.evaluate("document.querySelector('.theme-switch').textContent = ''")
    assert page.evaluate(place) == whole
    assert page.locator(".theme-switch").bounding_box() == button
    page.evaluate("document.querySelector('.theme-switch').remove()")
    assert page.evaluate(place)[:2] == whole[:2]


def test_the_skip_link_comes_first_shows_and_works(visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Aller au contenu"
    assert page.locator(".skip-link").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_stop_of_the_keyboard_is_visible(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/")
    stops = page.locator("a[href], button, summary").locator("visible=true").count()  # not what is folded
    assert stops > 20
    for _ in range(stops):
        page.keyboard.press("Tab")
        style = page.evaluate("(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + ' ' + s.outlineWidth })()")
        assert style == "solid 3px"


def test_the_chosen_theme_is_kept_and_never_flashes(visit) -> None:
    page = visit("/")
    switch = page.get_by_role("button", name="Thème sombre")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(page.url + "archives/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper


def test_a_chosen_theme_can_be_given_back_to_the_system(visit) -> None:
    page = visit("/", scheme="dark")
    automatic = page.get_by_role("button", name="Thème automatique")
    assert automatic.count() == 0, "nothing was chosen"
    page.get_by_role("button", name="Thème sombre").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.reload()
    automatic.click()
    assert page.evaluate("document.documentElement.dataset.theme ?? localStorage.getItem('theme')") is None
    assert page.evaluate("document.activeElement.className") == "theme-switch"
    assert page.get_by_role("button", name="Thème sombre").get_attribute("aria-pressed") == "true"
    assert automatic.count() == 0


def test_the_main_menu_is_on_one_line_where_there_is_room(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/", width=1280)
    assert len({link.bounding_box()["y"] for link in page.locator(".masthead-nav a").all()}) == 1
    page.set_viewport_size({"width": 320, "height": 800})
    assert len({link.bounding_box()["y"] for link in page.locator(".masthead-nav a").all()}) == 2


def test_the_table_of_words_is_sorted_from_the_keyboard(visit) -> None:
    page = visit("/tags/")
    first = page.locator(".word-table tbody th").first
    assert first.inner_text() == "accessibilité"
    head = page.get_by_role("button", name="Billets")
    head.focus()
    page.keyboard.press("Enter")
    assert first.inner_text() == "PME"
    assert page.get_by_role("columnheader", name="Billets").get_attribute("aria-sort") == "descending"
    assert page.locator("[aria-sort]").count() == 1
    page.keyboard.press("Space")
    assert page.locator(".word-table tbody td").first.inner_text() == "1"
    page.get_by_role("button", name="Premier billet").click()
    months = page.locator(".word-table tbody tr td:nth-of-type(3) time").evaluate_all("found => found.map(time => time.dateTime)")
    assert months == sorted(months, reverse=True)


def test_every_word_of_the_cloud_can_be_reached_and_hit(visit) -> None:
    page = visit("/tags/", width=320)
    for link in page.locator(".cloud a").all():
        box = link.bounding_box()
        assert min(box["height"], box["width"]) >= 24
    page.locator(".cloud a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tag/accessibilit%C3%A9/")


def test_a_former_address_of_a_tag_leads_to_the_tag(visit) -> None:
    page = visit("/tag/GDPR/")
    page.wait_for_url("**/tag/RGPD/")


def test_a_reader_can_copy_the_address_of_a_feed(visit) -> None:
    page = visit("/abonnement/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier l’adresse : Tous les billets (Atom)").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{identity.SITEURL}/feeds/atom.xml"


def test_code_is_copied_by_keyboard_as_it_was_typed_and_said_to_be(visit) -> None:
    page = visit(PAGES["texte"], permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copier le code").first
    typed = page.locator("pre > code").first.text_content()
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copié").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == typed.removesuffix("\n")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "PRE"  # and the arrows scroll it
    page.get_by_role("button", name="Copier le code").first.wait_for()


def test_a_long_line_of_code_scrolls_on_a_screen_and_is_cut_on_paper(visit) -> None:
    page = visit(PAGES["texte"], width=320)
    page.evaluate("document.querySelector('pre > code').textContent = 'mot '.repeat(90)")
    widths = "(box => [box.scrollWidth, box.clientWidth])(document.querySelector('pre'))"
    inside, seen = page.evaluate(widths)
    assert inside > 2 * seen
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.emulate_media(media="print")
    inside, seen = page.evaluate(widths)
    assert inside <= seen
    assert not page.get_by_role("button", name="Copier le code").first.is_visible()


def test_code_has_neither_a_button_nor_room_for_one_without_scripts(visit) -> None:
    page = visit(PAGES["texte"], java_script_enabled=False)
    assert page.locator("pre").count() > 0
    assert page.locator(".code-frame").count() == 0
    assert page.locator("pre").first.evaluate("box => parseFloat(getComputedStyle(box).paddingTop)") < 25


ELSEWHERE = "/2024/06/causerie-ailleurs/"


def test_one_click_asks_exactly_the_host_that_was_named(visit) -> None:
    page = visit(ELSEWHERE)
    assert page.elsewhere == []
    button = page.get_by_role("button", name="Lire ici (contacte embed.ted.com)")
    button.focus()
    page.keyboard.press("Enter")
    frame = page.locator("talk-player iframe")
    assert frame.get_attribute("title") == "Vidéo\u00a0: An invented talk (TED)"
    assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    assert "allow-scripts" in frame.get_attribute("sandbox")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.wait_for_timeout(200)
    assert {address.split("/")[2] for address in page.elsewhere} == {"embed.ted.com"}
    assert page.evaluate("Object.keys(localStorage)") == []


def test_to_always_play_is_a_choice_of_its_own_that_lasts_six_months_and_is_taken_back_there(visit) -> None:
    page = visit(ELSEWHERE)
    page.get_by_role("button", name="Lire ici").click()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="Toujours lire TED ici").click()
    until = page.evaluate("Number(localStorage.getItem('video:TED')) - Date.now()")
    assert 180 * 864e5 < until <= 183 * 864e5
    page.reload()
    assert page.locator("talk-player iframe").count() == 1
    assert "autoplay=1" not in page.locator("talk-player iframe").get_attribute("src")
    page.get_by_role("button", name="Ne plus toujours lire TED ici").click()
    page.reload()
    assert page.locator("talk-player iframe").count() == 0
    page.evaluate("localStorage.setItem('video:TED', 1)")  # long past
    page.reload()
    assert page.locator("talk-player iframe").count() == 0
    assert page.evaluate("Object.keys(localStorage)") == []


def test_all_talks_of_a_platform_tell_the_same_choice(visit) -> None:
    page = visit(ELSEWHERE)
    page.evaluate(
        """async () => {
          const page = new DOMParser().parseFromString(await (await fetch(location)).text(), "text/html");
          document.querySelector(".talk").after(document.adoptNode(page.querySelector(".talk")));
        }"""
    )
    for _ in range(2):
        page.get_by_role("button", name="Lire ici").first.click()
    page.get_by_role("button", name="Toujours lire TED ici").first.click()
    assert page.get_by_role("button", name="Ne plus toujours lire TED ici").count() == 2


def test_a_talk_elsewhere_is_a_link_without_scripts(visit) -> None:
    page = visit(ELSEWHERE, java_script_enabled=False)
    assert page.get_by_role("link", name="Voir la vidéo sur TED").get_attribute("href") == "https://www.ted.com/talks/ada_exemple_an_invented_talk"


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_a_talk_keeps_its_place_while_its_script_arrives(visit, width: int) -> None:
    page = visit(ELSEWHERE, width=width)
    height = page.locator("talk-player").bounding_box()["height"]
    before = visit(ELSEWHERE, width=width, java_script_enabled=False)
    before.evaluate("document.documentElement.dataset.js = ''")  # what the head of a page does first of all
    assert abs(before.locator("talk-player").bounding_box()["height"] - height) <= 1
    page.get_by_role("button", name="Lire ici").click()
    assert abs(page.locator("talk-player").bounding_box()["height"] - height) <= 1


def test_no_policy_is_broken_before_or_after_a_click(built, chromium) -> None:
    """The headers that a host is told to send, on a real server."""
    policy = re.search(r"Content-Security-Policy: (.*)", built.text("_headers"))[1]

    class Strict(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    handler = functools.partial(Strict, directory=str(built.output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        page = chromium.new_page()
        page.add_init_script("addEventListener('securitypolicyviolation', e => (window.broken = [...(window.broken || []), e.violatedDirective]))")
        page.route("https://embed.ted.com/**", lambda route: route.fulfill(body="un film", content_type="text/html"))
        for path in PAGES.values():
            page.goto(f"http://127.0.0.1:{httpd.server_port}{path}")
            for button in page.locator("talk-player > button").all():
                button.click()
                page.wait_for_timeout(100)
            assert page.evaluate("window.broken || []") == [], path
        page.close()
        httpd.shutdown()


def test_a_film_kept_here_plays_with_captions_and_loads_nothing_before(visit) -> None:
    page = visit("/2025/03/film-du-carnet/")
    video = page.locator("video")
    assert video.evaluate("v => v.preload + ' ' + v.autoplay + ' ' + v.controls") == "none false true"
    assert video.evaluate("v => v.textTracks[0].kind + ' ' + v.textTracks[0].language") == "captions fr"


def test_a_moment_of_the_transcript_moves_the_film_of_the_page(visit) -> None:
    page = visit("/2025/03/film-du-carnet/")
    page.evaluate("document.querySelector('video').play = () => Promise.resolve()")
    page.locator("talk-words .talk-time").last.click()
    assert page.url.endswith("/film-du-carnet/")
    assert page.evaluate("document.activeElement.tagName") == "VIDEO"
    assert page.evaluate("document.querySelector('video').currentTime") == 9
    page = visit("/2025/03/film-du-carnet/?t=10")
    assert page.evaluate("scrollY") > 300


def test_a_moment_named_in_the_address_shows_its_words_whether_the_page_is_new_or_not(visit) -> None:
    page = visit("/2025/03/film-du-carnet/")
    page.evaluate("location.hash = '#t=10'")
    page.wait_for_function("document.activeElement.dataset.at === '9'")
    assert page.evaluate("Math.abs(document.activeElement.getBoundingClientRect().top) < innerHeight")


def test_a_moment_that_another_post_cites_leads_to_the_words_where_no_film_plays(visit) -> None:
    page = visit("/2025/03/film-du-carnet/")
    page.evaluate(
        """() => {
          document.querySelector("video").remove();
          document.querySelector("main").insertAdjacentHTML("beforeend", '<a id="cite" href="?t=10#video-1" data-at="10">0:10</a>');
        }"""
    )
    page.locator("#cite").click()
    assert page.evaluate("document.activeElement.dataset.at") == "9"
    assert "?t=" not in page.url


def test_the_keyboard_enters_a_film_and_leaves_it(visit) -> None:
    page = visit("/2025/03/film-du-carnet/")
    page.locator("video").focus()
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.tagName"))
    assert stops[-1] != "VIDEO"


def asked(page, script: str):
    """What a script says of the places of elements."""
    return page.evaluate(f"(() => {{ const box = (e) => e.getBoundingClientRect(); const one = (s) => document.querySelector(s); {script} }})()")


NOTED = "/2025/05/tout-le-markdown/"


def test_a_note_stands_in_the_margin_beside_its_call_where_there_is_room_and_after_the_text_elsewhere(visit) -> None:
    page = visit(NOTED, width=1280)
    place = """
      const call = box(one('.footnote-ref')), note = box(one('.footnote li')), text = box(one('.prose'));
      return [note.right < text.left && note.left > 0 && Math.abs(note.top - call.top) < 20, note.left > text.left && note.top > call.bottom];
    """
    assert asked(page, place) == [True, False]
    assert page.locator(".footnote hr").is_hidden()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1280
    page.set_viewport_size({"width": 1100, "height": 800})
    assert asked(page, place) == [False, True]
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="print")
    assert asked(page, place) == [False, True]


def test_of_two_notes_called_on_one_line_the_second_stands_under_the_first(visit) -> None:
    page = visit(NOTED, width=1280)
    page.evaluate(
        """() => {
          const call = document.querySelector("sup"), note = document.querySelector(".footnote li");
          const second = call.cloneNode(true);
          second.className = "note-2";
          call.after(second);
          note.after(note.cloneNode(true));
        }"""
    )
    assert asked(page, "const [first, second] = [...document.querySelectorAll('.footnote li')].map(box); return second.top >= first.bottom;")


@pytest.mark.parametrize("width", [1280, 1920])
def test_tables_and_talks_may_be_wider_than_the_text_which_keeps_its_measure(visit, width: int) -> None:
    page = visit(ELSEWHERE, width=width)
    assert asked(page, "return box(one('.talk')).width > box(one('.prose')).width && box(one('.talk')).right <= innerWidth;")
    page.evaluate(
        "document.querySelector('.prose').insertAdjacentHTML('beforeend', `<div class='table-scroll'><table><tr><td>${'mot '.repeat(200)}</td></tr></table></div>`)"
    )
    assert asked(page, "const table = box(one('.table-scroll')); return table.width > box(one('.prose')).width && table.right <= innerWidth;")
    assert asked(page, "return box(one('.prose')).width;") == 32 * 18


def test_a_comma_stays_with_the_word_before_it_on_a_narrow_screen(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/", width=320)
    page.evaluate("document.querySelector('.cited-by a').textContent = 'Un titre long, qui tient sur plusieurs lignes'")
    for _ in range(12):
        page.evaluate("document.querySelector('.cited-by a').textContent += 's'")
        assert asked(
            page,
            "const link = one('.cited-by a'), comma = document.createRange(); comma.setStart(link.nextSibling, 0); comma.setEnd(link.nextSibling, 1);"
            "return comma.toString() === ',' && Math.abs([...link.getClientRects()].at(-1).bottom - box(comma).bottom) < 12;",
        )


def test_in_colours_of_the_system_names_numbers_and_buttons_are_seen_whatever_theme_was_chosen(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/", scheme="dark", forced_colors="active")
    page.locator(".theme-switch").click()
    style = lambda selector, name: page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{name}")  # noqa: E731 - one word for one idea
    paper = style("body", "backgroundColor")
    assert style(".theme-switch", "borderTopStyle") == "solid"
    assert style(".masthead-name", "color") != paper
    page.evaluate("document.querySelector('.prose').insertAdjacentHTML('beforeend', '<svg><text>12</text></svg>')")
    assert {text.evaluate("e => getComputedStyle(e).fill") for text in page.locator("svg text").all()} == {style("body", "color")} != {paper}
    assert [link.evaluate("e => getComputedStyle(e).borderBottomStyle") for link in page.locator(".masthead-nav a").all()].count("solid") == 1


def test_more_contrast_leaves_no_soft_grey(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/", contrast="more")
    assert page.evaluate("getComputedStyle(document.querySelector('.post-facts')).color === getComputedStyle(document.body).color")


def test_who_wants_no_movement_has_none(visit) -> None:
    moving = "document.getAnimations().length + ' ' + getComputedStyle(document.querySelector('.masthead')).viewTransitionName"
    assert visit("/2024/02/dix-mille-clics/").evaluate(moving) == "1 masthead"
    assert visit("/2024/02/dix-mille-clics/", reduced_motion="reduce").evaluate(moving) == "0 none"


def test_a_post_of_five_hundred_words_is_two_pages_of_paper_and_a_callout_may_break(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/")
    page.evaluate(
        """() => {
          const prose = document.querySelector(".prose");
          while (prose.innerText.split(/\\s+/).length < 500) prose.insertAdjacentHTML("beforeend", "<p>" + "Des mots de toutes les longueurs. ".repeat(9) + "</p>");
        }"""
    )
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.tangible')).breakInside") == "auto"


def test_paper_shows_addresses_and_no_navigation(visit) -> None:
    page = visit("/2024/04/revue-du-printemps/")
    page.emulate_media(media="print")
    assert page.locator("nav:visible").count() == 0
    link = page.locator(".prose a[href^='https']").first
    assert "https://" in link.evaluate("a => getComputedStyle(a, '::after').content")
    page = visit(NOTED)
    page.emulate_media(media="print")
    assert {link.evaluate("a => getComputedStyle(a, '::after').content") for link in page.locator("a:not([href^='http'])").all()} == {"none"}


_FLOOR = """kind => {
  const proof = document.querySelector(`.tangible-proof.is-${kind}`), line = getComputedStyle(proof, "::before"), left = proof.getBoundingClientRect().left + parseFloat(line.left)
  return line.content === "none" ? "none" : [line.borderTopStyle, parseFloat(line.borderTopWidth), Math.round(left), Math.round(left + parseFloat(line.width))]
}"""


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_the_floor_runs_from_edge_to_edge_is_broken_under_a_doubt_and_absent_under_a_promise_that_waits(visit, width: int) -> None:
    page = visit("/2024/02/dix-mille-clics/", width=width)
    assert page.evaluate(_FLOOR, "proved") == ["solid", 3, 0, width]
    page = visit("/2024/09/registre-des-fichiers/", width=width)
    assert page.evaluate(_FLOOR, "unverified") == ["dashed", 1, 0, width]
    assert page.evaluate(_FLOOR, "waiting") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('.tangible-proof.is-waiting')).borderTopStyle") == "none"
    page.evaluate("scrollTo(500, 0)")
    assert page.evaluate("[scrollX, document.scrollingElement.scrollWidth]") == [0, width]


def test_the_floor_of_an_example_stays_in_it(visit) -> None:
    page = visit("/guide/", width=1280)
    box = page.locator(".example .tangible-proof.is-proved").first.bounding_box()
    assert page.evaluate(_FLOOR, "proved")[2:] == [round(box["x"]), round(box["x"] + box["width"])]


@pytest.mark.parametrize("words", ["Oui", "être partout, tout de suite, pour tout le monde, et que cela se voie enfin jusque dans les comptes de la maison"])
def test_a_promise_stays_inside_its_cloud(visit, words: str) -> None:
    for width in (320, 1920):
        page = visit("/2024/02/dix-mille-clics/", width=width)
        page.evaluate("words => { document.querySelector('.tangible-promise dd').textContent = words }", words)
        boxes = page.evaluate(
            """() => [".tangible-promise", ".tangible-promise dd"].map(name => {
              const range = document.createRange()
              range.selectNodeContents(document.querySelector(name))
              const box = (name.endsWith("dd") ? range : document.querySelector(name)).getBoundingClientRect()
              return [box.left, box.top, box.right, box.bottom]
            })"""
        )
        cloud, text = boxes
        assert text[0] > cloud[0] + 10
        assert text[1] > cloud[1]
        assert text[2] < cloud[2] - 10
        assert text[3] < cloud[3]


@pytest.mark.parametrize("kind", ["accueil", "billet", "bilan", "mot-clé", "preuves", "promesses en attente"])
def test_no_text_is_under_twelve_pixels_and_no_drawing_of_a_pair_holds_any(visit, kind: str) -> None:
    for width in (320, 1920):
        page = visit(PAGES[kind], width=width)
        sizes = page.evaluate("[...document.querySelectorAll('main *')].filter(e => e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize))")
        assert min(sizes) >= 12
        assert page.evaluate("[...document.querySelectorAll('.gauge, .share-bar')].every(e => !e.textContent.trim())")


def test_bars_are_seen_with_forced_colours_whatever_theme_was_chosen(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/", scheme="dark", forced_colors="active")
    page.get_by_role("button", name="Thème sombre").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.gauge-after')).fill") == page.evaluate("getComputedStyle(document.body).color")


def test_a_callout_is_a_group_with_its_name_and_its_figure_is_read_as_a_sentence(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/")
    group = page.get_by_role("group", name="De l’intangible au tangible : L’audience d’une boulangerie inventée")
    assert group.count() == 1
    assert group.get_by_role("img", name="de 3 à 12").inner_text() == "3 → 12"


def test_a_pair_leads_to_its_row_in_the_register_and_the_row_leads_back(visit) -> None:
    page = visit("/2024/02/dix-mille-clics/")
    page.locator(".page-facts").get_by_role("link", name="dix mille clics par mois").click()
    row = page.locator(":target")
    assert "dix mille clics par mois" in row.inner_text()
    assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    row.locator("summary").click()
    assert "Niveau de preuve\u00a0: mesuré" in row.inner_text()
    row.get_by_role("link", name="dix mille clics par mois", exact=True).click()
    assert page.locator(":target").get_attribute("class") == "tangible"
