"""For Caddy: types, headers, what is hidden, the page that says « not found », compression, and the files themselves.

Inside « route », lines are followed in their order: what comes later says it
again (caddyserver.com/docs/caddyfile/directives/route).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plancher.outputs.discovery.hosts import globs, patterns
from plancher.outputs.discovery.serving import HIDDEN, MISSING, ORIGIN, TYPE, Serving

_INDENT = "    "


def site(serving: Serving) -> str:
    """What stands in the block of a site, after its root."""
    inside = f" {serving.base}/*" if serving.base else ""
    every = (f'{name} "{value}"' for name, value in serving.everywhere.items())
    lines = [*_block(f"header{inside}", every), *_block(f"route{inside}", _route(serving)), *_errors(serving)]
    return "".join(f"{line}\n" for line in lines)


def _route(serving: Serving) -> Iterator[str]:
    base = patterns.of_runes(serving.base)
    hidden = "|".join(map(patterns.of_runes, HIDDEN))
    is_hidden, is_known = f"^{base}/(?:(?:.*/)?\\.|(?:{hidden})$)", f"^{base}/(?:.*/)?\\.well-known(?:/[^.][^/]*)*/?$"
    yield from _block("@plancher_hidden", (f'path_regexp "{is_hidden}"', f'not path_regexp "{is_known}"'))
    yield "error @plancher_hidden 404"
    for number, (media_type, suffixes) in enumerate(serving.types.items()):
        yield f"@plancher_type_{number} path {' '.join(f'*{suffix}' for suffix in suffixes)}"
        yield from _header(f"@plancher_type_{number} ", {TYPE: media_type})
    for kind in reversed(serving.kinds):
        yield f'@plancher_{kind.name} path_regexp "^{globs.expression(serving.base, kind.globs, patterns.of_runes)}$"'
        yield from _header(f"@plancher_{kind.name} ", kind.headers)
    yield f"@plancher_texts path */ {' '.join(f'*{suffix}' for suffix in serving.texts)}"
    yield from _block("header @plancher_texts", ("defer", "Vary Accept-Encoding"))  # « defer »: once, whatever says it too
    yield from _files()


def _errors(serving: Serving) -> Iterator[str]:
    """A file that is not there was sent with the headers of its kind: they are said again."""
    again = _header("", {**serving.everywhere, TYPE: "text/html; charset=utf-8"})
    page = [*again, f"header -{ORIGIN}", f'rewrite * "{serving.base}/{MISSING}"', *_files()]
    asked = ('expression "{http.error.status_code} == 404"', *((f"path {serving.base}/*",) if serving.base else ()))
    yield from _block("handle_errors", (*_block("@plancher_missing", asked), *_block("handle @plancher_missing", page)))


def _files() -> Iterator[str]:
    yield "encode zstd gzip"
    yield from _block("file_server", ("precompressed br zstd gzip",))


def _block(opening: str, lines: Iterable[str]) -> list[str]:
    return [f"{opening} {{", *(f"{_INDENT}{line}" for line in lines), "}"]


def _header(matcher: str, headers: Mapping[str, str]) -> Iterator[str]:
    yield from (f'header {matcher}{name} "{value}"' for name, value in headers.items())
