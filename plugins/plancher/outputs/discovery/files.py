"""robots.txt and the redirections of a host."""

from __future__ import annotations

from collections.abc import Iterable


def robots(sitemap_address: str) -> str:
    """Everyone is welcome, and finds the map (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_address}\n"


def redirects(moved: Iterable[tuple[str, str]]) -> str:
    """A ``_redirects`` file, as Netlify and Cloudflare Pages read it.

    :param moved: former and present addresses, from the root of their host, as links have them.
    """
    # A star, and a name after a colon, stand for any text there.
    return "".join(f"{former.replace('*', '%2A').replace(':', '%3A')} {present} 301\n" for former, present in moved)
