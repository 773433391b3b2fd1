"""What one line of Markdown begins: CommonMark's block starts, and those of Python-Markdown's extensions."""

from __future__ import annotations

import re

QUOTE = re.compile(r" {0,3}> ?")
CALLOUT = re.compile(r"\[!(?P<name>[^\]\n]*)\][-+]?(?:\s+(?P<title>.*))?$")
FENCE = re.compile(r"(?P<ticks>`{3,}|~{3,})\s*(?P<info>.*)$")
ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +|$)")
NOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]:\s*")
REFERENCE = re.compile(r"\[[^\[\]^][^\[\]]*\]: *\S+ *(?:\"[^\"]*\"|'[^']*'|\([^()]*\))? *$")
DEFINITION = re.compile(r":(?P<space> {1,3})(?=\S)")
HEADING = re.compile(r"#{1,6}(?= |$)")
GLUED_HEADING = re.compile(r"(?P<level>#{2,6})(?P<text>[^\s#].*)")
"""« ##Titre » is a heading for Python-Markdown, and « #mot » a word."""
UNDERLINE = re.compile(r"(?:=+|-+) *$")
RULE = re.compile(r"([-_*])(?: *\1){2,} *$")
DELIMITER = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
"""The second line of a table."""
VERBATIM = re.compile(r"<(?:(?P<tag>pre|script|style|textarea)\b|(?P<comment>!--)|(?P<instruction>\?)|(?P<data>!\[CDATA\[)|![A-Za-z])", re.IGNORECASE)
"""CommonMark's first five kinds of HTML block: raw to an end of their own, empty lines included."""
SHORT_COMMENT = re.compile(r"<!--(?:(?!-->).)*-->(?=.*\S)")
"""A remark at the beginning of a line of text."""
MARKDOWN_INSIDE = re.compile(r"(?P<before><\w+[^<>]*?)\s+markdown(?:=(?:\"\w+\"|'\w+'|\w+))?(?P<after>(?:\s[^<>]*)?>)", re.IGNORECASE)
"""The attribute by which other engines are asked to read Markdown between two tags: here they always are."""
_TAGS = (
    "address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|"
    "iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
HTML = re.compile(rf"</?(?:{_TAGS})(?:\s|/?>|$)", re.IGNORECASE)
"""The sixth kind: raw up to an empty line, or to where its own tags are closed."""
_TAG = re.compile(rf"<(?P<end>/?)(?:{_TAGS})\b[^<>]*?(?P<empty>/?)>", re.IGNORECASE)
_EMPTY = re.compile(r"<(?:col|hr|link|param)\b", re.IGNORECASE)
_NEVER = re.compile(r"(?!)")
_STARTERS = frozenset(" #>`~<-*+_[=:0123456789")
"""No other letter begins anything but a paragraph."""


def verbatim_end(start: re.Match[str]) -> re.Pattern[str]:
    """What ends a piece of HTML of the first five kinds."""
    if start["tag"]:
        return re.compile(rf"</{start['tag']}>", re.IGNORECASE)
    if start["comment"]:
        return re.compile("-->")
    return re.compile(re.escape("?>" if start["instruction"] else "]]>" if start["data"] else ">"))


def html_depth(text: str) -> int:
    """How many elements a piece of HTML opens and does not close."""
    depth = 0
    for tag in _TAG.finditer(text):
        if tag["end"]:
            depth -= 1
        elif not tag["empty"] and not _EMPTY.match(tag[0]):
            depth += 1
    return depth


def fence(bare: str) -> re.Match[str] | None:
    """The opening of a piece of code: no back-tick may follow three of them on their line."""
    match = FENCE.match(bare) if bare.startswith(("```", "~~~")) else None
    return None if match and match["ticks"][0] == "`" and "`" in match["info"] else match


def fence_end(ticks: str) -> re.Pattern[str]:
    """The line that closes a piece of code."""
    return re.compile(rf"\s*{re.escape(ticks[0])}{{{len(ticks)},}}\s*$") if ticks else _NEVER


def html(bare: str) -> bool:
    """Whether a line opens a block of HTML."""
    return bare.startswith("<") and bool(HTML.match(bare) or VERBATIM.match(bare))


def cells(row: str) -> int:
    """How many cells a line of a table has."""
    return len(re.findall(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))) + 1


def heads_table(row: str, following: str) -> bool:
    """Whether two lines are the first two of a table."""
    return (
        "-" in following and "|" in row and DELIMITER.match(following) is not None and ("|" in following or ":" in following) and cells(row) == cells(following)
    )


def starts_block(bare: str) -> bool:
    """Whether a line ends the paragraph before it, which it is not indented into."""
    if bare[0] not in _STARTERS:
        return False
    return bool(
        bare.startswith(">")
        or HEADING.match(bare)
        or GLUED_HEADING.match(bare)
        or ITEM.match(bare)
        or fence(bare)
        or RULE.match(bare)
        or html(bare)
        or NOTE.match(bare)
    )


def begins_text(bare: str) -> bool:
    """Whether a line can only be text: no block begins with its first letter."""
    return bare[0] not in _STARTERS


def stands_alone(bare: str) -> bool:
    """Whether a line is a whole block, which no other line continues."""
    return bare[0] in _STARTERS and bool(HEADING.match(bare) or RULE.match(bare) or html(bare))


def without_prefixes(bare: str) -> str:
    """What stands behind the marks of the quotations and the items that a line opens."""
    while bare:
        match = QUOTE.match(bare) or (None if RULE.match(bare) else ITEM.match(bare.lstrip(" ")))
        if not match:
            return bare
        bare = bare.lstrip(" ")[match.end() :] if match.re is ITEM else bare[match.end() :]
    return bare
