"""A receiver that runs on this machine, and what a browser would send it."""

from __future__ import annotations

import contextlib
import dataclasses
import html
import json
import os
import re
import select
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT

BLOG, RECEIVER, TOKEN = "https://carnet.example", "https://temoins.example/recu", "jeton-" + "x" * 40
FROM_BLOG = {"Origin": BLOG, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FROM_RECEIVER = FROM_BLOG | {"Origin": "https://temoins.example", "Sec-Fetch-Site": "same-origin"}
FILLED = {
    "token": "a1b2c3d4",
    "question": "Qu’avez-vous gagné ?",
    "page": f"{BLOG}/2024/05/un/",
    "answer": "Trois heures par semaine.",
    "before": "4 heures",
    "after": "1 heure",
    "name": "Anne",
    "publish": "oui",
    "count": "oui",
    "age": "oui",
    "others": "oui",
    "website": "",
}
FAST = {"soonest": 0.0, "per_machine": 1_000_000, "in_all": 1_000_000, "at_once_each": 1_000}
"""Bounds that a test does not meet by accident."""


@dataclasses.dataclass
class Running:
    """The process."""

    file: Path
    address: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def send_to(self) -> str:
        return f"{self.address}envoyer"

    def ask(self, fields: dict[str, str], headers: dict[str, str] = FROM_BLOG, **more: Any) -> httpx.Response:
        """From the page of the blog."""
        return self.client.post(self.address, data=fields, headers=headers, **more)

    def send(self, page: httpx.Response | str, headers: dict[str, str] = FROM_RECEIVER, **changed: str) -> httpx.Response:
        """Press the button of a page of the receiver."""
        text = page if isinstance(page, str) else page.text
        return self.client.post(self.send_to, data=fields_of(text) | changed, headers=headers)

    def kept(self) -> dict[str, dict[str, str]]:
        """What is in the database, by reference."""
        with contextlib.closing(sqlite3.connect(self.file)) as found:
            return {name: json.loads(content) for name, content in found.execute("SELECT id, content FROM answers WHERE content IS NOT NULL ORDER BY number")}

    def sent(self, page: httpx.Response, **changed: str) -> dict[str, str]:
        """What is kept of a page whose button is pressed."""
        name = reference(self.send(page, **changed))
        return self.kept()[name]

    def memory(self) -> int:
        """Kilobytes that the process has in memory."""
        said = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", said)[1])


@contextlib.contextmanager
def running(file: Path, *, receiver: str = RECEIVER, blog: str = BLOG, token: str = TOKEN, port: int = 0, **rules: float) -> Iterator[Running]:
    wished = {
        "house": {"name": "Carnet <b>", "blog": blog, "receiver": receiver, "email": "moi@carnet.example"},
        "file": str(file),
        "token": token,
        "port": port,
        "rules": FAST | rules,
    }
    command = [sys.executable, "-m", "tests.commands.answers.receiver.serve_it", json.dumps(wished)]
    env = os.environ | {"PYTHONPATH": f"{ROOT / 'plugins'}{os.pathsep}{ROOT}"}
    with httpx.Client(timeout=30) as client, subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert select.select([process.stdout], [], [], 60)[0], "le receveur ne commence pas"
            yield Running(file, process.stdout.readline().strip(), process, client)
        finally:
            process.kill()
            process.wait(timeout=60)


_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
_LINE = re.compile(r'<input name="(\w+)"[^>]*? value="([^"]*)">')
_BOX = re.compile(r'<input type="checkbox" name="(\w+)" value="(\w+)" checked')
_TEXT = re.compile(r"<textarea[^>]*>([^<]*)</textarea>")


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form of a page, as it stands."""
    found = dict(_HIDDEN.findall(page)) | dict(_LINE.findall(page)) | dict(_BOX.findall(page))
    found |= {"answer": text} if (text := "".join(_TEXT.findall(page))) else {}
    return {name: html.unescape(value) for name, value in found.items()}


def reference(page: httpx.Response | str) -> str:
    """The name that a page gives to what was received; empty: it does not say so."""
    text = page if isinstance(page, str) else page.text
    found = re.search(r"Sa référence est ([0-9a-f]{16})", text)
    return found[1] if found and "Votre réponse est reçue" in text else ""
