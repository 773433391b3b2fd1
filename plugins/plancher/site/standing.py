"""What stands at a public address, as a line of ``content/adresses.txt`` says it.

« /tag/pme/ », or of a text « /2024/05/un/ : articles/un | 2024-05-02 | Un titre »:
its identifier, its day, its title. They tell a text that moved from another one.
"""

from __future__ import annotations

import dataclasses
import re
import urllib.parse

from plancher.base import former_address
from plancher.base.french import fold
from plancher.site.claims import file_of
from plancher.site.model import Post

_LINE = re.compile(r"(?P<typed>/\S*)(?: (?P<sign>:|→|->)(?: (?P<rest>.*))?)?")
_WRITTEN = re.compile(r"[\s%?#\x00-\x1f\x7f\ud800-\udfff]")
"""Signs of a path that would not come back from the file as they are."""
_BETWEEN = " | "
_GIVEN_UP = "rien"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What stands at a public address, or stood there."""

    address: str
    """From the root of the site, decoded, with its first slash."""
    id: str = ""
    """Of the text; empty: it was none."""
    day: str = ""
    """« 2024-05-02 »; a page has none."""
    title: str = ""
    line: int = dataclasses.field(default=1, compare=False)
    """Of the list."""
    is_let_go: bool = False
    """Whether its author wants it gone."""

    @property
    def file(self) -> str:
        """The file of the site that is asked for there."""
        return file_of(self.address)

    @property
    def slug(self) -> str:
        """Its last segment."""
        return self.address.rstrip("/").rpartition("/")[2]

    def __str__(self) -> str:
        typed = _WRITTEN.sub(lambda found: urllib.parse.quote(found[0], safe="", errors="surrogateescape"), self.address)
        return f"{typed} : {_BETWEEN.join((self.id, self.day, self.title))}".rstrip(" |") if self.id else typed


def parse(line: str, number: int) -> Stood | None:
    """Read a line; None when it says nothing."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    try:
        address = former_address.parse(found["typed"]).path
    except ValueError:
        return None
    rest = (found["rest"] or "").strip()
    if found["sign"] in {"→", "->"}:
        return Stood(address=address, line=number, is_let_go=True) if fold(rest) == _GIVEN_UP else None
    identifier, day, title = (*rest.split(_BETWEEN, 2), "", "")[:3]
    return Stood(address=address, id=identifier, day=day, title=title, line=number)


def of_text(address: str, text: Post | None) -> Stood:
    """What a text is known by, at an address of its own."""
    if text is None:
        return Stood(address=address)
    day = text.card.date.date().isoformat() if text.card.date else ""
    return Stood(address=address, id=text.id, day=day, title=" ".join(text.title.split()))
