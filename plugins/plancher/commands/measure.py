"""« invoke measure »: what a finished site weighs, whom it tells of its readers, what its builds cost."""

from __future__ import annotations

import dataclasses
import functools
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

from invoke.exceptions import Exit

from plancher.commands import page_requests

_POST = re.compile(r"\d{4}/\d\d/[^/]+/index\.html")
_COOKIE = re.compile(r"document\s*\.\s*cookie|cookieStore|^\s*set-cookie\s*:", re.IGNORECASE | re.MULTILINE)
_LEFT_OUT = frozenset({"output", "tests"})
"""Folders beside « content » that a build does not need; hidden ones (caches, histories, environments) are none of its business either."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The first visit of a page, with an empty cache."""

    address: str
    """From the site's root: « /2024/02/dix-mille-visites/ »."""
    bytes: int
    """Its HTML, styles, scripts, icon and pictures, texts compressed with gzip."""
    requests: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """One build of the whole blog."""

    seconds: float
    """On the clock."""
    cpu_seconds: float | None
    """Of the processors; a machine that does other things changes it little. None where the system does not say (Windows)."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was measured."""

    pages: int
    posts: int
    home: Visit
    median_post: int | None
    """Bytes of a first visit; None without posts."""
    heaviest_post: Visit | None
    third_parties: tuple[str, ...]
    """Addresses of others that any page asks for before a click."""
    cookies: int
    """Places in scripts and headers that set one."""
    full_build: Build | None = None
    unchanged_build: Build | None = None


def site(output: Path) -> Report:
    """Measure the pages of a finished site.

    :raises Exit: there is none.
    """
    if not (output / "index.html").is_file():
        raise Exit(f"Il n'y a pas de site dans {output.name}. Tapez d'abord « invoke build ».", 1)
    paths = sorted(output.rglob("*.html"))
    pages = {path: page_requests.read(path.read_text(encoding="utf-8")) for path in paths}
    scale = _Scale(output, pages[output / "index.html"].address)
    posts = [scale.visit(path, pages[path]) for path in paths if _POST.fullmatch(path.relative_to(output).as_posix())]
    texts = (*(page.scripts for page in pages.values()), *_scripts_and_headers(output))
    return Report(
        pages=len(paths),
        posts=len(posts),
        home=scale.visit(output / "index.html", pages[output / "index.html"]),
        median_post=round(statistics.median(visit.bytes for visit in posts)) if posts else None,
        heaviest_post=max(posts, key=lambda visit: visit.bytes, default=None),
        third_parties=tuple(sorted({address for page in pages.values() for address in scale.third_parties(page)})),
        cookies=sum(len(_COOKIE.findall(text)) for text in texts),
    )


class _Scale:
    """Weighs the files of one site, each once."""

    def __init__(self, output: Path, home: str) -> None:
        self._output, self._home = output, home or "https://site.invalid/"
        self._weigh = functools.cache(_weight)

    def visit(self, path: Path, page: page_requests.Page) -> Visit:
        relative = path.relative_to(self._output).as_posix().removesuffix("index.html")
        asked = {file for request in page.requests if request.is_first for file in self._files(request.address, self._address(page))}
        return Visit(address=f"/{relative}", bytes=sum(map(self._weigh, (path, *sorted(asked)))), requests=1 + len(asked))

    def third_parties(self, page: page_requests.Page) -> Iterator[str]:
        address = self._address(page)
        for request in page.requests:
            if page_requests.is_third_party(request.address, address):
                yield urllib.parse.urljoin(address, request.address)
            for sheet in self._files(request.address, address):
                yield from (other for other in _in_sheet(sheet) if page_requests.is_third_party(other, address))

    def _address(self, page: page_requests.Page) -> str:
        return page.address or self._home

    def _files(self, asked: str, page: str) -> Iterator[Path]:
        """The file of the site at this address, and those that it asks for if it is a style sheet."""
        waiting, known = [urllib.parse.urljoin(page, asked)], set[Path]()
        while waiting:
            address = waiting.pop()
            path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
            file = self._output / path.removeprefix(urllib.parse.urlsplit(self._home).path).lstrip("/")
            if file not in known and file.is_file() and not page_requests.is_third_party(address, page):
                known.add(file)
                waiting += (urllib.parse.urljoin(address, other) for other in _in_sheet(file))
                yield file


@functools.cache
def _in_sheet(file: Path) -> tuple[str, ...]:
    return tuple(page_requests.addresses_in_styles(file.read_text(encoding="utf-8"))) if file.suffix == ".css" else ()


def _weight(file: Path) -> int:
    """In bytes, as a server sends it: a picture is compressed already."""
    whole = file.read_bytes()
    return min(len(whole), len(gzip.compress(whole, 9, mtime=0)))


def _scripts_and_headers(output: Path) -> Iterator[str]:
    for path in sorted(output.rglob("*.js")):
        yield path.read_text(encoding="utf-8")
    if (headers := output / "_headers").is_file():
        yield headers.read_text(encoding="utf-8")


def with_builds(blog: Path, report: Report) -> Report:
    """The same report with the cost of two builds, made in a copy of the blog: all of it, then nothing that changed.

    :raises Exit: a build failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "blog")
        shutil.copytree(blog, copy, ignore=lambda within, names: _left_out(names) if within == str(blog) else (), symlinks=True)
        return dataclasses.replace(report, full_build=_timed_build(copy), unchanged_build=_timed_build(copy))


def _left_out(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(".") or name in _LEFT_OUT]


def _timed_build(blog: Path) -> Build:
    began, used = time.perf_counter(), _used()
    ran = subprocess.run([sys.executable, "-m", "invoke", "build"], cwd=blog, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise Exit(f"{ran.stderr}La construction à mesurer a échoué. Corrigez ce qui est dit, ou tapez « invoke measure --no-builds ».", ran.returncode)
    return Build(seconds=round(time.perf_counter() - began, 2), cpu_seconds=round(_used() - used, 2) or None)


def _used() -> float:
    """Seconds of the processors for all processes that this one has seen end."""
    times = os.times()
    return times.children_user + times.children_system
