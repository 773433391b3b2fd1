"""« invoke links.check » on a web that does everything: every state is reached, and left again."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import errno
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from plancher.base import clock
from plancher.base.data import DataError
from plancher.commands.links import failures, rounds
from plancher.commands.links.rounds import Round
from plancher.commands.links.state_store import BusyError, StateStore
from plancher.components.links import state
from plancher.components.links.health import Copy, Finding, Health, State, Visit, after
from plancher.components.links.settings import LinkSettings

from tests.commands.links.web import Small, playing
from tests.conftest import ROOT, without_posts
from tests.invoking import invoke

FAST = LinkSettings(delay=0.0, timeout=1.0, total=2.0, patience=3.0, redirects=5, size=50_000, allowed=("127.0.0.0/8",), wayback="", save="")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory):
    with playing(tmp_path_factory.mktemp("certificat")) as web:
        yield web


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch):
    """Sets the day it is."""

    def set_day(text: str) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime.fromisoformat(f"{text}T12:00:00+00:00").timestamp())))

    set_day("2026-11-24")
    return set_day


def visit(folder: Path, *urls: str, mine: LinkSettings = FAST, seek: bool = False) -> dict[str, Health]:
    """Visit these links, as the command does."""
    notebook = StateStore(folder / "state.json", folder / "journal.jsonl")
    wanted = dict.fromkeys(urls, "2008-09-12")
    try:
        asyncio.run(Round(mine, notebook).find_copies(wanted) if seek else Round(mine, notebook).visit(wanted))
    finally:
        notebook.close()
    return state.load(folder / "state.json")


GOOD, SUSPECT, UNKNOWN, MOVED = State.ALIVE, State.SUSPECT, State.UNKNOWN, State.MOVED


@pytest.mark.parametrize(
    ("path", "expected", "reason"),
    [
        ("/etat/200", GOOD, ""),
        ("/etat/204", GOOD, ""),
        ("/page", GOOD, ""),
        ("/sans-head", GOOD, ""),
        ("/vers/302/page", GOOD, ""),
        ("/vers/307/page", GOOD, ""),
        ("/vers/303/page", GOOD, ""),
        ("/vers/301/page", MOVED, ""),
        ("/vers/308/page", MOVED, ""),
        ("/etat/401", UNKNOWN, "401"),
        ("/etat/403", UNKNOWN, "403"),
        ("/etat/451", UNKNOWN, "451"),
        ("/etat/500", UNKNOWN, "500"),
        ("/etat/404", SUSPECT, "404"),
        ("/etat/410", SUSPECT, "410"),
        ("/attendre", GOOD, ""),
        ("/rond", SUSPECT, "les redirections tournent en rond"),
        ("/loin", SUSPECT, "plus de 5 redirections"),
        ("/lent", UNKNOWN, "délai dépassé"),
        ("/corps-lent", GOOD, ""),
        ("/sans-fin", GOOD, ""),
        ("/mauvaise-longueur", GOOD, ""),
        ("/mauvais-codage", GOOD, ""),
        ("/accueil", SUSPECT, "redirigé vers l’accueil"),
        ("/interne", UNKNOWN, "adresse d’un réseau privé, pas visitée"),
        ("/hors-du-web", UNKNOWN, "redirigé vers une application"),
        ("/vers-un-courriel", UNKNOWN, "adresse que nous ne savons pas demander"),
        ("/vers-rien", UNKNOWN, "adresse que nous ne savons pas demander"),
        ("/head-en-rond", GOOD, ""),
        ("/head-pendu", GOOD, ""),
        ("/head-coup%C3%A9", GOOD, ""),
        ("/biscuit", GOOD, ""),
        ("/attendre-jamais", UNKNOWN, "503"),
        ("/attendre-un-carr%C3%A9", UNKNOWN, "503"),
    ],
)
def test_each_answer_says_what_it_says_and_no_more(  # noqa: PLR0913, PLR0917 - fixtures and a row
    small: Small, tmp_path: Path, today, path: str, expected: State, reason: str
) -> None:
    small.waits = 1
    url, well = small.url(path), small.url("/page")
    found = visit(tmp_path, well, url)[url]
    assert (found.state, found.reason, found.checked) == (expected, reason, "2026-11-24")
    if expected is MOVED:
        assert found.moved == well


def test_a_page_that_is_the_same_for_any_address_is_suspect(small: Small, tmp_path: Path, today) -> None:
    urls = [small.url("/a", "127.0.0.3"), small.url("/b", "127.0.0.3"), small.url("/", "127.0.0.3"), small.url("/a", "127.0.0.4")]
    found = visit(tmp_path, *urls)
    assert [found[url].state for url in urls] == [SUSPECT, SUSPECT, GOOD, SUSPECT]
    assert found[urls[0]].reason == "la même page que pour une adresse inventée"
    assert found[urls[3]].reason == "domaine à vendre"


def test_a_certificate_that_is_not_its_own_is_doubtful_not_dead(small: Small, tmp_path: Path, today) -> None:
    url = f"https://127.0.0.1:{small.tls_port}/page"
    for day in ("2026-11-01", "2026-11-10", "2026-11-20"):
        today(day)
        found = visit(tmp_path, small.url("/page"), url)[url]
    assert (found.state, found.reason) == (SUSPECT, "certificat refusé")


def test_a_closed_door_and_a_name_without_host_are_failures(small: Small, tmp_path: Path, today) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
        found = visit(tmp_path, small.url("/page"), closed, "http://nulle-part.invalid/", mine=FAST)
    assert [(found[url].state, found[url].reason) for url in (closed, "http://nulle-part.invalid/")] == [
        (SUSPECT, "connexion refusée"),
        (SUSPECT, "hôte introuvable"),
    ]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433"]
)
def test_a_machine_of_ours_is_never_asked(small: Small, tmp_path: Path, today, host: str) -> None:
    before = len(small.asked)
    found = visit(tmp_path, f"http://{host}:{small.port}/page", mine=LinkSettings(delay=0, timeout=0.5, wayback="", save=""))
    assert [(one.state, one.reason) for one in found.values()] == [(UNKNOWN, "adresse d’un réseau privé, pas visitée")]
    assert len(small.asked) == before


def test_a_host_is_named_and_nobody_else_is_asked(small: Small, tmp_path: Path, today) -> None:
    """The connection is made to the address that was looked at, under the name that was typed."""
    url = small.url("/page", "localhost")
    found = visit(tmp_path, url, mine=LinkSettings(delay=0, timeout=1, wayback="", save="", allowed=("localhost",)))
    assert found[url].state is GOOD
    assert small.asked[-1][2] == "localhost"


def test_three_failures_over_a_week_make_a_link_dead_and_a_good_visit_brings_it_back(small: Small, tmp_path: Path, today) -> None:
    url, well = small.url("/revient"), small.url("/page")
    told = []
    small.dead.add("/revient")
    for day in ("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-07", "2026-11-08"):
        today(day)
        told.append(visit(tmp_path, well, url)[url].state)
    small.dead.clear()
    for day in ("2026-11-09", "2026-11-10"):
        today(day)
        told.append(visit(tmp_path, well, url)[url].state)
    assert told == [SUSPECT, SUSPECT, SUSPECT, SUSPECT, State.DEAD, State.REVIVED, GOOD]
    small.dead.add("/revient")
    today("2026-11-11")
    assert visit(tmp_path, well, url)[url].failures == ("2026-11-11",)  # it begins anew
    small.dead.clear()


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("finding", list(Finding))
def test_trouble_changes_no_state_and_anything_may_be_left(before: State, finding: Finding) -> None:
    health = Health(state=before, failures=("2026-01-01",) if before is State.DEAD else ())
    found = after(health, Visit(finding=finding, moved="https://exemple.fr/"), dt.date(2026, 11, 24), failures=3, days=7)
    expected = {
        Finding.GOOD: State.REVIVED if before is State.DEAD else State.ALIVE,
        Finding.MOVED: State.MOVED,
        Finding.TROUBLE: before,
        Finding.SILENT: before,
        Finding.DOUBTFUL: State.DEAD if before is State.DEAD else State.SUSPECT,
        Finding.GONE: State.DEAD if before is State.DEAD else State.SUSPECT,
    }[finding]
    assert found.state is expected


def test_two_months_without_an_answer_that_works_ask_for_a_look_and_one_answer_forgives() -> None:
    silent, known, states = Visit(finding=Finding.SILENT, reason="522"), Health(state=State.ALIVE), []
    for day in ("2026-01-01", "2026-02-01", "2026-03-03", "2026-04-01"):
        known = after(known, silent, dt.date.fromisoformat(day), failures=3, days=7)
        states.append(known.state)
    assert states == [State.ALIVE, State.ALIVE, SUSPECT, SUSPECT]
    assert state.health(state.plain(known)) == known  # it is remembered from one command to the next
    known = after(known, Visit(finding=Finding.GOOD), dt.date(2026, 4, 2), failures=3, days=7)
    assert (known.state, known.silent_since) == (State.ALIVE, "")
    walled = after(after(known, silent, dt.date(2026, 5, 1), failures=3, days=7), Visit(finding=Finding.TROUBLE), dt.date(2026, 8, 1), failures=3, days=7)
    assert (walled.state, walled.silent_since) == (State.ALIVE, "")


def test_three_addresses_of_one_page_are_one_visit(small: Small, tmp_path: Path, today) -> None:
    urls = [small.url("/deux"), small.url("/deux#bas"), small.url("/deux?utm_source=x#haut"), small.url("/d%65ux")]
    small.asked.clear()
    found = visit(tmp_path, small.url("/page"), *urls)
    assert [found[url].state for url in urls] == [GOOD] * 4
    assert len([path for *_, path in small.asked if path.partition("?")[0] in {"/deux", "/d%65ux"}]) == 1


def test_a_page_that_says_it_is_not_there_is_seen_through_what_changes_each_time(small: Small, tmp_path: Path, today) -> None:
    url, home = small.url("/disparu", "127.0.0.6"), small.url("/vraie", "127.0.0.6")
    found = visit(tmp_path, small.url("/page"), url, home)
    assert (found[url].state, found[home].state) == (SUSPECT, GOOD)


def test_a_cut_line_blames_nobody(tmp_path: Path, today) -> None:
    notebook = StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl")
    told = asyncio.run(Round(FAST, notebook).visit({"http://un.invalid/": "2024-01-01", "http://deux.invalid/": "2024-01-01"}))
    notebook.close()
    assert told.is_offline
    assert state.load(tmp_path / "state.json") == {}


@pytest.mark.parametrize("path", ["/attendre-longtemps", "/attendre-toujours"])
def test_a_host_that_asks_for_time_gets_it(small: Small, tmp_path: Path, today, path: str) -> None:
    known = visit(tmp_path, small.url("/page"), small.url(path, "127.0.0.9"), small.url("/page", "127.0.0.9"))
    assert set(known) == {small.url("/page")}  # nothing is known of the others, and they are asked another day


def test_a_page_that_asks_for_time_does_not_hide_the_others(small: Small, tmp_path: Path, today) -> None:
    tomorrow, page = small.url("/attendre-demain", "127.0.0.9"), small.url("/page", "127.0.0.9")
    known = visit(tmp_path, tomorrow, page)
    assert (known[tomorrow].state, known[page].state) == (UNKNOWN, GOOD)


def test_the_links_of_a_host_are_seen_in_turn(small: Small, tmp_path: Path, today) -> None:
    enough, page = small.url("/attendre-longtemps", "127.0.0.9"), small.url("/page", "127.0.0.9")
    state.save(tmp_path / "state.json", {enough: Health(checked="2026-11-01")})
    assert visit(tmp_path, enough, page)[page].state is GOOD


@pytest.mark.parametrize(("path", "feed"), [("/flux-illisible", "-"), ("/flux-pi%C3%A9g%C3%A9", "-")])
def test_a_feed_badly_announced_is_none_and_accuses_nobody(small: Small, tmp_path: Path, today, path: str, feed: str) -> None:
    visit(tmp_path, small.url(path))
    found = visit(tmp_path, small.url(path))[small.url(path)]
    assert (found.state, found.feed) == (GOOD, feed)


def test_no_way_to_a_machine_is_not_a_closed_door() -> None:
    for cause, finding in ((ConnectionRefusedError(), Finding.GONE), (OSError(errno.ENETUNREACH, ""), Finding.SILENT), (ssl.SSLEOFError(), Finding.SILENT)):
        error = httpx.ConnectError("")
        error.__cause__ = cause
        assert failures.as_visit(error).finding is finding


def test_an_answer_that_only_our_library_refuses_accuses_nobody() -> None:
    for error in (
        httpx.RemoteProtocolError("illegal header line: bytearray(b'a b: c')"),
        httpx.RemoteProtocolError("illegal status line"),
        httpx.DecodingError("incorrect header check"),
        httpx.LocalProtocolError("Illegal header value"),
        httpx.ProxyError("407"),
    ):
        assert failures.as_visit(error).finding is Finding.TROUBLE
    for said in ("Server disconnected without sending a response.", "peer closed connection without sending complete message body (incomplete chunked read)"):
        assert failures.as_visit(httpx.RemoteProtocolError(said)).finding is Finding.SILENT


def test_a_clock_that_was_wrong_kills_no_link() -> None:
    for wrong in ("1970-01-01", "2030-01-01"):
        known = Health()
        for day in (wrong, "2026-11-24", "2026-11-25"):
            known = after(known, Visit(finding=Finding.GONE), dt.date.fromisoformat(day), failures=3, days=7)
        assert known.state is SUSPECT
    today = clock.now().date().isoformat()
    assert rounds.without_copy({"a": today}, {"a": Health(sought="2999-01-01")}) == {"a": today}


def test_an_archive_that_has_had_enough_is_left_alone(small: Small, tmp_path: Path, today) -> None:
    mine = dataclasses.replace(FAST, wayback=small.url("/wayback/available"), save=small.url("/save/"))
    urls = dict.fromkeys(("https://exemple.fr/1", "https://exemple.fr/assez", "https://exemple.fr/2"), "2008-09-12")
    notebook = StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl")
    small.days.clear()
    told = asyncio.run(Round(mine, notebook).find_copies(urls))
    assert (told.copies, told.postponed, len(small.days)) == (1, 2, 2)
    failed: list[str] = []
    told = asyncio.run(Round(mine, notebook).request_copies(list(urls), lambda address, _: failed.append(address)))
    notebook.close()
    assert (told.copies, told.postponed, failed) == (1, 2, [])


def test_a_page_that_leads_home_for_a_while_is_suspect_where_any_address_does(small: Small, tmp_path: Path, today) -> None:
    url = small.url("/article/disparu", "127.0.0.5")
    assert visit(tmp_path, url)[url].state is SUSPECT


def test_to_wait_for_our_own_turn_is_nobody_s_fault(small: Small, tmp_path: Path, today) -> None:
    urls = [small.url("/seconde", f"127.0.3.{number}") for number in range(1, 7)]
    mine = dataclasses.replace(FAST, together=1, timeout=2.0, total=2.0)
    assert {found.state for found in visit(tmp_path, *urls, mine=mine).values()} == {GOOD}


def test_two_commands_do_not_write_at_once(tmp_path: Path) -> None:
    notebook = StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl")
    with pytest.raises(BusyError):
        StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl")
    notebook.close()


def test_dead_links_alone_are_blamed_when_an_archive_answers(small: Small, tmp_path: Path, today) -> None:
    mine = dataclasses.replace(FAST, wayback=small.url("/wayback/available"))
    assert visit(tmp_path, "http://nulle-part.invalid/", mine=mine)["http://nulle-part.invalid/"].state is SUSPECT


def test_a_gate_that_leads_to_no_copy_gives_none(small: Small, tmp_path: Path, today) -> None:
    mine = LinkSettings(delay=0, timegate=small.url("/vers/302/page?"), allowed=("127.0.0.0/8",))
    assert visit(tmp_path, "https://exemple.fr/a", mine=mine, seek=True)["https://exemple.fr/a"].archive is None


def test_the_feed_a_page_announces_is_found_at_the_second_visit(small: Small, tmp_path: Path, today) -> None:
    url = small.url("/page")
    assert visit(tmp_path, url)[url].feed == ""
    assert visit(tmp_path, url)[url].feed == small.url("/flux.xml")


def test_a_copy_is_that_of_the_day_of_the_post_and_no_page_of_error(small: Small, tmp_path: Path, today) -> None:
    mine = LinkSettings(delay=0, wayback=small.url("/wayback/available"), allowed=("127.0.0.0/8",))
    small.lacking.add("https://exemple.fr/rien")
    found = visit(tmp_path, "https://exemple.fr/a", "https://exemple.fr/rien", "https://exemple.fr/page-d-erreur", mine=mine, seek=True)
    assert found["https://exemple.fr/a"].archive == Copy(url="https://web.archive.org/web/20080912120000/https://exemple.fr/a", date="2008-09-12")
    assert found["https://exemple.fr/rien"].archive is None
    assert found["https://exemple.fr/page-d-erreur"].archive is None
    assert set(small.days) == {"20080912"}
    assert rounds.without_copy({"https://exemple.fr/rien": "2008-09-12"}, found) == {}  # not before a month


def test_a_timegate_is_asked_for_the_same_day(small: Small, tmp_path: Path, today) -> None:
    mine = LinkSettings(delay=0, timegate=small.url("/timegate/"), allowed=("127.0.0.0/8",))
    found = visit(tmp_path, "https://exemple.fr/a", mine=mine, seek=True)
    assert found["https://exemple.fr/a"].archive == Copy(url=small.url("/memento/web/20080912101112/https://exemple.fr/a"), date="2008-09-12")


def test_an_archive_that_is_down_is_asked_again_next_time(small: Small, tmp_path: Path, today) -> None:
    mine = LinkSettings(delay=0, timeout=0.5, wayback=small.url("/etat/503"), patience=0, allowed=("127.0.0.0/8",))
    assert visit(tmp_path, "https://exemple.fr/a", mine=mine, seek=True) == {}


def test_copies_are_asked_for_and_failures_block_nothing(small: Small, tmp_path: Path, today) -> None:
    mine = LinkSettings(delay=0, save=small.url("/save/"), allowed=("127.0.0.0/8",))
    notebook, failed = StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl"), []
    urls = ["https://exemple.fr/etat/200", "https://exemple.fr/b"]
    told = asyncio.run(Round(mine, notebook).request_copies(urls, lambda address, _: failed.append(address)))
    notebook.close()
    assert (told.copies, failed) == (1, urls[:1])
    assert state.load(tmp_path / "state.json")[urls[1]].archive.date == "2026-11-24"


SCRIPT = """
import asyncio, resource, sys, time
from pathlib import Path
from plancher.commands.links.rounds import Round, to_visit
from plancher.commands.links.state_store import StateStore
from plancher.components.links.settings import LinkSettings

