"""The words of a former text against those of what came of it: none may be lost."""

from __future__ import annotations

import collections
import html
import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from plancher.base.french import fold
from plancher.components.tags import technorati
from plancher.importing.blogs.habits import accents
from plancher.importing.blogs.html import notes
from plancher.importing.blogs.html.parse import BLOCKS, tree
from plancher.importing.blogs.model import Markup

_WORD = re.compile(r"[^\W_]+")
_NOT_SHOWN = frozenset({"script", "style", "template", "noembed", "noframes", "iframe", "title", "canvas"})
"""Elements whose words no reader saw; each is told of otherwise."""
_ADDRESS = re.compile(r"\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]^]+\]: *\S+", re.MULTILINE)
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|[*`]+|~~")
_TITLE = re.compile(r"<(?:abbr|dfn)\b[^<>]*\btitle=\"([^\"]*)\"[^<>]*>")


def lost_words(former: str, markup: Markup, text: str) -> tuple[str, ...]:
    """Words of the source that the result has nowhere, or fewer times; as they were typed, in their order.

    Case and accents make no other word, nor does a letter that a wrong encoding had broken and that is whole again.

    :param former: the body in the export.
    :param text: the whole file that came of it, its header included.
    """
    source = _of_html(former) if markup is Markup.HTML else _of_markdown(former)
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


def _of_html(source: str) -> str:
    return "".join(_pieces(tree(source)))


def _pieces(root: Tag) -> Iterator[str]:
    """The words of a tree, parted where a browser begins a new line."""
    waiting: list[PageElement | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, NavigableString):
            yield str(node)
        elif isinstance(node, Tag):
            if node.name in _NOT_SHOWN or notes.is_machinery(node):
                continue
            parting = " " if node.name in BLOCKS or node.name in {"br", "img", "audio", "video"} else ""
            yield parting
            yield str(node.get("alt", "")) if node.name == "img" and node.get("src") else ""
            waiting.append(parting)
            waiting.extend(reversed(node.contents))
        elif isinstance(node, str):
            yield node


def _of_markdown(text: str) -> str:
    """Words as a reader sees them: no address of a link, no tag, no sign of Markdown; an address that is shown is words."""
    bare = _REFERENCE.sub(" ", _ADDRESS.sub("] ", text))
    bare = _TAG.sub(lambda tag: " " if tag["name"].lower() in BLOCKS or tag["name"].lower() == "br" else "", _TITLE.sub(r"\1 ", bare))
    return html.unescape(_SIGNS.sub(lambda sign: sign[1] or "", bare))
