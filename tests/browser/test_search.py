"""The search as its readers use it, in Chromium, under the policy that the site asks its host for."""

from __future__ import annotations

import functools
import http.server
import re
import threading
import time

import pytest

from tests.conftest import Built, pelican

pytestmark = pytest.mark.browser

FILM = """> [!video] La réunion filmée
> url : {static}/videos/a.webm
> sous-titres : {static}/videos/a.vtt
"""
PAIR = """> [!tangible] Le carnet
> promesse : une clientèle fidèle
> preuve : trente-deux cartes remplies
> niveau : mesuré
"""
WAITING = """> [!tangible] La clientèle
> promesse : une clientèle nouvelle
"""
POSTS = {
    "intranet": ("L’intranet de la mairie", "PME", "Un annuaire, deux formulaires, et c’est tout."),
    "coeur": ("Le cœur du métier", "boulangerie", "On y parle de pain, d’œufs et de sœurs jumelles."),
    "facture": ("La facture électronique", "facture", "Une facture se garde dix ans. Les factures se classent."),
    "devis": ("Le devis en ligne", "facture", "Avant la facturation vient le devis. Un e-mail suffit."),
    "cheval": ("Un cheval de trait", "", "Il tire une charrette mieux que deux chevaux de bois."),
    "rendezvous": ("Rendez-vous oubliés", "agenda", "Un message la veille, et le rendez-vous a lieu."),
    "carnet": ("Le carnet de fidélité", "fidélité", PAIR),
    "attente": ("Une clientèle à trouver", "fidélité", WAITING),
    "film": ("Une réunion", "agenda", FILM),
    "ete": ("L’été à l’atelier", "", "En été, l’atelier ferme. Aujourd’hui aussi."),
    "donnees": ("Les données créées par l’équipe", "RGPD", "Une donnée créée se supprime. Vie privée et secret."),
    "prive": ("Un cloud privé", "", "Le serveur est dans le placard, l’accès est réservé."),
    "revue": ("Revue de liens", "veille", "> [!liens] À lire\n> - [Une page lue](https://exemple.fr/a)\n>   Sur la moutarde."),
}
DAYS = {name: f"202{3 + at % 3}-0{1 + at % 9}-11" for at, name in enumerate(POSTS)}
QUERIES = {
    "intranet": ["intranet"],
    "l'intranet": ["intranet"],
    "l’intranet": ["intranet"],
    "INTRANET": ["intranet"],
    "d'annuaire": ["intranet"],
    "coeur": ["coeur"],
    "cœur": ["coeur"],
    "Cœurs": ["coeur"],
    "oeuf": ["coeur"],
    "sœur": ["coeur"],
    "boulangerie": ["coeur"],
    "facture": ["facture", "devis"],
    "factures": ["facture", "devis"],
    "facturation": ["facture", "devis"],
    "electronique": ["facture"],
    "électroniques": ["facture"],
    "chevaux": ["cheval"],
    "cheval": ["cheval"],
    "chevau": ["cheval"],
    "charrettes": ["cheval"],
    "charete": ["cheval"],
    "charette": ["cheval"],
    "rendez-vous": ["rendezvous"],
    "rendezvous": ["rendezvous"],
    "rendez vous": ["rendezvous"],
    "e-mail": ["devis"],
    "email": ["devis"],
    "mail": ["devis"],
    "été": ["ete"],
    "ete": ["ete"],
    "aujourd'hui": ["ete"],
    "donnée": ["donnees"],
    "créé": ["donnees"],
    "créées": ["donnees"],
    "privé": ["prive", "donnees"],
    "vie privée": ["donnees"],
    "facture devis": ["devis"],
    "le devis de la facture": ["devis"],
    "un annuaire pour vous": ["intranet"],
    "pour vous": [],
    "formulaire": ["intranet"],
    "formulare": ["intranet"],
    "annuiare": ["intranet"],
    "xharrette": ["cheval"],
    "hcarrette": ["cheval"],
    "moutrade": ["revue"],
    "mputarde": ["revue"],
    "outarde": ["revue"],
    "amoutarde": ["revue"],
    "fidélité": ["attente", "carnet"],
    "clientèle": ["attente", "carnet"],
    "moutarde": ["revue"],
    "visioconférence": ["film"],
    "facture zzqxv": ["facture", "devis"],
    "zzqxv": [],
    "ornithorynque": [],
    "…": [],
}
HOSTILE = (
    '<img src=x onerror="window.broken=1">',
    '"><script>window.broken=1</script>',
    "[",
    "\\",
    "*",
    "((((",
    "a" * 5000,
    "é" * 300,
    "__proto__",
    "constructor",
    "a-b-c-" * 60,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Built:
    folder = tmp_path_factory.mktemp("recherche")
    for name, (title, tags, body) in POSTS.items():
        path = folder / "content" / "articles" / DAYS[name][:4] / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = "Kind: revue\n" if name == "revue" else ""
        path.write_text(f"Title: {title}\nDate: {DAYS[name]}\nTags: {tags}\n{kind}\n{body}\n", encoding="utf-8")
    (folder / "content" / "videos").mkdir()
    (folder / "content" / "videos" / "a.webm").write_bytes(b"film")
    captions = "WEBVTT\n\n00:01.000 --> 00:03.000\nBonjour à tous.\n\n01:05.000 --> 01:09.000\nLa visioconférence commence.\n"
    (folder / "content" / "videos" / "a.vtt").write_text(captions, encoding="utf-8")
    made = pelican(folder / "content", folder / "output")
    assert made.code == 0, made.said
    return made


@pytest.fixture(scope="module")
def address(site: Built):
    policy = re.search(r"Content-Security-Policy: (.*)", site.text("_headers"))[1]

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site.output))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join(timeout=10)


