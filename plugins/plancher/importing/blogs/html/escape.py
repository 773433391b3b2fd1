"""Words that Markdown reads as they are: what they look like never comes alive.

A backslash stands before a sign, as our Markdown reads it before any; « < » becomes an entity, which every Markdown reads.
Signs that another tool would read (``foreign``) are parted too, or « invoke check » would tell of each.
"""

from __future__ import annotations

import html
import re

from plancher.text import draft_signs, header_keys
from plancher.text.header_lines import known_field

_KEPT_BRACKETS = re.compile(r"(?<![\]\[!])\[(?:(?!à compléter|toc\])(?=[^\[\]]{2,})[^\W\d_](?:[^\W\d_]|[ .,…'’-])*|…|\.\.\.)\](?=[^\[(:\]])", re.IGNORECASE)
"""« [sic] » and « […] »: words in brackets that lead nowhere, inside a text."""
_HIDDEN = re.compile("\ufdd2([^\ufdd3]*)\ufdd3")
_SIGNS = (
    ("\\", re.compile(r"\\(?=(?:newpage|pagebreak|vspace|hspace|textbf|textit|emph|section|begin|end|cite|ref|label|footnote)\b)"), "\ufdd7"),
    ("\\", re.compile(r"\\"), r"\\\\"),
    (":", re.compile(r":(?<![\w:/]:)([a-z][a-z0-9_+-]{2,}):(?![\w:/])"), r":\1\\:"),
    ("`[]{", re.compile(r"[`\[\]{]"), r"\\\g<0>"),
    ("*", re.compile(r"(?<!\s)\*|\*(?!\s)|^\*|\*$"), r"\\*"),
    ("_", re.compile(r"(?<![^\W_])_|_(?![^\W_])"), r"\\_"),
    ("~", re.compile(r"(?<=~)~|~(?=~)|^~|~$"), r"\\~"),
    ("^", re.compile(r"\^(?=[^\s^]{1,20}\^)"), r"\\^"),
    ("=%$:+", re.compile(r"(?<=[=%])([=%])|(?<=\$)\$|\$(?=[^\s\d])|(?<=::):|(?<=\{)%|(?<=(?<![+\w])\+)\+"), r"\\\g<0>"),
    ("&", re.compile(r"&(?=#?\w+;|#?\w*$)"), "&amp;"),
    ("<", re.compile(r"<"), "&lt;"),
    ("\ufdd7", re.compile("\ufdd7"), "&#92;"),
)
_ANY = re.compile(r"[\\:`\[\]{*_~^=%$+&<]")
"""What one of these patterns needs."""
_STARTS = re.compile(
    r"(?P<sign>#(?=#{0,5}(?:[ #]|$))|#(?=##?\S)|>|[-+*](?=[ \xa0]|$)|-(?=[- ]*$)|[-](?=(?: ?-){2})|=(?==*$)|:(?= {1,3}\S)|[!?](?=[!?]{2})|:(?=::))"
    r"|(?P<number>\d{1,9})(?P<point>[.)])(?= |$)|(?P<word>import|export)(?=\s)"
)
_ALONE = re.compile(r"(?:[-*_=+] *)+")


def text(words: str, *, in_link: bool = False, in_cell: bool = False) -> str:
    """Words inside a line.

    :param in_link: no bracket stays bare there.
    :param in_cell: a bar would end the cell.
    """
    if not _ANY.search(words):
        return words.replace("|", r"\|") if in_cell else words
    hidden = words if in_link or "[" not in words else _KEPT_BRACKETS.sub(lambda found: f"\ufdd2{found[0][1:-1]}\ufdd3", words)
    for signs, pattern, made in _SIGNS:
        if any(sign in hidden for sign in signs):
            hidden = pattern.sub(made, hidden)
    hidden = _HIDDEN.sub(lambda found: f"[{found[1]}]", hidden)
    return hidden.replace("|", r"\|") if in_cell else hidden


def line(typed: str, *, bars: bool = False) -> str:
    """A line of a paragraph, whose first sign opens nothing.

    :param bars: whether it may be taken for a row of a table.
    """
    if bars:
        typed = re.sub(r"(?<!\\)\|", r"\\|", typed)
    if _ALONE.fullmatch(typed):
        return f"\\{typed}"
    start = _STARTS.match(typed)
    if start is None:
        return typed
    if start["word"]:
        return f"&#{ord(typed[0])};{typed[1:]}" if re.search(r"[\"'{]|\b(?:default|const)\b", typed) else typed
    place = start.start("point") if start["point"] else 0
    return f"{typed[:place]}\\{typed[place:]}"


def paragraph(lines: list[str]) -> list[str]:
    """The lines of a paragraph."""
    bars = len(lines) > 1 and any("|" in typed for typed in lines)
    return [line(typed, bars=bars) for typed in lines]


_CODE_FIRST = re.compile(r"^(?P<before>[\W\d_]*?)(?P<fence>`+)(?P<code>[^`].*?)(?<!`)(?P=fence)(?!`)")
"""In code, an entity would be shown as it is typed."""
_FIRST_LETTER = re.compile(r"^(?P<before>(?:<code>|[\W\d_])*?)(?P<letter>[^\W\d_])")


def opening(markdown: str) -> str:
    """A whole text whose first line is no field of the header, and says no draft: « Status: draft » is a sentence like another."""
    head, found, rest = markdown.partition("\n")
    field = known_field(head)
    if (field and header_keys.is_of_a_header(field[0])) or draft_signs.opens_as_a_draft(head):
        head = _CODE_FIRST.sub(lambda typed: f"{typed['before']}<code>{html.escape(typed['code'].strip(), quote=False)}</code>", head)
        head = _FIRST_LETTER.sub(lambda typed: f"{typed['before']}&#{ord(typed['letter'])};", head, count=1)
    return f"{head}{found}{rest}"
