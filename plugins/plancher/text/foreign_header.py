"""Headers as other generators have them: YAML, TOML, JSON, and Nikola's comments.

Every scalar stays the text that was typed (``no``, ``0123``, ``10:00``), every
field knows its line, and what a parser refuses is still read line by line: a
title with a colon in it stops YAML, and means what it says.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from plancher.base.problems import Problem
from plancher.text.header_lines import HeaderField, LineReader, RawHeader, unquoted

_YAML_FENCE, _YAML_END = re.compile(r"---\s*(?:ya?ml)?\s*", re.IGNORECASE), re.compile(r"(?:---|\.\.\.)\s*")
_TOML_FENCE = re.compile(r"\+\+\+\s*|---\s*toml\s*", re.IGNORECASE)
_JSON_FENCE = re.compile(r"(?:;;;|---\s*json)\s*", re.IGNORECASE)
_OTHER_FENCE = re.compile(r"---\s*\w+\s*")
_NIKOLA = re.compile(r"\s*\.\. +(?P<key>[\w-]+): ?(?P<value>.*)")
_KEY = re.compile(r"""(?P<key>"[^"]*"|'[^']*'|[^\W\d][\w .'’/-]*?) ?[\u00a0\u202f]?[:：](?:\s+(?P<value>.*)|$)""")
_GLUED = re.compile(r"(?P<key>[^\W\d][\w-]*):(?P<value>\S.*)")
_COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")
_NOT_PLAIN = ("[", "{", '"', "'", "|", ">", "&", "*", "!", "?")
"""The first sign of a YAML value that is not plain text."""
_EMPTY = frozenset({"null", "~"})
_MOST_LINES = 500
"""Of a header; and keys of one group."""


def split(lines: Sequence[str], start: int) -> RawHeader | None:
    """The header that begins on this line; None when it is no header."""
    opening = lines[start]
    if _NIKOLA.fullmatch(opening) or opening.strip() == "<!--":
        return _nikola(lines, start)
    if re.match(r'\{\s*("|$)', opening):
        return _bare_json(lines, start)
    readers = ((_TOML_FENCE, _toml), (_JSON_FENCE, _json), (_YAML_FENCE, _yaml), (_OTHER_FENCE, _nobody))
    read = next((read for fence, read in readers if fence.fullmatch(opening)), None)
    return _fenced(lines, start, opening.strip()[:3], read) if read else None


class _Entries:
    """The fields between two fences."""

    def __init__(self, fields: Sequence[HeaderField] = (), problems: Sequence[Problem] = (), unread: Sequence[str] = ()) -> None:
        self.fields, self.problems, self.unread = list(fields), list(problems), list(unread)


_Read = Callable[[Sequence[str], int], _Entries]


def _fenced(lines: Sequence[str], start: int, fence: str, read: _Read) -> RawHeader | None:
    inside = range(start + 1, min(len(lines), start + 1 + _MOST_LINES))
    ends = _YAML_END if fence == "---" else re.compile(re.escape(fence) + r"\s*")
    end = next((i for i in inside if ends.fullmatch(lines[i])), None)
    blank = next((i for i in inside if not lines[i].strip() and i > start + 1), len(lines))
    is_open = end is None or (read is _yaml and blank < end and not _is_yaml(lines[blank:end]))
    if is_open and not any(_KEY.match(line) or "=" in line for line in lines[start + 1 : blank]):
        return None if read is _yaml else RawHeader((), blank, (_unclosed(start, fence),), is_foreign=True, unread=tuple(lines[start:blank]))
    stop = blank if is_open or end is None else end
    header = read(lines[start + 1 : stop], start + 2)
    if is_open:
        header.problems = [_unclosed(start, fence)]
    body = stop if is_open else stop + 1
    return RawHeader(tuple(header.fields), body, tuple(header.problems), is_foreign=True, unread=tuple(header.unread))


def _unclosed(start: int, fence: str) -> Problem:
    return Problem(start + 1, "PDV020", f"en-tête ouvert par « {fence} » et jamais refermé. Ajoutez une ligne « {fence} » avant le texte.")


def _is_yaml(lines: Sequence[str]) -> bool:
    """Whether these lines, after an empty one, still belong to a header and not to a text that a rule ends."""
    return all(not line.strip() or line.startswith((" ", "#", "- ", "]", "}")) or _KEY.match(line) for line in lines)


def _unreadable(line: int, what: str) -> Problem:
    return Problem(line, "PDV020", f"en-tête illisible ({what}). Écrivez « Title: … », « Date: … », une ligne chacun, puis une ligne vide avant le texte.")


def _nobody(lines: Sequence[str], first: int) -> _Entries:
    """« ---js » and whatever else may come."""
    return _Entries(problems=[_unreadable(first - 1, "format inconnu")], unread=lines)


# YAML.


def _yaml(lines: Sequence[str], first: int) -> _Entries:
    """Key by key, so that an invalid one does not lose the others."""
    header = _Entries()
    for begin, end in _entries(lines):
        entry = lines[begin:end]
        key = _KEY.match(entry[0]) or _GLUED.match(entry[0])
        if key is None:
            header.unread.extend(entry)
            header.problems.append(Problem(first + begin, "PDV020", "ligne illisible dans l'en-tête. Écrivez « clé: valeur »."))
            continue
        value = _COMMENT.sub("", key["value"] or "").strip()
        if len(entry) == 1 and not value.startswith(_NOT_PLAIN):
            header.fields.append(HeaderField(unquoted(key["key"].strip()), "" if value in _EMPTY else value, first + begin))
        else:
            _compose(entry, first + begin, header)
    return header


