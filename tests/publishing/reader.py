"""A reader who follows every link from the home page, and sites whose every version can be told apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

_LINK = re.compile(r"(?:href|src)=([^\s>]+)")
PAGES = 8


def site(version: int) -> dict[str, str]:
    """Each version has a style, a page and a picture of its own, and every page says which it is."""
    style = f"<link href=/theme/style.{version}.css>version {version} "
    pages = {f"2024/{number}/index.html": f"{style}<img src=/images/{number}.png> <a href=/>accueil</a>" for number in range(PAGES)}
    new = {f"neuf-{version}/index.html": f"{style}<img src=dessin.png>", f"neuf-{version}/dessin.png": f"dessin {version}"}
    links = "".join(f"<a href=/{name.removesuffix('index.html')}>" for name in (*pages, f"neuf-{version}/index.html"))
    return {
        **pages,
        **new,
        "index.html": f"{style}{links}<link href=/feeds/atom.xml>",
        "feeds/atom.xml": f"version {version} href=/neuf-{version}/",
        f"theme/style.{version}.css": f"version {version}",
        **{f"images/{number}.png": "image" for number in range(PAGES)},
    }


class Seen(NamedTuple):
    """What a reader found."""

    pages: dict[str, str]
    lost: list[str]
    """Links that led nowhere: from a page, to an address."""


def crawl(read: Callable[[str], str | None]) -> Seen:
    """Follow every link from the home page."""
    seen, lost, waiting = dict[str, str](), list[str](), [("", "index.html")]
    while waiting:
        came_from, path = waiting.pop()
        if path in seen:
            continue
        text = read(path)
        if text is None:
            lost.append(f"{came_from} → {path}")
            continue
        seen[path] = text
        for link in _LINK.findall(text):
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(path), link)).lstrip("/")
            waiting.append((path, posixpath.join(target, "index.html") if link.endswith("/") else target))
    return Seen(seen, lost)


def of(files: dict[str, str]) -> dict[str, str]:
    """What a reader of this very site finds."""
    seen, lost = crawl(files.get)
    assert not lost
    return seen
