"""Addresses without the parameters that track readers from one site to another.

The typed address stays in the data; what is shown, compared and asked for is
this one.
"""

from __future__ import annotations

import functools
import re
import urllib.parse
from collections.abc import Set as AbstractSet

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w+|hsctatracking"
    r"|vero_(?:id|conv)|oly_(?:anon|enc)_id|rb_clickid|s_cid|wickedid|xtor|at_(?:medium|campaign|source|creation|variant|term|custom\d?|link_\w+|ptr_name|format)|mtm_\w+|pk_\w+|piwik_\w+"
    r"|matomo_\w+|ref_src|ref_url|_openstat|spm|trk(?:campaign|info)?|srsltid|epik|cmpid|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|_g[al]|_gac|mibextid|echobox|fb_(?:action_ids|action_types|source|ref)|__(?:tn|cft|xts)__(?:\[\d*\])?|wt_mc|wt_zmc|_branch_match_id|_bta_[ct]id|ml_subscriber(?:_hash)?"
    r"|guc(?:counter|e_referrer|e_referrer_sig)|sc_(?:src|llid|lid|uid|eh|campaign|channel|content|medium|outcome|geo|country)|s_kwcid|ef_id|dm_i|elqtrack(?:id)?|rdt_cid|sfnsn"
    r"|rdid|gad_\w+|ysclid|wprov|hsa_\w+|trk_\w+|sfmc_\w+|_kx|lmd_\w+|ck_subscriber_id|bxid|nr_email_referer|ss_(?:source|campaign_\w+|email_id)",
    re.IGNORECASE,
)
"""Names of parameters that change nothing of what is shown."""
_OF_HOSTS = (
    (re.compile(r"(?:[\w-]+\.)?(?:youtube\.com|youtube-nocookie\.com|youtu\.be)"), {"si", "feature", "pp", "ab_channel"}),
    (re.compile(r"open\.spotify\.com|podcasts\.apple\.com|deezer\.page\.link"), {"si", "nd", "itsct", "itscg", "ls"}),
    (re.compile(r"(?:mobile\.)?(?:twitter|x)\.com"), {"s", "t", "ref_src"}),
    (re.compile(r"(?:[\w-]+\.)?(?:linkedin\.com)"), {"trk", "lipi", "rcm", "originalsubdomain"}),
    (re.compile(r"(?:[\w-]+\.)?tiktok\.com"), {"is_from_webapp", "sender_device", "_r", "_t"}),
    (re.compile(r"(?:[\w-]+\.)?medium\.com"), {"source"}),
    (re.compile(r"(?:[\w-]+\.)?reddit\.com"), {"share_id", "rdt"}),
    (re.compile(r"[\w-]+\.substack\.com"), {"r", "triedredirect", "isfreemail"}),
    (
        re.compile(r"(?:[\w-]+\.)?amazon\.[a-z.]{2,6}"),
        {"tag", "linkcode", "linkid", "ascsubtag", "pf_rd_p", "pf_rd_r", "pd_rd_i", "pd_rd_r", "pd_rd_w", "pd_rd_wg"},
    ),
    (re.compile(r"vimeo\.com"), {"share", "fl", "fe"}),
)
"""Names that track on some sites only."""
_ANY_OF_HOSTS = re.compile("|".join(hosts.pattern for hosts, _ in _OF_HOSTS))
_PLAIN_PATH = re.compile(r"[\w/:@!$&'()*+,;=~.-]*", re.ASCII)
"""A path that is written in one way only."""
_PORTS = {"http": 80, "https": 443}


@functools.lru_cache(maxsize=16_384)
def clean(address: str) -> str:
    """The address without its tracking parameters, in the query or behind « # »; everything else, order included, is as typed."""
    if "?" not in address and "#" not in address:
        return address
    start, sharp, fragment = address.partition("#")
    path, mark, query = start.partition("?")
    if query:
        query = _without_trackers(query, _names_of(path))
        mark = "?" if query else ""
    if sharp and "=" in fragment:
        fragment = _without_trackers(fragment, frozenset())
        sharp = "#" if fragment else ""
    return f"{path}{mark}{query}{sharp}{fragment}"


def _names_of(start: str) -> AbstractSet[str]:
    """The names of parameters that track on this site alone."""
    host = re.sub(r"^(?:https?:)?//(?:www\.)?([^/:]*).*", r"\1", start.lower(), flags=re.DOTALL)
    if not _ANY_OF_HOSTS.fullmatch(host):
        return frozenset()
    return next((names for hosts, names in _OF_HOSTS if hosts.fullmatch(host)), frozenset())


def _without_trackers(parameters: str, names: AbstractSet[str]) -> str:
    kept = []
    for part in parameters.split("&"):
        name = urllib.parse.unquote_plus(part.partition("=")[0]).removeprefix("amp;")
        if not _TRACKING.fullmatch(name) and name.lower() not in names:
            kept.append(part)
    return "&".join(kept).removeprefix("amp;")


@functools.lru_cache(maxsize=16_384)
def key(address: str) -> str:
    """One key for all ways to write an address: protocol, case of the host, its last full stop, default port, last slash, order of parameters."""
    try:
        parts = urllib.parse.urlsplit(clean(address))
        port = parts.port
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.").removesuffix(".")
    host += f":{port}" if port and port != _PORTS.get(parts.scheme) else ""
    path = parts.path
    if not _PLAIN_PATH.fullmatch(path):
        path = urllib.parse.quote(urllib.parse.unquote(path), safe="/:@!$&'()*+,;=~-._")
    path = path.rstrip("/")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return f"{host}{path}{'?' if query else ''}{query}{'#' if parts.fragment else ''}{parts.fragment}"
