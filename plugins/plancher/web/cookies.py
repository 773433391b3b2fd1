"""Cookies last as long as one question, redirections included; nothing is remembered after it."""

from __future__ import annotations

import re
import urllib.parse
from collections import defaultdict
from http.cookiejar import CookieJar

import httpx

_COOKIE = re.compile(r"[!-~ ]{1,2000}")
_MOST_COOKIES = 20


class ForgetfulJar(CookieJar):
    """Keeps nothing; ``Cookies`` does, as long as one question lasts."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Nothing is taken."""


class Cookies:
    """The cookies of one question: some hosts answer only when the cookie they just set comes back."""

    def __init__(self) -> None:
        self._hosts: dict[str, dict[str, str]] = defaultdict(dict)

    def take(self, url: str, headers: httpx.Headers) -> None:
        """Keep what this host gave."""
        mine = self._hosts[urllib.parse.urlsplit(url).hostname or ""]
        for typed in headers.get_list("set-cookie"):
            name, equal, value = typed.partition(";")[0].strip().partition("=")
            if equal and _COOKIE.fullmatch(f"{name}={value}") and len(mine) < _MOST_COOKIES:
                mine[name] = value

    def header(self, url: str) -> dict[str, str]:
        """What to bring back to this host."""
        mine = self._hosts[urllib.parse.urlsplit(url).hostname or ""]
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in mine.items())} if mine else {}
