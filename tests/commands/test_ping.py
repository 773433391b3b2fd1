"""« invoke ping » tells the hub once the site is online, and says truly whether it did."""

from __future__ import annotations

import contextlib
import dataclasses
import http.server
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.commands import ping

from tests.conftest import without_posts
from tests.tasks.test_tasks import invoke

HERE = dataclasses.replace(ping.LIMITS, allowed=("127.0.0.0/8",))
POST = "Title: Un\nDate: 2024-05-02\nTags: PME\nCategory: Essais\n\nTexte.\n"


@dataclasses.dataclass
class Online:
    """A site and a hub on this machine, and what the hub was told."""

    address: str = ""
    folder: Path = Path()
    told: list[list[tuple[str, str]]] = dataclasses.field(default_factory=list)
    status: int = 204
    delay: float = 0.0


@pytest.fixture
def online() -> Iterator[Online]:
    state = Online()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *words: object) -> None:
            super().__init__(*words, directory=str(state.folder))  # type: ignore[arg-type] # what the server gives

        def do_POST(self) -> None:
            time.sleep(state.delay)
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.told.append(urllib.parse.parse_qsl(raw))
            with contextlib.suppress(OSError):  # nobody waits any longer
                self.send_response(state.status)
                self.send_header("Location", "/ailleurs")
                self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join(timeout=10)


@pytest.fixture
def made(online: Online, site) -> Path:
    online.folder = site(
        f"-- articles/un.md --\n{POST}", f'SITEURL="{online.address}"', f'PLANCHER_FEEDS={{"authority": "exemple.fr", "hub": "{online.address}/relais"}}'
    ).output
    return online.folder


def test_the_hub_is_told_of_each_feed_that_names_it(online: Online, made: Path) -> None:
    said = ping.ping(made, HERE)
    assert said.replace("\u00a0", " ") == f"Relais prévenu de {len(online.told[0]) - 1} flux : {online.address}/relais"
    ((mode, *feeds),) = online.told
    assert mode == ("hub.mode", "publish")
    assert {name for name, _ in feeds} == {"hub.url"}
    told = [urllib.parse.unquote(address.removeprefix(f"{online.address}/")) for _, address in feeds]
    assert len(set(told)) == len(told)
    assert {"feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json", "feeds/lettre.atom.xml", "feeds/tag/PME.atom.xml", "feeds/liens.json"} <= set(told)
    named = {path.relative_to(made).as_posix() for path in (made / "feeds").rglob("*.*") if f"{online.address}/relais" in path.read_text(encoding="utf-8")}
    assert set(told) == named


def test_nobody_is_told_before_the_site_is_online(online: Online, made: Path, tmp_path: Path) -> None:
    online.folder = tmp_path / "ailleurs"
    online.folder.mkdir()
    with pytest.raises(ping.PingError, match="n'est pas encore le flux de ce site"):
        ping.ping(made, HERE)
    (online.folder / "feeds").mkdir()
    (online.folder / "feeds" / "atom.xml").write_text("<feed/>", encoding="utf-8")
    with pytest.raises(ping.PingError, match="n'est pas encore le flux de ce site"):
        ping.ping(made, HERE)
    assert online.told == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hub_that_refuses_is_no_success_and_is_told_no_second_address(online: Online, made: Path, status: int) -> None:
    online.status = status
    with pytest.raises(ping.PingError, match=f"répond {status}"):
        ping.ping(made, HERE)
    assert len(online.told) == 1


def test_a_hub_that_says_nothing_is_not_waited_for(online: Online, made: Path) -> None:
    online.delay = 3.0
    start = time.monotonic()
    with pytest.raises(ping.PingError, match="n'a pas répondu"):
        ping.ping(made, dataclasses.replace(HERE, timeout=0.3, total=0.5))
    assert time.monotonic() - start < 2.5


def test_a_machine_of_ones_own_network_is_not_asked(made: Path, online: Online) -> None:
    with pytest.raises(ping.PingError, match="ne répond pas"):
        ping.ping(made, ping.LIMITS)
    assert online.told == []


def test_without_a_hub_there_is_nothing_to_do_and_that_is_no_failure(site, online: Online) -> None:
    made = site(f"-- articles/un.md --\n{POST}").output
    assert "aucun relais" in ping.ping(made, HERE)
    assert online.told == []


def test_the_command_says_what_to_do_where_there_is_no_site(tmp_path: Path) -> None:
    blog = without_posts(tmp_path / "blog")
    ran = invoke(blog, "ping")
    assert ran.returncode == 1
    assert "Personne n'est prévenu" in ran.stderr
    assert "invoke publish" in ran.stderr
    assert "Traceback" not in ran.stderr
