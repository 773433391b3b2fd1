"""Whole sites in one string, the project's own site built once, a server, a browser.

A tool that is missing skips its tests with one line that says how to install
it; with ``PLANCHER_REQUIRE_TOOLS`` set (``.ci/run`` sets it) that is a failure.
"""

from __future__ import annotations

import atexit
import compileall
import dataclasses
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.forked import Forge

if TYPE_CHECKING:
    from tests.build.small import Small
    from tests.build.warm import Warm

hypothesis.settings.register_profile("ici", hypothesis.settings(), deadline=None)  # the machine has other things to do: what is slow is measured apart
hypothesis.settings.load_profile("ici")

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(__file__).resolve().parent / "tools" / "node_modules"
HINTS = {
    "chromium": "installez Chromium : apt-get install chromium",
    "soffice": "installez LibreOffice : apt-get install libreoffice-calc",
    "java": "installez Java : apt-get install default-jre-headless",
    "commonmark-spec": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
    "axe-core": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
    "plugins": "installez-les : .venv/bin/pip install --no-deps --target tests/tools/plugins -r tests/tools/plugins.txt",
    "vnu-jar": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
}


def tool(name: str) -> Path:
    """Where a tool is, or a skip that says how to install it."""
    folder = TOOLS.parent / name if name == "plugins" else TOOLS / name
    found = shutil.which(name) if name in {"chromium", "java", "soffice"} else str(folder) if folder.is_dir() else None
    if found is None:
        stop = pytest.fail if os.environ.get("PLANCHER_REQUIRE_TOOLS") else pytest.skip
        stop(f"{name} manque ; {HINTS[name]}")
    return Path(found)


@dataclasses.dataclass(frozen=True)
class Built:
    """A site that was built, or was not."""

    output: Path
    code: int
    said: str

    def text(self, path: str) -> str:
        """A file of the site."""
        return (self.output / path).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        return (self.output / path).exists()

    @property
    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in sorted(self.output.rglob("*")) if path.is_file()}


def pytest_configure(config: pytest.Config) -> None:
    """Compile the engine once, where commands that may not keep what they compile would do it each time."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "plugins", quiet=1)


_OF_THE_BUILD = {"SOURCE_DATE_EPOCH", "TZ", "SITEURL", "CI"}
"""Variables that a build reads; any other may be Python's own, and asks for a new process."""


@functools.cache
def _forge() -> Forge:
    """The process that builds for all tests of this one."""
    forge = Forge()
    atexit.register(forge.close)
    return forge


def pelican(content: Path, output: Path, *extra: str, settings: str = "pelicanconf.py", **env: str) -> Built:
    """Run the command, as a Pelican user does."""
    words = [str(content), "-o", str(output), "-s", str(ROOT / settings), "-q", *(["-e", *extra] if extra else [])]
    if set(env) <= _OF_THE_BUILD and Path(settings).parent == Path():
        ran = _forge().run(words, content.parent, {**os.environ, **env})
        return Built(output, ran.code, ran.said)
    command = [sys.executable, "-m", "pelican", *words]
    run = subprocess.run(command, cwd=content.parent, env={**os.environ, **env}, capture_output=True, text=True, check=False, timeout=120)
    return Built(output, run.returncode, run.stdout + run.stderr)


def without_posts(folder: Path) -> Path:
    """The project's own code and theme, ready for an author's first post."""
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / name)  # what Python has compiled goes along: each command would do it again
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, folder)
    (folder / "content" / "articles").mkdir(parents=True)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Built]:
    """``site("-- articles/a.md -- …")`` writes those files and builds them.

    A file given as ``Title: …`` alone gets a date, so that a test says only what it is about.
    """

    def build(text: str = "", *extra: str, settings: str = "pelicanconf.py", **env: str) -> Built:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        for name, body in re.findall(r"^-- (\S.*?) --\n(.*?)(?=^-- |\Z)", text, re.MULTILINE | re.DOTALL):
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        return pelican(content, tmp_path / "output", *extra, settings=settings, **env)

    return build


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project's own site, as it is published."""
    made = pelican(ROOT / "content", tmp_path_factory.mktemp("site") / "output", settings="publishconf.py")
    assert made.code == 0, made.said
    return made


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests do."""


@pytest.fixture(scope="session")
def server(built: Built) -> Iterator[str]:
    """The built site on a real HTTP server."""
    handler = functools.partial(_Handler, directory=str(built.output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """One process with everything imported builds for all tests that ask for it."""
    from tests.build.warm import Warm  # noqa: PLC0415 - most tests have no use for it

    warm = Warm(tmp_path_factory.mktemp("gabarits"))
    yield warm
    warm.close()


@pytest.fixture
def small(tmp_path: Path, warm: Warm) -> Small:
    """Three posts, one page, one picture; built."""
    from tests.build.small import Small, picture  # noqa: PLC0415 - the same

    folder = tmp_path / "site"
    folder.mkdir()
    small = Small(folder, warm)
    small.write("content/images/a.png", picture(5))
    small.write("content/pages/a-propos.md", "Title: À propos\n\nTexte.\n")
    small.post("un", day="2024-05-02", tags=("PME",), picture="a.png")
    small.post("deux", day="2024-05-03", tags=("PME",), link="un")
    small.post("trois", day="2025-06-07", category="Outils")
    assert small.build().code == 0
    return small
