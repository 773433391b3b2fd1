"""What pages of the whole site show of a roundup: its links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plancher.base import addresses, tracking
from plancher.base.french import language_name
from plancher.components.links.model import Link, Roundup, is_foreign
from plancher.site.model import Mention
from plancher.text.grammar import Inline


class LinkEntry(NamedTuple):
    """A link, its words without markup."""

    anchor: str
    title: str
    url: str
    """As typed; empty: the address is lost."""
    key: str
    """The same for all ways to write an address of the web; empty: it is none."""
    author: str
    site: str
    date: str
    """Of the page, ISO 8601; empty: unknown."""
    lang: str
    language: str
    """« en anglais »; empty for French."""
    via_address: str
    via_name: str
    """Who showed it."""
    type: str
    archive: str
    access: str
    comment: str


def index_entries(roundup: Roundup, inline: Inline) -> Iterator[LinkEntry]:
    """Its links, also those whose address is lost."""
    return (_entry(link, inline) for link in roundup.links)


def _entry(link: Link, inline: Inline) -> LinkEntry:
    words = inline.text
    return LinkEntry(
        anchor=link.anchor,
        title=words(link.title),
        url=link.url,
        key=key_of(link.url),
        author=words(link.author),
        site=words(link.site),
        date=link.date.date().isoformat() if link.date else "",
        lang=link.lang,
        language=f"en {language_name(link.lang)}" if is_foreign(link.lang) else "",
        via_address=inline.link(link.via) if link.via else "",
        via_name=words(link.via) if link.via else "",
        type=words(link.type),
        archive=link.archive,
        access=link.access,
        comment=words(link.comment),
    )


def key_of(address: str) -> str:
    """See ``LinkEntry.key``."""
    return tracking.key(address) if addresses.is_web(address) else ""


def mention(entry: LinkEntry) -> Mention:
    """A link by its title; without an address on the web, it leads to its place in the post."""
    address = tracking.clean(entry.url) if entry.key else ""
    return Mention(kind="liens", text=entry.title, address=address, anchor="" if address else entry.anchor, lang=entry.lang)
