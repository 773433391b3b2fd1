"""The « Tags: » line of a text, changed in place; every other byte of the file stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from plancher.components.tags.names import key
from plancher.text import header
from plancher.text.header_keys import canonical
from plancher.text.tag_names import clean_tag

_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATOR = re.compile(r"([;,]|(?:\r\n|\r|\n)[ \t]*-[ \t]+)")
"""Between two tags: a comma, or the dash of a list as YAML has it."""
_PIECE = re.compile(r"(?P<before>\s*(?P<quote>[\"']?))(?P<name>.*?)(?P<after>(?P=quote)\s*)", re.DOTALL)
_SIGN = re.compile(r"[:=]")
"""Between a key and its value; TOML has the second."""
_WHOLE = re.compile(r"\s*(?:\[(?P<list>.*)\]|\"(?P<quoted>[^\"]*)\")\s*", re.DOTALL)
"""A value within brackets, or within one pair of quotes."""


def tags(raw: bytes) -> tuple[str, ...]:
    """The tags in the header of a text.

    :raises UnicodeDecodeError: it is no text.
    """
    text = raw.decode("utf-8")
    start, end = _span(text)
    names = (clean_tag(_parts(piece)[1]) for piece in _SEPARATOR.split(text[start:end])[::2])
    return tuple(name for name in names if name)


def renamed(raw: bytes, names: Mapping[str, str], keys: Callable[[str], str] = key) -> bytes:
    """The text with other names for some of its tags; one that is already there is not written twice.

    :param names: from keys to new names.
    :param keys: those of the registry.
    :raises UnicodeDecodeError: it is no text.
    """
    text = raw.decode("utf-8")
    start, end = _span(text)
    pieces = _SEPARATOR.split(text[start:end])
    seen: set[str] = set()
    pieces_left: list[str] = []
    for index in range(0, len(pieces), 2):
        before, typed, after = _parts(pieces[index])
        tag = clean_tag(typed)
        new = names.get(keys(tag), tag)
        if tag and new in seen and new in names.values():
            continue
        seen.add(new)
        pieces_left += [pieces[index - 1]] if index and pieces_left else []
        pieces_left.append(f"{before}{typed if new == tag else new}{after}")
    return (text[:start] + "".join(pieces_left) + text[end:]).encode("utf-8")


def _parts(piece: str) -> tuple[str, str, str]:
    piece_parts = _PIECE.fullmatch(piece)
    return (piece_parts["before"], piece_parts["name"], piece_parts["after"]) if piece_parts else ("", piece, "")


def _span(text: str) -> tuple[int, int]:
    """Start and end of the value, with its continuation lines; (0, 0) when there is none."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    lines = _LINE_END.split(text)
    raw = header.split([lines[0].removeprefix("\ufeff"), *lines[1:]])
    fields = [field for field in raw.fields if canonical(field.key, field.within) == "tags"]
    if not fields:
        return 0, 0
    first = fields[0].line - 1
    last = min((field.line - 1 for field in raw.fields if field.line - 1 > first), default=raw.body_start)
    while last > first + 1 and lines[last - 1].strip() in {"", "---", "...", "+++"}:
        last -= 1
    end = starts[last - 1] + len(lines[last - 1])
    sign = _SIGN.search(text, starts[first], end)
    if sign is None or text.lstrip("\ufeff \n\r").startswith("{"):  # JSON: a line may hold several values
        return 0, 0
    start = sign.end()
    whole = _WHOLE.fullmatch(text, start, end)
    return whole.span(whole.lastgroup or 0) if whole else (start, end)
