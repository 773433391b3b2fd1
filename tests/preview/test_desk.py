"""The page of the preview where answers are decided: obeyed by forms of its own alone, and blind to what senders wish."""

from __future__ import annotations

import dataclasses
import http.client
import re
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from plancher.commands.answers import confirming, fetching, rechecking
from plancher.commands.answers.fetching import Wishes
from plancher.commands.answers.queue import Queue, State
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Way
from plancher.preview import desk
from plancher.preview.hub import Hub
from plancher.preview.served_site import ServedSite
from plancher.preview.server import Server

from tests.importing.answers.test_mails import filled, mail

URL = "https://carnet.example/2024/05/un/"
CALL = Asked(token="a1b2c3d4", post="articles/2024/un.md", call="gains", question="Qu’avez-vous gagné ?", expected="en une phrase", url=URL)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
Headers = dict[str, str]


class Preview:
    """A preview of a small blog, and ways to ask it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "content").mkdir()
        self.server = Server(0, ServedSite(root / ".preview"), Hub())
        self.server.desk.folder = ".temoignages"
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def queue(self) -> Queue:
        return Queue(self.root / ".temoignages")

    def receive(self, *bodies: str) -> list[str]:
        """Mails with these bodies come in; the names of all that wait."""
        inbox = self.root / "courriels"
        inbox.mkdir(exist_ok=True)
        for number, body in enumerate(bodies):
            (inbox / f"{number:04}.eml").write_bytes(mail(body).as_bytes())
        wishes = Wishes(blog=self.root, settings=AnswerSettings(), asked=[CALL], files=[inbox])
        assert fetching.fetch(self.queue, wishes, print)[1]
        return [row.id for row in self.queue.rows(State.WAITING)]

    def ask(self, method: str, path: str = desk.ADDRESS, body: str = "", **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)
        line.request(method, path, body.encode() if method == "POST" else None, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        return answer.status, answer.headers, text

    def page(self, query: str = "") -> BeautifulSoup:
        status, _, text = self.ask("GET", desk.ADDRESS + query)
        assert status == 200, text
        return BeautifulSoup(text, "html.parser")

    def decide(self, name: str, decision: str, fields: Headers | None = None, headers: Headers | None = None) -> tuple[int, http.client.HTTPMessage, str]:
        """As the page's own form does, but for these changes; a field or a header that is empty is left out."""
        said = {"jeton": self.server.desk.token, "id": name, "decision": decision} | (fields or {})
        sent = {"Origin": self.origin} | FORM | (headers or {})
        return self.ask("POST", body=urllib.parse.urlencode(said), **{key: value for key, value in sent.items() if value})

    def states(self) -> list[State]:
        return sorted(row.state for row in self.queue.rows(*State))


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    made = Preview(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def plain(element: BeautifulSoup) -> str:
    return element.get_text(" ", strip=True).replace("\u00a0", " ")


def test_each_answer_stands_beside_its_call_with_its_consents_apart_and_what_looks_odd(preview: Preview) -> None:
    preview.receive(filled(n0="Achetez nos backlinks : http://a.example http://b.example http://c.example", n5=""))
    (article,) = preview.page().select("article")
    shown = plain(article)
    assert "Qu’avez-vous gagné ?" in shown
    assert "en une phrase" in shown
    assert "identité non vérifiée" in shown
    pairs = [plain(pair) for pair in article.select(".consents > div")]
    assert pairs == ["Publier oui", "Compter au registre pas de réponse", "15 ans ou accord des parents oui", "Nom à publier Anne"]
    assert [plain(item) for item in article.select(".odd li")] == ["ressemble à une publicité : 3 liens.", "ressemble à une publicité : « backlinks »."]
    assert [link["href"] for link in article.select(".asked a")] == ["/2024/05/un/#gains"]
    assert [button.get_text() for button in article.select("button")] == ["Accepter", "Refuser"]


def test_of_an_answer_of_the_form_nobody_knows_who_wrote_it(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    row = preview.queue.row(name)
    assert row
    assert row.received
    preview.queue.put(dataclasses.replace(row, received=dataclasses.replace(row.received, way=Way.FORM)))
    assert "identité inconnue" in plain(preview.page().select_one("article") or preview.page())


@pytest.mark.parametrize(("changes", "why"), [({"n3": ""}, "n'a pas dit oui"), ({"n3": "non"}, "refuse la publication"), ({"n6": "non"}, "15 ans")])
def test_what_may_not_be_published_has_no_button_for_it_and_a_forged_form_does_not_publish_it(preview: Preview, changes: Headers, why: str) -> None:
    (name,) = preview.receive(filled(**changes))
    page = preview.page()
    assert why in plain(page.select_one("article .lacking") or page)
    assert [button["value"] for button in page.select("article button")] == ["refuse"]
    status, _, text = preview.decide(name, "accept")
    assert (status, why in text.replace("&#x27;", "'"), preview.states()) == (409, True, [State.WAITING])
    assert not list((preview.root / "content").iterdir())


def test_its_buttons_accept_refuse_and_take_back(preview: Preview) -> None:
    first, second = preview.receive(filled(), filled(n0="Non."))
    status, headers, _ = preview.decide(first, "accept")
    assert (status, headers["Location"]) == (303, f"{desk.ADDRESS}?fait={first}#fait")
    (path,) = (preview.root / "content").rglob("*.toml")
    page = preview.page(f"?fait={first}")
    assert plain(page.select_one("[role=status]") or page).startswith("C’est fait : cette réponse est acceptée.")
    assert [button["value"] for button in page.select("article button")] == ["accept", "refuse"]
    assert preview.decide(second, "refuse")[0] == 303
    assert preview.states() == [State.ACCEPTED, State.REFUSED]
    assert [button["value"] for button in preview.page().select(".decided button")] == ["undo", "undo", "remove"]
    assert preview.decide(first, "undo")[0] == 303
    assert (path.exists(), preview.states()) == (False, [State.WAITING, State.REFUSED])


def test_the_mail_that_asks_a_sender_whether_he_wrote_it_is_that_of_the_terminal(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    row = preview.queue.row(name)
    assert row
    letter = confirming.letter(preview.queue, row)
    page = preview.page()
    asked = page.select_one("article details") or page
    assert [value.get_text() for value in asked.select("dd")] == [line.partition(" : ")[2] for line in letter.split("\n")[2:4]]
    assert (asked.select_one("blockquote") or page).get_text() in letter
    assert str((asked.select_one("a") or page)["href"]) == letter.rpartition("\n")[2]
    preview.queue.put(dataclasses.replace(row, received=dataclasses.replace(row.received, is_verified=True)))
    assert preview.page().select("article details") == []


def public(preview: Preview) -> str:
    """A public reply waits; its name."""
    (name,) = preview.receive(filled())
    row = preview.queue.row(name)
    assert row
    assert row.received
    page = "https://social.example/@zoe/1"
    received = dataclasses.replace(row.received, way=Way.MASTODON, sender="@zoe@social.example", address=page, may_be_published=None, is_old_enough=None)
    preview.queue.put(dataclasses.replace(row, received=received))
    return name


def test_the_yes_of_a_public_author_is_noted_with_where_and_when_he_said_it(preview: Preview) -> None:
    name = public(preview)
    assert [button["value"] for button in preview.page().select("article button")] == ["accept", "refuse", "consent"]
    for how in ("", " ", "\u200b"):
        status, _, text = preview.decide(name, "consent", {"how": how})
        assert (status, "dites comment et quand" in text) == (409, True)
    assert preview.decide(name, "consent", {"how": "message du 3 janvier, <b>https://x.example</b>"})[0] == 303
    page = preview.page(f"?fait={name}")
    assert "l’accord de son auteur est noté" in plain(page.select_one("[role=status]") or page)
    assert "Son auteur a dit oui : message du 3 janvier, <b>https://x.example</b> (noté le " in plain(page.select_one("article") or page)
    assert preview.decide(name, "accept")[0] == 303
    (path,) = (preview.root / "content").rglob("*.toml")
    assert "Trois heures par semaine." in path.read_text(encoding="utf-8")


def test_a_mail_takes_no_yes_that_its_sender_did_not_give(preview: Preview) -> None:
    (name,) = preview.receive(filled(n3="non"))
    assert "consent" not in [button["value"] for button in preview.page().select("button")]
    status, _, text = preview.decide(name, "consent", {"how": "hier"})
    assert (status, "seule une réponse publique" in text) == (409, True)
    assert preview.decide(name, "accept")[0] == 409


def test_a_published_answer_is_removed_for_good(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    assert preview.decide(name, "remove")[0] == 409  # it is not on the site
    preview.decide(name, "accept")
    assert preview.decide(name, "remove")[0] == 303
    assert (list((preview.root / "content").rglob("*.toml")), preview.states()) == ([], [State.ERASED])
    page = preview.page(f"?fait={name}")
    assert "est retirée" in plain(page.select_one("[role=status]") or page)
    assert page.select("button") == []


def test_an_answer_of_which_only_what_is_published_is_left_can_be_removed_and_nothing_else(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    preview.decide(name, "accept")
    row = preview.queue.row(name)
    assert row
    preview.queue.put(dataclasses.replace(row, received=None))
    (item,) = preview.page().select(".decided li")
    assert "Trois heures par semaine." in plain(item)
    assert [button["value"] for button in item.select("button")] == ["remove"]
    assert preview.decide(name, "undo")[0] == 409
    assert preview.decide(name, "remove")[0] == 303


def test_an_answer_whose_public_page_is_gone_stands_first_among_those_that_are_published(preview: Preview) -> None:
    first, second = preview.receive(filled(), filled(n0="Non."))
    for name in (first, second):
        preview.decide(name, "accept")
    preview.queue.save_cursor(rechecking.cursor(first), rechecking.GONE)
    page = preview.page()
    assert [title.get_text().partition("\u00a0")[0] for title in page.select("main > h2")] == [
        "Publiées, et dont la page a disparu",
        "Décidées, les dernières d’abord",
    ]
    assert [{str(field["value"]) for field in item.select("input[name=id]")} for item in page.select(".decided li")] == [{first}, {second}]


def test_what_was_decided_makes_pages_too_and_each_of_it_can_be_taken_back(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PER_PAGE", 2)
    for name in preview.receive(*(filled(n0=f"Réponse numéro {number}.") for number in range(3))):
        preview.decide(name, "refuse")
    page = preview.page()
    (link,) = page.select("main > p > a")
    further = preview.page(re.sub(r"^[^?]*", "", str(link["href"])))
    assert [len(one.select(".decided button[value=undo]")) for one in (page, further)] == [2, 1]


@pytest.mark.parametrize("decision", ["accept", "consent", "remove"])
@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {"Origin": ""}),
        ({}, {"Origin": "null"}),
        ({}, {"Origin": "https://ailleurs.example"}),
        ({}, {"Origin": "http://127.0.0.1:1"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Sec-Fetch-Site": "same-site"}),
        ({}, {"Content-Type": "text/plain"}),
        ({}, {"Content-Type": "multipart/form-data; boundary=x"}),
        ({}, {"Host": "ailleurs.example", "Origin": "http://ailleurs.example"}),
        ({"jeton": ""}, {}),
        ({"jeton": "é"}, {}),
        ({"plus": "x" * 5000}, {}),
    ],
)
def test_a_form_of_anybody_else_changes_nothing(preview: Preview, decision: str, fields: Headers, headers: Headers) -> None:
    name = public(preview)
    if decision == "remove":
        preview.decide(name, "accept")
    before = preview.queue.row(name)
    status, _, _ = preview.decide(name, decision, {"how": "hier"} | fields, headers)
    assert (status, preview.queue.row(name)) == (403, before)


def test_a_browser_that_says_no_site_is_obeyed_when_its_origin_and_token_are_right(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    assert preview.decide(name, "refuse", headers={"Sec-Fetch-Site": ""})[0] == 303


def test_the_token_of_another_preview_is_none(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    assert preview.decide(name, "accept", {"jeton": desk.Desk(preview.root).token})[0] == 403


@pytest.mark.parametrize("decision", ["", "publish", "accept/../refuse"])
def test_another_decision_is_none(preview: Preview, decision: str) -> None:
    (name,) = preview.receive(filled())
    assert (preview.decide(name, decision)[0], preview.states()) == (400, [State.WAITING])


@pytest.mark.parametrize("name", ["", "..", "../cle", "absent", "é", "a\0b"])
def test_an_answer_that_is_not_there_is_told(preview: Preview, name: str) -> None:
    preview.receive(filled())
    assert preview.decide(name, "accept")[0] == 409
    assert preview.page(f"?{urllib.parse.urlencode({'fait': name})}").select("[role=status]") == []


def test_nothing_changes_by_being_read(preview: Preview) -> None:
    assert "0 en attente" in plain(preview.page())
    assert not (preview.root / ".temoignages").exists()
    (name,) = preview.receive(filled())
    before = {path: path.read_bytes() for path in preview.root.rglob("*") if path.is_file()}
    query = urllib.parse.urlencode({"jeton": preview.server.desk.token, "id": name, "decision": "accept"})
    for method in ("GET", "HEAD"):
        assert preview.ask(method, f"{desk.ADDRESS}?{query}")[0] == 200
    assert {path: path.read_bytes() for path in preview.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("path", ["/", "/_apercu/", "/_apercu/evenements", "/_apercu/desk.css"])
def test_no_other_address_takes_a_form(preview: Preview, path: str) -> None:
    status, headers, _ = preview.ask("POST", path, "x=1", Origin=preview.origin, **FORM)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


HOSTILE = "<script>alert(1)</script> <img src=http://x.example/a.png> [oui](javascript:alert(1)) &lt;b&gt; ![i](http://x.example/i.png) http://x.example/"


def test_what_a_sender_wrote_is_text_and_the_page_runs_and_loads_nothing(preview: Preview) -> None:
    preview.receive(filled(n0=HOSTILE, n1="<b onclick=alert(1)>", n4='"><script>1</script>'))
    status, headers, text = preview.ask("GET")
    page = BeautifulSoup(text, "html.parser")
    assert status == 200
    assert plain(page.select_one("blockquote") or page) == HOSTILE
    assert page.select("script, img, b, iframe, [onclick], [style]") == []
    assert {str(link["href"]).partition("?")[0] for link in page.select("a")} == {"/2024/05/un/#gains", "mailto:anne@lecteurs.example"}
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; form-action 'self'")
    assert headers["Referrer-Policy"] == "same-origin"  # without a referrer, browsers send « Origin: null »
    assert headers["X-Frame-Options"] == "DENY"


def test_the_address_of_a_call_never_leads_to_another_host(preview: Preview) -> None:
    preview.receive(filled())
    (preview.root / ".temoignages" / "appels.json").write_text(
        '{"a1b2c3d4": {"token": "a1b2c3d4", "post": "p", "question": "q", "url": "https://c.example//x.example/"}}', encoding="utf-8"
    )
    assert [link["href"] for link in preview.page().select("article .asked a")] == ["/x.example/#gains"]


def test_many_answers_make_pages(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PER_PAGE", 2)
    preview.receive(*(filled(n0=f"Réponse numéro {number}.") for number in range(3)))
    page = preview.page()
    assert len(page.select("article")) == 2
    (link,) = page.select("main > p > a")
    second = preview.page(re.sub(r"^[^?]*", "", str(link["href"])))
    assert len(second.select("article")) == 1
    assert not {article["id"] for article in page.select("article")} & {article["id"] for article in second.select("article")}
    for odd in ("0", "-1", "²", "99999", "x", "9" * 5000):
        assert preview.ask("GET", f"{desk.ADDRESS}?{urllib.parse.urlencode({'page': odd})}")[0] == 200


def test_a_blog_without_answers_has_no_such_page(preview: Preview) -> None:
    preview.server.desk.folder = ""
    assert preview.ask("GET")[0] == 404


def test_a_queue_among_what_is_published_or_damaged_is_told(preview: Preview) -> None:
    preview.receive(filled())
    next((preview.root / ".temoignages" / "reponses").glob("*.json")).write_text("{", encoding="utf-8")
    assert preview.ask("GET")[0] == 409
    preview.server.desk.folder = "output/attente"
    assert "serait publié" in preview.ask("GET")[2]


def test_a_command_that_holds_the_queue_is_waited_for(preview: Preview) -> None:
    (name,) = preview.receive(filled())
    with preview.queue.opened():
        status, _, text = preview.decide(name, "accept")
    assert (status, "une autre commande" in text) == (409, True)
    assert preview.decide(name, "accept")[0] == 303


@pytest.mark.parametrize("number", ["2", "3", "999", "0", "un"])
def test_a_page_that_the_address_names_is_one_that_there_is(preview: Preview, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(desk, "PER_PAGE", 2)
    preview.receive(*(filled(n0=f"Réponse {place}.") for place in range(4)))
    assert len(preview.page(f"?page={number}").select("article")) == 2
