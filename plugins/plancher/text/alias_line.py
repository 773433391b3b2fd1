"""One more former address in the header of a text; every other byte of the file stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.base import former_address
from plancher.text import former_addresses, header
from plancher.text.header_keys import canonical
from plancher.text.header_lines import HeaderField, RawHeader

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ITEM = re.compile(r"\s*-\s+(?P<quote>[\"']?)")
_CLOSED = re.compile(r"(?P<inside>.*?)(?P<quote>[\"']?)\s*(?P<end>\]\s*)", re.DOTALL)


def added(raw: bytes, address: str) -> bytes | None:
    """The text with one more address in « Aliases: »; None when it, or its header, is written in a way that we cannot change surely.

    :param address: as a header has it, « /2008/10/un/ ».
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:  # what is wrong with it is told with the other problems
        return None
    typed = address.replace(",", "%2C").replace(";", "%3B")
    lines = _LINE.findall(text)
    before = _read(lines)
    wanted = (*_aliases(before), str(former_address.parse(typed)))
    for changed in _ways(lines, before, typed):
        after = _read(changed)
        if _aliases(after) == wanted and _others(after) == _others(before) and changed[after.body_start :] == lines[before.body_start :]:
            return "".join(changed).encode("utf-8")
    return None


def _read(lines: Sequence[str]) -> RawHeader:
    bare = [line.rstrip("\r\n") for line in lines]
    return header.split([bare[0].removeprefix("\ufeff"), *bare[1:]])


def _field(found: RawHeader) -> HeaderField | None:
    return next((field for field in found.fields if canonical(field.key, field.within) == "aliases"), None)


def _aliases(found: RawHeader) -> tuple[str, ...]:
    return former_addresses.read(_field(found), [], is_foreign=found.is_foreign)


def _others(found: RawHeader) -> tuple[object, ...]:
    """All that the header says beside, and what is wrong with it."""
    own = _field(found)
    fields = [(field.key, field.value, field.items, field.within) for field in found.fields if field is not own]
    return fields, found.unread, len(found.problems)


def _ways(lines: Sequence[str], found: RawHeader, typed: str) -> Iterator[list[str]]:
    """Ways to write it, the most natural first."""
    own = _field(found)
    if own is None:
        # Not above the first: a title, or what opens the header, stands there.
        places = sorted(found.fields, key=lambda field: canonical(field.key, field.within) != "date")
        for field in (field for field in places if not field.within and field.line > 1):
            at = field.line - 1
            end = lines[at][len(lines[at].rstrip("\r\n")) :] or "\n"
            for line in (f"Aliases: {typed}", f'aliases = ["{typed}"]'):
                yield [*lines[:at], line + end, *lines[at:]]
        return
    start = own.line - 1
    stop = min((field.line - 1 for field in found.fields if field.line > own.line), default=found.body_start)
    for last in range(stop - 1, start - 1, -1):
        for longer in _longer(lines[last], typed):
            yield [*lines[:last], *longer, *lines[last + 1 :]]


def _longer(line: str, typed: str) -> Iterator[tuple[str, ...]]:
    """A line, perhaps with another one, that holds one more address."""
    bare = line.rstrip("\r\n")
    end = line[len(bare) :]
    if item := _ITEM.match(bare):
        yield line, f"{item[0]}{typed}{item['quote']}{end}"
    if closed := _CLOSED.fullmatch(bare):
        quote = closed["quote"]
        yield (f"{closed['inside']}{quote}, {quote}{typed}{quote}{closed['end']}{end}",)
    bare = bare.rstrip()
    yield (f"{bare}{'' if bare.endswith((':', ',')) else ','} {typed}{end}",)
