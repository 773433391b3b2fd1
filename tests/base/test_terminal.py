"""What others wrote gives no order to a terminal, and adds no line to ours."""

from __future__ import annotations

import pytest
from plancher.base import terminal
from plancher.publishing import report
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState, Manifest
from plancher.publishing.plan import compare

LINES = {
    "a\nEn ligne": "a En ligne",
    "550 Non\r\n": "550 Non",
    "a\u2028b": "a b",
    "a\x1b[2Jb": "a\ufffd[2Jb",
    "a\u202eb": "a\ufffdb",
    "l’été\u00a0!": "l’été\u00a0!",
}


@pytest.mark.parametrize("text", LINES)
def test_it_stays_on_one_line(text: str) -> None:
    assert terminal.on_one_line(text) == LINES[text]
    assert str(PublishingError(text)) == LINES[text]
    assert f"  + {LINES[text]}" in [*report.planned(compare(Manifest(identifier="a", files={text: FileState("a", 1)}), None))]


def test_where_several_lines_are_shown_their_ends_stay() -> None:
    assert terminal.printable("a\nb\x1b") == "a\nb\ufffd"
