"""Where the addresses of the former blog lead now."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse

from plancher.base import addresses
from plancher.importing.blogs.home import former_site, references
from plancher.importing.blogs.home.former_site import FormerSite, key
from plancher.importing.blogs.model import Note, Place

_UNTIDY = re.compile(r"[^\x21-\x7e]|[<>\"`\\^{|}]")
_PLAIN = "".join(chr(code) for code in range(0x21, 0x7F) if not _UNTIDY.match(chr(code)))
_GONE_ANCHORS = re.compile(r"(?:comments?|respond|comment-?\d+|c\d+|more-?\d*|more|trackbacks?|top|haut)", re.IGNORECASE)
"""Parts of former pages that no page of ours has."""


@dataclasses.dataclass(slots=True)
class Book:
    """All that is known of them; each worker has it."""

    site: FormerSite
    names: frozenset[str]
    """Files of the source."""
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    """Former address (its ``key``) → file of ours, from the content folder."""
    by_file: dict[str, str] = dataclasses.field(default_factory=dict)
    """File of the source → file of ours."""
    terms: dict[str, str] = dataclasses.field(default_factory=dict)
    """Former address → address of ours."""
    files: dict[str, str] = dataclasses.field(default_factory=dict)
    """Canonical name → file of ours; only those that are here."""
    pages: dict[str, str] = dataclasses.field(default_factory=dict)
    """Former address of a page that showed a file alone → canonical name of the file."""
    same: dict[str, str] = dataclasses.field(default_factory=dict)
    """Other canonical names of a file → the one."""


class TextLinks:
    """``Links`` for one text: what its addresses become, and what is to be said of them."""

    def __init__(self, book: Book, place: Place, base: str) -> None:
        """:param base: the former path of the text."""
        self.book, self.place, self.base = book, place, base
        self.notes: list[Note] = []
        self.absent: dict[str, str] = {}
        """What stands for a picture that is not here, until the text is whole → its former address."""

    def link(self, address: str) -> str:
        """What to write in the place of an address that leads somewhere; empty: it may not lead there."""
        address = address.strip()
        if not address or address.startswith("#"):
            return address
        if not addresses.is_safe(address) or not addresses.is_readable(address):
            self._note("cette adresse ne peut pas servir de lien : ses mots sont gardés sans elle", address)
            return ""
        return self._inside(address) if self._is_own(address) else tidy(address)

    def picture(self, address: str) -> str:
        """The same for what is shown; what is absent keeps its former address, which the text may lead to but not show."""
        reference = references.resolved(address, self.place.file, self.base, is_shown=True)
        if reference is None:
            self._note("image dont l'adresse ne mène nulle part", address[:200])
            return ""
        return self._file(reference) or self._waiting(self._absent(reference))

    def _is_own(self, address: str) -> bool:
        return (not former_site.has_scheme(address) and not address.startswith("//")) or (address[:4].lower() == "http" and self.book.site.is_own(address))

    def _inside(self, address: str) -> str:
        """Where an address of the former blog leads."""
        bare, _, anchor = address.partition("#")
        reference = references.resolved(bare, self.place.file, self.base, is_shown=False)
        if reference is None:
            return tidy(address)
        path = self.book.site.path(reference.address)
        text = self.book.by_file.get(reference.in_source) or self.book.texts.get(key(path))
        if text:
            return f"{{filename}}/{text}{_kept(anchor)}"
        shown = self.book.pages.get(key(path))
        reference = references.Reference("", shown, is_shown=False) if shown else reference
        known = self.book.terms.get(key(path)) or self._file(reference)
        if known:
            return known
        if key(path) == (self.book.site.root or "/"):
            return "{index}"
        if shown or references.ending(reference.address) in references.KINDS:
            return self._absent(reference)
        return tidy(self.book.site.whole(path)) + (f"#{anchor}" if anchor else "")

    def _file(self, reference: references.Reference) -> str:
        """The address of a file that is here; empty when it is not."""
        target = self.book.files.get(self._name(reference), "")
        return f"{{static}}/{urllib.parse.quote(target)}" if target else ""

    def _absent(self, reference: references.Reference) -> str:
        name = self._name(reference)
        return tidy(f"/{name.removeprefix('source:')}" if name.startswith("source:") else name)

    def _name(self, reference: references.Reference) -> str:
        """The canonical name of a file."""
        is_known = reference.address.startswith("source:")
        name = reference.address if is_known else references.canonical(reference, self.book.site, self.book.names)
        return self.book.same.get(name, name)

    def _waiting(self, address: str) -> str:
        """The address of a picture that would be here: whoever converts the text writes a picture."""
        mark = f"{{static}}/image-absente-{len(self.absent) + 1}-"
        self.absent[mark] = address
        return mark

    def _note(self, message: str, former: str) -> None:
        self.notes.append(Note(place=self.place, message=message, former=former))


def _kept(anchor: str) -> str:
    return f"#{anchor}" if anchor and not _GONE_ANCHORS.fullmatch(anchor) else ""


def tidy(address: str) -> str:
    """An address that Markdown reads whole: without spaces, angle brackets or line ends, and with its scheme."""
    address = f"https:{address}" if address.startswith("//") else address
    return urllib.parse.quote(address, safe=_PLAIN) if _UNTIDY.search(address) else address
