"""What pages of the whole site show of a call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plancher.components.answers.model import Call
from plancher.text.grammar import Inline


class CallEntry(NamedTuple):
    """A call, its words without markup."""

    anchor: str
    token: str
    line: int
    question: str
    expected: str
    example: str
    until: str
    """The last day, ISO 8601; empty: it stays open."""
    is_open: bool
    """When its text was read, which is read again once its day is over."""
    thanks: str
    mastodon: str


def index_entries(call: Call, inline: Inline) -> Iterator[CallEntry]:
    """The call."""
    words = inline.text
    yield CallEntry(
        anchor=call.anchor,
        token=call.token,
        line=call.line,
        question=words(call.question),
        expected=words(call.expected),
        example=words(call.example),
        until=call.until.isoformat() if call.until else "",
        is_open=call.is_open,
        thanks=words(call.thanks),
        mastodon=call.mastodon,
    )
