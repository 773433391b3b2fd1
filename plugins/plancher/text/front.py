"""The header as a type: each field of a post or a page, once and for all.

Nothing downstream looks a key up by name; ``front_reader`` makes these.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FrontRules:
    """What a header must hold for this kind of file, on this site."""

    is_page: bool
    templates: Sequence[str]
    """The templates an author may ask for."""
    timezone: dt.tzinfo
    path: str = ""
    """From the folder of texts, with slashes: names say drafts, and Jekyll's say dates."""
    given: Sequence[tuple[str, str]] = ()
    """What the settings say of this file, where its header does not (``FILENAME_METADATA``…)."""
    takes_others: bool = False
    """Whether fields that we do not know may be another plugin's."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The header of one file."""

    title: str = ""
    date: dt.datetime | None = None
    """When the post appears, in the site's time zone."""
    modified: dt.datetime | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    slug: str = ""
    """The last segment of the address; empty: the file's name."""
    summary: str = ""
    """Inline Markdown."""
    authors: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Fields that are not ours, for other plugins."""
    status: str = "published"
    """``published``, ``draft`` or ``hidden`` (published, listed nowhere); a future date makes a draft."""
    is_held: bool = False
    """A draft because its author says so, and not because its day is still to come."""
    appears: dt.datetime | None = None
    """When it may be seen first, where that is not its date."""
    expires: dt.datetime | None = None
    """From when it may no longer be seen."""
    lang: str = ""
    id: str = ""
    """The entry's identifier in feeds, for ever; empty: derived from date and file name."""
    kind: str = "billet"
    """``revue`` when the whole post is a link roundup."""
    series: str = ""
    """The series that the post is a part of."""
    part: int = 0
    """Its number in the series; 0: its date decides."""
    image: str = ""
    """Picture for social networks."""
    template: str = ""
    aliases: tuple[str, ...] = ()
    """Former addresses, from the root of the site, percent-encoded: « /2008/10/un.html », « /?p=123 »."""
    save_as: str = ""
    url: str = ""
    lines: tuple[tuple[str, int], ...] = ()
    """Folded key and line of each field, for messages."""

    def line(self, key: str) -> int:
        """The line of a field, or the first of the file."""
        return dict(self.lines).get(key, 1)
