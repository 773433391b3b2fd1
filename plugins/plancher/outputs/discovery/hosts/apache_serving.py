"""For « .htaccess »: types, headers, what is hidden, the page that says « not found », compressed twins.

Every line is one that a host allows with « AllowOverride FileInfo », as it does
for redirections, and that servers which only read Apache's settings know too:
files are told apart by their names, and by no expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.outputs.discovery.hosts import patterns
from plancher.outputs.discovery.serving import CACHE, HIDDEN, MISSING, ORIGIN, TYPE, Kind, Serving

TWINS = {"br": "br", "gz": "gzip"}
"""The end of a compressed twin, and the coding that a browser asks for."""
_END = f"\\.(?:{'|'.join(TWINS)})"


def settings(serving: Serving) -> str:
    """What stands before the owner's lines: theirs have the last word."""
    named = (line for kind in reversed(serving.kinds) if kind.names for line in _kind(kind))
    headers = _block("<IfModule mod_headers.c>", (f'Header {_table(name)}set {name} "{value}"' for name, value in serving.everywhere.items()))
    return _text((f'ErrorDocument 404 "{serving.base}/{MISSING}"', *_types(serving), *headers, *named, *_hidden()))


def feeds(serving: Serving) -> str:
    """What stands in the folder of the feeds: there, JSON is a feed."""
    return _text(line for kind in serving.kinds if not kind.names for line in _kind(kind, names="\\.json"))


def twins(serving: Serving) -> str:
    """What stands last: a request that was redirected has no twin."""
    ends = "|".join(suffix[1:] for suffix in serving.texts)
    lines = ["RewriteEngine On", f'RewriteBase "{serving.base}/"']
    for end, coding in TWINS.items():
        for asked, file in (("^(?:.*/)?$", "/index.html"), (f"^.+\\.(?:{ends})$", "")):
            lines += [
                f'RewriteCond %{{HTTP:Accept-Encoding}} "(?:^|[ ,]){coding}(?:[ ,]|$|;q=(?!0(?:\\.0*)?(?:[ ,]|$)))"',
                f'RewriteCond "%{{REQUEST_FILENAME}}{file}.{end}" -f',
                f'RewriteRule "{asked}" "$0{file.lstrip("/")}.{end}" [L]',
            ]
    return _text(_block("<IfModule mod_rewrite.c>", _block("<IfModule mod_mime.c>", lines)))


def _types(serving: Serving) -> Iterator[str]:
    """Of files, and of their twins, whose last end would say something else."""
    lines = [f'AddType "{kind}" {" ".join(suffixes)}' for kind, suffixes in serving.types.items()]
    lines += ["RemoveLanguage .br", *(f"AddEncoding {coding} .{end}" for end, coding in TWINS.items())]
    for kind, suffixes in serving.types.items():
        texts = "|".join(suffix[1:] for suffix in suffixes if suffix in serving.texts)
        lines += _block(f'<FilesMatch "\\.(?:{texts}){_END}$">', (f'ForceType "{kind}"',)) if texts else []
    yield from _block("<IfModule mod_mime.c>", lines)
    ends = "|".join(suffix[1:] for suffix in serving.texts)
    vary = _block(f'<FilesMatch "\\.(?:{ends})(?:{_END})?$">', ("Header merge Vary Accept-Encoding",))
    yield from _block("<IfModule mod_headers.c>", vary)


def _kind(kind: Kind, names: str = "") -> Iterator[str]:
    headers = {name: value for name, value in kind.headers.items() if name != TYPE}
    lines = [f'ForceType "{kind.headers[TYPE]}"'] if TYPE in kind.headers else []
    lines += _block("<IfModule mod_headers.c>", (f'Header {_table(name)}set {name} "{value}"' for name, value in headers.items())) if headers else []
    yield from _block(f'<FilesMatch "{names or kind.names}(?:{_END})?$">', lines)


def _table(name: str) -> str:
    """« always » is for what an error is sent with too; Apache has two lists, and a header in both would be there twice."""
    return "" if name in {CACHE, ORIGIN} else "always "


def _hidden() -> Iterator[str]:
    lines = ["RewriteEngine On", 'RewriteRule "(?:^|/)\\.(?!well-known(?:/|$))" - [R=404,L]']
    lines.append(f'RewriteRule "^(?:{"|".join(map(patterns.of_bytes, HIDDEN))})$" - [R=404,L]')
    yield from _block("<IfModule mod_rewrite.c>", lines)


def _block(opening: str, lines: Iterable[str]) -> list[str]:
    return [opening, *lines, f"</{opening[1:].partition(' ')[0]}>"]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
