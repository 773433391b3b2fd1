"""Code that plugins of WordPress show: their shortcodes and their ways of saying the language."""

from __future__ import annotations

import html
import re

from plancher.importing.blogs.readers.html_pieces import code
from plancher.importing.blogs.readers.html_tokens import Token, tokens

_NAMES = frozenset(
    "code sourcecode source highlight crayon geshi prism php python py ruby rb css js javascript jscript html xml xhtml xslt sql bash shell java cpp csharp"
    " vb perl pl text plain objc go scala r c diff as3 actionscript3 coldfusion delphi erlang groovy javafx powershell sass latex matlab html4strict".split()
)
_GENERAL = frozenset("code sourcecode source highlight crayon geshi prism text plain".split())
_COLORER = re.compile(r"cc[a-z]{0,6}(?:_(?P<language>[a-z0-9]+))?")
"""CodeColorer's: each letter after « cc » says how to show the code."""
_IN_CLASS = re.compile(r"(?:\bbrush\s*:\s*|\blang\s*:\s*|\blanguage-|\blang-)([\w+#-]+)")
_NAME = re.compile(r"[\w+#-]{1,30}")
_OF_PEOPLE = frozenset("fr en de es it pt nl br eu ca la".split())
"""Values of « lang » that name a language of people."""


def is_code(name: str) -> bool:
    """Whether a shortcode of this name holds code."""
    return name in _NAMES or bool(_COLORER.fullmatch(name))


def shortcode(name: str, values: dict[str, str], inside: str) -> str:
    """[code lang="php"]…[/code] and its like.

    Some plugins keep the code as it is, others escape it: where a « < » stands, nothing was escaped.
    """
    language = next(
        (values[key] for key in ("language", "lang", "brush") if key in values), values.get("0", "") if name in _GENERAL or _COLORER.fullmatch(name) else ""
    )
    colorer = _COLORER.fullmatch(name)
    language = language or (colorer["language"] or "" if colorer else "" if name in _GENERAL else name)
    return code(inside if "<" in inside else html.unescape(inside), _tidy(language))


def blocks_of_code(body: str) -> str:
    """The body whose ``<pre>`` say their language as everybody reads it, and hold no live « < »."""
    if "<pre" not in body.lower():
        return body
    return "".join(_block(token) if token.name == "pre" and not token.is_end else token.text for token in tokens(body))


def _block(token: Token) -> str:
    start, end = token.text.find(">") + 1, token.text.lower().rfind("</pre")
    if end < start:
        return token.text
    attributes, inside = token.attributes, token.text[start:end]
    typed = attributes.get("lang", "")
    if typed and typed.lower() not in _OF_PEOPLE:
        return code(html.unescape(inside) if attributes.get("escaped") == "true" or "<" not in inside else inside, _tidy(typed))
    said = _IN_CLASS.search(attributes.get("class", ""))
    language = _tidy(attributes.get("data-enlighter-language") or (said[1] if said else ""))
    if "<?" in inside or "<!" in inside:
        return code(inside if "&lt;" not in inside else html.unescape(inside), language)
    if language and "<" not in inside:
        return code(html.unescape(inside), language)
    return token.text


def _tidy(language: str) -> str:
    tidy = language.strip().lower()
    return tidy if _NAME.fullmatch(tidy) and tidy not in {"text", "plain", "none", "raw", "generic", "true"} else ""
