"""For nginx: what stands in « server »: types, headers, what is hidden, the page that says « not found », compression.

A « location » that has a header has none of those above it
(nginx.org/en/docs/http/ngx_http_headers_module.html): each says all of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plancher.outputs.discovery.hosts import globs, patterns
from plancher.outputs.discovery.serving import HIDDEN, MISSING, TYPE, Kind, Serving

_INDENT = "    "


def server(serving: Serving) -> str:
    """The lines; those of a site in a folder keep to that folder."""
    lines = list(_lines(serving))
    if serving.base:
        lines = [f"location ^~ {_quoted(f'{serving.base}/')} {{", *(f"{_INDENT}{line}" for line in lines), "}"]
    return "".join(f"{line}\n" for line in lines)


def _lines(serving: Serving) -> Iterator[str]:
    texts = sorted(bare for kind in serving.types for bare, _, charset in [kind.partition(";")] if charset and bare != "text/html")
    texts += [kind.headers[TYPE].partition(";")[0] for kind in serving.kinds if ";" in kind.headers.get(TYPE, "")]
    listed = " ".join(dict.fromkeys(texts))
    yield "types {"
    for media_type, suffixes in serving.types.items():
        yield f"{_INDENT}{media_type.partition(';')[0]} {' '.join(suffix[1:] for suffix in suffixes)};"
    yield "}"
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {listed};"
    yield "gzip on;"
    yield f"gzip_types {listed} application/feed+json;"
    yield "gzip_vary on;"
    yield "gzip_static on;"
    yield f"error_page 403 404 =404 {_quoted(f'{serving.base}/{MISSING}')};"
    yield from _headers(serving.everywhere)
    hidden = "|".join(map(patterns.of_bytes, HIDDEN))
    yield f'location ~ "^{patterns.of_bytes(serving.base)}/(?:(?:.*/)?\\.(?!well-known(?:/|$))|(?:{hidden})$)" {{ return 404; }}'
    for kind in serving.kinds:
        yield from _location(kind, serving)


def _location(kind: Kind, serving: Serving) -> Iterator[str]:
    yield f'location ~ "^{globs.expression(serving.base, kind.globs, patterns.of_bytes)}$" {{'
    headers = kind.whole(serving.everywhere)
    media_type = headers.pop(TYPE, "")
    if media_type:
        yield f"{_INDENT}types {{ }}"
        yield f"{_INDENT}default_type {media_type.partition(';')[0]};"
    yield from (f"{_INDENT}{line}" for line in _headers(headers))
    yield "}"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    """« always »: with « not found » too; a redirection is kept as long as a page."""
    yield from (f'add_header {name} "{value}" always;' for name, value in headers.items())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
