"""From an address to a file of the site, and what a browser should know of it."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import urllib.parse
from pathlib import Path

from plancher.base import media_types

_BY_NAME = {
    "apple-app-site-association": "application/json",
    "host-meta": "application/xrd+xml",
    "nodeinfo": "application/json",
    "webfinger": "application/jrd+json",
}
"""Files that are looked for under a name without an extension (iana.org/assignments/well-known-uris)."""
_HEAD = 1024
"""Bytes that tell a text from what is none, as browsers do (mimesniff.spec.whatwg.org)."""
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_NAMED_AFTER_CONTENT = re.compile(r"(?P<start>.+)\.[0-9a-f]{8,64}(?P<end>\.[a-z0-9]+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Resource:
    """The file to send, or the address to redirect to."""

    path: Path | None
    """None when there is nothing to send, not even a 404 page."""
    is_missing: bool = False
    """Whether this is the 404 page."""
    redirect: str = ""


class ServedSite:
    """The folder of a built site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = ""
        """The path in the site's address, for a site in a folder of its host."""

    def find(self, address: str) -> Resource:
        """The target of an address; never a file outside the folder.

        :param address: the path of a URL, as the browser sent it, without query.
        """
        if self.base and address == "/":
            return Resource(None, redirect=f"{self.base}/")
        inside = address[len(self.base) :] if address.startswith(f"{self.base}/") else address
        path = self._locate(inside)
        if path is not None and path.is_dir():
            if not address.endswith("/"):
                # Never « //elsewhere »: that would be another host.
                return Resource(None, redirect=f"/{address.strip('/')}/")
            path /= "index.html"
        elif address.endswith("/"):
            path = None
        if path is not None and path.is_file():
            return Resource(path)
        renamed = self._renamed(path)
        if renamed:
            return Resource(renamed)
        page = self.folder / "404.html"
        return Resource(page if page.is_file() else None, is_missing=True)

    def _locate(self, address: str) -> Path | None:
        """The path of an address in the folder; None when it leads outside."""
        parts = [part for part in urllib.parse.unquote(address, errors="surrogateescape").split("/") if part]
        if any(part in {".", ".."} or "\\" in part or "\0" in part or ":" in part[1:2] for part in parts):
            return None
        try:
            path = self.folder.joinpath(*parts)
            return path if path.resolve().is_relative_to(self.folder.resolve()) else None
        except (OSError, ValueError):
            return None

    @staticmethod
    def _renamed(path: Path | None) -> Path | None:
        """A style sheet named after its content changes its name at each edit: the old name leads to the new file."""
        name = _NAMED_AFTER_CONTENT.fullmatch(path.name) if path else None
        if not (path and name and path.parent.is_dir()):
            return None
        pattern = re.compile(rf"{re.escape(name['start'])}\.[0-9a-f]{{8,64}}{re.escape(name['end'])}")
        found: list[tuple[int, Path]] = []
        with contextlib.suppress(OSError):  # a build takes the whole folder away
            for other in path.parent.iterdir():
                with contextlib.suppress(OSError):  # or this one file
                    found += [(other.stat().st_mtime_ns, other)] if pattern.fullmatch(other.name) else []
        return max(found)[1] if found else None


def media_type_of(path: Path) -> str:
    """The Content-Type of a file."""
    return media_types.whole(_BY_NAME.get(path.name) or media_types.of_name(path.name) or _looked_at(path))


def _looked_at(path: Path) -> str:
    """Of a file whose name says nothing (« CNAME », « .htaccess »): whether it is a text, which a browser shows."""
    try:
        with path.open("rb") as file:
            return "application/octet-stream" if _NO_TEXT.search(file.read(_HEAD)) else "text/plain"
    except OSError:
        return "application/octet-stream"