folder, delay, *urls = sys.argv[1:]
notebook = StateStore(Path(folder, "state.json"), Path(folder, "journal.jsonl"))
wanted = to_visit(dict.fromkeys(urls, "2024-01-01"), notebook.known, everything=False)
mine = LinkSettings(delay=float(delay), timeout=20, total=40, together=100, wayback="", save="", allowed=("127.0.0.0/8",))
start = time.monotonic()
asyncio.run(Round(mine, notebook, lambda: print("fait", flush=True)).visit(wanted))
spent = time.monotonic() - start
notebook.close()
print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


def run(folder: Path, delay: float, urls: list[str]) -> subprocess.Popen[str]:
    """A round in a process of its own."""
    command = [sys.executable, "-c", SCRIPT, str(folder), str(delay), *urls]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")})


def test_two_thousand_links_take_the_time_that_hosts_ask_for_and_no_memory(small: Small, tmp_path: Path) -> None:
    delay, hosts, each = 1.0, 200, 10
    urls = [small.url(f"/etat/200?n={number}", f"127.0.{1 + host // 100}.{10 + host % 100}") for host in range(hosts) for number in range(each)]
    told = [run(tmp_path / str(count), delay, urls[:count]).communicate(timeout=240)[0].splitlines()[-1].split() for count in (100, len(urls))]
    (_, little), (spent, memory) = [tuple(map(float, one)) for one in told]
    found = state.load(tmp_path / str(len(urls)) / "state.json")
    assert all(found[url].state is GOOD for url in urls)
    bound = delay * each  # ten links and one page that cannot exist: ten waits
    print(f"{spent:.1f} s pour une borne de {bound:.1f} s, {memory:.0f} Mo contre {little:.0f} pour cent liens")
    assert spent <= 5 * bound  # in turn, they would ask for two hundred times as much
    assert memory <= little + 40  # Mo: connections, and what is known of two thousand links
    asked: dict[str, list[float]] = {}
    for moment, _, host, _ in small.asked[-2200:]:
        if host.startswith(("127.0.1.", "127.0.2.")):
            asked.setdefault(host, []).append(moment)
    for moments in asked.values():  # from the first to the last: a busy machine hears of one question late, not of all
        assert moments[-1] - moments[0] >= delay * (len(moments) - 2)


