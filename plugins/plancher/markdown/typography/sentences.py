"""Rules see whole sentences: the text is joined across inline tags, then put back.

Nothing is re-parsed and no tag moves. A character that a rule may change
(spaces, quotes…) stays in its element; every other keeps its place, and tells
where each piece of text ends.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from plancher.markdown.typography.rules import MASK, Rule
from plancher.markdown.typography.shelter import LINE_BREAK, Shelter, is_foreign

_INLINE = frozenset("a abbr b bdi bdo cite del dfn em i ins mark q s small span strong time u var".split())
_PROTECTED = frozenset("code kbd samp pre script style math svg textarea sup sub img video".split())
_OPAQUE = _PROTECTED - {"pre", "video"}
_CHANGEABLE = re.compile(r"[\s\u00a0\u202f\"'“”„«»’‘…–—.,-]")
_PROTECTED_TEXT = re.compile(
    "\x02[^\x03]*\x03"  # what Markdown keeps aside
    r"|(?<![\w.+-])[a-zA-Z][a-zA-Z0-9+.-]{0,20}://[^\s<>«»\"]*[^\s<>«»\".,;:!?)]"  # addresses
    r"|\bwww\.[^\s<>«»\"]*[^\s<>«»\".,;:!?)]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b"  # times
    r"|(?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\w:])|::"  # IPv6, scope
    r"|(?<![\w.-])(?:[\w-]{1,80}\.){0,8}[\w-]{0,80}\.(?:md|html?|py|toml|ya?ml|json|xml|csv|pdf|docx?|xlsx?|odt|ods|txt|css|js|svg|png|jpe?g|gif|webp|webm|mp[34]|vtt|zip)\b"
    r"|(?<!\w)[:;=]['’]?-?[)(DP/|](?!\w)|<3"  # emoticons
)
_SUSPECT = re.compile(
    r"\x02|@|://|www\.|<3|=[)(DP/|]|:[:0-9a-fA-F'’)(DP/|-]|;['’)(DP/|-]"
    r"|\.(?:md|htm|py|toml|yaml|yml|json|xml|csv|pdf|doc|xls|od[ts]|txt|css|js|svg|png|jp|gif|web|mp[34]|vtt|zip)"
)
"""A quick test: most texts contain nothing to protect."""


def hide(text: str, masked: list[str]) -> str:
    """The text with ``MASK`` for each piece that no rule may read; the pieces are added to ``masked``."""
    if not _SUSPECT.search(text):
        return text

    def keep(match: re.Match[str]) -> str:
        masked.append(match[0])
        return MASK

    return _PROTECTED_TEXT.sub(keep, text)


_LOCAL_SIGN = re.compile("[(0-9IVXLC](?:(?<=[(])(?:[cCrR]|[tT][mM])[)]|i?[èe](?:me|re)|[\"″′']?[ \n\u00a0\u202f]?[x×])")
"""A quick test: most sentences give the local rules nothing to do. One class of letters comes first: that is what ``re`` searches fastest."""


_HIDDEN = re.compile(f"[{MASK}{LINE_BREAK}]")


@dataclasses.dataclass(slots=True)
class _Piece:
    """One text of the tree: an element's own, or the one after it."""

    owner: Element
    is_tail: bool
    text: str
    masked: Sequence[str] = ()

    def put_back(self, text: str) -> None:
        """Give the tree its text, with what was masked."""
        if self.masked:
            masked = iter(self.masked)
            text = _HIDDEN.sub(lambda sign: next(masked, sign[0]), text)
        if self.is_tail:
            self.owner.tail = text
        else:
            self.owner.text = text


def polish(root: Element, raw: Sequence[object], local: Rule, rule: Rule) -> str:
    """Run ``local`` on each text of the tree, then ``rule`` on each sentence.

    :param raw: Markdown's stash of raw HTML, so that what stands between a raw
        ``<code>`` and ``</code>``, or in a raw element of another language, is
        protected too.
    :return: all the text, to know whether it is worth another look.
    """
    sentences: list[list[_Piece]] = [[]]
    _walk(root, sentences)
    everything: list[str] = []
    if raw:
        _shelter(sentences, raw)
    for pieces in sentences:
        texts = [piece.text for piece in pieces]
        old = "".join(texts)
        if _LOCAL_SIGN.search(old):
            texts = [local(text) for text in texts]
            old = "".join(texts)
        new = rule(old) if LINE_BREAK not in old else LINE_BREAK.join(map(rule, old.split(LINE_BREAK)))
        everything.append(new)
        for piece, text in zip(pieces, texts if new == old else _share(new, texts), strict=True):
            if text != piece.text or piece.masked:
                piece.put_back(text)
    return "\n".join(everything)


