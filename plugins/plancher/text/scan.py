"""One pass over the lines of a text: blocks, code, lists and quotations, with true line numbers.

Python-Markdown knows no line numbers, flattens lists indented by two spaces
(which is what Prettier writes) and finds no fenced code inside a quotation.
So each line is read here once, as CommonMark nests it; what leaves is text of
one single shape (lists are indented by four, no line is lazy, blocks are set
apart), where a mark on a line of its own stands for each block and each piece
of code, and which Python-Markdown reads right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.base.problems import Problem
from plancher.text import extent, html_blocks, shapes
from plancher.text.blocks import Block, Code, Line, Scan
from plancher.text.container import STEP, Container
from plancher.text.extent import CODE
from plancher.text.plain_lines import harmless, unquoted
from plancher.text.plain_lines import heading as heading_line

_DEEPEST = 40
"""Levels: no author nests more, and Python has no room for a thousand."""


def scan(lines: Sequence[str], first: int = 1) -> Scan:
    """Scan the lines of a body whose first line is number ``first``."""
    scanner = _Scanner()
    out = scanner.nest([Line(number, text) for number, text in enumerate(lines, first)])
    return Scan(tuple(out), tuple(scanner.blocks), tuple(scanner.codes), tuple(scanner.problems), tuple(scanner.notes.items()))


class _Scanner:
    """Gathers the finds of all levels; each level of nesting is a ``_Level``."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.codes: list[Code] = []
        self.problems: list[Problem] = []
        self.notes: dict[str, int] = {}
        """The line of each footnote."""
        self.hoisted: list[Line] = []
        """Notes written inside another one."""

    def nest(self, lines: list[Line], outer: _Level | None = None, *, is_item: bool = False, is_note: bool = False) -> list[Line]:
        level = _Level(self, lines, depth=outer.depth + 1 if outer else 0, is_item=is_item, is_note=is_note or bool(outer and outer.is_note))
        if level.depth > _DEEPEST:
            return [Line(line.number, harmless(line.text.strip())) for line in lines]
        return level.run()

    def say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))


