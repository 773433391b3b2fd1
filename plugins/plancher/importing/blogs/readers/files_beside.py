"""Pictures that lie in the source beside an export: the file of an address is found by the end of its path."""

from __future__ import annotations

import urllib.parse

from plancher.importing.blogs.source import Source

_COMMON = 2
"""Last parts of a path that must be the same: « 10/photo.jpg »; the name alone is shared by pictures of several months."""


class Beside:
    """The files that lie in the source beside the export, a copy of « wp-content/uploads » for instance."""

    def __init__(self, source: Source) -> None:
        self._by_name: dict[str, list[str]] = {}
        for part in source.parts:
            self._by_name.setdefault(part.name.rpartition("/")[2].lower(), []).append(part.name)

    def path(self, address: str) -> str:
        """Where the file of an address lies; empty: it is not there."""
        wanted = _path(address)
        best = max(((_common(name.lower().split("/"), wanted), name) for name in self._by_name.get(wanted[-1], ())), default=(0, ""))
        return best[1] if best[0] >= _COMMON else ""

    def only(self, address: str) -> str:
        """The file of this name, if there is one alone; its folders say nothing."""
        names = self._by_name.get(_path(address)[-1], [])
        return names[0] if len(names) == 1 else ""


def _path(address: str) -> list[str]:
    try:
        return urllib.parse.unquote(urllib.parse.urlsplit(address).path).lower().strip("/").split("/")
    except ValueError:
        return [""]


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count
