"""The public address of a blog: what it may be, and how the web writes it."""

from __future__ import annotations

import contextlib
import re
import urllib.parse

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|$))(?:[\w.~!$&'()*+,;=:@-]|%[0-9a-f]{2})+)*/?", re.IGNORECASE | re.ASCII)
_MAX_PORT = 65535
_EXPECTED = "une adresse complète, comme « https://exemple.fr » ou « https://exemple.fr/blog »"


def expected(value: object) -> str:
    """What should stand in the place of an address that no site can have; empty: nothing is wrong with it.

    :param value: every address of the site is added to it; empty: nobody knows it yet.
    """
    if value == "":
        return ""
    if not isinstance(value, str) or not value.isprintable() or re.search(r"[\s<>\"\\^`{|}]", value):
        return _EXPECTED
    try:
        parts = urllib.parse.urlsplit(value)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        return _EXPECTED
    if parts.scheme not in {"http", "https"} or not host or port > _MAX_PORT:
        return _EXPECTED
    if parts.username is not None or "?" in value or "#" in value:
        return f"{_EXPECTED}, sans identifiant, « ? » ni « # »"
    return _in_plain_letters(value, parts, host)


def _in_plain_letters(value: str, parts: urllib.parse.SplitResult, host: str) -> str:
    """Feeds and site maps take an address in plain letters: one that has others is said as they want it."""
    try:
        plain = host.encode("idna").decode("ascii")
    except UnicodeError:
        return "une adresse dont le nom de domaine peut exister"
    if plain != host and not host.isascii():
        return f"ce nom de domaine comme le web l'écrit : « {plain} »"
    if not _HOST.fullmatch(host):
        return "une adresse dont le nom de domaine peut exister"
    if not value.isascii():
        return f"ce chemin comme le web l'écrit : « {urllib.parse.quote(parts.path, safe='/%')} »"
    return "" if _PATH.fullmatch(parts.path) else "une adresse dont le chemin peut exister, sans « .. » ni « // »"


def as_the_web_writes_it(typed: str) -> str:
    """« Café.example/été/ » as « https://xn--caf-dma.example/%C3%A9t%C3%A9 »; what cannot be an address stays as it was typed."""
    address = typed.strip()
    if not address:
        return ""
    whole = address if "://" in address else f"https://{address}"
    with contextlib.suppress(ValueError):  # UnicodeError is one
        parts = urllib.parse.urlsplit(whole)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        if host and parts.username is None and parts.hostname and ":" not in host:
            port = f":{parts.port}" if parts.port else ""
            path = urllib.parse.quote(parts.path.rstrip("/"), safe="/%~!$&'()*+,;=:@")
            return urllib.parse.urlunsplit((parts.scheme.lower(), f"{host}{port}", path, parts.query, parts.fragment))
    return whole
