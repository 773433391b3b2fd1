"""What machines look for at the root of a site: site map, robots.txt, security headers and redirections."""

from __future__ import annotations

from collections.abc import Iterable

from plancher.base import addresses, links
from plancher.outputs.discovery import files, sitemap
from plancher.site import root_files
from plancher.site.collected import Collected
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.requests import MadeFile, PageRequest, TextFile


class Discovery(Component[None, None]):
    """Files for search engines, and for the host."""

    name = "discovery"

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """The four files; what the owner wrote for a host stands with what the site says, and robots.txt is the owner's alone."""
        base = links.path_of(site.identity.address)
        moved = [(f"{base}/{addresses.quote(former)}", f"{base}/{addresses.quote(present)}") for former, present in collected.redirections]
        shown = files.shown_elsewhere(file.save_as for file in site.files.values())
        sitemap_address = site.absolute("sitemap.xml")
        yield MadeFile(path="sitemap.xml", maker=sitemap.sitemap, argument=sitemap.entries(site, collected))
        _, robots = _own(site, "robots.txt")
        advice = "" if sitemap_address in robots else f"Pour que les moteurs trouvent le plan du site, écrivez-y « Sitemap: {sitemap_address} »."
        yield TextFile(path="robots.txt", text=files.robots(sitemap_address), if_replaced=advice or "Il donne bien le plan du site.")
        name, own = _own(site, "_headers")
        yield TextFile(path="_headers", text=files.headers(collected.frame_hosts, base, shown) + files.own_lines(own), includes=name)
        name, own = _own(site, "_redirects")
        # A host takes the first line that fits: the owner's come first.
        yield TextFile(path="_redirects", text=files.own_lines(own) + files.redirects(moved), includes=name)


def _own(site: Site, path: str) -> tuple[str, str]:
    """The owner's file at this address: its name, from the content folder, and its text; empty when there is none that can be read."""
    return root_files.own_text(((file.path, file.save_as) for file in site.files.values()), path, site.content)


COMPONENT = Discovery


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
