"""What the conversion of one text carries along: where it stands, what becomes of its addresses, what is told."""

from __future__ import annotations

import collections
import re
import urllib.parse
from typing import Protocol

from bs4 import Tag

from plancher.base import addresses
from plancher.base.french import clip
from plancher.importing.blogs.model import Note, Place

_SHOWN = 300
"""Characters of former HTML in a note."""


class Links(Protocol):
    """What the addresses of a former blog become here."""

    def link(self, address: str) -> str:
        """An address that a text leads to: what to write in its place."""

    def picture(self, address: str) -> str:
        """The address of a picture; one that is still elsewhere becomes a link, since a page loads nothing from others."""


class Passage:
    """One text on its way to Markdown."""

    def __init__(self, place: Place, links: Links) -> None:
        self.place = place
        self.links = links
        self.notes: list[Note] = []
        self._counts: collections.Counter[str] = collections.Counter()

    def say(self, message: str, former: Tag | str) -> None:
        """Tell of something that changes or goes."""
        words = former if isinstance(former, str) else former.decode()
        self.notes.append(Note(place=self.place, message=message, former=clip(words, _SHOWN)))

    def count(self, message: str, number: int = 1) -> None:
        """Tell once, for the whole text, how often something small happened."""
        self._counts[message] += number

    def told(self) -> tuple[Note, ...]:
        """All that is to be told."""
        counted = (Note(place=self.place, message=message if number == 1 else f"{message[:-1]} ({number} fois).") for message, number in self._counts.items())
        return (*self.notes, *counted)

    def address(self, typed: str) -> str:
        """Where a link leads; empty when it may not be followed."""
        bare = "".join(typed.split()) if "\n" in typed or "\t" in typed else typed.strip()
        if not bare or not addresses.is_safe(bare) or not addresses.is_readable(bare):
            return ""
        return self.links.link(bare)

    def picture(self, tag: Tag) -> tuple[str, str, bool]:
        """The address of a picture, what it shows, and whether it is here: one that is elsewhere may only be a link."""
        typed = str(tag.get("src", ""))
        address = self.links.picture(typed) if addresses.is_safe(typed) else ""
        if typed and not address:
            self.say("une image dont l'adresse n'est pas celle d'un fichier ne vient pas : seuls ses mots restent.", tag)
        is_here = bool(address) and not addresses.is_elsewhere(address)
        words = " ".join(str(tag.get("alt") or tag.get("data-caption") or tag.get("title") or "").split())
        if not words and address:
            words = self._named(typed)
            self.count("une image n'avait pas de texte de remplacement : le nom de son fichier en tient lieu, décrivez-la.")
        if address and not is_here:
            self.count("une image est restée chez un tiers : le texte n'en a que le lien.")
        return address, words, is_here

    @staticmethod
    def _named(address: str) -> str:
        """Words from the name of a file: « vitrine d hiver » from « vitrine-d_hiver-300x200.jpg »."""
        name = urllib.parse.unquote(urllib.parse.urlsplit(address).path if addresses.is_readable(address) else "").rpartition("/")[2]
        bare = re.sub(r"(?:-\d+x\d+|-scaled|_[smtoq]|_sq)?\.\w{2,5}$", "", name)
        words = " ".join(re.split(r"[\W_]+", bare)).strip()
        return words if re.search(r"[^\W\d_]{2}", words) else "Image"
