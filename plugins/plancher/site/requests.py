"""What a component asks for: files of the site, each with its address and what it is made from."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from plancher.site.former import Former
from plancher.site.makers import Maker
from plancher.site.redirect import Redirect


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """A text that a component brings: read as a page of an author is, and no part of the blog."""

    name: str
    """That of no file of the content folder."""
    address: str
    """Where its page will be, from the root of the site: « guide/ »."""
    text: str
    """Header and Markdown."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePage:
    """A page that a template makes of values."""

    address: str
    """From the root of the site: « preuves/2024/ », « liens.html »."""
    template: str
    """Its name, without « .html »."""
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    """What the template may know, beside what all pages know."""
    in_sitemap: bool = True
    precedes_posts: bool = False
    """Whether it stands before the posts there: a page on the blog itself does, one that shows what posts hold does not."""
    shows: frozenset[str] = frozenset()
    """The addresses of the posts of which it shows something, from the root of the site: it is as old as the youngest change of these."""

    @property
    def path(self) -> str:
        """Its file, from the root of the site."""
        return f"{self.address}index.html" if not self.address or self.address.endswith("/") else self.address


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MadeFile:
    """A file that a function of a module makes of plain values, in any process."""

    path: str
    maker: Maker
    argument: object
    """Plain values, dates, tuples, and frozen dataclasses of these."""
    if_replaced: str = ""
    """What is said to an owner whose own file takes the place of this one; empty: none may."""
    asker: Redirect | None = None
    """The former address in whose place the file stands; None: nobody but the site asks for it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A file whose text is known."""

    path: str
    text: str
    if_replaced: str = ""
    """As above."""
    includes: str = ""
    """The owner's file for this address, from the content folder, that this one holds already."""
    asker: Former | None = None
    """All former addresses of the site, when the file says them to a host: what is wrong with them is found by it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CopiedFile:
    """A file that is published as it is."""

    path: str
    source: Path
    digest: str = ""
    """Of what it holds, when somebody knows."""
    stands_for: Path | None = None
    """The author's file that it was made of."""


PageRequest = TemplatePage | MadeFile | TextFile | CopiedFile


@dataclasses.dataclass(frozen=True, slots=True)
class FirstPage:
    """A value that only the first page of a list shows: the others do not depend on it."""

    value: object


def on_page(number: int, value: object) -> object:
    """What the page of a list that has this number may know of a value."""
    return (value.value if number == 1 else None) if isinstance(value, FirstPage) else value
