"""The words of a former text against those of what came of it: none may be lost."""

from __future__ import annotations

import collections
import html
import re

from plancher.base.french import fold
from plancher.components.tags import technorati
from plancher.importing.blogs.habits import accents
from plancher.importing.blogs.html.parse import BLOCKS, shown_words
from plancher.importing.blogs.model import Markup

_WORD = re.compile(r"[^\W_]+")
_BRACKET = re.compile(
    r"\\.|(?P<open>!?\[)|\](?P<address>\((?:<[^<>\n]*>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+))?(?P<end>(?:\s++(?P<title>\"[^\"\n]*\"|'[^'\n]*'))?\s*+\))?",
    re.DOTALL,
)
"""What begins and ends the words of a link."""
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+")
"""An address among the words: it is not lost where it has become that of a link."""
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]^]+\]: *\S+", re.MULTILINE)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_CODE = re.compile(r"(?<![\\`])(`{1,40})(?!`)([^\n]{1,4000}?)(?<!`)\1(?!`)")
_FENCE = re.compile(r"(?P<before>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}|~{3,})(?P<rest>.*)")
_MASK = re.compile("\ufdd2(\\d+)\ufdd3")
"""What stands for a piece of code."""
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]+|~~")
_TITLED = re.compile(r"<(?:abbr|dfn)\b([^<>]*)>")
_TITLE = re.compile(r"\btitle=\"([^\"]*)\"")
_ENTITY = re.compile(r"&(?:[a-zA-Z]\w{1,40}|#\w{1,8});")


def lost_words(former: str, markup: Markup, text: str) -> tuple[str, ...]:
    """Words of the source that the result has nowhere, or fewer times; as they were typed, in their order.

    Case and accents make no other word, nor does a letter that a wrong encoding had broken and that is whole again.

    :param former: the body in the export.
    :param text: the whole file that came of it, its header included.
    """
    source = _ADDRESS.sub(lambda address: " " if address[0] in text else address[0], _shown(former, markup))
    result = collections.Counter(map(fold, _WORD.findall(_of_markdown(text))))
    lost = _missing(source, result)
    if lost and not source.isascii():
        mended = accents.mended(source) if markup is Markup.HTML else _shown(accents.mended(former), markup)
        lost = _missing(mended, result) if mended != source else lost
    return tuple(lost)


def _shown(former: str, markup: Markup) -> str:
    words = shown_words(former) if markup is Markup.HTML else _of_markdown(former)
    return technorati.LABEL.sub(" ", words)


def _missing(source: str, result: collections.Counter[str]) -> list[str]:
    left = result.copy()
    lost: list[str] = []
    for word in _WORD.findall(source):
        folded = fold(word)
        if left[folded] > 0:
            left[folded] -= 1
        elif folded:
            lost.append(word)
    return lost


def _of_markdown(text: str) -> str:
    """Words as a reader sees them: no address of a link, no tag, no sign of Markdown; an address that is shown is words, and so is all code."""
    codes: list[str] = []
    text = _CODE.sub(lambda code: _set_aside(code[2], codes), _without_fences(_MASK.sub(" ", text), codes))
    bare = _without_addresses(_REFERENCE.sub(" ", text))
    if "<" in bare:
        bare = _TITLED.sub(lambda tag: f"{title[1]} " if (title := _TITLE.search(tag[1])) else "", bare)
        bare = _TAG.sub(lambda tag: " " if tag["name"].lower() in BLOCKS or tag["name"].lower() == "br" else "", bare)
    words = _ENTITY.sub(lambda entity: html.unescape(entity[0]), _SIGNS.sub(lambda sign: sign[1] or "", bare))
    return _MASK.sub(lambda mask: codes[int(mask[1])], words)


def _set_aside(code: str, codes: list[str]) -> str:
    codes.append(code)
    return f"\ufdd2{len(codes) - 1}\ufdd3"


def _without_fences(text: str, codes: list[str]) -> str:
    """The text with a mark for the lines of each fenced block; what is said on the first line, and a block that nothing closes, are words."""
    lines: list[str] = []
    code: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if not fence and found and not (found["fence"][0] == "`" and "`" in found["rest"]):
            fence = found["fence"]
            lines.append(f"{found['before']} {found['rest']}")
        elif fence and found and found["fence"].startswith(fence) and not found["rest"].strip():
            lines.append(_set_aside("\n".join(code), codes))
            code, fence = [], ""
        else:
            (code if fence else lines).append(line)
    return "\n".join([*lines, *([_set_aside("\n".join(code), codes)] if fence else [])])


def _without_addresses(text: str) -> str:
    """The words of links, joined to those around them as a browser shows them; titles of links come last."""
    pieces: list[str] = []
    titles: list[str] = []
    opened: list[int] = []
    place = 0
    for sign in _BRACKET.finditer(text):
        pieces += [text[place : sign.start()], sign[0]]
        place = sign.end()
        if sign["open"]:
            opened.append(len(pieces) - 1)
        elif not sign[0].startswith("\\"):
            start = opened.pop() if opened else -1
            is_link = start >= 0 and sign["address"] is not None and sign["end"] is not None
            if is_link:
                pieces[start] = pieces[-1] = " " if pieces[start].startswith("!") else ""
                titles.append(sign["title"] or "")
            else:
                pieces[-1] = f"] {sign['end'] or ''}"
    return " ".join(["".join([*pieces, text[place:]]), *titles])
