"""On which lines of a text something stands; code does not count."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from plancher.text.blocks import Scan

_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_AFTER = r"(?=[)\s\"'>#?|\]<;,]|$)"
_BEFORE = r"(?:\]\(\s*<?|\]:\s*<?|<|(?:href|src|poster|data)\s*=\s*[\"']?|^\s*[\w '’-]+\s*:\s+)"
"""What stands before an address in use: a link, a reference, an attribute, a field of a block."""
_UNDESCRIBED = r"!\[\s*\]\(\s*<?{address}"
_UNDESCRIBED_TAG = r"<img\b(?![^>]*\balt\s*=\s*[\"']\s*[^\s\"'])[^>]*{address}"


class Where:
    """The lines of one text."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan

    @functools.cached_property
    def _lines(self) -> list[tuple[int, str]]:
        typed = {line.number: line.text for line in (*(line for block in self._scan.blocks for line in block.lines), *self._scan.lines) if line.text}
        return [(number, _CODE.sub("", text) if "`" in text else text) for number, text in sorted(typed.items())]

    def leads(self, address: str) -> list[int]:
        """Where a link leads to an address."""
        return self._matching(f"{_BEFORE}{re.escape(address)}{_AFTER}", address)

    def shows_undescribed(self, address: str) -> list[int]:
        """Where an image has no words."""
        sign = re.escape(address)
        return self._matching(f"{_UNDESCRIBED.format(address=sign)}|{_UNDESCRIBED_TAG.format(address=sign)}", address)

    def says(self, text: str) -> list[int]:
        """Where these words stand."""
        return self._matching(re.escape(text), text)

    def _matching(self, pattern: str, text: str) -> list[int]:
        """The lines that match; else the first line that holds the text."""
        having = [(number, line) for number, line in self._lines if text in line]
        if len(having) > 1:
            sought = re.compile(pattern, re.IGNORECASE)  # costs more than looking through the whole text
            having = [(number, line) for number, line in having if sought.search(line)] or having[:1]
        return [number for number, _line in having] or [self._scan.find(text)]


def once_each(lines: Iterator[int] | list[int], count: int) -> list[int]:
    """As many lines as there are faults, each once."""
    return list(dict.fromkeys(lines))[: max(count, 1)]