def _entries(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each key of the first level begins, and where the next one does; comments between them are nothing."""
    starts = [i for i, line in enumerate(lines) if line.strip() and not line.startswith((" ", "-", "#", "]", "}"))]
    for begin, end in itertools.pairwise([*starts, len(lines)]):
        last = end
        while last > begin + 1 and not lines[last - 1].strip():
            last -= 1
        yield begin, last


def _compose(entry: Sequence[str], first: int, header: _Entries) -> None:
    from plancher.text import yaml_header  # noqa: PLC0415 - a hundredth of a second, that headers of plain lines have no use for

    fields = yaml_header.read("\n".join(entry), first)
    if fields is not None:
        header.fields.extend(fields)
        return
    reader = LineReader()
    for number, line in enumerate(entry, first):
        if not line.lstrip().startswith("#"):
            reader.take(line, number)
    header.fields.extend(reader.fields)
    header.problems.extend(reader.problems)
    header.unread.extend(entry if len(entry) > 1 else reader.unread)


# TOML and JSON.


def _toml(lines: Sequence[str], first: int) -> _Entries:
    import tomllib  # noqa: PLC0415 - few texts need it

    try:
        read = tomllib.loads("\n".join(lines), parse_float=str)
    except (ValueError, RecursionError):  # a number of five thousand digits is a ValueError too
        return _line_by_line(lines, first)
    return _Entries(list(_plain(read, lines, first, " ?[=.]")))


def _line_by_line(lines: Sequence[str], first: int) -> _Entries:
    """Invalid TOML, read line by line where the lines are plain."""
    header = _Entries(problems=[_unreadable(first - 1, "TOML")])
    for number, line in enumerate(lines, first):
        key = re.fullmatch(r"\s*(?P<key>[\w-]+)\s*=\s*(?P<value>.*)", line)
        if key:
            header.fields.append(HeaderField(key["key"], unquoted(key["value"].strip()), number))
        header.unread.append(line)
    return header


def _json(lines: Sequence[str], first: int) -> _Entries:
    return _object("\n".join(lines), lines, first)[0]


def _bare_json(lines: Sequence[str], start: int) -> RawHeader:
    text = "\n".join(lines[start : start + _MOST_LINES])
    header, length = _object(text, lines[start : start + _MOST_LINES], start + 1)
    blank = next((i for i in range(start, len(lines)) if not lines[i].strip()), len(lines))
    body = start + text[:length].count("\n") + 1 if length else blank
    return RawHeader(tuple(header.fields), body, tuple(header.problems), is_foreign=True, unread=() if length else tuple(lines[start:body]))


def _object(text: str, lines: Sequence[str], first: int) -> tuple[_Entries, int]:
    """An object of JSON, and how much of the text it takes: nothing when it cannot be read."""
    try:
        skipped = len(text) - len(text.lstrip())
        read, end = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode(text, skipped)
    except (ValueError, RecursionError):
        read, end = None, 0
    if not isinstance(read, dict):
        return _Entries(problems=[_unreadable(first, "JSON")], unread=lines), 0
    return _Entries(list(_plain(read, lines, first, '"'))), end


def _plain(values: Mapping[str, object], lines: Sequence[str], first: int, after: str) -> Iterator[HeaderField]:
    """The fields of a tree of plain values; their lines are those where their keys are first seen."""
    queue: list[tuple[str, Mapping[str, object]]] = [("", values)]
    while queue:
        within, group = queue.pop(0)
        for key, value in itertools.islice(group.items(), _MOST_LINES):
            sign = re.compile(rf"""(?:^|[\s"'.{{\[]){re.escape(key)}["']?\s*(?:{after}|:|=)""")
            line = next((i for i, typed in enumerate(lines, first) if sign.search(typed)), first)
            if isinstance(value, dict):
                queue.append((key, value))
            elif isinstance(value, list):
                items = tuple(filter(None, map(_named, value)))
                yield HeaderField(key, ", ".join(items), line, items, within)
            else:
                yield HeaderField(key, _text(value), line, within=within)


def _named(value: object) -> str:
    if isinstance(value, dict):
        return next((_text(value[name]) for name in ("name", "nom", "title") if name in value), "")
    return "" if isinstance(value, list) else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())


# Nikola.


def _nikola(lines: Sequence[str], start: int) -> RawHeader | None:
    """``.. key: value`` lines, bare or in a comment of HTML."""
    in_comment = lines[start].strip() == "<!--"
    fields: list[HeaderField] = []
    unread: list[str] = []
    index = start + in_comment
    while index < len(lines) and index < start + _MOST_LINES:
        line, match = lines[index], _NIKOLA.fullmatch(lines[index])
        if (in_comment and line.strip() == "-->") or (not in_comment and not line.strip()):
            break
        if match:
            fields.append(HeaderField(match["key"], match["value"].strip(), index + 1))
        elif line.strip():
            unread.append(line)
        index += 1
    if not fields:
        return None
    return RawHeader(tuple(fields), index + in_comment, is_foreign=True, unread=tuple(unread))
