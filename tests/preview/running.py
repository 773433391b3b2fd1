"""A project of a few posts, and « invoke serve » at work on it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.conftest import with_engine

PATIENCE = 60.0
"""Seconds until what should have been shown is given up."""


def post(title: str, body: str = "Texte.", *, date: str = "2024-05-02", more: str = "") -> str:
    return f"Title: {title}\nDate: {date}\nCategory: Essais\n{more}\n{body}\n"


def project(folder: Path) -> Path:
    """The project's own code and theme, with posts of its own."""
    articles = with_engine(folder) / "content" / "articles"
    (articles / "un.md").write_text(post("Un"), encoding="utf-8")
    (articles / "long.md").write_text(
        post("Long", "\n\n".join(f"Paragraphe {number}, [lien](https://exemple.fr/{number})." for number in range(80))), encoding="utf-8"
    )
    (articles / "plus-tard.md").write_text(post("Plus tard", more="Status: draft\n"), encoding="utf-8")
    return folder


class Preview:
    """A running « invoke serve »."""

    def __init__(self, root: Path, **env: str) -> None:
        """:param env: variables of the environment."""
        self.root, self.env = root, env
        self.articles = root / "content" / "articles"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = root / "terminal.txt"
        self.start()

    def start(self) -> None:
        """Type the command, as an author does."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "invoke", "serve", "--port", str(self.port)],
                cwd=self.root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | self.env,
            )

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return self._log.read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        """Save a file, as an editor that overwrites."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    @contextlib.contextmanager
    def altered(self, path: str, change: Callable[[str], str]) -> Iterator[None]:
        """A file with something else in it, and then as it was; returns once the preview is as it was too."""
        before = (self.root / path).read_text(encoding="utf-8")
        self.write(path, change(before))
        try:
            yield
        finally:
            self.write(path, before)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8", "replace")
        finally:
            line.close()

    def until(self, path: str, test: Callable[[int, str], bool]) -> str:
        """The page at this address, once the test accepts its status and text."""
        end, status, text = time.monotonic() + PATIENCE, 0, ""
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _, text = self.get(path)
                if test(status, text):
                    return text
            time.sleep(0.02)
        raise AssertionError(f"{path} : {status}, jamais comme attendu\n{text[:2000]}\n{self.said}")

    def shows(self, path: str, words: str) -> str:
        """The page, once it is there and holds these words."""
        return self.until(path, lambda status, text: status == 200 and words in text)

    def lacks(self, path: str) -> None:
        """Return once there is nothing at this address."""
        self.until(path, lambda status, _: status == 404)

    def report(self) -> dict[str, object]:
        """What the browsers are told now."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", "/_apercu/evenements?page=/")
            answer = line.getresponse()
            for line_of_text in iter(answer.readline, b""):  # at its end, a line that was closed gives nothing for ever
                if line_of_text.startswith(b"data: "):
                    return dict(json.loads(line_of_text[6:])["report"])
            raise AssertionError(f"l'aperçu a fermé la ligne\n{self.said}")
        finally:
            line.close()

    def tells(self, pattern: str) -> str:
        """The notices, one line each, once one of them looks like this; « ^$ » for none."""
        end, found = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            notices = self.report()["notices"]
            found = "\n".join(f"{n['severity']} {n['path']}:{n['line']}: {n['code']} {n['message']}" for n in notices)
            if re.search(pattern, found):
                return found
            time.sleep(0.02)
        raise AssertionError(f"« {pattern} » n'a jamais été dit, mais :\n{found}\n{self.said}")

    def files(self) -> dict[str, bytes]:
        """The site on disk."""
        folder = self.root / ".preview"
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    def remove_site(self) -> None:
        """Remove the site from the disk, at once, whatever is being written in it."""
        aside = self.root / "site-ote"
        (self.root / ".preview").rename(aside)
        shutil.rmtree(aside)

    def stop(self, kind: int = signal.SIGINT) -> int:
        """Ctrl-C; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(kind)
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Preview]:
    """« invoke serve » on a fresh project, once it shows the home page."""
    preview = Preview(project(folder))
    try:
        preview.shows("/", "Un</a>")
        yield preview
    finally:
        preview.stop()
