"""The text of a page, fetched from the cache only when the page is made."""

from __future__ import annotations

import dataclasses
import functools
import html
import os
import re
from collections.abc import Iterator
from pathlib import Path

from plancher.base import addresses, links
from plancher.base.fast_pickle import fast_pickle
from plancher.cache.page_extras import PageExtras
from plancher.cache.pickling import DamagedError
from plancher.cache.store import Row, Store

_KINDS = "filename|static|attach|tag|category|author|index"
_TAG = re.compile(rf"<[^>]*[{{|](?:{_KINDS})[|}}][^>]*>")
_ATTRIBUTE = re.compile(rf"""((?:href|src|poster|data|cite)\s*=\s*)(["'])([{{|](?:{_KINDS})[|}}].*?)\2""")

_PLAIN = re.compile(r"(?:href|src|poster)=\"([/.][^\"]*)")


class LostError(RuntimeError):
    """The cache no longer holds, or holds damaged, what it held when the build began."""


def internal(text: str) -> Iterator[str]:
    """Each of Pelican's addresses (``{static}``, ``{tag}``…), as it stands in the HTML, once."""
    seen = (found[3] for tag in _TAG.finditer(text) for found in _ATTRIBUTE.finditer(tag[0]))
    yield from dict.fromkeys(seen)


def plain_names(text: str) -> list[str]:
    """The last segment of each address in the HTML that begins at the root of the site or at the page itself."""
    if '="/' not in text and '=".' not in text:  # as nearly always
        return []
    return sorted({name for address in _PLAIN.findall(text) if (name := addresses.file_name(html.unescape(address)))})


def resolved(text: str, targets: dict[str, str], base: str) -> str:
    """The HTML with real addresses in the place of Pelican's.

    :param targets: what each address leads to, from the root of the site.
    :param base: what stands before an address of the site.
    """
    if not targets:
        return text

    def replaced(found: re.Match[str]) -> str:
        target = targets.get(found[3])
        return found[0] if target is None else f"{found[1]}{found[2]}{base}/{target.replace(' ', '%20')}{found[2]}"

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(replaced, tag[0]), text)


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


def with_replacements(text: str, replacements: tuple[LinkReplacement, ...]) -> str:
    """The HTML with copies in the place of dead links; the address of before stays as data (Robust Links)."""
    if not replacements:
        return text
    known = {swap.address: swap for swap in replacements}

    def replaced(found: re.Match[str], *, is_source: bool) -> str:
        href = _HREF.search(found["attributes"])
        swap = known.get(html.unescape(href[1])) if href else None
        return found[0] if swap is None or href is None else _dead(found, href, swap, is_source=is_source)

    sources = _SOURCE.sub(lambda source: _LINK.sub(functools.partial(replaced, is_source=True), source[0]), text)
    return _LINK.sub(functools.partial(replaced, is_source=False), sources)


SOURCED = "tangible-source"
"""The class of what holds the source of a proof."""
_SOURCE = re.compile(rf"<(?P<kind>div|li) class=\"[^\"]*\b{SOURCED}\">.*?</(?P=kind)>", re.DOTALL)
_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
_HREF = re.compile(r"\bhref=\"([^\"]*)\"")


def _dead(found: re.Match[str], href: re.Match[str], swap: LinkReplacement, *, is_source: bool) -> str:
    note = swap.sourced if is_source else swap.note
    data = f' data-originalurl="{html.escape(swap.address)}"'
    if swap.archive:
        data += f' data-versionurl="{html.escape(swap.archive)}" data-versiondate="{html.escape(swap.day)}"'
    before, after = found["attributes"][: href.start()], found["attributes"][href.end() :]
    start = f'<a{before}href="{html.escape(swap.archive or swap.address)}"{data}{after}>'
    return f"{start}{found['text']}</a> {html.escape(note, quote=False)}"


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class CachedBody:
    """Where a text is, and what its links lead to: all that decides of its HTML."""

    key: str
    store: str = dataclasses.field(repr=False, compare=False)
    targets: tuple[tuple[str, str], ...] = ()
    replacements: tuple[LinkReplacement, ...] = ()
    files: str = ""
    """What it depends on beside its own words: a text is kept under one key whatever the size of its pictures, and the day."""

    def html(self, base: str) -> str:
        """The text, with addresses that begin with ``base``.

        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        return with_replacements(links.rebased(resolved(self.load().html, dict(self.targets), base), base), self.replacements)

    def facts(self) -> PageExtras:
        """Headings, reading time, models of the blocks.

        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        try:
            return PageExtras.from_bytes(self.load().facts)
        except DamagedError as error:
            raise LostError(self.key) from error

    def load(self) -> Row:
        """All that the cache keeps of the text.

        :raises LostError: the cache was damaged or emptied meanwhile.
        """
        return _row(self.store, self.key, os.getpid())


@functools.lru_cache(maxsize=16)
def _row(path: str, key: str, process: int) -> Row:
    """A page asks for several things of its text one after the other: it is fetched once."""
    found = _shared(path, process).row(key)
    if found is None:
        raise LostError(key)
    return found


@functools.lru_cache(maxsize=4)
def _shared(path: str, _process: int) -> Store:
    """One connection to a cache for each process: SQLite's do not survive a fork."""
    return Store(Path(path))


def forget() -> None:
    """The cache may have been removed or replaced since the last build of this process."""
    _row.cache_clear()
    _shared.cache_clear()
