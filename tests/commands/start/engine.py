"""The engine as a new owner has it: installed from its one file, in a folder of its own."""

from __future__ import annotations

import dataclasses
import functools
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from bs4 import BeautifulSoup
from plancher.commands import engine_wheel

from tests.conftest import ROOT

_OF_A_HOST = {"SITEURL", "SOURCE_DATE_EPOCH", "CI"}


@dataclasses.dataclass(frozen=True)
class Installed:
    """The folder it was installed into."""

    folder: Path
    wheel: Path

    @property
    def program(self) -> list[str]:
        """What Python is given to run it; on Windows it is a program of its own."""
        return (
            ["-c", "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))", str(self.folder / "bin" / "plancher.exe")]
            if os.name == "nt"
            else [str(self.folder / "bin" / "plancher")]
        )

    def plancher(self, here: Path, *words: str) -> subprocess.CompletedProcess[str]:
        """The program that it installs."""
        return self._run(here, *self.program, *words)

    def invoke(self, blog: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A command of a blog."""
        return self._run(blog, "-m", "invoke", *words, env=env)

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in _OF_A_HOST} | {"PYTHONPATH": str(self.folder)}

    def _run(self, here: Path, *words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(
            command, cwd=here, env=self.environment() | dict(env or {}), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120
        )


def install(folder: Path) -> Installed:
    """Make the engine's file from this repository, and install it as an owner does."""
    wheel = engine_wheel.find(None, ROOT)
    path = folder / wheel.file_name
    path.write_bytes(wheel.content)
    words = ["install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--target", str(folder / "moteur"), str(path)]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True, timeout=120)
    return Installed(folder / "moteur", path)


@dataclasses.dataclass(frozen=True)
class Site:
    """What a blog has published."""

    folder: Path
    address: str

    @functools.cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Each page by its path in the site."""
        found = sorted(self.folder.rglob("*.html"))
        return {path.relative_to(self.folder).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in found}

    def lost_links(self) -> list[str]:
        """Links, pictures and scripts of the site that lead to no file of it, nor to a place in a page."""
        lost = []
        for name, page in self.pages.items():
            here = urllib.parse.urljoin(f"{self.address}/", urllib.parse.quote(name.removesuffix("index.html")))
            for element in page.select("[href], [src]"):
                target, fragment = urllib.parse.urldefrag(urllib.parse.urljoin(here, element.get("href") or element["src"]))
                if target.startswith("http") and urllib.parse.urlsplit(target).netloc == urllib.parse.urlsplit(self.address).netloc:
                    lost += [f"{name}: {target}#{fragment}"] if not self._leads(target, fragment) else []
        return lost

    def _leads(self, target: str, fragment: str) -> bool:
        if not target.startswith(f"{self.address}/"):
            return False
        path = urllib.parse.unquote(urllib.parse.urlsplit(target.removeprefix(f"{self.address}/")).path)
        path += "index.html" if not path or path.endswith("/") else ""
        if not (self.folder / path).is_file():
            return False
        return not fragment or path not in self.pages or self.pages[path].find(id=urllib.parse.unquote(fragment)) is not None
