"""For Apache's « .htaccess »: types, headers, what is hidden, the page that says « not found », compressed twins.

Every line is one that a host allows with « AllowOverride FileInfo », as it does
for redirections. What a request asked for is read in its first line, which no
rewriting of the host's changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from plancher.base import addresses
from plancher.outputs.discovery.hosts import globs, patterns
from plancher.outputs.discovery.serving import CACHE, HIDDEN, MISSING, ORIGIN, TYPE, Serving

TWINS = {"br": "br", "gz": "gzip"}
"""The end of a compressed twin, and the coding that a browser asks for."""
_SENT = "%{REQUEST_STATUS} in {'200','206','304'}"
_END = "(?:\\.(?:br|gz))?$"


def settings(serving: Serving) -> str:
    """What stands before the owner's lines: theirs have the last word."""
    return "".join(f"{line}\n" for line in (*_types(serving), *_headers(serving), *_hidden()))


def twins(serving: Serving) -> str:
    """What stands last: a request that was redirected has no twin."""
    return "".join(f"{line}\n" for line in _twins(serving))


def _types(serving: Serving) -> Iterator[str]:
    yield f'ErrorDocument 404 "{serving.base}/{MISSING}"' if serving.base else f"ErrorDocument 404 /{MISSING}"
    yield "<IfModule mod_mime.c>"
    for kind, suffixes in serving.types.items():
        yield f'AddType "{kind}" {" ".join(suffixes)}'
    yield "</IfModule>"


def _headers(serving: Serving) -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    yield from (f'Header {_table(name)}set {name} "{value}"' for name, value in serving.everywhere.items())
    for kind in reversed(serving.kinds):
        asked = globs.expression(addresses.quote(serving.base), map(_quoted, kind.globs), patterns.of_bytes, "[^ ?]*")
        condition = f"expr=%{{THE_REQUEST}} =~ m#^[A-Z]+ {asked}[ ?]# && {_SENT}"
        yield from (f'Header {_table(name)}set {name} "{value}" "{condition}"' for name, value in kind.headers.items())
    yield "</IfModule>"


def _table(name: str) -> str:
    """« always » is for what an error is sent with too; Apache has two lists, and a header in both would be there twice."""
    return "" if name in {CACHE, ORIGIN, TYPE} else "always "


def _quoted(glob: str) -> str:
    return "*".join(map(addresses.quote, glob.split("*")))


def _hidden() -> Iterator[str]:
    yield "<IfModule mod_rewrite.c>"
    yield "RewriteEngine On"
    yield 'RewriteRule "(?:^|/)\\.(?!well-known(?:/|$))" - [R=404,L]'
    yield f'RewriteRule "^(?:{"|".join(map(patterns.of_bytes, HIDDEN))})$" - [R=404,L]'
    yield "</IfModule>"


def _twins(serving: Serving) -> Iterator[str]:
    ends = "|".join(suffix[1:] for suffix in serving.texts)
    yield "<IfModule mod_rewrite.c>"
    yield "<IfModule mod_headers.c>"
    yield "<IfModule mod_mime.c>"
    yield "RewriteEngine On"
    yield f'RewriteBase "{serving.base}/"'
    for end, coding in TWINS.items():
        for asked, file in (("^(?:.*/)?$", "/index.html"), (f"^.+\\.(?:{ends})$", "")):
            yield f'RewriteCond %{{HTTP:Accept-Encoding}} "(?:^|[ ,]){coding}(?:[ ,]|$|;q=(?!0(?:\\.0*)?(?:[ ,]|$)))"'
            yield f'RewriteCond "%{{REQUEST_FILENAME}}{file}.{end}" -f'
            yield f'RewriteRule "{asked}" "$0{file.lstrip("/")}.{end}" [L]'
    yield "RemoveLanguage .br"
    yield from (f"AddEncoding {coding} .{end}" for end, coding in TWINS.items())
    for kind, suffixes in serving.types.items():
        texts = "|".join(suffix[1:] for suffix in suffixes if suffix in serving.texts)
        if texts:
            yield f'<FilesMatch "\\.(?:{texts})\\.(?:{"|".join(TWINS)})$">'
            yield f'ForceType "{kind}"'
            yield "</FilesMatch>"
    yield f'<FilesMatch "\\.(?:{ends}){_END}">'
    yield "Header merge Vary Accept-Encoding"
    yield "</FilesMatch>"
    yield from ["</IfModule>"] * 3
