"""Addresses without what follows readers from one site to another.

The typed address stays in the data; what is shown, compared and asked for is
this one.
"""

from __future__ import annotations

import functools
import re
import urllib.parse

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w+|hsctatracking"
    r"|vero_(?:id|conv)|oly_(?:anon|enc)_id|rb_clickid|s_cid|wickedid|xtor|at_(?:medium|campaign|source|creation|variant|term|custom\d?)|mtm_\w+|pk_\w+|piwik_\w+"
    r"|matomo_\w+|ref_src|ref_url|_openstat|spm|trk(?:campaign|info)?|srsltid|epik|cmpid|ns_(?:mchannel|source|campaign|linkname|fee)",
    re.IGNORECASE,
)
"""Names of parameters that change nothing of what is shown."""
_PORTS = {"http": 80, "https": 443}


@functools.lru_cache(maxsize=16_384)
def clean(address: str) -> str:
    """The address without its tracking parameters; everything else, order included, is as typed."""
    start, mark, query = address.partition("?")
    if not mark:
        return address
    query, sharp, fragment = query.partition("#")
    kept = [part for part in query.split("&") if not _TRACKING.fullmatch(urllib.parse.unquote_plus(part.partition("=")[0]))]
    return f"{start}{'?' if kept else ''}{'&'.join(kept)}{sharp}{fragment}"


@functools.lru_cache(maxsize=16_384)
def key(address: str) -> str:
    """What all ways to write one address share: protocol, case of the host, default port, last slash, order of parameters."""
    try:
        parts = urllib.parse.urlsplit(clean(address))
        port = parts.port
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    host += f":{port}" if port and port != _PORTS.get(parts.scheme) else ""
    path = urllib.parse.quote(urllib.parse.unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{path}{'?' if query else ''}{query}{'#' if parts.fragment else ''}{parts.fragment}"
