"""Names of files and of addresses: portable, inside the content folder, and never given twice."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Iterable

from plancher.base.slugs import slug
from plancher.site import portable_names
from plancher.text import draft_signs

RESERVED = frozenset(
    "abonnement archives author auteurs brouillons categorie categories drafts en feeds fr guide icons images documents index liens 404 page pages preuves"
    " racine recherche serie series tag tags temoignages theme videos".split()
)
"""First parts of addresses that a blog of ours makes by itself, or may come to make: no page that comes takes one."""
_LONGEST_STEM = 80
"""Letters of a file's name."""
_TAG = re.compile(r"<[^<>]*>")
_FIRST_WORDS = 8


def first_words(body: str) -> str:
    """How a text begins, which stands for the title that it lacks."""
    words = html.unescape(_TAG.sub(" ", body[:4000])).split()
    return " ".join(words[:_FIRST_WORDS]).strip(" *_#>[]()!")


def wanted_slug(typed: str, title: str, identifier: str) -> str:
    """The end of the address that a text had, or that its title gives.

    :param typed: as its former blog had it, decoded; it may be a path.
    """
    last = posixpath.basename(typed.strip("/"))
    stem = re.sub(r"\.(?:html?|php|aspx?|md)$", "", last, flags=re.IGNORECASE)
    return slug(stem) or slug(title) or slug(identifier) or "texte"


def file_stem(address: str) -> tuple[str, str]:
    """The name of a picture or of another file, in plain letters, and its ending: « photo-a-la-mer », « .jpg »."""
    name = posixpath.basename(urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/").rstrip("/"))
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem, ending = posixpath.splitext(plain)
    stem = re.sub(r"[^a-z0-9_]+", "-", stem).strip("-_")[:_LONGEST_STEM].strip("-_")
    ending = re.sub(r"[^a-z0-9.]", "", ending)
    return stem or "image", ".jpg" if ending in {".jpe", ".jfif", ".pjpeg"} else ending


class Names:
    """Paths in the content folder that are taken, whatever their case and the way their accents are written."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_same(path) for path in taken}

    def take(self, path: str) -> None:
        """Nobody else gets this path."""
        self._taken.add(_same(path))

    def is_free(self, path: str) -> bool:
        """Whether nobody has it, and every system can hold it."""
        return _same(path) not in self._taken and not portable_names.unfit(f"content/{path}")

    def unique(self, folder: str, stem: str, ending: str) -> str:
        """A path that is free, taken from now on: « images/2008/photo-2.jpg »."""
        path, number = f"{folder}/{stem}{ending}", 2
        if portable_names.unfit(path):
            stem = f"fichier-{stem}"[:_LONGEST_STEM].strip("-.")
            path = f"{folder}/{stem}{ending}"
        while not self.is_free(path):
            path, number = f"{folder}/{stem}-{number}{ending}", number + 1
        self.take(path)
        return path

    def unique_slug(self, folder: str, wanted: str) -> str:
        """The slug of a text: its file and its address are free.

        A name that would make a draft of the text (« brouillon-de-loi ») gets a word before it.
        """
        known = RESERVED if folder == "pages" else frozenset[str]()
        stem = wanted if not (draft_signs.by_name(f"{folder}/{wanted}.md") or portable_names.unfit(f"{folder}/{wanted}.md")) else f"texte-{wanted}"
        name, number = stem, 2
        while name in known or not self.is_free(f"{folder}/{name}.md"):
            ending = f"-{number}"
            name, number = f"{stem[: 100 - len(ending)].rstrip('-')}{ending}", number + 1
        self.take(f"{folder}/{name}.md")
        return name


def _same(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
