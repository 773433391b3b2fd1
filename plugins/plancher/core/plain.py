"""The words of inline Markdown without its marks, where no Markdown runs: on a drawn card, in a name that is read aloud."""

from __future__ import annotations

import re

_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CODE = re.compile(r"(`+)(.+?)\1")
_STRESS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def words(markdown: str) -> str:
    """« *Un* [mot](https://…) » is « Un mot »."""
    if not re.search(r"[*_`\[\\]", markdown):
        return markdown
    for mark, kept in ((_LINK, r"\1"), (_CODE, r"\2"), (_STRESS, r"\2"), (_STRESS, r"\2"), (_ESCAPED, r"\1")):
        markdown = mark.sub(kept, markdown)
    return markdown
