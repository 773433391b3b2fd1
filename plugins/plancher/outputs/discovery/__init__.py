"""What machines look for at the root of a site: site map, robots.txt, security headers and redirections."""

from __future__ import annotations

from collections.abc import Iterable

from plancher.base import addresses, links
from plancher.outputs.discovery import files, sitemap
from plancher.site.collected import Collected
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import MadeFile, PageRequest, TextFile


class Discovery(Component[None, None]):
    """Files for search engines, and for the host."""

    name = "discovery"

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """The four files."""
        base = links.path_of(site.identity.address)
        moved = [(f"{base}/{addresses.quote(former)}", f"{base}/{addresses.quote(present)}") for former, present in collected.redirections]
        shown = files.shown_elsewhere(file.save_as for file in site.files.values())
        yield MadeFile(path="sitemap.xml", maker=sitemap.sitemap, argument=sitemap.entries(site, collected))
        yield TextFile(path="robots.txt", text=files.robots(site.absolute("sitemap.xml")))
        yield TextFile(path="_headers", text=files.headers(collected.frame_hosts, base, shown))
        yield TextFile(path="_redirects", text=files.redirects(moved))


COMPONENT = Discovery


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
