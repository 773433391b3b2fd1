"""The blocks of WordPress's editor: « <!-- wp:name {"key":"value"} -->…<!-- /wp:name --> »."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping

_DEEP = 60
"""Blocks in one another, at most: deeper ones stand beside."""
_MARK = re.compile(r"\s+(?P<end>/?)wp:(?P<name>[a-z][a-z0-9_-]*+(?:/[a-z][a-z0-9_-]*+)?)(?P<rest>(?:\s.*)?)\Z", re.DOTALL)


@dataclasses.dataclass(slots=True)
class Block:
    """A block, or a whole body when its name is empty."""

    name: str
    values: Mapping[str, object]
    content: list[str | Block] = dataclasses.field(default_factory=list)
    is_closed: bool = False
    """« /--> »: it holds nothing of its own."""

    def word(self, *keys: str) -> str:
        """A value that is a text or a number; the first of these that is there."""
        return next((str(value) for key in keys if isinstance(value := self.values.get(key), (str, int)) and not isinstance(value, bool) and value), "")


def parse(body: str) -> Block:
    """The blocks of a body."""
    whole = Block("", {})
    open_blocks = [whole]
    place = start = 0
    while (place := body.find("<!--", place)) >= 0:
        end = body.find("-->", place + 4)
        if end < 0:
            break
        mark = _MARK.match(body[place + 4 : end])
        if mark is None:
            place += 4
            continue
        _say(open_blocks[-1], body[start:place])
        _follow(mark, open_blocks)
        place = start = end + 3
    _say(open_blocks[-1], body[start:])
    return whole


def has_blocks(body: str) -> bool:
    """Whether a body was written with blocks."""
    return "<!-- wp:" in body


def _say(block: Block, text: str) -> None:
    if text:
        block.content.append(text)


def _follow(mark: re.Match[str], open_blocks: list[Block]) -> None:
    name = mark["name"].removeprefix("core/")
    if mark["end"]:
        names = [block.name for block in open_blocks[1:]]
        if name in names:
            while open_blocks.pop().name != name:
                pass
        return
    typed = mark["rest"].strip()
    is_closed = typed.endswith("/")
    block = Block(name, _values(typed.removesuffix("/").strip()), is_closed=is_closed)
    open_blocks[-1].content.append(block)
    if not is_closed and len(open_blocks) < _DEEP:
        open_blocks.append(block)


def _values(typed: str) -> Mapping[str, object]:
    if not typed.startswith("{"):
        return {}
    try:
        values = json.loads(typed)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
