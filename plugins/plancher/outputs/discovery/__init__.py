"""What machines look for at the root of a site: site map, robots.txt, security headers and redirections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plancher.base import links
from plancher.outputs.discovery import files, sitemap, stubs
from plancher.outputs.discovery.hosts import apache, caddy, netlify, nginx, rules
from plancher.site import root_files
from plancher.site.collected import Collected
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.redirect import Redirect
from plancher.site.requests import MadeFile, PageRequest, TextFile

_HEAD = "# Les anciennes adresses du site. « invoke publish » écrit ce fichier : n'y changez rien, il serait refait.\n"


class Discovery(Component[None, None]):
    """Files for search engines, and for the host."""

    name = "discovery"

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """Files for machines; what the owner wrote for a host stands with what the site says, and robots.txt is the owner's alone."""
        base = links.path_of(site.identity.address)
        shown = files.shown_elsewhere(file.save_as for file in site.files.values())
        sitemap_address = site.absolute("sitemap.xml")
        yield MadeFile(path="sitemap.xml", maker=sitemap.sitemap, argument=sitemap.entries(site, collected))
        _, robots = _own(site, "robots.txt")
        advice = "" if sitemap_address in robots else f"Pour que les moteurs trouvent le plan du site, écrivez-y « Sitemap: {sitemap_address} »."
        yield TextFile(path="robots.txt", text=files.robots(sitemap_address), if_replaced=advice or "Il donne bien le plan du site.")
        name, own = _own(site, "_headers")
        yield TextFile(path="_headers", text=files.headers(collected.frame_hosts, base, shown, collected.form_hosts) + files.own_lines(own), includes=name)
        yield from self._former(site, collected, base)

    def _former(self, site: Site, collected: Collected, base: str) -> Iterator[PageRequest]:
        """Pages and files that lead on from former addresses."""
        known = _redirects(collected)
        yield from stubs.pages(collected.former.redirects, site.identity, base)
        name, own = _own(site, netlify.FILE)
        # A host takes the first line that fits: the owner's come first.
        text = files.own_lines(own) + netlify.redirects(known, base, own)
        yield TextFile(path=netlify.FILE, text=text, includes=name, asker=collected.former)
        name, own = _own(site, apache.FILE)
        if not collected.former.redirects:
            return  # a host that forbids what « .htaccess » says shows an error in the place of each page: who needs none has none
        with_page = {f"{base}{redirect.source.path}".rstrip("/") for redirect in collected.former.redirects if redirect.stub}
        has_page = with_page | {f"{path}/" for path in with_page}
        for path, text in apache.files(rules.of(known, site.identity.address), _HEAD, has_page):
            is_root = path == apache.FILE
            yield TextFile(path=path, text=(files.own_lines(own) if is_root else "") + text, includes=name if is_root else "")

    def server_files(self, site: Site, collected: Collected) -> Mapping[str, str]:
        """Redirections for nginx and Caddy; none where nobody asks for any."""
        if not collected.former.redirects:
            return {}
        known = rules.of(_redirects(collected), site.identity.address)
        return {nginx.HTTP: nginx.http(known, _HEAD), nginx.SERVER: nginx.server(known, _HEAD), caddy.FILE: caddy.fragment(known, _HEAD)}


def _redirects(collected: Collected) -> list[Redirect]:
    """What texts and their owner say; then what components say of their own pages."""
    return [*collected.former.redirects, *(rules.moved(former, present) for former, present in collected.redirections)]


def _own(site: Site, path: str) -> tuple[str, str]:
    """The owner's file at this address: its name, from the content folder, and its text; empty when there is none that can be read."""
    return root_files.own_text(((file.path, file.save_as) for file in site.files.values()), path, site.content)


COMPONENT = Discovery


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
