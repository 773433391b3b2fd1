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
from plancher.text import gather, shapes
from plancher.text.blocks import Block, Code, Line, Scan
from plancher.text.gather import CODE
from plancher.text.source import MARK_CLOSE, MARK_OPEN

_STEP = 4
"""Columns of each level of a list, in what leaves."""
_DEEPEST = 40
"""Levels: no author nests more, and Python has no room for a thousand."""
_SOFT = frozenset({"list", "quote", "mark"})
"""Blocks that need no empty line before them inside an item, where one would mean something."""


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
            return [Line(line.number, _harmless(line.text.strip())) for line in lines]
        return level.run()

    def say(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))


class _Level:
    """The lines of one container: the text, or the inside of a quotation, an item or a note."""

    def __init__(self, scanner: _Scanner, lines: list[Line], *, depth: int, is_item: bool, is_note: bool) -> None:
        self.scanner = scanner
        self.lines = lines
        self.depth = depth
        self.is_item = is_item
        self.is_note = is_note
        self.out: list[Line] = []
        self.index = 0
        self.kind = ""
        """Of the last block."""
        self.rows = 0
        """Lines of the paragraph that is open."""
        self.html_depth = 0
        """Elements of raw HTML that are open."""

    def run(self) -> list[Line]:
        while self.index < len(self.lines):
            line = self.lines[self.index]
            bare = line.text.lstrip(" ")
            if bare:
                self._content(line, bare, len(line.text) - len(bare))
            else:
                self._blank(line.number)
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
            self._alone(line.number, "___", "rule")
        elif opening := shapes.fence(bare):
            self._code(line, indent, opening)
        elif heading := (shapes.HEADING.match(bare) or shapes.GLUED_HEADING.match(bare)):
            self._alone(line.number, _heading(heading, bare), "heading")
        elif shapes.html(bare) and not shapes.SHORT_COMMENT.match(bare):
            self._html(line, bare)
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
            self._alone(line.number, bare, "reference")
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

    def _blank(self, number: int) -> None:
        if self.out and self.out[-1].text:
            self.out.append(Line(number, ""))

    def _begin(self, number: int, kind: str) -> None:
        """Set a block apart from the one before it, where it does not go on with it."""
        goes_on = kind == self.kind and kind in {"list", "definition", "note", "reference"}
        is_soft = self.is_item and bool(_SOFT & {kind, self.kind}) and {kind, self.kind} <= _SOFT | {"text", "heading"}
        if not goes_on and not is_soft and not (kind == "definition" and self.rows):
            self._blank(number)
        self.kind, self.rows = kind, 0

    def _alone(self, number: int, text: str, kind: str) -> None:
        self._begin(number, kind)
        self.out.append(Line(number, text))
        self.index += 1

    def _contain(self, first: Line, opening: str, inner: list[Line], margin: str = " " * _STEP) -> list[Line]:
        """Lines inside what ``opening`` opens; the first one stands behind it."""
        head = inner[0] if inner else first
        rest = (Line(line.number, f"{margin}{line.text}" if line.text else "", line.raw) for line in inner[1:])
        return [Line(first.number, f"{opening}{head.text}".rstrip() if not inner else f"{opening}{head.text}"), *rest]

    def _take(self, first: Line, reach: int, width: int, *, is_definition: bool = False) -> list[Line]:
        """The lines of a block that is told by its indentation, without it."""
        start = self.index + 1
        self.index, lazy = gather.belonging(self.lines, start, first.text, reach, is_definition=is_definition)
        inside = [first]
        for index in range(start, self.index):
            line = self.lines[index]
            bare = line.text.lstrip(" ")
            text = _harmless(bare) if index in lazy else line.text[min(width, len(line.text) - len(bare)) :]
            inside.append(Line(line.number, text))
        return inside

    def _paragraph(self, line: Line, bare: str) -> None:
        if not self.rows:
            self._begin(line.number, "text")
            if bare.startswith("[!") and shapes.CALLOUT.match(bare):
                self.scanner.say(line.number, "PDV001", "bloc sans « > » devant. Commencez chaque ligne du bloc par « > ».")
        self.out.append(Line(line.number, _harmless(bare)))
        self.rows += 1
        self.index += 1

    def _indented(self, line: Line, bare: str) -> None:
        """Code, or one more line of a paragraph."""
        if self.rows:
            self._paragraph(line, bare)
            return
        self._begin(line.number, "code")
        while self.index < len(self.lines):
            line = self.lines[self.index]
            if line.text.strip() and not line.text.startswith(" " * CODE):
                break
            self.out.append(Line(line.number, line.text, raw=True) if line.text.strip() else Line(line.number, ""))
            self.index += 1

    def _table(self, line: Line) -> None:
        self._begin(line.number, "table")
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
        mark = len(marker) + (space if 1 <= space <= _STEP and len(bare) > item.end() else 1)
        width = indent + mark
        inside = self._take(Line(line.number, bare[mark:]), min(width, _STEP) if indent < CODE else width, width)
        self._begin(line.number, "list")
        is_plain = len(inside) == 1 and bool(inside[0].text) and shapes.begins_text(inside[0].text)  # most are one line of words
        inner = inside if is_plain else self.scanner.nest(inside, self, is_item=True)
        self.out += self._contain(Line(line.number, ""), f"{marker.replace(')', '.')} ", inner)

    def _note(self, line: Line, bare: str, note: re.Match[str]) -> None:
        name = note["name"]
        first = self.scanner.notes.setdefault(name, line.number)
        if first != line.number:
            self.scanner.say(line.number, "PDV048", f"note « {name} » déjà écrite ligne {first}. Donnez un autre nom à l'une des deux.")
        inside = self._take(Line(line.number, bare[note.end() :]), _STEP, _STEP)
        inner = self._contain(Line(line.number, ""), f"[^{name}]: ", self.scanner.nest(inside, self, is_note=True))
        if self.is_note:
            self.scanner.hoisted += inner
            return
        self._begin(line.number, "note")
        self.out += [*inner, *self.scanner.hoisted]
        self.scanner.hoisted = []

    def _definition(self, line: Line, bare: str, definition: re.Match[str]) -> None:
        inside = self._take(Line(line.number, bare[definition.end() :]), _STEP, _STEP, is_definition=True)
        self._begin(line.number, "definition")
        self.out += self._contain(Line(line.number, ""), ": ", self.scanner.nest(inside, self))

    def _html(self, line: Line, bare: str) -> None:
        """Copy raw HTML as it is: to its own end, to an empty line, or to where it closes what it has opened."""
        self._begin(line.number, "html")
        verbatim = shapes.VERBATIM.match(bare)
        if verbatim:
            self._verbatim(bare, shapes.verbatim_end(verbatim))
            return
        if asked := shapes.MARKDOWN_INSIDE.match(bare):
            self.out.append(Line(line.number, f"{asked['before']}{asked['after']}", raw=True))
            inside, _, closing = bare[asked.end() :].strip().partition("</") if bare.rstrip().endswith(">") else (bare[asked.end() :], "", "")
            self.lines[self.index : self.index + 1] = [Line(line.number, text) for text in (inside, f"</{closing}" if closing else "")]
            self.html_depth += 1
            return
        depth, open_tag, text = 0, "", bare
        while text.strip():
            self.out.append(Line(self.lines[self.index].number, text, raw=True))
            self.index += 1
            open_tag += f"{text}\n"
            if open_tag.rfind("<") < open_tag.rfind(">"):
                depth, open_tag = depth + shapes.html_depth(open_tag), ""
            if self.index == len(self.lines) or (not open_tag and depth <= 0):
                break
            text = self.lines[self.index].text
        self.html_depth = max(0, self.html_depth + depth)

    def _verbatim(self, bare: str, end: re.Pattern[str]) -> None:
        """To the end that its kind asks for; what stands behind it is text again."""
        text = bare
        while True:
            number, found = self.lines[self.index].number, end.search(text)
            self.out.append(Line(number, text[: found.end()] if found else text, raw=True))
            rest = text[found.end() :] if found else ""
            if rest.strip():
                self.lines[self.index] = Line(number, rest)
                return
            self.index += 1
            if found or self.index == len(self.lines):
                return
            text = self.lines[self.index].text

    def _code(self, line: Line, indent: int, opening: re.Match[str]) -> None:
        closing = shapes.fence_end(opening["ticks"])
        end = next((i for i in range(self.index + 1, len(self.lines)) if closing.match(self.lines[i].text)), None)
        if end is None:
            self.scanner.say(line.number, "PDV003", f"bloc de code jamais refermé. Ajoutez une ligne « {opening['ticks']} » après lui.")
        inside = self.lines[self.index + 1 : end]
        text = "\n".join(code.text[min(indent, len(code.text) - len(code.text.lstrip(" "))) :] for code in inside)
        self.scanner.codes.append(Code(opening["info"].split(" ")[0].strip(), text))
        self._mark(line.number, "code", len(self.scanner.codes) - 1)
        self.index = len(self.lines) if end is None else end + 1

    def _mark(self, number: int, kind: str, index: int) -> None:
        self._begin(number, "mark")
        self.out.append(Line(number, f"{MARK_OPEN}{kind}:{index}{MARK_CLOSE}"))

    def _quotation(self, line: Line) -> None:
        first = self.index
        callout = shapes.CALLOUT.match(gather.first_words(self.lines, first))
        self.index = gather.quoted(self.lines, first, may_be_lazy=callout is None)
        inside = [_unquoted(quoted) for quoted in self.lines[first : self.index]]
        if callout is None:
            self._plain_quotation(line, inside)
            return
        self._stray_line()
        head = next(i for i, quoted in enumerate(inside) if quoted.text.strip())
        typed = tuple(inside[head + 1 :])
        inner = tuple(self.scanner.nest(list(typed), self))
        title = (callout["title"] or "").strip()
        self.scanner.blocks.append(Block(callout["name"].strip(), title, inside[head].number, inner, typed))
        self._mark(inside[head].number, "bloc", len(self.scanner.blocks) - 1)

    def _stray_line(self) -> None:
        following = self.lines[self.index : self.index + 1]
        if following and following[0].text.strip() and not shapes.ITEM.match(following[0].text):
            self.scanner.say(following[0].number, "PDV004", "cette ligne n'a pas de « > » : elle sort du bloc. Ajoutez « > », ou une ligne vide avant elle.")

    def _plain_quotation(self, line: Line, inside: list[Line]) -> None:
        for quoted in inside[1:]:
            if shapes.CALLOUT.match(quoted.text.strip()):
                self.scanner.say(quoted.number, "PDV001", "bloc au milieu d'une citation. Laissez une ligne vide, sans « > », avant lui.")
        self._begin(line.number, "quote")
        inner = self.scanner.nest(inside, self)
        self.out += [Line(quoted.number, f"> {quoted.text}" if quoted.text else ">", quoted.raw) for quoted in inner] or [Line(line.number, ">")]