def test_a_round_killed_at_any_moment_loses_only_the_visit_it_was_making(small: Small, tmp_path: Path) -> None:
    urls = [small.url(f"/etat/200?mort={number}") for number in range(60)]
    known: set[str] = set()
    for kills in range(8):
        process = run(tmp_path, 0.02, urls)
        said = sum(1 for _ in zip(range(3 + kills), process.stdout, strict=False))
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        process.stdout.close()
        raw = (tmp_path / "state.json").read_text(encoding="utf-8") if (tmp_path / "state.json").exists() else '{"version": 1, "links": {}}'
        json.loads(raw)  # whole, always
        notebook = StateStore(tmp_path / "state.json", tmp_path / "journal.jsonl")
        assert known <= set(notebook.known)
        assert len(notebook.known) >= len(known) + said
        known = set(notebook.known)
        notebook.close()
    assert not (tmp_path / "journal.jsonl").exists()


def test_the_file_is_sorted_and_read_back(tmp_path: Path) -> None:
    known = {
        "https://b.fr/": Health(
            state=State.DEAD, failures=("2026-01-01", "2026-02-01"), archive=Copy(url="https://web.archive.org/web/2008/x", date="2008-09-12")
        ),
        "https://a.fr/é": Health(state=State.MOVED, moved="https://c.fr/", checked="2026-11-24"),
    }
    state.save(tmp_path / "links" / "state.json", known)
    text = (tmp_path / "links" / "state.json").read_text(encoding="utf-8")
    assert text.index("a.fr") < text.index("b.fr")
    assert state.load(tmp_path / "links" / "state.json") == known
    assert json.loads(text)["version"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2, "links": {}}',
        '{"version": 1, "links": {"a": {"state": "mort"}}}',
        "{",
        '{"version": 1, "links": {"https://a.fr/": {"archive": {"url": "https://b.fr/", "date": "2020"}}}}',
        '{"version": 1, "links": {"https://a.fr/": {"archive": {"url": "javascript:alert(1)", "date": ""}}}}',
    ],
)
def test_a_file_that_says_nothing_is_no_state(text: str) -> None:
    with pytest.raises(DataError):
        state.parse(text)


