"""What is wrong with the bytes of real exports is mended before the parser sees it, and counted.

One control character, one accent of another encoding or one « &eacute; » would stop a parser for the whole file.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator

from plancher.importing.blogs.readers.xml_encoding import STRAY, Decoder
from plancher.importing.blogs.readers.xml_node import Repair

_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUSPECT = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)|<(?![A-Za-z_:/!?])")
_REFERENCE = re.compile(
    r"&(?:#(?P<decimal>[0-9]{1,8});|#[xX](?P<hexadecimal>[0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?+|<(?![A-Za-z_:/!?])",
)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_OPENER = re.compile(r"<!\[CDATA\[|<!--|<\?")
_CLOSERS = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
_CDATA_END = "]]>"
_CDATA_END_IN_WORDS = "]]]]><![CDATA[>"
_NO_END = re.compile(r"[\s*/;]{0,50}</(?:script|style)\b|[^<\]]{1,200}\]\]>", re.IGNORECASE)
"""What follows an end of CDATA that is one of the text: old exports did not escape those of scripts."""
_UNFINISHED = re.compile(r"(?:&[#A-Za-z0-9]{0,33}|<!?\[?[CDAT]{0,5}|<!-?|\]{1,2}|-{1,2}|\?)\Z")
"""The end of a piece that may be the start of a reference or of a mark: it waits for the next piece."""


class Repairer:
    """Makes text that a parser takes of the bytes of a file, piece by piece; newlines stay where they are."""

    def __init__(self, start: bytes) -> None:
        """:param start: the first bytes of the file: they tell the encoding."""
        self.repairs: list[Repair] = []
        self._decoder = Decoder(start)
        self._closer = ""
        """What ends the section that we are in: CDATA, comment, instruction; empty: between tags."""
        self._waiting = ""
        self._has_begun = False
        self._line = self._piece_line = 1
        self._place = 0

    def feed(self, raw: bytes, *, is_last: bool = False) -> str:
        """The next piece, mended."""
        text = self._waiting + self._decoder.decode(raw, is_last=is_last)
        if not self._has_begun:
            text = self._head(text)
        unfinished = None if is_last else _UNFINISHED.search(text, max(0, len(text) - 40))
        self._waiting = unfinished[0] if unfinished else ""
        text = text[: unfinished.start()] if unfinished else text
        lines = text.count("\n")
        text = self._replaced(STRAY, self._stray, text)
        text = self._replaced(_FORBIDDEN, self._removed, text)
        self._line, self._place = self._piece_line, 0
        mended = "".join(self._sections(text))
        self._piece_line += lines
        return mended

    def _head(self, text: str) -> str:
        """Without what stands before the first tag, and without the declaration: both would stop the parser."""
        self._has_begun = True
        declaration = _DECLARATION.search(text, 0, 4096)
        start = declaration.end() if declaration else max(text.find("<"), 0)
        return "\n" * text.count("\n", 0, start) + text[start:]

    def _replaced(self, what: re.Pattern[str], by: Callable[[re.Match[str]], str], text: str) -> str:
        self._line, self._place = self._piece_line, 0
        return what.sub(by, text) if what.search(text) else text

    def _sections(self, text: str) -> Iterator[str]:
        place = 0
        while place < len(text):
            if self._closer:
                end = text.find(self._closer, place)
                stop = len(text) if end < 0 else end + len(self._closer)
                is_words = self._closer == _CDATA_END and end >= 0 and _NO_END.match(text, stop)
                self._closer = self._closer if end < 0 or is_words else ""
                yield text[place:stop] if not is_words else f"{text[place:end]}{_CDATA_END_IN_WORDS}"
            else:
                opener = _OPENER.search(text, place)
                stop = opener.end() if opener else len(text)
                self._closer = _CLOSERS[opener[0]] if opener else ""
                yield self._between(text, place, opener.start() if opener else stop)
                yield opener[0] if opener else ""
            place = stop

    def _between(self, text: str, start: int, end: int) -> str:
        """Tags and the words between them."""
        if not _SUSPECT.search(text, start, end):
            return text[start:end].replace(_CDATA_END, "]]&gt;")
        pieces = []
        for match in _REFERENCE.finditer(text, start, end):
            pieces += [text[start : match.start()], self._reference(match)]
            start = match.end()
        return "".join([*pieces, text[start:end]]).replace(_CDATA_END, "]]&gt;")

    def _reference(self, match: re.Match[str]) -> str:
        """A reference that XML does not know, a bare « & » or « < »."""
        if match[0] in {"<", "&"}:
            return "&lt;" if match[0] == "<" else "&amp;"
        if name := match["name"]:
            return match[0] if name in _OF_XML else html.entities.html5.get(f"{name};", f"&amp;{name};").replace("<", "&lt;")
        number = int(match["decimal"]) if match["decimal"] else int(match["hexadecimal"], 16)
        if 0 < number <= 0x10FFFF and not _FORBIDDEN.match(chr(number)):  # noqa: PLR2004 - the last character of Unicode
            return match[0]
        self._note(match, "caractère interdit", match[0])
        return ""

    def _stray(self, match: re.Match[str]) -> str:
        letters = self._decoder.stray(match[0])
        if self._decoder.is_stray_a_fault:
            self._note(match, "accent d'un autre encodage", letters)
        return letters

    def _removed(self, match: re.Match[str]) -> str:
        self._note(match, "caractère interdit", f"U+{ord(match[0]):04X}")
        return ""

    def _note(self, match: re.Match[str], what: str, former: str) -> None:
        """One for each line and fault: a whole file in another encoding has millions."""
        self._line += match.string.count("\n", self._place, match.start())
        self._place = match.start()
        last = self.repairs[-1] if self.repairs else None
        if last is None or (last.line, last.what) != (self._line, what):
            self.repairs.append(Repair(self._line, what, former))
