"""Code in colours: Pygments says what each piece of it is, classes say it to the style sheet.

Few classes, those of Pygments: a reader tells words of the language, texts,
numbers, names and comments apart; more colours would say nothing more.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.util import code_escape

from plancher.text.html import add_plain, say

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LANGUAGE = "language-"
"""How the class of a piece of code begins, as the HTML Standard suggests."""
_MOST = 20_000
"""Characters of a piece: the patterns of some languages take very long over a very long one."""
_GAP = re.compile(r"\s{500}")
"""Blanks without end, over which the same patterns begin again at each one."""
_INFO = re.compile(r"\{?\.?(?P<language>[\w+#-][\w+#./-]*)")
_PLAIN = frozenset("text txt texte plain plaintext plain-text none brut output sortie".split())
_CLASSES = {
    "Token.Comment": "c",
    "Token.Comment.Preproc": "k",
    "Token.Comment.PreprocFile": "s",
    "Token.Generic.Deleted": "gd",
    "Token.Generic.Heading": "k",
    "Token.Generic.Inserted": "gi",
    "Token.Generic.Output": "c",
    "Token.Generic.Prompt": "k",
    "Token.Keyword": "k",
    "Token.Literal": "m",
    "Token.Literal.String": "s",
    "Token.Name.Attribute": "na",
    "Token.Name.Class": "nf",
    "Token.Name.Decorator": "nf",
    "Token.Name.Function": "nf",
    "Token.Name.Tag": "k",
    "Token.Operator.Word": "k",
}
"""By the kind that Pygments gives, or what it is a kind of."""


def language_of(info: str) -> str:
    """The language that the first line of a piece of code names, in small letters: « python », « c++ », « js{1,3} » is « js »."""
    found = _INFO.match(info.strip())
    return found["language"].lower() if found else ""


def is_known(language: str) -> bool:
    """Whether there is something to tell apart in this language."""
    return language in _PLAIN or _lexer(language) is not None


def names() -> list[str]:
    """Every name of a language."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - a tenth of a second, for few texts

    return [name for _, names, _, _ in get_all_lexers() for name in names]


def colour(root: Element) -> None:
    """Put the pieces of each piece of code in elements with classes."""
    for box in root.iter("pre"):
        for code in box.iterfind("code"):
            name = code.get("class", "")
            if name.startswith(LANGUAGE) and not len(code):
                _colour(code, name.removeprefix(LANGUAGE))


def _colour(code: Element, language: str) -> None:
    typed = _unescaped(code.text or "")
    if len(typed) > _MOST or _GAP.search(typed) or language in _PLAIN or _lexer(language) is None:
        return
    pieces = list(_pieces(typed, language))
    if "".join(text for _, text in pieces) != typed:  # a language that changes what it reads
        return
    code.text = ""
    for name, text in pieces:
        if name:
            add_plain(code, "span", code_escape(text), class_=name)
        else:
            say(code, code_escape(text))


def _unescaped(text: str) -> str:
    """What Markdown's ``code_escape`` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each piece with its class; neighbours of one class are one."""
    lexer = _lexer(language)
    last, held = "", ""
    for kind, value in lexer.get_tokens(text) if lexer else ():
        name = _class(str(kind)) if value.strip() else last  # spaces have no colour
        if name == last:
            held += value
            continue
        if held:
            yield last, held
        last, held = name, value
    if held:
        yield last, held


@functools.cache
def _class(kind: str) -> str:
    while kind and kind not in _CLASSES:
        kind = kind.rpartition(".")[0]
    return _CLASSES.get(kind, "")


@functools.lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    """What reads a language; None when nothing does."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - as above
    from pygments.util import ClassNotFound  # noqa: PLC0415 - as above

    try:
        found: Lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return found
