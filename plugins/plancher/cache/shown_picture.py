"""A picture of the site as a page and as a feed show it, in the place of the tag that a text has."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Sequence

from plancher.base import addresses
from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import NBSP
from plancher.cache import slots
from plancher.pictures.addresses import beside
from plancher.pictures.model import AVIF, TYPES, Picture, Rendition

SIZES = (
    "(max-width:640px) and (min-resolution:2.5x) 40vw,(max-width:640px) and (min-resolution:1.5x) 60vw,(max-width:640px) 92vw,(min-resolution:1.5x) 480px,800px"
)
"""How wide a picture is said to be in a text. On a dense screen it is said narrower than it is: nobody sees the fourth point of a
photograph, and a telephone pays for it."""
_PIECES = 5
"""Of a tag that leaves its width and its height to us."""
_QUOTE = '"'
_LARGE = 1000
"""Pixels of width above which a picture has more to show than a column of text does."""
_START = '<img alt="'
"""Before the words of a picture: Markdown writes attributes in the order of their names."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture, and where it is."""

    picture: Picture
    address: str
    """Of its own file, from the root of the site."""

    def address_of(self, rendition: Rendition) -> str:
        """The address of one of its files, from the root of the site, ready for an ``href``."""
        return addresses.quote(self.path_of(rendition))

    def path_of(self, rendition: Rendition) -> str:
        """The same, as it is."""
        return self.address if rendition == self.picture.own else beside(self.address, rendition)

    def in_feed(self, tag: str, base: str) -> str:
        """One file, of a middle size.

        :param tag: as the text has it, between marks (``slots.PICTURE``).
        :param base: what stands before an address of the site.
        """
        return self._image(tag.removeprefix(slots.LINKED), base, self.picture.middle, (), self.picture.middle)

    def in_page(self, tag: str, base: str) -> str:
        """Each browser takes the file that suits it; a link leads to the largest."""
        found, picture = tag.removeprefix(slots.LINKED), self.picture
        several = picture.shown if len(picture.shown) > 1 else ()
        image = self._image(found, base, picture.middle, several, picture.largest)
        if picture.light:
            image = f'<picture><source type="{TYPES[AVIF]}"{self._choice(picture.light, base)}>{image}</picture>'
        words = found.removeprefix(_START).partition(_QUOTE)[0] if found.startswith(_START) else ""
        if tag.startswith(slots.LINKED) or not words or picture.largest.width <= _LARGE:
            return image
        return f'<a class="enlarge" href="{_whole(base, self.address_of(picture.largest))}" aria-label="La voir en grand{NBSP}: {words}">{image}</a>'

    def _image(self, tag: str, base: str, shown: Rendition, choice: Sequence[Rendition], sides: Rendition) -> str:
        pieces = tag.split(slots.SIDE)
        if len(pieces) == _PIECES:
            pieces[1], pieces[3] = str(sides.height), str(sides.width)
        start, _, rest = "".join(pieces).split(slots.MARK)
        address = f"{start}{_whole(base, self.address_of(shown))}"
        if choice:  # after the end of the address; ours ends where that of the tag follows
            address += f'"{self._choice(choice, base).removesuffix(_QUOTE)}'
        return f"{address}{rest}"

    def _choice(self, renditions: Sequence[Rendition], base: str) -> str:
        listed = ", ".join(f"{_whole(base, self.address_of(one))} {one.width}w" for one in renditions)
        return f' srcset="{listed}" sizes="{SIZES}"'


def _whole(base: str, address: str) -> str:
    return html.escape(f"{base}/{address}")
