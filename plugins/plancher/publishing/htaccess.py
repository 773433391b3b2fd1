"""The file that Apache reads before each request, and that names a release in its folder: on shared hosting no link leads out of that folder.

Lines of somebody else in that file stay, before ours: theirs come first. What
the site itself tells Apache lies in the release, where Apache reads it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from plancher.publishing.errors import PublishingError
from plancher.publishing.place import VERSIONS, Place
from plancher.publishing.store import Reader, RenamingStore

FILE = ".htaccess"
_BEGIN, _END = "# BEGIN plancher", "# END plancher"
_OURS = re.compile(rf"^{_BEGIN} (?P<identifier>[0-9A-Za-z-]+)$.*?^{_END}$\n?", re.DOTALL | re.MULTILINE)


def block(identifier: str) -> str:
    """Our lines.

    A folder that is asked for without its last slash has it first: Apache would answer with its name in the release.
    Where it does all the same, and where somebody asks for a release by its own name, the address of the site is given:
    what is no longer online would be there.
    """
    return "\n".join(
        [
            f"{_BEGIN} {identifier}",
            "RewriteEngine On",
            f'RewriteRule "^{VERSIONS}(?:/|$)" - [L]',
            f'RewriteRule "^$" "{VERSIONS}/{identifier}/" [L]',
            'RewriteCond "%{REQUEST_FILENAME}" !-f',
            'RewriteCond "%{REQUEST_FILENAME}" !-d',
            'RewriteCond "%{REQUEST_URI}::$1" "^(.*)(.+)::\\2$"',  # what stands before the path is where the folder is
            f'RewriteCond "%{{DOCUMENT_ROOT}}%1{VERSIONS}/{identifier}/$1" -d',
            'RewriteRule "^(.*[^/])$" "%1$1/" [R=301,L]',
            'RewriteCond "%{REQUEST_FILENAME}" !-f',
            'RewriteCond "%{REQUEST_FILENAME}" !-d',
            f'RewriteRule "^(.+)$" "{VERSIONS}/{identifier}/$1" [L]',
            f"<If \"-z reqenv('REDIRECT_STATUS') && %{{REQUEST_URI}} =~ m#/{VERSIONS}(?:/|$)#\">",
            f'RedirectMatch 301 "^(.*)/{VERSIONS}/[^/]+/(.*)$" "$1/$2"',
            'RedirectMatch 404 "^"',
            "</If>",
            _END,
            "",
        ]
    )


def named(text: str) -> str | None:
    """The release that such a file names; None: none of ours."""
    found = _OURS.search(text)
    return found["identifier"] if found else None


def naming(text: str, identifier: str) -> str:
    """The same file, that names this release."""
    others = _OURS.sub("", text)
    return f"{others}{'' if not others or others.endswith(chr(10)) else chr(10)}{block(identifier)}"


def is_refused(site: Path, paths: Iterable[str]) -> bool:
    """Whether a site has rules of rewriting in inner folders: they end that of which ours are a part.

    :raises OSError: one of its files cannot be read.
    """
    inner = [path for path in paths if path.endswith(f"/{FILE}")]
    return any("rewriteengine" in (site / path).read_text(encoding="utf-8", errors="replace").lower() for path in inner)


class ShownHtaccess:
    """The file in the folder that Apache shows."""

    def __init__(self, reader: Reader, place: Place) -> None:
        self._reader, self._path = reader, f"{place.folder}/{FILE}"

    async def current(self) -> str | None:
        """The release that it names."""
        return named(await self._text())

    async def _text(self) -> str:
        raw = await self._reader.read(self._path)
        return raw.decode("utf-8", "surrogateescape") if raw else ""


class Htaccess(ShownHtaccess):
    """The same, with what rewrites it."""

    def __init__(self, store: RenamingStore, place: Place) -> None:
        super().__init__(store, place)
        self._store, self._made = store, f"{place.state}/htaccess"

    async def lead_to(self, identifier: str) -> None:
        """A new file takes the name of the old one; it is made where no reader is, under one name: one that was cut is written over."""
        await self._store.write(self._made, naming(await self._text(), identifier).encode("utf-8", "surrogateescape"))
        if not await self._store.rename_over(self._made, self._path):
            await self._store.remove(self._made)
            raise PublishingError("Le serveur n'a pas laissé remplacer .htaccess : les lecteurs gardent le site d'avant. Demandez à votre hébergeur.")
