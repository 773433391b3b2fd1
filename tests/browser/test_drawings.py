"""Drawings that the wall lets through are opened alone in a real browser, and nothing happens; the same acts, let through, would."""

from __future__ import annotations

import http.server
import threading
import time

import pytest
from plancher.site import drawings
from playwright.sync_api import Browser

from tests.site.test_walls import DRAWS, NS, XLINK

pytestmark = pytest.mark.browser
RUNS = "fetch('/pris')"
ACTS = {
    "xslt.svg": f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="xslt.svg"?><svg {NS} xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xsl:version="1.0">'
    f'<xsl:element name="script" namespace="http://www.w3.org/2000/svg">{RUNS}</xsl:element></svg>',
    "script.svg": f'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>{RUNS}</s:script></s:svg>',
    "xhtml.svg": f'<svg {NS} xmlns:h="http://www.w3.org/1999/xhtml"><h:script>{RUNS}</h:script></svg>',
    "onload.svg": f'<svg {NS} onload="{RUNS}"/>',
    "attlist.svg": f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{RUNS}">]><svg {NS}/>',
    "refresh.svg": f'<svg {NS} xmlns:h="http://www.w3.org/1999/xhtml"><h:meta http-equiv="refresh" content="0;url=/pris"/></svg>',
    "image.svg": f'<svg {NS} {XLINK}><image xlink:href="/pris" width="9" height="9"/></svg>',
    "import.svg": f"<svg {NS}><style>@import '/pris';</style></svg>",
    "escaped.svg": rf"<svg {NS}><style>@\69mport '/pris';</style></svg>",
    "image-set.svg": f"""<svg {NS}><style>svg{{--a:"/*";background:image-set("/pris" 1x);--b:"*/"}}</style></svg>""",
    "font.svg": f"<svg {NS}><style>@font-face{{font-family:a;src:url(/pris)}}text{{font-family:a}}</style><text y='9'>a</text></svg>",
    "use.svg": f'<svg {NS}><use href="/pris#a"/></svg>',
    "begin.svg": f'<svg {NS}><animate attributeName="x" dur="1s" onbegin="{RUNS}"/></svg>',
    "utf16.svg": f'<?xml version="1.0" encoding="utf-16"?><svg {NS}><script>{RUNS}</script></svg>',
}


def raw(name: str) -> bytes:
    return ACTS[name].encode("utf-16" if name == "utf16.svg" else "utf-8")


def asked(chromium: Browser, files: dict[str, bytes], within: float) -> dict[str, bool]:
    """Whether each drawing, opened alone, made the browser ask for something else `within` these seconds, without any header that would stop it."""
    taken: list[str] = []
    page_of: dict[str, bool] = {}

    class Quiet(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            found = files.get(self.path.strip("/"))
            if found is None and "favicon" not in self.path:
                taken.append(self.path)
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(found or b"")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in files:
            taken.clear()
            page = chromium.new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}", wait_until="commit")
            deadline = time.monotonic() + within
            while not taken and time.monotonic() < deadline:
                page.wait_for_timeout(50)
            page_of[name] = bool(taken)
            page.close()
        server.shutdown()
    return page_of


def test_what_the_wall_refuses_did_act_and_what_it_lets_through_does_not(chromium: Browser) -> None:
    did = asked(chromium, {name: raw(name) for name in ACTS}, within=3)
    assert all(drawings.refusal(raw(name)) for name in ACTS)
    assert sum(did.values()) >= 10, did  # else these would prove nothing
    assert did["xslt.svg"]
    draws = {f"dessin-{number}.svg": drawn for number, drawn in enumerate(DRAWS.values())}
    assert not any(asked(chromium, draws, within=0.15).values())
