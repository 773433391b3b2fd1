"""Real servers on this machine, set up as the guide says, that show a folder with the redirections of a site."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from plancher.base.identity import Identity
from plancher.outputs.discovery import serving, stubs
from plancher.outputs.discovery.hosts import apache, apache_serving, caddy, caddy_serving, nginx, nginx_serving, rules
from plancher.site.former import Former

from tests.conftest import ROOT, tool

GUIDE = ROOT / "plugins/plancher/components/guide/guide.md"
HEAD = "# Essai\n"
_MODULES = "/usr/lib/apache2/modules"
_BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_NGINX = """daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
{module}
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include /etc/nginx/mime.types;
{block}
}}
"""
_CADDY = """{{
    admin off
    auto_https off
}}
{block}
"""
_APACHE = """ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
Listen 127.0.0.1:{port}
ServerName localhost
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule rewrite_module {modules}/mod_rewrite.so
LoadModule headers_module {modules}/mod_headers.so
TypesConfig /etc/mime.types
DocumentRoot {root}
<Directory {root}>
    AllowOverride FileInfo
    Require all granted
</Directory>
"""
_COMMANDS = {
    "nginx": ("nginx", "-c", "{folder}/settings", "-p", "{folder}"),
    "caddy": ("caddy", "run", "--adapter", "caddyfile", "--config", "{folder}/settings"),
    "apache2": ("apache2", "-f", "{folder}/settings", "-D", "FOREGROUND"),
}
_SETTINGS = {"nginx": _NGINX, "caddy": _CADDY, "apache2": _APACHE}
NAMES = tuple(_COMMANDS)


class Server:
    """A server that runs."""

    def __init__(self, name: str, port: int, root: Path) -> None:
        self.name, self.port, self.root = name, port, root

    def get(self, address: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Its answer, with all that it says of it.

        :param headers: of the request: « accept_encoding="br" ».
        """
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as asked:
            asked.request(method, address, headers={"Host": "carnet.example", **{name.replace("_", "-"): value for name, value in headers.items()}})
            answer = asked.getresponse()
            return answer.status, answer.headers, answer.read()

    def ask(self, address: str) -> tuple[int, str, str]:
        """Its answer to an address, sent as it is: the status, where it leads, the body."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as asked:
            asked.sendall(b"GET " + address.encode("latin-1") + b" HTTP/1.1\r\nHost: ancien.example\r\nConnection: close\r\n\r\n")
            answer = http.client.HTTPResponse(asked)
            answer.begin()
            return answer.status, answer.getheader("Location") or "", answer.read().decode("utf-8", "replace")


def needs_brotli(server: Server) -> None:
    """Skip where nginx has no module for it."""
    if server.name == "nginx" and not _BROTLI.is_file():
        stop = pytest.fail if os.environ.get("PLANCHER_REQUIRE_TOOLS") else pytest.skip
        stop("le module brotli de nginx manque ; apt install libnginx-mod-http-brotli-static")


def lay_out(folder: Path, former: Former, site: str, pages: Mapping[str, str]) -> Path:
    """The folder that a server shows, with what stands beside it."""
    root = folder / "site"
    known = rules.of(former.redirects, site)
    base = known.base.strip("/")
    has_page = {f"{known.base}{redirect.source.path.rstrip('/')}{end}" for redirect in former.redirects if redirect.stub for end in ("", "/")}
    files = {f"{base}/{path}" if base else path: text for path, text in pages.items()}
    files |= {f"{base}/{page.path}": stubs.page(page.argument) for page in stubs.pages(former.redirects, Identity(name="Le blog", address=site), known.base)}
    described = serving.made(known.base, [], [])
    files |= {f"{base}/{path}": text for path, text in apache.files(known, HEAD, has_page)}
    own = f"{base}/{apache.FILE}"
    files[own] = apache_serving.settings(described) + files.get(own, "") + apache_serving.twins(described)
    files[f"{base}/feeds/{apache.FILE}"] = apache_serving.feeds(described)
    for path, text in files.items():
        target = root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    (folder / nginx.HTTP).write_text(nginx.http(known, HEAD), encoding="utf-8")
    (folder / nginx.SERVER).write_text(nginx.server(known, HEAD) + nginx_serving.server(described), encoding="utf-8")
    (folder / caddy.FILE).write_text(caddy.fragment(known, HEAD) + caddy_serving.site(described), encoding="utf-8")
    readable(folder)
    return root


def _block_of_the_guide(name: str, folder: Path, port: int) -> str:
    """What the guide has an owner write, for this machine: its folders, and a port without TLS."""
    guide = GUIDE.read_text(encoding="utf-8")
    if name == "nginx":
        (block,) = re.findall(r"^```nginx\n(include .*?)^```", guide, re.MULTILINE | re.DOTALL)
        block = block.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
        block = block if _BROTLI.is_file() else re.sub(r".*brotli_static.*\n", "", block)
    else:
        (block,) = re.findall(r"^```text\n(nom\.example \{\n.*?)^```", guide, re.MULTILINE | re.DOTALL)
        block = block.replace("nom.example {", f"http://:{port} {{\n    bind 127.0.0.1")
        settings = folder / "caddy.conf"
        if settings.is_file() and "\nroute {" not in settings.read_text(encoding="utf-8"):
            block = block.replace("\n}", "\n    file_server\n}")  # in a folder of its host, the rest is the owner's
    return block.replace("/srv/www/blog", str(folder / "site")).replace("/srv/blog/serveur", str(folder))


def readable(folder: Path) -> None:
    """Apache and nginx run as somebody else when root starts them: that one must come to the folder."""
    for path in (folder, *folder.parents):
        with contextlib.suppress(PermissionError):
            path.chmod(path.stat().st_mode | 0o055)


@contextlib.contextmanager
def running(name: str, folder: Path) -> Iterator[Server]:
    """A server of this kind over a folder that was laid out."""
    tool(name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    block = _block_of_the_guide(name, folder, port)
    module = f"load_module {_BROTLI};" if _BROTLI.is_file() else ""
    text = _SETTINGS[name].format(folder=folder, root=folder / "site", port=port, modules=_MODULES, block=block, module=module)
    (folder / "settings").write_text(text, encoding="utf-8")
    command = [word.format(folder=folder) for word in _COMMANDS[name]]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [shutil.which(command[0]) or command[0], *command[1:]], stdout=said, stderr=said, env={"HOME": str(folder), "PATH": "/usr/bin:/usr/sbin"}
        )
    try:
        _wait(process, port, folder)
        yield Server(name, port, folder / "site")
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(400):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    logs: Sequence[Path] = [path for path in (folder / "said", folder / "nginx.log", folder / "apache.log") if path.is_file()]
    pytest.fail("\n".join(path.read_text(errors="replace")[-2000:] for path in logs))