def _unquoted(line: Line) -> Line:
    bare = line.text.lstrip(" ")
    return Line(line.number, shapes.QUOTE.sub("", bare, count=1) if bare.startswith(">") else _harmless(bare))


def _heading(found: re.Match[str], bare: str) -> str:
    """A closing sign needs a space before it: « C# » keeps its own; Markdown also stumbles on a lonely escape."""
    text = (f"{found['level']} {found['text']}" if found.re is shapes.GLUED_HEADING else bare).rstrip()
    text = re.sub(r"(?<=[^\s#\\])#+(?=$|\s*\{[^{}]*\}$)|(?<=\\#)#+$", lambda signs: "\\#" * len(signs[0]), text)
    return f"{text}\\" if re.search(r"(?<!\\)(?:\\\\)*\\$", text) else text


def _harmless(bare: str) -> str:
    """A line of a paragraph, which Python-Markdown must not take for the beginning of something else."""
    if not bare or shapes.begins_text(bare):
        return bare
    item = shapes.ITEM.match(bare)
    if item and item["marker"][-1] in ".)":
        return f"{item['marker'][:-1]}\\{bare[len(item['marker']) - 1 :]}"
    if item or bare[0] in "#>" or shapes.RULE.match(bare) or shapes.UNDERLINE.match(bare):
        return f"\\{bare}"
    return bare
