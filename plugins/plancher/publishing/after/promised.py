"""What a finished site says of how it should be served."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from plancher.outputs.discovery import serving
from plancher.publishing.after.faults import Host
from plancher.web.answer import Answer

_POLICY = b'http-equiv="Content-Security-Policy"'
_SERVERS = {
    "nginx": Host.NGINX,
    "openresty": Host.NGINX,
    "caddy": Host.CADDY,
    "apache": Host.APACHE,
    "litespeed": Host.APACHE,
    "github.com": Host.FORGE,
    "netlify": Host.FILES,
}
"""By how « Server: » begins."""
_TYPES = {
    ".html": ("text/html",),
    ".atom.xml": ("application/atom+xml",),
    ".rss.xml": ("application/rss+xml",),
    ".json": ("application/feed+json", "application/json"),
    ".webmanifest": ("application/manifest+json",),
    ".vtt": ("text/vtt",),
}


def host(answer: Answer, known: Host) -> Host:
    """The kind of host that answers; what is known already where it says nothing.

    :param known: by its target: a forge stays one, whatever its server is.
    """
    said = answer.headers.get("server", "").lower()
    if known in {Host.FORGE, Host.FILES}:
        return known
    return next((kind for name, kind in _SERVERS.items() if said.startswith(name)), known)


def types(path: str) -> tuple[str, ...]:
    """How a file should be announced, the best first; empty: however."""
    name = f".{PurePosixPath(path).name}"  # « atom.xml » is an Atom feed as « x.atom.xml » is
    return next((kinds for end, kinds in _TYPES.items() if name.endswith(end)), ())


def headers(folder: Path, *, is_encrypted: bool) -> Iterator[str]:
    """The names of what comes with each page: those of « /* » in its ``_headers``, or of any site whose host reads no such file."""
    try:
        lines = (folder / "_headers").read_text(encoding="utf-8").splitlines()
    except OSError:
        yield from () if _has_own_policy(folder) else (name for name in serving.made("", (), ()).everywhere if name != serving.CACHE)
        return
    is_for_all = False
    for line in lines:
        if not line.startswith((" ", "\t")):
            is_for_all = line.strip() == "/*"
        elif is_for_all and ":" in line and not line.lstrip().startswith("!"):
            name = line.partition(":")[0].strip()
            if is_encrypted or name != "Strict-Transport-Security":  # browsers read it over TLS alone
                yield name


def _has_own_policy(folder: Path) -> bool:
    """Whether pages carry what a page can, since their host sends nothing."""
    with contextlib.suppress(OSError):
        return _POLICY in (folder / "index.html").read_bytes()
    return False
