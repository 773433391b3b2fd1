"""One pass over the lines of a text: blocks, code and lists, with true line numbers.

Python-Markdown knows no line numbers, flattens lists indented by two spaces
(which is what Prettier writes) and finds no fenced code inside a quotation.
So each line is read here once, as CommonMark nests it; what leaves is text
that Python-Markdown reads right, where a mark on a line of its own stands for
each block and each piece of code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.core.blocks import Block, Code, Line, Scan
from plancher.core.problems import Problem
from plancher.core.source import MARK_CLOSE, MARK_OPEN

_QUOTE = re.compile(r" {0,3}> ?")
_CALLOUT = re.compile(r"\[!(?P<name>[^\]\n]*)\][-+]?(?:\s+(?P<title>.*))?$")
_FENCE = re.compile(r"(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
_ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}\.)(?P<space> +|$)")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:|: +\S")
"""A footnote or a definition: what is indented by four under it belongs to it."""
_VERBATIM = re.compile(r"<(?:(?P<tag>pre|script|style|textarea)\b|!--)", re.IGNORECASE)
_HTML_BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|caption|col|colgroup|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|"
    r"iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|param|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?:\s|/?>|$)",
    re.IGNORECASE,
)
"""CommonMark's sixth kind of HTML block: raw up to an empty line."""
_NOT_A_HEADING = re.compile(r"^#{1,6}(?=[^\s#])")
_LIST_STEP = 4
"""Python-Markdown's indentation for each level of a list."""


def scan(lines: Sequence[str], first: int = 1) -> Scan:
    """Scan the lines of a body whose first line is number ``first``."""
    scanner = _Scanner()
    out = scanner.nest([Line(number, text) for number, text in enumerate(lines, first)])
    return Scan(tuple(out), tuple(scanner.blocks), tuple(scanner.codes), tuple(scanner.problems))


