"""A call to readers, as typed data."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from plancher.base import clock, digest
from plancher.base.french import fold_words

_TOKEN = 8
"""Hexadecimal digits of a token: a blog has dozens of calls, not millions."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A question to readers, who answer with a fact."""

    question: str
    expected: str = ""
    """How long or of what kind an answer should be: « en une phrase »."""
    example: str = ""
    until: dt.date | None = None
    """The last day on which it is open; None: it stays open."""
    thanks: str = ""
    mastodon: str = ""
    """The public status under which answers may stand, too."""
    own_id: str = ""
    """The name that its author chose; its question may change then."""
    body: str = ""
    """Markdown."""
    line: int

    @property
    def token(self) -> str:
        """What the subject of a mail is known by: « a1b2c3d4 »."""
        return token_of(self.own_id or self.question)

    @property
    def anchor(self) -> str:
        """Where it stands in its page; another call above it changes nothing."""
        return self.own_id or f"appel-{self.token}"

    @property
    def is_open(self) -> bool:
        """Whether its day has not passed (UTC)."""
        return self.until is None or clock.now().date() <= self.until


def token_of(name: str) -> str:
    """The token of a call, from its name or its question; of a post, from its identifier."""
    return digest.of_text(fold_words(name))[:_TOKEN]


def last_days(call: Call) -> Sequence[dt.date]:
    """The day after which it is closed."""
    return [call.until] if call.until else []