def test_an_author_visits_the_links_of_the_blog_and_the_build_shows_what_was_found(small: Small, tmp_path: Path) -> None:
    project = without_posts(tmp_path / "projet")
    settings = project / "pelicanconf.py"
    mine = f'LinkSettings(delay=0, timeout=1, allowed=("127.0.0.0/8",), wayback="{small.url("/wayback/available")}", save="{small.url("/save/")}")'
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nfrom plancher.blog import LinkSettings\n\nPLANCHER_LINKS = {mine}\n", encoding="utf-8")
    post = f"Title: Un\nDate: 2008-09-12\nCategory: Essais\n\n> [!liens] À lire\n> - [Une page]({small.url('/page')}?utm_source=x)\n\nVoir [ceci]({small.url('/perdu')}).\n"
    (project / "content" / "articles" / "un.md").write_text(post, encoding="utf-8")
    for day in (1, 5, 9):
        now = str(1_790_000_000 + day * 86_400)
        ran = invoke(project, "links.check", SOURCE_DATE_EPOCH=now)
        assert ran.returncode == 0, ran.stderr
    known = state.load(project / "content" / "links" / "state.json")
    assert {url: found.state for url, found in known.items()} == {small.url("/page"): GOOD, small.url("/perdu"): State.DEAD}
    assert known[small.url("/perdu")].archive.date == "2008-09-12"
    assert "mort (404)" in ran.stdout
    assert invoke(project, "build").returncode == 0
    page = (project / "output" / "2008" / "09" / "un" / "index.html").read_text(encoding="utf-8")
    assert f'href="https://web.archive.org/web/20080912120000/{small.url("/perdu")}" data-originalurl="{small.url("/perdu")}"' in page
    assert "</a> (archivé le 12 septembre 2008)" in page
    assert f'href="{small.url("/page")}"' in page
    assert not (project / ".cache" / "liens.jsonl").exists()
    assert "déjà été visité" in invoke(project, "links.check", SOURCE_DATE_EPOCH=now).stdout
