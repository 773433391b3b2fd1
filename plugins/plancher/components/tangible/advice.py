"""« invoke check » finds promises that are not yet a block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.base.problems import Problem, Problems
from plancher.text.blocks import Line
from plancher.text.document import Document

_OLD = re.compile(r"\s*[–—*-]\s*(?P<promise>\S.*?)[\s,;:]+(?:mais[,]? )?au final\b[\s,:…]*(?P<proof>\S.*)", re.IGNORECASE)
_FEWEST = 2
"""One such line may be a sentence; two are a list."""


def old_lists(document: Document) -> Problems:
    """A list of « promesse 2.0, mais au final … » is a ``[!bilan]``, which the register can read."""
    for run in _runs(document.scan.lines):
        pairs = "\n".join(f"    > - {match['promise'].strip()} → {match['proof'].strip().rstrip(';,.')}" for _, match in run)
        yield Problem(run[0][0].number, "PDV074", f"cette liste est un bilan. Remplacez ses {len(run)} lignes par :\n    > [!bilan]\n{pairs}")


def _runs(lines: Sequence[Line]) -> Iterator[list[tuple[Line, re.Match[str]]]]:
    """Such lines that follow each other, empty ones between them or not."""
    run: list[tuple[Line, re.Match[str]]] = []
    for line in (*lines, Line(0, "fin")):
        match = _OLD.fullmatch(line.text)
        if match:
            run.append((line, match))
        elif line.text.strip():
            if len(run) >= _FEWEST:
                yield run
            run = []
