"""A site that is online is asked as a reader would, behind a real nginx that is set up well, or badly in one way after the other."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.outputs.announcing.texts import PublicText
from plancher.publishing.after import arrival, promised, visit
from plancher.publishing.after.faults import Fault, Host, What
from plancher.publishing.after.own_site import OwnSite
from plancher.web.client import Web

from tests.publishing.after.certificates import Authority
from tests.publishing.conftest import free_port, running, server_program

SETTINGS = AnnouncingSettings(delay=0.0, patience=0.0, timeout=5.0, total=10.0, size=1_000_000, allowed=("127.0.0.0/8",))
TEXTS = (
    PublicText(source="deux.md", address="/deux/", page="deux/index.html", day="2026-01-02", links=(), former=""),
    PublicText(source="un.md", address="/un/", page="un/index.html", day="2026-01-01", links=(), former="/ancien/"),
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
SITE = {
    "index.html": "<h1>Accueil</h1>" + "<p>Des mots, et d’autres mots.</p>" * 100,
    "404.html": "<h1>Page introuvable</h1>",
    "un/index.html": "un",
    "deux/index.html": "deux",
    "ancien/index.html": '<meta http-equiv="refresh" content="0; url=/un/"><a href="/un/">un</a>',
    "feeds/atom.xml": "<feed/>",
    "feeds/rss.xml": "<rss/>",
    "feeds/feed.json": "{}",
    "theme/site.webmanifest": "{}",
    "videos/un/film.vtt": "WEBVTT\n",
}
_TYPES = """types {{
    text/html html; text/css css; image/svg+xml svg; application/manifest+json webmanifest; text/vtt vtt; application/json json; application/xml xml;
}}
location ~ atom.xml$ {{ types {{ }} default_type "application/atom+xml; charset=utf-8"; }}
location ~ rss.xml$ {{ types {{ }} default_type "application/rss+xml; charset=utf-8"; }}"""
_PARTS = {
    "certificate": "ssl_certificate {folder}/bon.pem; ssl_certificate_key {folder}/bon.pem;",
    "plain": "error_page 497 =301 https://$host:$server_port$request_uri;",
    "types": _TYPES,
    "404": "error_page 404 /404.html;",
    "gzip": "gzip on; gzip_types *;",
    "headers": "include {folder}/headers;",
    "place": "root {root};",
}
GOOD = tuple(_PARTS.values())
BAD = {
    "its own 404 page": {"404": ""},
    "the home page everywhere": {"404": "location / {{ try_files $uri $uri/ /index.html; }}"},
    "types of long ago": {"types": "types {{ text/html html; text/plain txt; }} default_type application/octet-stream;"},
    "no compression": {"gzip": ""},
    "no headers": {"headers": ""},
    "no headers but in one place": {"headers": "location = /rien {{ include {folder}/headers; }}"},
    "nothing at the former address": {"404": "error_page 404 /404.html; location /ancien/ {{ return 404; }}"},
    "a redirection of the server": {"404": "error_page 404 /404.html; location /ancien/ {{ return 301 /un/; }}"},
    "a redirection that leads elsewhere": {"404": "error_page 404 /404.html; location /ancien/ {{ return 301 /deux/; }}"},
    "no way from http": {"plain": ""},
    "a post that nobody may read": {"404": "error_page 404 /404.html; location /deux/ {{ return 403; }}"},
    "no page at all": {"place": "root {root}/vide;"},
    "a certificate that ended": {"certificate": "ssl_certificate {folder}/fini.pem; ssl_certificate_key {folder}/fini.pem;"},
    "a certificate to come": {"certificate": "ssl_certificate {folder}/futur.pem; ssl_certificate_key {folder}/futur.pem;"},
    "a certificate of another name": {"certificate": "ssl_certificate {folder}/autre.pem; ssl_certificate_key {folder}/autre.pem;"},
    "a certificate that ends soon": {"certificate": "ssl_certificate {folder}/bientot.pem; ssl_certificate_key {folder}/bientot.pem;"},
    "a certificate that ends tomorrow": {"certificate": "ssl_certificate {folder}/demain.pem; ssl_certificate_key {folder}/demain.pem;"},
    "a short certificate in its youth": {"certificate": "ssl_certificate {folder}/court.pem; ssl_certificate_key {folder}/court.pem;"},
}
"""What each server does otherwise than the good one."""
TOLD: dict[str, list[tuple[What, bool, str]]] = {
    "its own 404 page": [(What.OWN_404, False, "error_page 404 /404.html;")],
    "the home page everywhere": [(What.NOT_FOUND, True, "répond 200 au lieu de 404")],
    "types of long ago": [
        (What.TYPE, False, "feeds/atom.xml est annoncé « application/octet-stream » au lieu de « application/atom+xml »"),
        (What.TYPE, False, "rss.xml"),
        (What.TYPE, False, "feed.json"),
        (What.TYPE, False, "site.webmanifest"),
        (What.TYPE, False, "« text/vtt »"),
    ],
    "no compression": [(What.COMPRESSION, False, "gzip on;")],
    "no headers": [(What.HEADERS, False, ", ".join(HEADERS))],
    "no headers but in one place": [(What.HEADERS, False, "add_header")],
    "nothing at the former address": [(What.REDIRECTION, True, "serveur/nginx-http.conf")],
    "a redirection of the server": [],
    "a redirection that leads elsewhere": [(What.REDIRECTION, True, "ne mène plus à")],
    "no way from http": [(What.ENCRYPTED, False, "return 301 https://$host$request_uri;")],
    "a post that nobody may read": [(What.MISSING, True, "/deux/ répond 403")],
    "no page at all": [(What.MISSING, True, "répond 403 à vos lecteurs")],
    "a certificate that ended": [(What.CERTIFICATE, True, "a un certificat périmé.")],
    "a certificate to come": [(What.CERTIFICATE, True, "n'est pas encore valable")],
    "a certificate of another name": [(What.CERTIFICATE, True, "d'un autre nom")],
    "a certificate that ends soon": [(What.CERTIFICATE, False, "finit dans 9 j. Renouvelez-le (« certbot renew »)")],
    "a certificate that ends tomorrow": [(What.CERTIFICATE, True, "finit dans 1 j.")],
    "a short certificate in its youth": [],
}


@dataclasses.dataclass
class Servers:
    """One nginx with a port for each way to be set up, and one that keeps pages in a cache."""

    ports: dict[str, int]
    root: Path
    authority: Authority

    def visit(self, name: str, host: Host = Host.OTHER) -> tuple[list[Fault], Host]:
        return asyncio.run(self._visit(name, host))

    async def _visit(self, name: str, host: Host) -> tuple[list[Fault], Host]:
        async with self.own(name) as own:
            return await visit.visit(own, TEXTS, host)

    @contextlib.asynccontextmanager
    async def own(self, name: str) -> Iterator[OwnSite]:
        scheme = "http" if name in {"cache", "behind"} else "https"
        async with Web(SETTINGS, self.authority.context) as web:
            yield OwnSite(web=web, address=f"{scheme}://127.0.0.1:{self.ports[name]}", folder=self.root)


def _write(root: Path) -> None:
    for path, text in SITE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "vide").mkdir(exist_ok=True)
    lines = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    (root / "_headers").write_text(f"/*\n{lines}/feeds/*\n  Access-Control-Allow-Origin: *\n  ! Referrer-Policy\n", encoding="utf-8")


def _server(changed: dict[str, str], port: int, folder: Path, root: Path) -> str:
    parts = "\n".join({**_PARTS, **changed}.values()).format(folder=folder, root=root)
    return f"server {{ listen 127.0.0.1:{port} ssl;\n{parts}\n}}\n"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    program, folder = server_program("nginx", "nginx-light"), tmp_path_factory.mktemp("nginx")
    root, authority = folder / "site", Authority(folder)
    _write(root)
    for name, begins, ends in (("bon", -10, 80), ("fini", -90, -1), ("futur", 2, 90), ("bientot", -81, 9.5), ("demain", -88, 1.5), ("court", -1, 5)):
        authority.sign(name, begins, ends)
    authority.sign("autre", -10, 80, address="127.0.0.9")
    (folder / "headers").write_text("".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items()), encoding="utf-8")
    ports = {name: free_port() for name in ("good", *BAD, "cache", "behind")}
    config = [f"daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1; {'user root;' if os.geteuid() == 0 else ''}\n"]
    config.append("events { worker_connections 64; }\nhttp { access_log off;\n")
    config += [f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    config.append(f"proxy_cache_path {folder}/garde keys_zone=garde:1m;\n")
    config += [_server(BAD.get(name, {}), port, folder, root) for name, port in ports.items() if name not in {"cache", "behind"}]
    config.append(f"server {{ listen 127.0.0.1:{ports['behind']}; root {root}; }}\n")
    behind = f"proxy_pass http://127.0.0.1:{ports['behind']}; proxy_cache garde; proxy_cache_valid 200 1h;"
    config.append(f"server {{ listen 127.0.0.1:{ports['cache']}; location / {{ {behind} }} }}\n}}\n")
    (folder / "settings").write_text("".join(config), encoding="utf-8")
    checked = subprocess.run([program, "-t", "-c", folder / "settings", "-p", folder], capture_output=True, text=True, check=False, timeout=30)
    assert checked.returncode == 0, checked.stderr
    with running([program, "-c", str(folder / "settings"), "-p", str(folder)], ports["good"], folder / "said"):
        yield Servers(ports, root, authority)


def test_a_site_that_is_served_well_has_no_fault(servers: Servers) -> None:
    assert servers.visit("good") == ([], Host.NGINX)


@pytest.mark.parametrize("name", BAD)
def test_each_fault_is_told_in_a_sentence_with_its_remedy(servers: Servers, name: str) -> None:
    faults, host = servers.visit(name, Host.NGINX)
    assert [(fault.what, fault.is_error) for fault in faults] == [(what, is_error) for what, is_error, _ in TOLD[name]]
    for fault, (_, _, words) in zip(faults, TOLD[name], strict=True):
        sentence = fault.sentence(host)
        assert words in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(("page", "is_promised"), [("<p>Accueil</p>", True), ('<meta http-equiv="Content-Security-Policy" content="a">', False)])
def test_where_no_file_says_which_headers_those_of_every_site_are_waited_for_but_where_pages_carry_the_policy(
    page: str, is_promised: bool, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    names = [*promised.headers(tmp_path, is_encrypted=True)]
    assert ({"Content-Security-Policy", "X-Content-Type-Options"} <= {*names}) is is_promised
    assert "Cache-Control" not in names
    assert "Strict-Transport-Security" not in names  # nobody but its owner promises that


def test_a_forge_is_not_asked_for_what_nobody_can_set_there(servers: Servers) -> None:
    for name in ("types of long ago", "no compression", "no headers"):
        assert servers.visit(name, Host.FORGE) == ([], Host.FORGE)


@pytest.mark.parametrize("what", What)
def test_each_fault_has_a_remedy_for_each_kind_of_host(what: What) -> None:
    for host in Host:
        assert Fault(what=what, words="Mal.", is_error=True).sentence(host).endswith(".")


def wait(servers: Servers, name: str, path: str, patience: float = 0.0) -> Fault | None:
    async def wait() -> Fault | None:
        async with servers.own(name) as own:
            return await arrival.wait(own, [path], patience)

    return asyncio.run(wait())


@pytest.fixture
def page(servers: Servers) -> Iterator[Path]:
    path = servers.root / "un" / "index.html"
    yield path
    path.write_text(SITE["un/index.html"], encoding="utf-8")


def test_a_cache_that_keeps_the_former_site_is_told_as_such(servers: Servers, page: Path) -> None:
    assert wait(servers, "cache", "un/index.html") is None
    page.write_text("nouveau", encoding="utf-8")
    assert wait(servers, "behind", "un/index.html") is None
    fault = wait(servers, "cache", "un/index.html")
    assert fault is not None
    assert (fault.what, fault.is_error, "proxy_cache_path" in fault.sentence(Host.NGINX)) == (What.CACHED, True, True)


def test_a_site_that_went_to_another_folder_is_told_as_such(servers: Servers, tmp_path: Path) -> None:
    sent = tmp_path / "site"
    (sent / "un").mkdir(parents=True)
    (sent / "un" / "index.html").write_text("envoyé ailleurs", encoding="utf-8")
    elsewhere = dataclasses.replace(servers, root=sent)
    fault = wait(elsewhere, "good", "un/index.html")
    assert fault is not None
    assert (fault.what, "n'est pas ce qui vient d'être envoyé" in fault.words) == (What.OLD, True)


def test_a_host_that_takes_its_time_is_waited_for(servers: Servers, tmp_path: Path) -> None:
    path = servers.root / "tard.html"
    later = threading.Timer(0.7, lambda: path.write_text("tard", encoding="utf-8"))
    sent = tmp_path / "site"
    sent.mkdir()
    (sent / "tard.html").write_text("tard", encoding="utf-8")
    later.start()
    try:
        assert wait(dataclasses.replace(servers, root=sent), "good", "tard.html", patience=10.0) is None
    finally:
        later.join(5)
        path.unlink()


def test_a_certificate_that_ended_keeps_everybody_out(servers: Servers) -> None:
    fault = wait(servers, "a certificate that ended", "index.html")
    assert fault is not None
    assert fault.what is What.CERTIFICATE
