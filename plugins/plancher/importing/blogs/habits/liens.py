"""« Quelques liens… » and a list, or bare lines: a ``[!liens]``, titles that have lost their address kept as such."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from plancher.base.french import fold
from plancher.components.links.markup import looks_like_a_link
from plancher.importing.blogs.habits import chunks
from plancher.importing.blogs.habits.chunks import Chunk, Item, Shape
from plancher.importing.blogs.habits.habit import Settling
from plancher.text import typed_link

NAME = "liens"
PURPOSE = "faire un bloc [!liens] de « Quelques liens… », « À lire », « Liens du jour », « Pour aller plus loin » et de la liste qui suit"
_INTRODUCTION = re.compile(
    r"(?:(?:voici |et )?(?:quelques|des|les|mes|nos|autres|d'autres) (?:autres |bons )?liens\b.{0,70}"
    r"|liens (?:du jour|de la semaine|utiles|connexes|externes|en vrac|complementaires|a suivre).{0,40}|liens"
    r"|mes lectures.{0,40}|lectures? (?:du jour|de la semaine|complementaires?).{0,20}"
    r"|a (?:lire|voir|lire aussi|lire egalement|lire ailleurs|decouvrir|consulter)(?: (?:aussi|egalement|ailleurs|sur le (?:meme )?sujet|absolument))?"
    r"|(?:pour|si vous voulez) (?:aller plus loin|en savoir (?:plus|davantage)).{0,30}|en savoir (?:plus|\+)"
    r"|(?:sur le|dans le) meme (?:sujet|theme).{0,20}|voir aussi|lire aussi"
    r"|sources?|references?|ailleurs sur (?:le web|la toile|internet))[ .:…!]*"
)
_ALWAYS_WITH_LINKS = re.compile(r"sources?|references?|liens|a voir|voir aussi|a lire|a decouvrir|a consulter|lire aussi")
"""Words that announce other things too: a list without any link under them is left alone."""
_MARKS = "#*_ \t:…."
_LONGEST_TITLE, _LONGEST_LOST, _LONGEST_INTRODUCTION = 160, 110, 110
_SENTENCES = re.compile(r"[.!?…] +[«\"“]?[A-ZÀÉÈÊÎÔÇ]")
_MANY = 200
"""Links under one introduction, when they are no list."""
_MARKUP = re.compile(r"\[\^|!|`{3}|~{3}|<|>|#{1,6}\s|\[!")
"""How a line begins that is no title: a note, a picture, a fence, a tag, a quotation, a heading."""
_DASH = re.compile(r"(?:\\?[-–—•·*]|\\?>|→)[ \u00a0]+")


def settle(settling: Settling) -> None:
    """Make a block of each introduction and the links under it."""
    settled: list[Chunk] = []
    index = 0
    while index < len(settling.chunks):
        made, end = _block(settling.chunks, index, settling)
        settled += made
        index = end
    settling.chunks = settled


def _block(all_chunks: Sequence[Chunk], index: int, settling: Settling) -> tuple[list[Chunk], int]:
    """The block that begins here and the index after it; else the chunk itself."""
    chunk = all_chunks[index]
    rows = chunks.rows(chunk)
    before: list[Chunk] = []
    title = ""
    if chunk.shape is Shape.HEADING:
        title = chunk.lines[0]
    elif rows and _introduces(rows[-1]):
        title, before = rows[-1], [chunks.text(*chunk.lines[:-1])] if len(rows) > 1 else []
    elif rows and _introduces(rows[0]):
        found = tuple(_items_of_rows(rows[1:]))
        if _is_list(found, rows[0]):
            return [_made(rows[0], found, chunk.text, settling)], index + 1
    if not title or not _introduces(title):
        return [chunk], index + 1
    found, end = _under(all_chunks, index + 1)
    if not _is_list(found, title):
        return [chunk], index + 1
    before = [chunks.text(*(*before[0].lines[:-1], before[0].lines[-1].removesuffix("\\")))] if before else []
    former = "\n".join(part.text for part in all_chunks[index:end])
    return [*before, _made(title, found, former, settling)], end


def _introduces(line: str) -> bool:
    words = _words(line)
    return len(words) <= _LONGEST_INTRODUCTION and "](" not in line and _INTRODUCTION.fullmatch(fold(words)) is not None


def _words(line: str) -> str:
    return line.strip(_MARKS).replace("\u00a0", " ").replace("’", "'")


def _under(all_chunks: Sequence[Chunk], start: int) -> tuple[tuple[Item, ...], int]:
    """The items under an introduction, and where they end."""
    found: list[Item] = []
    is_linked = False
    index = start
    while index < len(all_chunks) and len(found) < _MANY:
        chunk = all_chunks[index]
        if chunk.shape is Shape.LIST and (not found or index == start):
            return chunks.items(chunk), index + 1
        items = tuple(_items_of_rows(chunks.rows(chunk)))
        has_links = _has_links(items)
        if not items or (is_linked and not has_links) or any(_introduces(item.text) for item in items):
            break
        found += items
        is_linked = is_linked or has_links
        index += 1
    return tuple(found), index


def _items_of_rows(rows: Sequence[str]) -> Iterator[Item]:
    """The lines of a paragraph as items; none when one of them is no title."""
    bare = [_DASH.sub("", row, count=1) for row in rows]
    if all(_is_title(row) for row in bare):
        yield from (Item(row, ()) for row in bare)


def _is_title(row: str) -> bool:
    link = typed_link.read(row)
    if link.url:
        return link.is_first or len(link.words) <= _LONGEST_TITLE
    return len(row) <= _LONGEST_TITLE and _SENTENCES.search(row) is None and _MARKUP.match(row) is None


def _has_links(items: Sequence[Item]) -> bool:
    return any(typed_link.read(item.text).url for item in items)


def _is_list(items: Sequence[Item], title: str) -> bool:
    """Whether items are links, or titles that have lost theirs."""
    if not items or any("> " in line[:2] for item in items for line in item.under):
        return False
    links = [typed_link.read(item.text) for item in items]
    if any(not link.url and (looks_like_a_link(item.text) or not _is_title(item.text)) for link, item in zip(links, items, strict=True)):
        return False
    linked = sum(bool(link.url) for link in links)
    if linked:
        return linked * 2 >= len(links)
    sentences = sum(item.text.endswith(".") or len(item.text) > _LONGEST_LOST for item in items)
    return len(items) > 1 and sentences * 2 < len(items) and not _ALWAYS_WITH_LINKS.fullmatch(fold(_words(title)))


def _made(title: str, items: Sequence[Item], former: str, settling: Settling) -> Chunk:
    lost = sum(not typed_link.read(item.text).url for item in items)
    told = f", dont {lost} sans adresse" if lost else ""
    settling.say(NAME, f"« {_shown(title)} » et sa liste deviennent un bloc [!liens] de {len(items)} liens{told}.", former)
    lines = [line for item in items for line in _lines(item)]
    return chunks.block("liens", _shown(title), (), lines)


def _shown(title: str) -> str:
    return title.strip("#*_ \t").rstrip(" :…*_") or title


def _lines(item: Item) -> Iterator[str]:
    """An item as a block has it: the link, then the words around it as its comment."""
    link = typed_link.read(item.text)
    yield f"- {typed_link.written(link) if link.url else item.text}"
    for words in filter(None, (link.words if link.url else "", *item.under)):
        yield from ("", f"  {words}")
