"""An answer as it came in, wherever it came from, before anybody decided."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re

from plancher.base import clock
from plancher.text.source import FORBIDDEN

LONGEST = 10_000
"""Letters of an answer; the rest is cut, and told."""
LONGEST_NAME = 120
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a]")
"""Signs that nobody sees, and that hide words from whoever decides; those that join letters and pictures stay."""
_ACCENTS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACKED = re.compile(f"([{_ACCENTS}]{{4}})[{_ACCENTS}]+")
"""More accents on one letter than any language has: they run over the lines around."""
_FIRST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""No answer to a blog is older."""


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
    consent: str = ""
    """Of a public page: how and when its author said yes to being quoted; empty: he did not, and it is only linked."""
    is_verified: bool = False
    """Whether who sent it is proved; a mail's sender can be forged."""
    notes: tuple[str, ...] = ()
    """What was left out or looks odd, each in French."""

    @property
    def is_only_linked(self) -> bool:
        """Whether its words stay where they are."""
        return self.way.is_public and not self.consent


@dataclasses.dataclass(frozen=True, slots=True)
class Left:
    """Something that is not taken in, and why, in French: it is counted."""

    why: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Somebody says whether he wrote an answer, by a code that was sent to its address."""

    sender: str
    identifier: str
    """Of the answer in the queue."""
    code: str
    is_author: bool


Arrived = Received | Confirmation | Left


def cleaned(text: str) -> tuple[str, tuple[str, ...]]:
    """Words without hidden signs, not too long; and what was done to them."""
    typed = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = _UNSEEN.sub("", FORBIDDEN.sub("", typed)).encode("utf-8", "ignore").decode()
    bare = _STACKED.sub(r"\1", seen)
    notes = ("des signes invisibles en ont été retirés",) if len(seen) < len(typed) else ()
    if len(bare) < len(seen):
        notes = (*notes, "des accents empilés en ont été retirés")
    bare = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]+", " ", bare)).strip()
    if len(bare) > LONGEST:
        return bare[:LONGEST].rstrip() + "…", (*notes, f"coupé à {LONGEST} lettres")
    return bare, notes


def one_line(text: str, most: int = LONGEST_NAME) -> str:
    """A name, or a fact: on one line, not too long, without hidden signs."""
    bare = _STACKED.sub(r"\1", _UNSEEN.sub("", FORBIDDEN.sub("", text[: 10 * most])))
    return " ".join(bare.encode("utf-8", "ignore").decode().split())[:most]


def dated(moment: dt.datetime | None) -> dt.datetime | None:
    """When something was written; None when nobody can have written it then."""
    if moment is None or not _FIRST <= moment <= clock.now() + dt.timedelta(days=2):
        return None
    return moment.astimezone(dt.UTC)
