"""What machines look for at the root of a site: site map, robots.txt, and what a host is told of headers and redirections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plancher.base import links
from plancher.base.problems import SiteProblem
from plancher.outputs.discovery import bounds, files, serving, sitemap, stubs
from plancher.outputs.discovery.hosts import apache, apache_serving, caddy, caddy_serving, headers_file, netlify, nginx, nginx_serving, rules
from plancher.outputs.discovery.settings import KEY, PAGES, READS_HEADERS, HostingSettings, host_of
from plancher.site import root_files
from plancher.site.collected import Collected, Values
from plancher.site.component import Component
from plancher.site.model import Site
from plancher.site.redirect import Redirect
from plancher.site.requests import MadeFile, PageRequest, TextFile

_HEAD = "# {what} « invoke publish » écrit ce fichier : n'y changez rien, il serait refait.\n"
_PAST, _ALL = _HEAD.format(what="Les anciennes adresses du site."), _HEAD.format(what="Ce que le serveur dit de chaque fichier du site.")


class Discovery(Component[HostingSettings, None]):
    """Files for search engines, and for the host."""

    name = "discovery"
    settings_name = KEY
    settings_type = HostingSettings

    def outputs(self, site: Site, collected: Collected) -> Iterable[PageRequest]:
        """Files for machines; what the owner wrote for a host stands with what the site says, and robots.txt is the owner's alone."""
        sitemap_address = site.absolute("sitemap.xml")
        yield MadeFile(path="sitemap.xml", maker=sitemap.sitemap, argument=sitemap.entries(site, collected))
        _, robots = _own(site, "robots.txt")
        advice = "" if sitemap_address in robots else f"Pour que les moteurs trouvent le plan du site, écrivez-y « Sitemap: {sitemap_address} »."
        yield TextFile(path="robots.txt", text=files.robots(sitemap_address), if_replaced=advice or "Il donne bien le plan du site.")
        yield from self._headers(site, collected)
        yield from self._former(site, collected, links.path_of(site.identity.address))

    def _headers(self, site: Site, collected: Collected) -> Iterator[PageRequest]:
        if self._host(site) not in READS_HEADERS:
            return
        name, own = _own(site, headers_file.FILE)
        headers = headers_file.text(self._serving(collected), can_take_away=self._host(site) not in {"netlify", "codeberg", "forge"})
        yield TextFile(path=headers_file.FILE, text=headers + files.own_lines(own), includes=name)

    def _former(self, site: Site, collected: Collected, base: str) -> Iterator[PageRequest]:
        """Pages and files that lead on from former addresses."""
        yield from stubs.pages(collected.former.redirects, site.identity, base)
        name, own = _own(site, netlify.FILE)
        # A host takes the first line that fits: the owner's come first.
        text = files.own_lines(own) + netlify.redirects(_redirects(collected), base, own, host=self._host(site))
        yield TextFile(path=netlify.FILE, text=text, includes=name, asker=collected.former)  # of any host: by it each former address is checked
        if self._host(site) in {"", "apache"}:
            yield from self._apache(site, collected, base)

    def _apache(self, site: Site, collected: Collected, base: str) -> Iterator[PageRequest]:
        """A host that forbids « .htaccess » shows an error in the place of each page: who neither says that it is Apache nor has redirections has none."""
        is_apache, past = self._host(site) == "apache", collected.former.redirects
        if not (is_apache or past):
            return
        name, own = _own(site, apache.FILE)
        described = self._serving(collected)
        with_page = {f"{base}{redirect.source.path}".rstrip("/") for redirect in past if redirect.stub}
        has_page = with_page | {f"{path}/" for path in with_page}
        texts = dict(apache.files(rules.of(_redirects(collected) if past else [], site.identity.address), _PAST, has_page))
        first, last = (_ALL + apache_serving.settings(described), apache_serving.twins(described)) if is_apache else ("", "")
        yield TextFile(path=apache.FILE, text=first + files.own_lines(own) + texts.pop(apache.FILE, "") + last, includes=name)
        if is_apache:
            texts[f"{serving.FEEDS}/{apache.FILE}"] = _ALL + apache_serving.feeds(described)
        for path, text in texts.items():
            yield TextFile(path=path, text=text)

    def server_files(self, site: Site, collected: Collected) -> Mapping[str, str]:
        """What nginx and Caddy say of each file, and their redirections; nothing for the server that the site has not."""
        known = rules.of(_redirects(collected) if collected.former.redirects else [], site.identity.address)
        described, host = self._serving(collected), self._host(site)
        found = {}
        if host in {"", "nginx"}:
            found[nginx.HTTP] = nginx.http(known, _PAST)
            found[nginx.SERVER] = nginx.server(known, _PAST) + _ALL + nginx_serving.server(described)
        if host in {"", "caddy"}:
            found[caddy.FILE] = caddy.fragment(known, _PAST) + _ALL + caddy_serving.site(described)
        return found

    def shared_values(self, site: Site, collected: Collected) -> Values:
        """The policy that stands in pages where the host sends none."""
        return {"POLICY": serving.policy(collected.frame_hosts, collected.form_hosts, in_page=True) if self._host(site) in PAGES else ""}

    def shared_checks(self, site: Site, collected: Collected) -> Iterable[SiteProblem]:
        """What the settings ask of a host that cannot do it."""
        return bounds.of_headers(self._host(site), self.settings, self._serving(collected), _own(site, headers_file.FILE))

    def shared_advice(self, site: Site, collected: Collected) -> Iterable[SiteProblem]:
        """Former addresses that the host cannot lead on, or does not read."""
        return bounds.of_redirections(self._host(site), collected, links.path_of(site.identity.address), _own(site, netlify.FILE)[1])

    def _host(self, site: Site) -> str:
        return host_of(self.settings, site.identity.host)

    def _serving(self, collected: Collected) -> serving.Serving:
        return serving.of(collected, self.settings.hsts_days)


def _redirects(collected: Collected) -> list[Redirect]:
    """What texts and their owner say; then what components say of their own pages."""
    return [*collected.former.redirects, *(rules.moved(former, present) for former, present in collected.redirections)]


def _own(site: Site, path: str) -> tuple[str, str]:
    """The owner's file at this address: its name, from the content folder, and its text; empty when there is none that can be read."""
    return root_files.own_text(((file.path, file.save_as) for file in site.files.values()), path, site.content)


COMPONENT = Discovery


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