@pytest.fixture
def page(windows, address: str):
    with windows.window(viewport={"width": 1280, "height": 800}, locale="fr-FR") as context:
        page = context.new_page()
        page.errors, page.asked = [], []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: page.asked.append(request.url.removeprefix(address)))
        page.add_init_script("addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))")
        page.goto(f"{address}/recherche/", wait_until="networkidle")
        yield page
        assert page.errors == []


def ask(page, query: str, **filters: str) -> list[str]:
    """The names of the posts that are found, in their order."""
    for name, value in filters.items():
        page.select_option(f"[name={name}]", value)
    page.fill("#q", query)
    page.evaluate("document.querySelector('.search-said').value = ''")
    page.press("#q", "Enter")
    page.wait_for_function("query => document.querySelector('.search-said').textContent.includes('«\\u00a0' + query.slice(0, 40))", arg=query, timeout=5000)
    page.wait_for_load_state("networkidle")
    links = page.eval_on_selector_all(".search-found > li > a", "all => all.map(one => one.getAttribute('href'))")
    return [link.strip("/").rpartition("/")[2] for link in links]


def test_what_is_found_first_for_each_of_these_questions(page) -> None:
    found = {query: ask(page, query)[:3] for query in QUERIES}
    assert found == QUERIES


def test_nothing_is_loaded_before_a_word_is_typed(page) -> None:
    assert [path for path in page.asked if path.startswith("/recherche/") and path != "/recherche/"] == []
    page.focus("#q")
    page.wait_for_timeout(200)
    assert [path for path in page.asked if "/mots/" in path] == []


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_question_is_only_words(page, address: str, query: str) -> None:
    ask(page, query)
    page.goto(f"{address}/recherche/?q={query[:500]}", wait_until="networkidle")
    assert page.evaluate("window.broken") is None
    assert page.query_selector(".search-found img, .search-said *") is None


def test_each_answer_is_said_and_stands_in_the_address_and_the_title(page, address: str) -> None:
    ask(page, "facture")
    assert page.inner_text(".search-said") == "2 résultats pour «\u00a0facture\u00a0»."
    assert page.url == f"{address}/recherche/?q=facture"
    assert page.title().startswith("facture – Recherche – ")
    ask(page, "zzqxv")
    assert page.inner_text(".search-said") == "Aucun résultat pour «\u00a0zzqxv\u00a0»."
    ask(page, "facture zzqxv")
    assert page.inner_text(".search-said").endswith(", sans tous ces mots.")
    page.goto(f"{address}/recherche/?q=facture&annee=2099", wait_until="networkidle")
    assert page.input_value("#q") == "facture"


def test_filters_narrow_what_is_found_and_stand_alone_too(page) -> None:
    assert ask(page, "facture", mot="PME") == []
    assert ask(page, "annuaire", mot="PME") == ["intranet"]
    page.select_option("[name=mot]", "")
    assert ask(page, "moutarde", genre="r") == ["revue"]
    assert ask(page, "moutarde", genre="v") == []
    assert ask(page, "visioconférence", genre="v") == ["film"]
    assert ask(page, "facture", genre="", annee=DAYS["devis"][:4]) == ["devis"]
    page.fill("#q", "")
    page.press("#q", "Enter")
    page.wait_for_function("() => document.querySelector('.search-found').children.length > 1")
    assert set(page.eval_on_selector_all(".search-found time", "all => all.map(one => one.dateTime.slice(0, 4))")) == {DAYS["devis"][:4]}


