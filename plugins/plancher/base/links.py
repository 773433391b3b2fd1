"""The addresses in a piece of HTML: those of the site follow it into its folder, or become relative to a page."""

from __future__ import annotations

import functools
import posixpath
import re
import urllib.parse
from collections.abc import Callable

_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""(?P<start>\s(?P<name>[\w:-]+)\s*=\s*)(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL)
_NAMES = frozenset({"href", "src", "poster", "cite", "srcset", "content"})
_ROOTED = re.compile(r"""=\s*["'][^"']*/""")
_REFRESH = re.compile(r"(?P<delay>\d+\s*;\s*url=)(?P<address>.+)", re.IGNORECASE)


def rebased(text: str, base: str) -> str:
    """The HTML of a text in a site that stands at ``base``: an address from the root of the site becomes one from the root of its host.

    One that has the folder already, as somebody copies it from a browser, stays as it is.

    :param base: « /blog », or « https://exemple.fr/blog »; nothing changes when it names no folder.
    """
    folder = path_of(base)
    if not folder or not _ROOTED.search(text):
        return text
    return replaced(text, lambda address: moved(address, base))


def moved(address: str, base: str) -> str:
    """One such address."""
    folder = path_of(base)
    if not folder or not is_rooted(address):
        return address
    return base.removesuffix(folder) + (address if is_under(address, folder) else f"{folder}{address}")


def relative(text: str, page: str, base: str) -> str:
    """The HTML of a whole page, with addresses of its own site relative to it.

    :param page: its file, from the root of the site.
    :param base: the folder of the site on its host: « /blog », or nothing.
    """
    folder = posixpath.dirname(page) or "."

    def turned(address: str) -> str:
        if not is_rooted(address) or (base and not is_under(address, base)):
            return address
        path, mark, rest = _cut(address.removeprefix(base) or "/")
        target = posixpath.relpath(path.lstrip("/") or ".", folder)
        return (f"{target}/" if path.endswith("/") else target) + mark + rest

    return replaced(text, turned)


def replaced(text: str, change: Callable[[str], str]) -> str:
    """The HTML with each address it links to, shows or cites changed."""

    def attribute(match: re.Match[str]) -> str:
        value = match["value"]
        if match["name"] not in _NAMES:
            return match[0]
        if match["name"] == "srcset":
            value = ", ".join(" ".join([change(part.split()[0]), *part.split()[1:]]) for part in value.split(",") if part.strip())
        elif match["name"] == "content":
            refresh = _REFRESH.fullmatch(value)
            value = f"{refresh['delay']}{change(refresh['address'])}" if refresh else value
        else:
            value = change(value)
        return f"{match['start']}{match['quote']}{value}{match['quote']}"

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(attribute, tag[0]), text)


def is_rooted(address: str) -> bool:
    """Whether an address begins at the root of its host: neither a whole one nor « //exemple.fr »."""
    return address[:1] == "/" and address[1:2] not in {"/", "\\"}


def is_under(address: str, folder: str) -> bool:
    """Whether an address from the root of a host leads into this folder, or to it."""
    return address == folder or address.startswith(tuple(folder + mark for mark in "/?#"))


@functools.lru_cache(maxsize=16)
def path_of(base: str) -> str:
    """The folder of a site on its host: « /blog »; empty at the root."""
    return urllib.parse.urlsplit(base).path.rstrip("/")


def within(address: str, site: str) -> str:
    """An address that an author typed from a root, as one from the root of the site: « tags/ »."""
    folder = path_of(site)
    return (address.removeprefix(folder) if folder and is_under(address, folder) else address).lstrip("/")


def _cut(address: str) -> tuple[str, str, str]:
    """The path, and what comes with its mark after it."""
    place = min((address.find(mark) for mark in "?#" if mark in address), default=len(address))
    return address[:place], address[place : place + 1], address[place + 1 :]
