"""An answer as it came in, wherever it came from, before anybody decided."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re

from plancher.text.source import FORBIDDEN

LONGEST = 10_000
"""Letters of an answer; the rest is cut, and told."""
LONGEST_NAME = 120


class Way(enum.StrEnum):
    """How it came."""

    MAIL = "courriel"
    MASTODON = "réponse Mastodon"
    MENTION = "webmention"
    FORM = "formulaire"

    @property
    def is_public(self) -> bool:
        """Whether it stands on a public page of its author: that is no consent to be quoted."""
        return self in {Way.MASTODON, Way.MENTION}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One answer."""

    way: Way
    source: str
    """What makes it the same the next time: a public address, or the sender, the token and the words."""
    token: str
    """Of the call that it names."""
    sender: str
    """An e-mail or a public address, which never leaves the queue."""
    date: dt.datetime | None = None
    words: str
    name: str = ""
    """As its author wants to be named; empty: not at all."""
    before: str = ""
    after: str = ""
    may_be_published: bool | None = None
    """None: its author did not say; then it is not."""
    may_be_counted: bool | None = None
    is_old_enough: bool | None = None
    address: str = ""
    """Of its public page."""
    is_verified: bool = False
    """Whether who sent it is proved; a mail's sender can be forged."""
    notes: tuple[str, ...] = ()
    """What was left out or looks odd, each in French."""


@dataclasses.dataclass(frozen=True, slots=True)
class Left:
    """Something that is not taken in, and why, in French: it is counted."""

    why: str


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Words without hidden signs, not too long; and what was done to them."""
    bare = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).encode("utf-8", "ignore").decode()
    bare = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]+", " ", bare)).strip()
    notes = ("des signes invisibles en ont été retirés",) if FORBIDDEN.search(text.replace("\r", "")) else ()
    if len(bare) > LONGEST:
        return bare[:LONGEST].rstrip() + "…", (*notes, f"coupé à {LONGEST} lettres")
    return bare, notes


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    """A name, or a fact: on one line, not too long, without hidden signs."""
    return " ".join(FORBIDDEN.sub("", text).encode("utf-8", "ignore").decode().split())[:most]
