"""The text of a page, fetched from the cache only when the page is made."""

from __future__ import annotations

import dataclasses
import functools
import html
import os
from collections.abc import Mapping
from pathlib import Path

from plancher.base import links
from plancher.base.fast_pickle import fast_pickle
from plancher.cache import slots
from plancher.cache.outline import Outline
from plancher.cache.pickling import DamagedError
from plancher.cache.shown_picture import ShownPicture
from plancher.cache.store import Row, Store


class LostError(RuntimeError):
    """The cache no longer holds, or holds damaged, what it held when the build began."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class LinkReplacement:
    """A link that no longer leads where it did."""

    address: str
    """As it stands in the text."""
    archive: str
    """The copy it leads to now; empty: there is none."""
    day: str
    """When the copy was made, ISO 8601."""
    note: str
    """What is said after it."""
    sourced: str
    """What is said after it where it is the source of a proof."""


def filled(  # noqa: PLR0913 - all that the site decides of a text
    text: str,
    base: str,
    targets: Mapping[str, str],
    replacements: tuple[LinkReplacement, ...] = (),
    pictures: Mapping[str, ShownPicture] | None = None,
    *,
    is_page: bool = False,
) -> str:
    """The HTML with the addresses of this site in the place of those that were typed.

    :param text: with its addresses marked (``slots``).
    :param base: what stands before an address of the site.
    :param targets: where each of Pelican's addresses leads, from the root of the site.
    :param pictures: those that such an address names.
    :param is_page: whether it is for its own page, which shows more than feeds do.
    """
    text = text.replace(slots.PAGE, "") if is_page else slots.without_page_parts(text)
    if not (targets or replacements or links.path_of(base)):
        return slots.without_marks(text)
    if pictures:
        text = _with_pictures(text, base, pictures, is_page=is_page)
    dead = {replacement.address: replacement for replacement in replacements}
    pieces = text.split(slots.MARK)
    for place in range(1, len(pieces), 2):
        address = pieces[place]
        if address[:1] in {"{", "|"}:
            target = targets.get(address)
            pieces[place] = address if target is None else f"{base}/{target.replace(' ', '%20')}"
        elif address[:1] == "/":
            pieces[place] = links.moved(address, base)
        elif dead and (replacement := dead.get(html.unescape(address))):
            _replace(pieces, place, replacement)
    return slots.without_roles("".join(pieces))


def _with_pictures(text: str, base: str, pictures: Mapping[str, ShownPicture], *, is_page: bool) -> str:
    """The HTML with the pictures that are known in the place of their tags."""
    pieces = text.split(slots.PICTURE)
    for place in range(1, len(pieces), 2):
        parts = pieces[place].split(slots.MARK)
        shown = pictures.get(parts[1]) if len(parts) == _MARKED else None
        if shown is not None:
            pieces[place] = shown.in_page(pieces[place], base) if is_page else shown.in_feed(pieces[place], base)
    return "".join(pieces)


_MARKED = 3
"""Pieces of a tag that holds one marked address."""


def _replace(pieces: list[str], place: int, replacement: LinkReplacement) -> None:
    """Put the copy in the place of a dead link; the address of before stays as data (Robust Links)."""
    before = "".join(pieces[:place])
    is_source = before.rfind(slots.SOURCE) > before.rfind(slots.SOURCE_END)
    note = html.escape(replacement.sourced if is_source else replacement.note, quote=False)
    address, archive = html.escape(replacement.address), html.escape(replacement.archive)
    copy = f'" data-versionurl="{archive}" data-versiondate="{html.escape(replacement.day)}' if archive else ""
    pieces[place] = f'{archive or address}" data-originalurl="{address}{copy}'
    end = next((number for number in range(place + 1, len(pieces), 2) if _END in pieces[number]), None)
    if end is not None:
        pieces[end] = pieces[end].replace(_END, f"{_END} {note}", 1)


_END = "</a>"
"""What nh3 writes at the end of a link; links do not stand in each other, and text never holds « < »."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class CachedBody:
    """Where a text is, and what its links lead to: all that decides of its HTML."""

    key: str
    store: str = dataclasses.field(repr=False, compare=False)
    targets: tuple[tuple[str, str], ...] = ()
    replacements: tuple[LinkReplacement, ...] = ()
    pictures: tuple[tuple[str, ShownPicture], ...] = ()
    """Those that one of Pelican's addresses names."""
    files: str = ""
    """What it depends on beside its own words: a text is kept under one key whatever the size of its pictures, and the day."""

    def html(self, base: str, *, is_page: bool = False) -> str:
        """The text, with addresses that begin with ``base``.

        :param is_page: whether it is for its own page, which shows more than feeds do.
        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        return filled(self._row().html, base, dict(self.targets), self.replacements, dict(self.pictures), is_page=is_page)

    def outline(self) -> Outline:
        """Headings and reading time.

        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        try:
            return Outline.from_bytes(self._row().facts)
        except DamagedError as error:
            raise LostError(self.key) from error

    def load(self) -> Row:
        """All that the cache keeps of the text, its addresses as their author typed them.

        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        row = self._row()
        return row._replace(html=slots.without_marks(row.html))

    def _row(self) -> Row:
        return _row(self.store, self.key, os.getpid())


@functools.lru_cache(maxsize=16)
def _row(path: str, key: str, process: int) -> Row:
    """A page asks for several things of its text one after the other: it is fetched once."""
    row = _store(path, process).row(key)
    if row is None:
        raise LostError(key)
    return row


@functools.lru_cache(maxsize=4)
def _store(path: str, _process: int) -> Store:
    """One connection to a cache for each process: SQLite's do not survive a fork."""
    return Store(Path(path))


def forget() -> None:
    """The cache may have been removed or replaced since the last build of this process."""
    _row.cache_clear()
    _store.cache_clear()
