"""The words of somebody else, with their author: a ``[!citation]``. Words and their order stay; quotation marks give way to the block.

An author is never invented: the quotation, its introduction or the text before names him; else it stays as it is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from plancher.base import addresses
from plancher.importing.blogs.habits import chunks, people
from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling
from plancher.text import typed_link

NAME = "citation"
PURPOSE = "faire un bloc [!citation] d'une citation dont le texte nomme l'auteur"
_SIGNED = re.compile(r"(?:<cite>(?P<cited>.+)</cite>|(?:\\?[-–—―]{1,2}|\()[ \u00a0]*(?P<signed>\S.{1,120}?)\)?)[ .]*")
_TAGS = re.compile(r"</?(?:cite|small|em|strong)\b[^<>]*>|[*_]")
_OPEN, _CLOSE = '“«„"', '”“»"'
_SIGN = re.compile(rf"[{_OPEN}]")
_QUOTED = re.compile(
    r"(?P<before>.{0,2000}?(?:[:,]|\b(?:que|qu[’']|dit|écrit|lit|lis|phrase)))?[ \u00a0\u202f]*"
    rf"[{_OPEN}](?P<words>[^“”«»\"]{{60,1500}})[{_CLOSE}]",
    re.DOTALL,
)
_FEWEST = 11
"""Words of a quotation that stands on its own; fewer are a part of their sentence."""
_AFTER = re.compile(r"[.…!?]?\s*(?:$|(?=[A-ZÀÂÇÉÈÊÎÔÛ«“]))|[.…!?]$")
_GAP = re.compile(r"(?:[.]\s*)?\s*")
_BEFORE = re.compile(r"(?:[:]|\b(?:que|qu[’']|dit|écrit|phrase|essentielle))[ \u00a0]*$")
_BACK = re.compile(r"\b(?:l[’']auteur|il|elle|je (?:lis|relis|cite|retiens)|d[’']accord|même (?:auteur|article|texte)|plus loin)\b", re.IGNORECASE)
_LONGEST_SIGNATURE = 120
_NEAR = 1500
"""Characters before a quotation in which its author may be named."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Origin:
    """Whose words a quotation holds."""

    author: str
    title: str = ""
    source: str = ""
    is_sure: bool = True


def settle(settling: Settling) -> None:
    """Make a block of each quotation with an author."""
    settled: list[Chunk] = []
    author, read = "", 0
    chunks_ = settling.chunks
    for index, chunk in enumerate(chunks_):
        if chunk.shape is Shape.QUOTE:
            settled += _quoted(chunk, settling)
            continue
        if chunk.shape is not Shape.TEXT or len(chunk.lines) > 1 or not _SIGN.search(chunk.lines[0]):
            settled.append(chunk)
            continue
        pieces = list(_cut(chunk.lines[0]))
        introduction = chunks_[index - 1].text[-_NEAR:] if index and pieces and not pieces[0][0].strip() else ""
        if not any(words for _, words in pieces):
            settled.append(chunk)
            continue
        for earlier in chunks_[read:index]:
            author = _author(earlier) or author
        read = index
        settled += _parts(pieces, introduction, author, settling)
    settling.chunks = settled


def _author(chunk: Chunk) -> str:
    return people.author(chunk.text) if chunk.shape is Shape.TEXT and len(chunk.lines) == 1 else ""


def _parts(pieces: list[tuple[str, str]], introduction: str, author: str, settling: Settling) -> list[Chunk]:
    """Words of the author of the text and quotations, in turn; all words as they were, where nobody is quoted by name."""
    made: list[Chunk] = []
    for before, words in pieces:
        named = people.author(before or introduction)
        is_told = bool(named) or bool(author and (_BACK.search(people.plain(before or introduction))))
        if before.strip():
            made.append(chunks.text(before.strip()))
        if not words:
            continue
        if not is_told:
            return [chunks.text("".join(_whole(pieces)))]
        made.append(_block(_Origin(named or author, is_sure=bool(named)), [words], settling))
    return made


def _whole(pieces: list[tuple[str, str]]) -> Iterator[str]:
    for before, words in pieces:
        yield f"{before}“{words}”" if words else before


def _cut(line: str) -> Iterator[tuple[str, str]]:
    """What stands before each long quotation of a paragraph, and its words; then the rest."""
    start = 0
    while found := _QUOTED.match(line, start):
        before, words = found["before"] or "", found["words"].strip(" \u00a0\u202f")
        is_introduced = not before.strip() or _BEFORE.search(before) is not None
        if len(words.split()) < _FEWEST or not is_introduced or not _AFTER.match(line, found.end()):
            break
        yield before, words
        gap = _GAP.match(line, found.end())
        start = gap.end() if gap else found.end()
    if start < len(line):
        yield line[start:], ""


def _quoted(chunk: Chunk, settling: Settling) -> list[Chunk]:
    """A quotation whose last line says whose words it holds."""
    inside = [re.sub(r"^ {0,3}> ?", "", line) for line in chunk.lines]
    if inside[0].startswith("[!") or any(line.startswith(">") for line in inside):
        return [chunk]
    origin = _origin(inside[-1].strip()) if len(inside) > 1 else None
    words = inside[:-1]
    while words and not words[-1].strip("\\ "):
        words.pop()
    if origin is None or not words:
        return [chunk]
    words[-1] = words[-1].removesuffix("\\")
    return [_block(origin, words, settling)]


def _origin(line: str) -> _Origin | None:
    """What the last line of a quotation says of it: « — Anne Un, Un livre »; None when it is no signature."""
    found = _SIGNED.fullmatch(line) if len(line) <= 2 * _LONGEST_SIGNATURE else None
    if found is None:
        return None
    typed = found["cited"] or found["signed"]
    link = typed_link.read(typed)
    shown = typed
    if link.url:
        shown = f"{link.title}, {link.words}".rstrip(", ") if link.is_first else link.words or link.title
    author, _, title = (part.strip(" ,.") for part in _TAGS.sub("", shown).strip().partition(", "))
    is_name = re.search(r"[^\W\d_]", author) is not None and (found["cited"] is not None or author[:1].isupper())
    if not is_name or len(author) > _LONGEST_SIGNATURE or "](" in shown:
        return None
    return _Origin(author, title, link.url if addresses.is_web(link.url) or addresses.is_internal(link.url) else "")


def _block(origin: _Origin, words: list[str], settling: Settling) -> Chunk:
    fields = [(key, value) for key, value in (("auteur", origin.author), ("titre", origin.title), ("source", origin.source)) if value]
    doubt = "" if origin.is_sure else " ; son auteur est nommé plus haut dans le texte, vérifiez-le"
    settling.say(NAME, f"une citation ({origin.author}) devient un bloc [!citation]{doubt}.", "\n".join(words))
    return chunks.block("citation", "", fields, words)
