"""What the author's guide gives to copy: the lines of Caddy and nginx keep nothing of who writes, and the unit runs a command that there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import plancher.components.guide
import pytest
from plancher.tasks import receiving

from tests.commands.answers.receiver.running import FILLED, FROM_BLOG, running
from tests.conftest import tool
from tests.publishing.conftest import free_port
from tests.publishing.conftest import running as serving

GUIDE = Path(plancher.components.guide.__file__).with_name("guide.md").read_text(encoding="utf-8")


Server = Callable[[Path, int, int], list[str]]
"""Writes the lines of the guide into a folder, for two ports of this machine: the server's, and the receiver's behind it. The command that serves."""


def caddy(folder: Path, port: int, receiver: int) -> list[str]:
    lines = re.search(r"```text\n(\{\n\tlog default.*?)```", GUIDE, re.DOTALL)[1]
    lines = lines.replace("temoignages.exemple.fr", f"http://127.0.0.1:{port}").replace("127.0.0.1:8321", f"127.0.0.1:{receiver}")
    (folder / "Caddyfile").write_text(lines.replace("{\n", "{\n\tadmin off\n", 1), encoding="utf-8")
    return ["env", f"HOME={folder}", f"XDG_DATA_HOME={folder}", f"XDG_CONFIG_HOME={folder}", str(tool("caddy")), "run", "--config", str(folder / "Caddyfile")]


def nginx(folder: Path, port: int, receiver: int) -> list[str]:
    """As Debian sets it up, it has a journal for whoever names no other."""
    lines = re.search(r"```nginx\n(server \{\n[^`]*?temoignages.*?)```", GUIDE, re.DOTALL)[1]
    lines = lines.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("127.0.0.1:8321", f"127.0.0.1:{receiver}")
    places = " ".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    around = f"daemon off; pid {folder}/pid; error_log {folder}/erreurs.log notice;\nevents {{}}\nhttp {{ access_log {folder}/acces.log; {places}\n{lines}}}\n"
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    return [str(tool("nginx")), "-c", str(folder / "nginx.conf"), "-p", str(folder)]


@pytest.mark.parametrize(("server", "begins"), [(caddy, "serving initial configuration"), (nginx, "start worker process")])
def test_behind_the_lines_of_a_server_machines_are_counted_and_nothing_is_kept_of_them(tmp_path: Path, server: Server, begins: str) -> None:
    port = free_port()
    with running(tmp_path / "recu.sqlite", receiver="https://temoins.example/", per_machine=2) as receiver:
        command = server(tmp_path, port, httpx.URL(receiver.address).port)
        with serving(command, port, tmp_path / "sortie.log"):
            address = f"http://127.0.0.1:{port}/"
            forged = [FROM_BLOG | {"X-Forwarded-For": f"198.51.100.{number}", "User-Agent": "reconnaissable"} for number in range(3)]
            answers = [httpx.post(address, data=FILLED, headers=headers, timeout=30) for headers in forged]
            assert [answer.status_code for answer in answers] == [200, 200, 429]
            receiver.process.kill()
            receiver.process.wait(timeout=60)
            assert httpx.post(address, data=FILLED, headers=forged[0], timeout=30).status_code == 502
    said = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*.log"))
    assert begins in said
    for kept in ("reconnaissable", "remote_ip", "client: ", "POST "):
        assert kept not in said


def test_the_unit_runs_a_command_that_there_is_and_writes_nowhere_else() -> None:
    command = re.search(r"^ExecStart=\S+/invoke (\S+) (.*)$", GUIDE, re.MULTILINE)
    assert command[1] == f"answers.{receiving.receive.name}"
    options = {name for argument in receiving.receive.get_arguments() for name in argument.names}
    typed = dict(word.removeprefix("--").split("=") for word in command[2].split())
    assert typed.keys() <= options
    assert typed["file"].startswith("/var/lib/" + re.search(r"^StateDirectory=(.*)$", GUIDE, re.MULTILINE)[1])
    assert "ProtectSystem=strict" in GUIDE


@pytest.mark.parametrize("name", ["PLANCHER_RECEIVER_TOKEN", "--copy=", "--erase=", 'AnswerSettings(form="'])
def test_the_guide_names_what_an_owner_types(name: str) -> None:
    assert name in GUIDE