class _Level(Container):
    """One container, read block after block."""

    def __init__(self, scanner: _Scanner, lines: list[Line], *, depth: int, is_item: bool, is_note: bool) -> None:
        super().__init__(lines, is_item=is_item)
        self.scanner = scanner
        self.depth = depth
        self.is_note = is_note

    def run(self) -> list[Line]:
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.text.lstrip(" ")
            if bare:
                self._content(line, bare, len(line.text) - len(bare))
            else:
                self.blank(line.number)
                self.index += 1
                self.rows = 0
        while self.out and not self.out[-1].text:
            self.out.pop()
        return self.out

    def _content(self, line: Line, bare: str, indent: int) -> None:
        following = self.lines[self.index + 1].text if "|" in bare and self.index + 1 < len(self.lines) else ""
        if indent >= CODE and not self._is_deep(bare):
            self._indented(line, bare)
        elif following and shapes.heads_table(bare, following):
            self._table(line)
        elif shapes.begins_text(bare):
            self._paragraph(line, bare)
        else:
            self._start(line, bare, indent)

    def _is_deep(self, bare: str) -> bool:
        """What Python-Markdown reads although it is indented like code: an item under an item, a tag between two tags."""
        if self.rows:
            return self.is_item and self.rows == 1 and shapes.ITEM.match(bare) is not None
        return self.html_depth > 0 and shapes.html(bare)

    def _start(self, line: Line, bare: str, indent: int) -> None:
        """Whatever its first letter says a line may begin."""
        if self.rows and shapes.UNDERLINE.match(bare) and (self.rows == 1 or bare[0] == "="):
            self._underline(line, bare)
        elif shapes.RULE.match(bare):
            self.alone(line.number, "___", "rule")
        elif opening := shapes.fence(bare):
            self._code(line, indent, opening)
        elif start := (shapes.HEADING.match(bare) or shapes.GLUED_HEADING.match(bare)):
            self.alone(line.number, heading_line(start, bare), "heading")
        elif shapes.html(bare) and not shapes.SHORT_COMMENT.match(bare):
            html_blocks.copy(self, line, bare)
        elif not self._open(line, bare, indent):
            self._paragraph(line, bare)

    def _open(self, line: Line, bare: str, indent: int) -> bool:
        """Begin a block that holds others, or says where a link leads; false where there is none."""
        item = shapes.ITEM.match(bare)
        if bare[0] == ">":
            self._quotation(line)
        elif item and self._may_begin(item, bare):
            self._item(line, bare, indent, item)
        elif not self.rows and self._is_reference(bare):
            self.alone(line.number, bare, "reference")
        elif note := shapes.NOTE.match(bare):
            self._note(line, bare, note)
        elif (definition := shapes.DEFINITION.match(bare)) and (self.rows or self.kind in {"text", "definition"}):
            self._definition(line, bare, definition)
        else:
            return False
        return True

    def _underline(self, line: Line, bare: str) -> None:
        """A heading, in the words of the paragraph before it: of one line, as Markdown asks."""
        rows = self.out[-self.rows :]
        words = [*(row.text.rstrip().removesuffix("\\") for row in rows[:-1]), rows[-1].text]
        self.out[-self.rows :] = [Line(rows[0].number, " ".join(words)), Line(line.number, bare)]
        self.kind, self.rows, self.index = "heading", 0, self.index + 1

    def _is_reference(self, bare: str) -> bool:
        """Where a link leads, on one line: what follows is no part of it."""
        following = self.lines[self.index + 1].text.lstrip(" ") if self.index + 1 < len(self.lines) else ""
        return bare[0] == "[" and shapes.REFERENCE.match(bare) is not None and not following.startswith(('"', "'", "("))

    def _may_begin(self, item: re.Match[str], bare: str) -> bool:
        """In the middle of a paragraph, a number that opens a line is most often one of its words."""
        return not self.rows or (item["marker"] in {"-", "*", "+", "1.", "1)"} and len(bare) > item.end())

    def _paragraph(self, line: Line, bare: str) -> None:
        if not self.rows:
            self.begin(line.number, "text")
            if bare.startswith("[!") and shapes.CALLOUT.match(bare):
                self.scanner.say(line.number, "PDV001", "bloc sans « > » devant. Commencez chaque ligne du bloc par « > ».")
        self.out.append(Line(line.number, harmless(bare)))
        self.rows += 1
        self.index += 1

    def _indented(self, line: Line, bare: str) -> None:
        """Code, or one more line of a paragraph."""
        if self.rows:
            self._paragraph(line, bare)
            return
        self.begin(line.number, "code")
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if line.text.strip() and not line.text.startswith(" " * CODE):
                break
            self.out.append(Line(line.number, line.text, raw=True) if line.text.strip() else Line(line.number, ""))
            self.index += 1

    def _table(self, line: Line) -> None:
        self.begin(line.number, "table")
        first = self.index
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.text.lstrip(" ")
            if not bare or (self.index > first + 1 and shapes.starts_block(bare)):
                break
            self.out.append(Line(line.number, bare))
            self.index += 1

    def _item(self, line: Line, bare: str, indent: int, item: re.Match[str]) -> None:
        marker, space = item["marker"], len(item["space"])
        mark = len(marker) + (space if 1 <= space <= STEP and len(bare) > item.end() else 1)
        width = indent + mark
        inside = self.take(Line(line.number, bare[mark:]), min(width, STEP) if indent < CODE else width, width)
        self.begin(line.number, "list")
        is_plain = len(inside) == 1 and bool(inside[0].text) and shapes.begins_text(inside[0].text)  # most are one line of words
        inner = inside if is_plain else self.scanner.nest(inside, self, is_item=True)
        self.out += self.contain(Line(line.number, ""), f"{marker.replace(')', '.')} ", inner)

    def _note(self, line: Line, bare: str, note: re.Match[str]) -> None:
        name = note["name"]
        first = self.scanner.notes.setdefault(name, line.number)
        if first != line.number:
            self.scanner.say(line.number, "PDV048", f"note « {name} » déjà écrite ligne {first}. Donnez un autre nom à l'une des deux.")
        inside = self.take(Line(line.number, bare[note.end() :]), STEP, STEP)
        inner = self.contain(Line(line.number, ""), f"[^{name}]: ", self.scanner.nest(inside, self, is_note=True))
        if self.is_note:
            self.scanner.hoisted += inner
            return
        self.begin(line.number, "note")
        self.out += [*inner, *self.scanner.hoisted]
        self.scanner.hoisted = []

    def _definition(self, line: Line, bare: str, definition: re.Match[str]) -> None:
        inside = self.take(Line(line.number, bare[definition.end() :]), STEP, STEP, is_definition=True)
        self.begin(line.number, "definition")
        self.out += self.contain(Line(line.number, ""), ": ", self.scanner.nest(inside, self))

    def _code(self, line: Line, indent: int, opening: re.Match[str]) -> None:
        closing = shapes.fence_end(opening["ticks"])
        end = next((i for i in range(self.index + 1, len(self.lines)) if closing.match(self.lines[i].text)), None)
        if end is None:
            self.scanner.say(line.number, "PDV003", f"bloc de code jamais refermé. Ajoutez une ligne « {opening['ticks']} » après lui.")
        inside = self.lines[self.index + 1 : end]
        text = "\n".join(code.text[min(indent, len(code.text) - len(code.text.lstrip(" "))) :] for code in inside)
        self.scanner.codes.append(Code(opening["info"].split(" ")[0].strip(), text, line.number))
        self.mark(line.number, "code", len(self.scanner.codes) - 1)
        self.index = len(self.lines) if end is None else end + 1

    def _quotation(self, line: Line) -> None:
        first = self.index
        callout = shapes.CALLOUT.match(extent.first_words(self.lines, first))
        self.index = extent.of_quotation(self.lines, first, may_be_lazy=callout is None)
        inside = [unquoted(quoted) for quoted in self.lines[first : self.index]]
        if callout is None:
            self._plain_quotation(line, inside)
            return
        self._stray_line()
        head = next(i for i, quoted in enumerate(inside) if quoted.text.strip())
        typed = tuple(inside[head + 1 :])
        inner = tuple(self.scanner.nest(list(typed), self))
        title = (callout["title"] or "").strip()
        self.scanner.blocks.append(Block(callout["name"].strip(), title, inside[head].number, inner, typed))
        self.mark(inside[head].number, "bloc", len(self.scanner.blocks) - 1)

    def _stray_line(self) -> None:
        following = self.lines[self.index : self.index + 1]
        if following and following[0].text.strip() and not shapes.ITEM.match(following[0].text):
            self.scanner.say(following[0].number, "PDV004", "cette ligne n'a pas de « > » : elle sort du bloc. Ajoutez « > », ou une ligne vide avant elle.")

    def _plain_quotation(self, line: Line, inside: list[Line]) -> None:
        for quoted in inside[1:]:
            if shapes.CALLOUT.match(quoted.text.strip()):
                self.scanner.say(quoted.number, "PDV001", "bloc au milieu d'une citation. Laissez une ligne vide, sans « > », avant lui.")
        self.begin(line.number, "quote")
        inner = self.scanner.nest(inside, self)
        self.out += [Line(quoted.number, f"> {quoted.text}" if quoted.text else ">", quoted.raw) for quoted in inner] or [Line(line.number, ">")]
