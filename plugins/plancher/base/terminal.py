"""What others wrote, as a terminal may show it: a sign that it would obey is replaced."""

from __future__ import annotations

_KEPT = frozenset("\n\u00a0\u202f\u2009\u200c\u200d")
"""Line ends, spaces of French, and what joins letters and pictures."""


def printable(text: str) -> str:
    """The same, without escape sequences, bidirectional signs and the like."""
    return "".join(sign if sign.isprintable() or sign in _KEPT else "\ufffd" for sign in text)


def on_one_line(text: str) -> str:
    """The same without the ends of its lines: nobody adds a line to ours."""
    return printable(" ".join(text.splitlines()))
