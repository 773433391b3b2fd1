"""« marketing 2.0, mais au final ce sont les ventes » several times in a row: a ``[!bilan]``, all words kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.base.french import fold
from plancher.components.tangible import hopes
from plancher.importing.blogs.habits import chunks
from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling

NAME = "bilan"
PURPOSE = "faire un bloc [!bilan] des lignes « … 2.0, mais au final … » qui se suivent"
_DASH = re.compile(r"(?:\\?[-–—•·*]|\\?>|→)[ \u00a0]*(?=\S)")
_PAIR = re.compile(r"(?P<promise>\S.{0,118}?)(?P<joint>[\s,;:…]+)(?P<proof>(?:mais|pourtant|or)\b[ ,]*\S.*)", re.IGNORECASE)
_LAND = re.compile(
    r"\b(?:au final|au bout(?: du compte)?|en fin de compte|a la fin|finalement|ce qui compte|ce que je vois|ce qu'on voit|ce que l'on voit"
    r"|concretement|dans les faits|sur le terrain|en realite|en definitive)\b"
)
_CLOUD = re.compile(r"\b2\.0\b")
_ARROW = re.compile(r"→|->|=>")
_FEWEST = 2
_NEAR = 90
"""Characters after « mais » within which the ground is named."""


def settle(settling: Settling) -> None:
    """Make a block of each run of such lines."""
    settled: list[Chunk] = []
    run: list[Chunk] = []
    pairs: list[tuple[str, str]] = []
    for chunk in [*settling.chunks, Chunk(Shape.OTHER, ())]:
        found = _pairs(chunk)
        if found and (not run or chunk.shape is Shape.TEXT is run[-1].shape):
            run.append(chunk)
            pairs += found
            continue
        settled += _closed(run, pairs, settling)
        run, pairs = ([chunk], list(found)) if found else ([], [])
        settled += [] if found else [chunk]
    settling.chunks = [chunk for chunk in settled if chunk.lines]


def _pairs(chunk: Chunk) -> tuple[tuple[str, str], ...]:
    """The pairs of a block whose lines are all pairs; a paragraph may begin with the words that announce them."""
    if chunk.shape is Shape.LIST:
        items = chunks.items(chunk)
        rows: Sequence[str] = [item.text for item in items]
        if any(item.under for item in items):
            return ()
    else:
        rows = chunks.rows(chunk)
        if not rows or not all(_DASH.match(row) for row in rows):
            return ()
    found = [_pair(_DASH.sub("", row, count=1)) for row in rows]
    return tuple(pair for pair in found if pair) if all(found) else ()


def _pair(row: str) -> tuple[str, str] | None:
    """A promise and what it comes down to."""
    match = _PAIR.fullmatch(row)
    if match is None or _ARROW.search(row):
        return None
    lands = _LAND.search(fold(match["proof"][:_NEAR])) is not None
    return (match["promise"].strip(), match["proof"].strip()) if lands or _CLOUD.search(match["promise"]) else None


def _closed(run: list[Chunk], pairs: list[tuple[str, str]], settling: Settling) -> list[Chunk]:
    lands = sum(_LAND.search(fold(proof[:_NEAR])) is not None for _, proof in pairs)
    if len(pairs) < _FEWEST or not lands:
        return run
    settling.say(NAME, f"{len(pairs)} promesses et ce qu'elles donnent deviennent un bloc [!bilan].", "\n".join(chunk.text for chunk in run))
    return [chunks.block("bilan", "", (), [line for promise, proof in pairs for line in _lines(promise, proof)])]


def _lines(promise: str, proof: str) -> list[str]:
    """A pair; one whose words say only what will be seen one day waits."""
    return [f"- {promise} → {proof}", *(["  état : en attente"] if hopes.hope(proof) else [])]
