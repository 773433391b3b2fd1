"""Paragraphs of bodies that were written without tags for them: blank lines and newlines, as WordPress shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.importing.blogs.readers.html_tokens import RAW, Token, tokens

_BLOCKS = frozenset(
    "table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address style script textarea p h1 h2 h3 h4 h5 h6"
    " hr fieldset legend section article aside hgroup header footer nav figure figcaption details menu summary main".split()
)
_FLOW = frozenset({"", "blockquote", "section", "article", "aside", "main", "header", "footer", "details", "form"})
"""Where words alone are a paragraph."""
_PARTED = frozenset({"div", "li", "td", "th", "dd", "figcaption", "address", "center"})
"""Where they are paragraphs only if a blank line parts them."""
_EMPTY = frozenset({"hr", "col", "area", "br", "img"})
_BREAK = re.compile(r"<br\b[^<>]*+>", re.IGNORECASE)
_TWO_BREAKS = re.compile(r"<br\b[^<>]*+>[ \t\n]*+(?:<br\b[^<>]*+>[ \t\n]*+)+", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*+\n[ \t\n]*+")
_BREAK_AND_LINE = re.compile(r"<br\b[^<>]*+>[ \t]*+\n", re.IGNORECASE)
_LINE = re.compile(r"[ \t]*\n")
_SPACE = " \t\n\r"


def paragraphs(body: str, *, do_lines_break: bool = True) -> str:
    """The body with the paragraphs that readers saw.

    :param do_lines_break: whether one newline is a line break too; else only blank lines and doubled ``<br>`` part paragraphs.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_Paragraphs(do_lines_break=do_lines_break).of(text)).strip(_SPACE)


class _Paragraphs:
    def __init__(self, *, do_lines_break: bool) -> None:
        self.do_lines_break = do_lines_break
        self.open: list[str] = []
        """Block elements that are open, the innermost last."""
        self.run: list[str] = []
        """Words and inline tags since the last block tag."""

    def of(self, text: str) -> Iterator[str]:
        for token in tokens(text):
            if token.name not in _BLOCKS and not _is_mark(token):
                self.run.append(token.text)
                continue
            yield from self._run()
            yield f"{token.text}\n" if token.is_end or token.name in RAW or _is_mark(token) else token.text
            self._follow(token)
        yield from self._run()

    def _follow(self, token: Token) -> None:
        if token.name in RAW or token.name in _EMPTY or token.name == "!--" or token.text.endswith("/>"):
            return
        if not token.is_end:
            self.open.append(token.name)
        elif token.name in self.open[-100:]:
            while self.open.pop() != token.name:
                pass

    def _run(self) -> Iterator[str]:
        """The words between two block tags."""
        inner, self.run = "".join(self.run), []
        where = self.open[-1] if self.open else ""
        if not inner.strip(_SPACE):
            yield "\n" if inner and where != "p" else ""
            return
        parts = [part.strip(_SPACE) for part in _BLANK_LINE.split(_TWO_BREAKS.sub("\n\n", inner))]
        parts = [self._lines(part) for part in parts if _BREAK.sub("", part).strip(_SPACE)]
        if where == "p":
            yield "</p>\n<p>".join(parts)
        elif where in _FLOW or (where in _PARTED and len(parts) > 1):
            yield "".join(f"<p>{part}</p>\n" for part in parts)
        else:
            yield "<br />\n".join(parts)

    def _lines(self, part: str) -> str:
        """Each newline between tags is a break, unless there is one already."""
        if not self.do_lines_break or "\n" not in part:
            return part
        once = _BREAK_AND_LINE.sub("<br />", part)
        return "".join(token.text if token.name else _LINE.sub("<br />\n", token.text) for token in tokens(once))


def _is_mark(token: Token) -> bool:
    """Comments that stand alone."""
    return token.name == "!--" and token.text[4:12].strip().startswith(("more", "nextpage"))
