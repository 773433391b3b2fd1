"""Pictures that are not here, in a text that is whole: a blog may lead to where they were, and not show them from there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plancher.importing.blogs.home import references

ABSENT = "Image"
"""How the link to a picture begins that is not here: « invoke import.fetch » makes a picture of it again."""
_WORDS = r"(?:[^\[\]\\]|\\.){0,2000}"
_ADDRESS = r"<?(?P<{name}>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?"
_TITLE = r"(?P<title>\s+\"(?:[^\"\\]|\\.)*\")?"
_PICTURE = re.compile(rf"!\[(?P<alt>{_WORDS})\]\({_ADDRESS.format(name='inner')}{_TITLE}\)")
_LINKED_PICTURE = re.compile(rf"\[{_PICTURE.pattern}\]\({_ADDRESS.format(name='outer')}(?:\s+\"[^\"\n]*\")?\)")
_EMPTY = re.compile(rf"!?\[(?P<words>{_WORDS})\]\(\s*(?:<>)?\s*\)")
_LINK = re.compile(rf"\[(?P<words>{_WORDS})\]\({_ADDRESS.format(name='address')}{_TITLE}\)")
_CALLED = re.compile(rf"{ABSENT}(?: : (?P<alt>.*))?", re.DOTALL)
_HTML = re.compile(r"<img\b[^<>]*\ssrc=\"(?P<inner>[^\"]*)\"[^<>]*>")
_ALT = re.compile(r"\salt=\"(?P<alt>[^\"]*)\"")


def filled(markdown: str, absent: Mapping[str, str]) -> str:
    """The text with a link in the place of each picture that is not here; a link that leads nowhere is its words.

    :param absent: what stands for each → where it was.
    """
    if absent:
        markdown = _LINKED_PICTURE.sub(lambda found: _linked(found, absent), markdown)
        markdown = _PICTURE.sub(lambda found: _link(found["alt"], absent[found["inner"]], found["title"]) if found["inner"] in absent else found[0], markdown)
        markdown = _HTML.sub(lambda tag: _link(_alt(tag[0]), absent[tag["inner"]], "") if tag["inner"] in absent else tag[0], markdown)
        for mark, address in absent.items():  # in the field of a block
            markdown = markdown.replace(mark, address)
    return _EMPTY.sub(r"\g<words>", markdown) if "](" in markdown else markdown


def _linked(found: re.Match[str], absent: Mapping[str, str]) -> str:
    """A picture that leads somewhere: most often to itself, larger."""
    if found["inner"] not in absent:
        return found[0]
    small, outer = absent[found["inner"]], found["outer"]
    if not outer or outer == small or outer in absent.values() or _is_picture(outer):
        return _link(found["alt"], outer or small, found["title"])
    return f"{_link(found['alt'], small, found['title'])} [→]({outer})"


def _is_picture(address: str) -> bool:
    return re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", address, re.IGNORECASE) is not None


def _link(alt: str, address: str, caption: str | None) -> str:
    """A caption stays in the title of the link, where a picture has it too."""
    return f"[{f'{ABSENT} : {alt}' if alt.strip() else ABSENT}]({address}{caption or ''})"


def _alt(tag: str) -> str:
    found = _ALT.search(tag)
    return found["alt"] if found else ""


def restored(text: str, places: Mapping[str, str]) -> str:
    """A text whose links to files that were not here show them, or lead to them.

    :param places: former address → file of ours, from the content folder.
    """

    def mended(found: re.Match[str]) -> str:
        target = places.get(found["address"])
        if target is None:
            return found[0]
        words, shown = _CALLED.fullmatch(found["words"]), f"{{static}}/{target}{found['title'] or ''}"
        if words and references.ending(target) in references.PICTURES:
            return f"![{words['alt'] or 'image'}]({shown})"
        return f"[{found['words']}]({shown})"

    return _LINK.sub(mended, text)
