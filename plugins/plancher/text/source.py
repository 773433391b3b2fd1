"""From the bytes of an author's file to lines that can be trusted as text."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Sequence

from plancher.base.french import clip
from plancher.base.problems import Problem, Problems

MARK_OPEN, MARK_CLOSE = "\ufdd0", "\ufdd1"
"""Noncharacters: no author's text holds them, so our own marks cannot be forged."""
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but tab and line feed
    "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional overrides (CVE-2021-42574)
    "\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"  # separators, BOM, noncharacters, tags
)
"""What no text of ours may hold."""
_MARKS = "[*_<!`"
_MAX_MARKS = 1500
"""Signs of one kind in a paragraph; Markdown takes a second at about 2,000."""
_MANGLED = re.compile(r"à[¯©¨ª«®´»¢]|Â[«» °]|â€[™œ“”¦]|\ufffd")
"""What ftfy lets through: half-repaired text such as « Loà¯c »."""
_HALF_REPAIRED = re.compile(r"[àã](?=[¡-¿])")
"""« à¯ » was « Ã¯ » before somebody changed the case of it."""
_SHOWN = 60
"""Characters that a message shows."""
_MAYBE_MANGLED = re.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|(?<=[\x80-\x9fÂÃŒœ\ufffd]))")
"""A quick test: whatever ftfy or ``_MANGLED`` finds holds two such letters side by side, or one of these."""


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """The text of one file, free of anything but text."""

    lines: tuple[str, ...]
    """Without their line ends; line 1 is ``lines[0]``. Tabs are spaces, as Markdown counts them."""
    problems: tuple[Problem, ...] = ()
    readable: bool = True
    """False when the file is not text at all: nothing of it may be shown."""


def decode(raw: bytes) -> Source:
    """Read bytes of UTF-8 text, with or without BOM, with any line ends; nothing in them makes it fail."""
    if b"\x00" in raw:
        line = raw[: raw.index(b"\x00")].count(b"\n") + 1
        return _unreadable(line, "PDV031", "octet nul : ce fichier n'est pas un texte. Enregistrez-le à nouveau en UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _unreadable(line, "PDV030", "le fichier n'est pas en UTF-8. Enregistrez-le avec cet encodage dans votre éditeur.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    monster = _monster(lines) if any(text.count(mark) > _MAX_MARKS for mark in _MARKS) else 0
    if monster:
        return _unreadable(monster, "PDV036", f"paragraphe de plus de {_MAX_MARKS} signes de mise en forme : il bloquerait la construction. Coupez-le.")
    hidden = tuple(_hidden_characters(lines)) if FORBIDDEN.search(text) else ()  # one look at the whole text is enough for most
    clean = tuple(FORBIDDEN.sub("", line) for line in lines) if hidden else tuple(lines)
    if "\t" in text:
        clean = tuple(line.expandtabs(4) for line in clean)
    return Source(clean, (*hidden, *_mojibake(clean)))


def _monster(lines: Sequence[str]) -> int:
    """The line of a paragraph that Markdown, quadratic on such input, would take minutes to read."""
    start, counts = 1, collections.Counter[str]()
    for number, line in enumerate((*lines, ""), 1):
        if not line.strip():
            start, counts = number + 1, collections.Counter()
            continue
        for mark in _MARKS:
            counts[mark] += line.count(mark)
        if any(count > _MAX_MARKS for count in counts.values()):
            return start
    return 0


def _unreadable(line: int, code: str, message: str) -> Source:
    return Source((), (Problem(line, code, message),), readable=False)


def _hidden_characters(lines: list[str]) -> Problems:
    """No control or direction-changing character hides in a text."""
    for number, line in enumerate(lines, 1):
        match = FORBIDDEN.search(line)
        if match:
            name = f"U+{ord(match[0]):04X}"
            yield Problem(number, "PDV032", f"caractère invisible interdit ({name}). Retirez-le : il n'est pas publié.")


def _mojibake(lines: Sequence[str]) -> Problems:
    """Accents have survived every conversion of the text."""
    for number, line in enumerate(lines, 1):
        if line.isascii() or not _MAYBE_MANGLED.search(line):
            continue
        from ftfy import fix_encoding  # noqa: PLC0415 - takes as long to load as a thousand posts; few texts need it
        from ftfy.badness import is_bad  # noqa: PLC0415 - the same

        if not (is_bad(line) or _MANGLED.search(line)):
            continue
        words = [word for word in re.findall(r"[^ \t,;.!?()\[\]{}<>*_/]+(?:[ \u00a0](?=[ ,.;]|$))?", line) if is_bad(word) or _MANGLED.search(word)]
        for word in dict.fromkeys(words or [clip(line, _SHOWN)]):
            repaired = fix_encoding(_HALF_REPAIRED.sub("Ã", word))
            repaired = re.sub(r"Ã(?=\W|$)", "à", repaired)  # its second half was taken for a space
            advice = "Retapez ses lettres accentuées." if repaired == word or "\ufffd" in repaired else f"Sans doute « {clip(repaired, _SHOWN)} »."
            yield Problem(number, "PDV033", f"mot mal converti « {clip(word, _SHOWN)} ». {advice}")