def test_proofs_alone_are_found_where_they_stand(page) -> None:
    assert ask(page, "clientèle", genre="p") == ["carnet"]
    link = page.wait_for_selector(".search-found li li:not([hidden]) a")
    assert link.get_attribute("href").endswith("/carnet/#preuve-1")
    assert link.inner_text().startswith("Preuve\u00a0: une clientèle fidèle")
    assert ask(page, "agenda", genre="p") == []


def test_a_moment_of_a_film_is_found(page) -> None:
    ask(page, "visioconférence")
    link = page.wait_for_selector(".search-found li li:not([hidden]) a")
    assert link.get_attribute("href").endswith("/film/?t=65#video-1")
    link.click()
    page.wait_for_selector(".talk")


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("annuaire", "annuaire"),
        ("rendez-vous", "rendez-vous"),
        ("rendezvous", "rendez-vous"),
        ("rendez vous", "rendez-vous"),
        ("email", "e-mail"),
        ("mail", "e-mail"),
        ("annuaire-zzqxv", "annuaire"),
        ("-annuaire -", "annuaire"),
        ("oeufs", "œufs"),
    ],
)
def test_the_words_around_what_was_found_come_from_its_page(page, query: str, word: str) -> None:
    ask(page, query)
    assert page.wait_for_selector(".search-found mark").inner_text() == word


def test_what_is_found_does_not_move_while_its_pages_arrive(page, address: str) -> None:
    page.route(re.compile(r"/202\d/\d\d/"), lambda route: (time.sleep(0.4), route.continue_()))
    page.goto(f"{address}/recherche/?q=facture")
    page.wait_for_function("() => document.querySelectorAll('.search-found li:has(mark)').length === 2")
    moved = "new PerformanceObserver(list => done(list.getEntries().map(one => one.value))).observe({type: 'layout-shift', buffered: true})"
    assert page.evaluate(f"new Promise(done => {{ {moved}; setTimeout(() => done([]), 500) }})") == []


def test_what_is_found_is_shown_without_its_words_where_its_page_is_not_given(page) -> None:
    page.route(re.compile(r"/202\d/\d\d/"), lambda route: route.fulfill(status=404, body="absente"))
    assert ask(page, "facture") == ["facture", "devis"]
    assert page.locator("mark").count() == 0
    page.errors.clear()  # the browser notes what it was not given


def test_the_keyboard_is_enough(page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("facture/")
    assert page.input_value("#q") == "facture/"
    page.wait_for_selector(".search-found > li")
    page.uncheck("[name=slash]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "slash"


def test_more_results_are_asked_for_with_the_keyboard_which_goes_on_from_the_first_of_them(page) -> None:
    page.select_option("[name=genre]", "b")
    page.wait_for_function("() => document.querySelector('.search-found').children.length === 10")
    page.press("[name=more]", "Enter")
    page.wait_for_function("() => document.querySelector('.search-found').children.length === 12")
    assert page.evaluate("document.activeElement.closest('.search-found > li').previousElementSibling.matches(':nth-child(10)')")
    assert not page.is_visible("[name=more]")


@pytest.mark.parametrize("word", ["facturettes", "brouettes", "charrettes"])
def test_a_list_of_endings_that_is_newer_than_the_words_it_names_ends_the_search_all_the_same(page, word: str) -> None:
    page.route(f"**/m-fin-{int(word[-3:], 36) % 97}.txt", lambda route: route.fulfill(body=f"x{word} {word}"))
    assert ask(page, f"z{word[1:]}") == []
    assert ask(page, "annuaire") == ["intranet"]


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_file_that_a_host_does_not_give_is_no_answer(page, status: int) -> None:
    page.route("**/mots/m-ann.txt", lambda route: route.fulfill(status=status, body="annuaire 0"))
    page.route("**/mots/m-an.txt", lambda route: route.fulfill(status=status, body="annuaire 0"))
    page.fill("#q", "annuaire")
    page.press("#q", "Enter")
    page.wait_for_function("() => document.querySelector('.search-said').value.startsWith('La recherche n’a pas abouti')", timeout=5000)
    page.errors.clear()  # the browser notes what it was not given


def test_typing_is_enough_and_a_slow_reader_needs_no_key(page) -> None:
    page.focus("#q")
    page.keyboard.type("intran")
    page.wait_for_selector(".search-found > li")
    assert page.inner_text(".search-found > li > a") == "L’intranet de la mairie"


def test_without_a_script_the_page_is_the_list_of_all_texts(chromium, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/recherche/")
    assert len(page.query_selector_all(".search-all li")) == len(POSTS)
    assert page.is_visible(".search-all time")
    assert "boulangerie" in page.inner_text(".search-all")
    assert not page.is_visible("#q")
    context.close()