class _Scanner:
    """Gathers the finds of all levels; each level of nesting is a ``_Level``."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.codes: list[Code] = []
        self.problems: list[Problem] = []

    def nest(self, lines: list[Line]) -> list[Line]:
        return _Level(self, lines).run()

    def say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))


class _Level:
    """The lines of one container: the text, or the inside of one quotation."""

    def __init__(self, scanner: _Scanner, lines: list[Line]) -> None:
        self.scanner = scanner
        self.lines = lines
        self.out: list[Line] = []
        self.columns: list[int] = []
        """For each open list, the column where its content starts."""
        self.index = 0
        self.loose = False
        """An empty line has been seen since the last list marker."""

    def run(self) -> list[Line]:
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if line.text.strip():
                self._content(line)
            else:
                self._blank(line.number)  # Markdown takes two for the end of a note
                self.index += 1
                self.loose = True
        return self.out

    @property
    def _after_blank(self) -> bool:
        return not self.out or not self.out[-1].text.strip()

    def _content(self, line: Line) -> None:
        bare = line.text.lstrip(" ")
        indent = len(line.text) - len(bare)
        item = _ITEM.match(bare)
        in_list = bool(self.columns)
        lazy = self._close_lists(indent, starts_something=bool(item) or bare.startswith((">", "```", "~~~")))
        extra = indent - (self.columns[-1] if self.columns else 0)
        if extra >= _LIST_STEP and (self._after_blank or self._in_raw()):
            self._emit(line.number, " " * extra + bare)
            self.index += 1
        elif bare.startswith("<") and self._raw_html(bare):
            pass
        elif _FENCE.match(bare) and not lazy:
            self._code(line, indent)
        elif bare.startswith(">"):
            self._quotation()
        elif item and (self._after_blank or in_list or item["marker"] in "-*+1."):
            if not in_list or self.loose:
                self._blank(line.number)  # Markdown sees no list glued to a paragraph
            self._item(line, bare, indent, item)
        elif _NOTE.match(bare):
            self._emit(line.number, bare)
            self.columns.append(indent + _LIST_STEP)
            self.index += 1
        else:
            self._paragraph(line, bare)

    def _raw_html(self, bare: str) -> bool:
        """Copy raw HTML as it is, to the end CommonMark gives it; false where there is none."""
        verbatim = _VERBATIM.match(bare)
        if verbatim:
            end = re.compile(rf"</{verbatim['tag']}>" if verbatim["tag"] else "-->", re.IGNORECASE)
        elif _HTML_BLOCK.match(bare):
            end = None
        else:
            return False
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if end is None and not line.text.strip():
                break
            self.out.append(Line(line.number, line.text, raw=True))
            self.index += 1
            if end is not None and end.search(line.text):
                break
        return True

    def _in_raw(self) -> bool:
        prefix = " " * (_LIST_STEP * (len(self.columns) + 1))
        return bool(self.out) and self.out[-1].text.startswith(prefix) and bool(self.out[-1].text.strip())

    def _close_lists(self, indent: int, *, starts_something: bool) -> bool:
        """Leave the lists this line is not indented into; true for a lazy continuation."""
        while self.columns and indent < self.columns[-1]:
            if not self._after_blank and not starts_something:
                return True
            self.columns.pop()
        return False

    def _emit(self, number: int, text: str) -> None:
        self.out.append(Line(number, " " * (_LIST_STEP * len(self.columns)) + text if text else ""))

    def _blank(self, number: int) -> None:
        if not self._after_blank:
            self.out.append(Line(number, ""))

    def _mark(self, number: int, kind: str, index: int) -> None:
        self._blank(number)
        self._emit(number, f"{MARK_OPEN}{kind}:{index}{MARK_CLOSE}")
        self.out.append(Line(number, ""))

    def _paragraph(self, line: Line, bare: str) -> None:
        if bare.startswith("[!") and _CALLOUT.match(bare) and self._after_blank:
            self.scanner.say(line.number, "PDV001", "bloc sans « > » devant. Commencez chaque ligne du bloc par « > ».")
        self._emit(line.number, _NOT_A_HEADING.sub(r"\\\g<0>", bare) if bare.startswith("#") else bare)
        self.index += 1

    def _item(self, line: Line, bare: str, indent: int, item: re.Match[str]) -> None:
        space = len(item["space"])
        width = len(item["marker"]) + (space if 1 <= space <= _LIST_STEP else 1)
        self._emit(line.number, f"{item['marker']} {bare[width:].lstrip(' ')}")
        self.columns.append(indent + width)
        self.index += 1
        self.loose = False

    def _code(self, line: Line, indent: int) -> None:
        opening = _FENCE.match(line.text.strip())
        if opening is None:  # pragma: no cover - the caller has matched it
            return
        ticks = opening["ticks"]
        closing = re.compile(rf"\s*{re.escape(ticks[0])}{{{len(ticks)},}}\s*$")
        end = next((i for i in range(self.index + 1, len(self.lines)) if closing.match(self.lines[i].text)), None)
        if end is None:
            self.scanner.say(line.number, "PDV003", f"bloc de code jamais refermé. Ajoutez une ligne « {ticks} » après lui.")
        inside = self.lines[self.index + 1 : end]
        text = "\n".join(code.text[min(indent, len(code.text) - len(code.text.lstrip(" "))) :] for code in inside)
        self.scanner.codes.append(Code(opening["info"].split(" ")[0].strip(), text))
        self._mark(line.number, "code", len(self.scanner.codes) - 1)
        self.index = len(self.lines) if end is None else end + 1

    def _quotation(self) -> None:
        first = self.index
        while self.index < len(self.lines) and self.lines[self.index].text.lstrip(" ").startswith(">"):
            self.index += 1
        inside = [Line(q.number, _QUOTE.sub("", q.text.lstrip(" "), count=1)) for q in self.lines[first : self.index]]
        head = next((i for i, line in enumerate(inside) if line.text.strip()), None)
        callout = _CALLOUT.match(inside[head].text.strip()) if head is not None else None
        if head is None or callout is None:
            self._plain_quotation(inside)
            return
        self._stray_line()
        typed = tuple(inside[head + 1 :])
        inner = tuple(self.scanner.nest(list(typed)))
        title = (callout["title"] or "").strip()
        self.scanner.blocks.append(Block(callout["name"].strip(), title, inside[head].number, inner, typed))
        self._mark(inside[head].number, "bloc", len(self.scanner.blocks) - 1)

    def _stray_line(self) -> None:
        following = self.lines[self.index : self.index + 1]
        if following and following[0].text.strip() and not _ITEM.match(following[0].text):
            self.scanner.say(following[0].number, "PDV004", "cette ligne n'a pas de « > » : elle sort du bloc. Ajoutez « > », ou une ligne vide avant elle.")

    def _plain_quotation(self, inside: list[Line]) -> None:
        for line in inside[1:]:
            if _CALLOUT.match(line.text.strip()):
                self.scanner.say(line.number, "PDV001", "bloc au milieu d'une citation. Laissez une ligne vide, sans « > », avant lui.")
        self._blank(inside[0].number)
        for line in self.scanner.nest(inside):
            self._emit(line.number, f"> {line.text}".rstrip())
        if self.index < len(self.lines) and not self.lines[self.index].text.strip():
            return
        self.out.append(Line(inside[-1].number, ""))
