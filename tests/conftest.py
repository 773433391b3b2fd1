"""Whole sites in one string, the blog of the tests and the one of this repository built once each, a server.

A tool that is missing skips its tests with one line that says how to install
it; with ``PLANCHER_REQUIRE_TOOLS`` set (``.ci/run`` sets it) that is a failure.
"""

from __future__ import annotations

import compileall
import contextlib
import dataclasses
import functools
import html
import http.server
import importlib
import inspect
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import preload
from tests.forked import forge
from tests.settings import identity

if TYPE_CHECKING:
    from tests.build.small import Small
    from tests.build.warm import Warm

hypothesis.settings.register_profile("ici", hypothesis.settings(), deadline=None)  # the machine has other things to do: what is slow is measured apart
hypothesis.settings.load_profile("ici")

ROOT = Path(__file__).resolve().parent.parent
BLOG = ROOT / "tests" / "blog"
"""A blog of the tests' own, which holds once whatever a blog may show: no test counts on the posts of ``content/``."""
_ENGINE = 'str(HERE / "plugins")'
"""How tasks.py finds the engine."""
TOOLS = Path(__file__).resolve().parent / "tools" / "node_modules"
HINTS = {
    "chromium": "installez Chromium : apt-get install chromium",
    "soffice": "installez LibreOffice : apt-get install libreoffice-calc",
    "nginx": "installez nginx : apt-get install nginx-light",
    "caddy": "installez Caddy : apt-get install caddy",
    "apache2": "installez Apache : apt-get install apache2-bin",
    "java": "installez Java : apt-get install default-jre-headless",
    "commonmark-spec": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
    "axe-core": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
    "plugins": "installez-les : .venv/bin/pip install --no-deps --target tests/tools/plugins -r tests/tools/plugins.txt",
    "vnu-jar": "installez les outils : npm ci --ignore-scripts --prefix tests/tools",
}


def tool(name: str) -> Path:
    """Where a tool is, or a skip that says how to install it."""
    folder = TOOLS.parent / name if name == "plugins" else TOOLS / name
    found = shutil.which(name) if name in {"chromium", "java", "soffice", "nginx", "caddy", "apache2"} else str(folder) if folder.is_dir() else None
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
    address: str = identity.SITEURL

    def text(self, path: str) -> str:
        """A file of the site."""
        return (self.output / path).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        return (self.output / path).exists()

    @property
    def listed(self) -> set[str]:
        """Addresses of the posts that the archives name: all but those that are to be listed nowhere."""
        found = re.findall(r'<li><time [^>]*>[^<]*</time> <a href="([^"]*)"', self.text("archives/index.html"))
        return {urllib.parse.urljoin(self.address, html.unescape(path)) for path in found}

    @property
    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in sorted(self.output.rglob("*")) if path.is_file()}


def pytest_configure(config: pytest.Config) -> None:
    """Compile the engine once, where commands that may not keep what they compile would do it each time; let Ctrl-C be heard.

    A shell has what it runs in the background ignore Ctrl-C, and so would all that this process starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "plugins", quiet=1)
        os.environ[preload.FOLDER] = folder = tempfile.mkdtemp(prefix="plancher-")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def settings_file(name: str | Path) -> Path:
    """A file of settings: « local » or « public » of the tests, or any other."""
    return name if isinstance(name, Path) else ROOT / "tests" / "settings" / f"{name}.py"


_POSIX = re.compile(r"os\.(?:fork|getpgid|killpg|mkfifo|geteuid|umask)|signal\.SIG(?:ALRM|CHLD|KILL|STOP|USR1)|symlink_to|chmod\(|/proc/|\"mount\"|pgrep")
"""What a test asks the system itself for, and Windows has not: tests/other_system looks at Windows from another system."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On Windows, leave out the tests that are about what it has not."""
    for item in items if os.name == "nt" else ():
        if isinstance(item, pytest.Function) and _POSIX.search(inspect.getsource(item.function)):
            item.add_marker(pytest.mark.skip(reason="Windows n'a pas ce que ce test éprouve"))


_OF_THE_BUILD = {"SOURCE_DATE_EPOCH", "TZ", "SITEURL", "CI"}
"""Variables that a build reads; any other may be Python's own, and asks for a new process."""


def pelican(content: Path, output: Path, *extra: str, settings: str | Path = "local", **env: str) -> Built:
    """Run the command, as a Pelican user does."""
    path = settings_file(settings)
    words = [str(content), "-o", str(output), "-s", str(path), "-q", *(["-e", *extra] if extra else [])]
    if hasattr(os, "fork") and set(env) <= _OF_THE_BUILD and path.is_relative_to(ROOT):
        ran = forge().run("pelican", words, content.parent, {**os.environ, **env})
        return Built(output, ran.code, ran.out + ran.err)
    command = [sys.executable, "-m", "pelican", *words]
    run = subprocess.run(command, cwd=content.parent, env={**os.environ, **env}, capture_output=True, text=True, check=False, timeout=120)
    return Built(output, run.returncode, run.stdout + run.stderr)


def without_posts(folder: Path) -> Path:
    """The project's theme and its settings, ready for the first post of the tests' author; the engine stands elsewhere, as where it is installed."""
    return _blog(folder, ROOT / "plugins")


