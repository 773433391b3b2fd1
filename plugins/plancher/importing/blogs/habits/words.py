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
from plancher.text import shapes

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"(?<!\\)\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]^]+\]: *\S+", re.MULTILINE)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_CODE = re.compile(r"(?<![\\`])(`{1,40})(?!`)([^\n]{1,4000}?)(?<!`)\1(?!`)")
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
    source = shown_words(former) if markup is Markup.HTML else _of_markdown(former)
    source = technorati.LABEL.sub(" ", source)
    result = collections.Counter(map(fold, _WORD.findall(_of_markdown(text))))
    lost = _missing(source, result)
    if lost and not source.isascii():
        mended = accents.mended(source)
        lost = _missing(mended, result) if mended != source else lost
    return tuple(lost)


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
    """Words as a reader sees them: no address of a link, no tag, no sign of Markdown; an address that is shown is words."""
    text = _CODE.sub(lambda code: _of_code(code[2]), _with_code_as_words(text) if "```" in text else text)
    bare = _REFERENCE.sub(" ", _ADDRESS.sub("] ", text))
    if "<" in bare:
        bare = _TITLED.sub(lambda tag: f"{title[1]} " if (title := _TITLE.search(tag[1])) else "", bare)
        bare = _TAG.sub(lambda tag: " " if tag["name"].lower() in BLOCKS or tag["name"].lower() == "br" else "", bare)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), _SIGNS.sub(lambda sign: sign[1] or "", bare))


def _with_code_as_words(text: str) -> str:
    """The lines of fenced code as they are shown: no sign in them means anything."""
    lines: list[str] = []
    closing = None
    for line in text.split("\n"):
        bare = line.lstrip(" >")
        opening = shapes.fence(bare) if closing is None else None
        if closing is None or closing.match(bare):
            closing = shapes.fence_end(opening["ticks"]) if opening else None
            lines.append(line)
        else:
            lines.append(_of_code(line))
    return "\n".join(lines)


def _of_code(words: str) -> str:
    return html.escape(words.replace("`", " "), quote=False)