def _walk(element: Element, sentences: list[list[_Piece]]) -> None:
    """Gather the sentences under an element; an inner block or a line break ends the last one."""
    if element.text and (sentences[-1] or not element.text.isspace()):
        sentences[-1].append(_piece(element, element.text, is_tail=False))
    for child in element:
        tag, lang = child.tag, child.get("lang")
        foreign = lang is not None and is_foreign(lang)
        if tag in _INLINE and not foreign:
            _walk(child, sentences)
        elif tag in _INLINE or tag in _OPAQUE:
            sentences[-1].append(_Opaque(child, is_tail=False, text=MASK))
        else:
            if sentences[-1]:
                sentences.append(_AfterBreak() if tag == "br" else [])
            if not foreign and tag not in _PROTECTED:
                _walk(child, sentences)
                if sentences[-1]:
                    sentences.append([])
        if child.tail and (sentences[-1] or not child.tail.isspace()):
            sentences[-1].append(_piece(child, child.tail, is_tail=True))


def _piece(owner: Element, text: str, *, is_tail: bool) -> _Piece:
    if not _SUSPECT.search(text):
        return _Piece(owner, is_tail=is_tail, text=text)
    masked: list[str] = []
    return _Piece(owner, is_tail=is_tail, text=hide(text, masked), masked=masked)


class _Opaque(_Piece):
    """Holds the place of an element in the sentence; its own text never changes."""

    __slots__ = ()

    def put_back(self, text: str) -> None:
        """The element keeps its own text."""


class _AfterBreak(list[_Piece]):
    """A sentence that follows a line break, in the same block."""


def _shelter(sentences: Sequence[list[_Piece]], raw: Sequence[object]) -> None:
    """Hide what raw tags shelter, block by block."""
    shelter = Shelter(raw)
    for pieces in sentences:
        if not isinstance(pieces, _AfterBreak):
            shelter.leave()
        for piece in pieces:
            if not isinstance(piece, _Opaque):
                piece.text, piece.masked = shelter.hide(piece.text, piece.masked)


def _share(new: str, pieces: list[str]) -> list[str]:
    """Cut the new sentence where the old pieces ended.

    Characters that no rule changes come in the same order in both; between two
    of them, signs are counted: « ... » is one sign, and so is what it becomes.
    """
    if len(pieces) < 2:  # noqa: PLR2004 - nothing to cut
        return [new] if pieces else []
    shared: list[str] = []
    fixed, position = 0, 0
    for index, piece in enumerate(pieces[:-1]):
        end = _after(new, piece, fixed)
        before = pieces[:index] if end == fixed else []
        fixed = end
        left = _trailing("".join([*before, piece]))
        end += _cut(_leading(new[end:]), left)
        shared.append(new[position : max(position, end)])
        position = max(position, end)
    return [*shared, new[position:]]


def _after(new: str, piece: str, start: int) -> int:
    """Where the last lasting character of ``piece`` stands in ``new``, read from ``start``, and one more.

    Most often the same words come in step in both; if not, each letter is looked for.
    """
    words = _LASTING.findall(piece)
    lasting = list(itertools.islice(_LASTING.finditer(new, start), len(words)))
    in_step = len(lasting) == len(words) and [match[0] for match in lasting[:-1]] == words[:-1]
    if words and in_step and lasting[-1][0].startswith(words[-1]):
        return lasting[-1].start() + len(words[-1])
    end = start
    for letter in "".join(words):
        end = new.index(letter, end) + 1
    return end


_CHANGE_RUN = re.compile(f"{_CHANGEABLE.pattern}*")
_LASTING = re.compile(_CHANGEABLE.pattern.replace("[", "[^", 1) + "+")
_SIGN = re.compile(r"\.+|-+|[^\s\u00a0\u202f]")
_SPACES = re.compile(r"[\s\u00a0\u202f]*")


def _trailing(text: str) -> str:
    start = len(text)
    while start and _CHANGEABLE.match(text[start - 1]):
        start -= 1
    return text[start:]


def _leading(text: str) -> str:
    match = _CHANGE_RUN.match(text)
    return match[0] if match else ""


def _cut(grown: str, left: str) -> int:
    """How much of a changed gap belongs to what is on its left: as many signs as it had, and its own spaces."""
    signs = len(_SIGN.findall(left))
    ends = [match.end() for match in _SIGN.finditer(grown)][:signs]
    end = ends[-1] if ends else 0
    spaces = _SPACES.match(grown, end)
    opened = end > 0 and grown[end - 1] == "«"
    if spaces and (opened or left[-1:].isspace()):
        end = spaces.end()
    return end