def with_engine(folder: Path) -> Path:
    """The same with the engine's own code in it, as in this repository: for who changes it."""
    # What Python has compiled goes along, since each command would do it again, but not what it is writing.
    shutil.copytree(ROOT / "plugins", folder / "plugins", ignore=shutil.ignore_patterns("*.pyc.*"))
    return _blog(folder, folder / "plugins")


def _blog(folder: Path, engine: Path) -> Path:
    shutil.copytree(ROOT / "theme", folder / "theme", ignore=shutil.ignore_patterns(".*.tmp"))  # a build of another test may be writing there
    shutil.copy(ROOT / "publishconf.py", folder)
    tasks = (ROOT / "tasks.py").read_text(encoding="utf-8")
    assert _ENGINE in tasks
    (folder / "tasks.py").write_text(tasks.replace(_ENGINE, repr(str(engine))), encoding="utf-8")
    identity_text = (ROOT / "tests" / "settings" / "identity.py").read_text(encoding="utf-8")
    begin = f"import sys\n\nsys.path.insert(0, {str(engine)!r})\n\n"
    (folder / "pelicanconf.py").write_text(f"{begin}{identity_text}\nPLUGIN_PATHS = [sys.path[0]]\n", encoding="utf-8")
    (folder / "content" / "articles").mkdir(parents=True)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Built]:
    """``site("-- articles/a.md -- …")`` writes those files and builds them.

    A file given as ``Title: …`` alone gets a date, so that a test says only what it is about.
    """

    def build(text: str = "", *extra: str, settings: str | Path = "local", **env: str) -> Built:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        for name, body in re.findall(r"^-- (\S.*?) --\n(.*?)(?=^-- |\Z)", text, re.MULTILINE | re.DOTALL):
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        return pelican(content, tmp_path / "output", *extra, settings=settings, **env)

    return build


BLOG_SETTINGS = ("DEFAULT_PAGINATION=5", 'PLANCHER_FEEDS={"size": 6, "archive_size": 4}', 'PLANCHER_GUIDE={"published": true}')
"""Short pages and short feeds: few posts show what becomes of many."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The blog of the tests, as it is published."""
    folder = tmp_path_factory.mktemp("site")
    made = pelican(BLOG, folder / "output", *BLOG_SETTINGS, f'CACHE_PATH="{folder / "cache"}"', settings="public")
    assert made.code == 0, made.said
    return made


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The blog of this repository, as its owner publishes it: whatever ``content/`` holds, and be it nothing."""
    folder = tmp_path_factory.mktemp("contenu")
    content = ROOT / "content"
    if not content.is_dir():  # git keeps no empty folder
        content = folder / "content"
        content.mkdir()
    made = pelican(content, folder / "output", f'CACHE_PATH="{folder / "cache"}"', settings=ROOT / "publishconf.py")
    assert made.code == 0, made.said
    return dataclasses.replace(made, address=importlib.import_module("publishconf").SITEURL)


BEGINNINGS = {
    "nothing": {},
    "one post": {"articles/un.md": "Title: Un\nDate: 2024-05-02\n\nTexte.\n"},
    "one page": {"pages/une.md": "Title: Une\n\nTexte.\n"},
}
"""Blogs of whoever begins: the files of each."""


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """Blogs of nothing, or next to nothing, as they are published."""
    made = {}
    for name, files in BEGINNINGS.items():
        folder = tmp_path_factory.mktemp("debut")
        (folder / "content").mkdir()
        for path, text in files.items():
            (folder / "content" / path).parent.mkdir()
            (folder / "content" / path).write_text(text, encoding="utf-8")
        made[name] = pelican(folder / "content", folder / "output", settings="public")
        assert (made[name].code, made[name].said) == (0, "")
    return made


@pytest.fixture(scope="session", params=["built", "ours", *BEGINNINGS])
def any_site(request: pytest.FixtureRequest) -> Built:
    """The blog of the tests, the one of this repository, and three that begin: for what holds of any site, whatever its posts."""
    made: Built = request.getfixturevalue("beginnings")[request.param] if request.param in BEGINNINGS else request.getfixturevalue(request.param)
    return made


class _Handler(http.server.SimpleHTTPRequestHandler):
    base = ""
    """The folder of its host in which the site stands."""

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests do."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(self.base))


@contextlib.contextmanager
def served(made: Built) -> Iterator[str]:
    """A site on a real HTTP server, by its address there."""
    handler = type("Handler", (_Handler,), {"base": urllib.parse.urlsplit(made.address).path})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(made.output))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}{handler.base}"
        httpd.shutdown()
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def server(built: Built) -> Iterator[str]:
    """The blog of the tests on a real HTTP server."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """One process with everything imported builds for all tests that ask for it."""
    if not hasattr(os, "fork"):
        pytest.skip("un processus ne se copie pas ici")  # tests/other_system looks at this system from another
    from tests.build.warm import Warm  # noqa: PLC0415 - most tests have no use for it

    warm = Warm()
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
    assert small.build(alone=True).code == 0  # so few files need no workers
    return small
