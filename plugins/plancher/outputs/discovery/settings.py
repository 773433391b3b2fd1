"""What a site tells of the host that shows it: ``PLANCHER_HOSTING``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, one_of

KEY = "PLANCHER_HOSTING"
_ENDINGS = {".github.io": "github", ".gitlab.io": "gitlab", ".codeberg.page": "codeberg", ".netlify.app": "netlify", ".pages.dev": "cloudflare"}
"""Of the addresses that hosts give."""
PAGES = frozenset({"github", "gitlab", "codeberg", "forge", "bucket"})
"""Those that send none of our headers, or not for sure: the pages carry what a page can."""

READS_HEADERS = frozenset({"", "netlify", "cloudflare", "codeberg", "forge"})
"""Those that may read « _headers »; elsewhere it would be a page for anybody."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HostingSettings:
    """Who shows the site, and what it promises to browsers."""

    host: str = one_of("", "github", "gitlab", "codeberg", "forge", "netlify", "cloudflare", "bucket", "apache", "nginx", "caddy")
    """Empty: the target of a publication says it (``PUBLISH``), else the address (« nom.github.io »), or nobody does, and what is written fits most hosts.

    « forge » is any other that shows a branch, « bucket » any that shows objects: neither is known to send headers of ours.

    « apache » is any host that reads « .htaccess », as shared hosting does: only who says so has one with headers,
    since a host that forbids it shows an error in the place of each page."""
    hsts_days: int = between(0, 0, 730)
    """Days for which a browser that came once asks for this site over HTTPS alone (RFC 6797); 0: that is never said.

    It cannot be taken back before they are over. Sub-domains are never meant."""


def host_of(settings: HostingSettings, machine: str) -> str:
    """The word of the host; empty: nobody knows.

    :param machine: the name of the machine in the site's address.
    """
    return settings.host or next((word for ending, word in _ENDINGS.items() if machine.endswith(ending)), "")
