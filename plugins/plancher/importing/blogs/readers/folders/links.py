"""Every address of a Markdown text, code excluded, is asked for and written anew."""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Callable
from typing import Protocol

from plancher.importing.blogs.readers.folders.masks import Masked
from plancher.text import typed_link


class Links(Protocol):
    """Where the addresses of a former blog lead in ours."""

    def link(self, address: str) -> str:
        """What to write in the place of an address."""

    def picture(self, address: str) -> str:
        """The same for a picture."""


_DEFINITION = re.compile(r"(?P<head>[ \t>]*\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.)+)\]:[ \t]*)(?:<(?P<quoted>[^<>\n]*)>|(?P<bare>[^\s<]\S*))(?P<rest>[^\n]*)")
_AUTOLINK = re.compile(r"<(?P<url>(?:https?|ftp|mailto):[^\s<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?P<inside>(?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)?)>")
_ATTRIBUTE = re.compile(
    r"(?P<head>\s(?P<name>href|src|poster|srcset|cite|data)\s*=\s*)(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'>]+))", re.IGNORECASE
)
_BARE = re.compile(r"https?://[^\s<>\"`\ufdd0\ufdd1]+", re.IGNORECASE)
_TITLE = re.compile(r"\s+(?:\"(?:[^\"\\\n]|\\.|\n(?!\s*\n))*\"|'(?:[^'\\\n]|\\.)*'|\((?:[^()\\\n]|\\.)*\))\s*(?=\))|\s*(?=\))")
_DESTINATION = re.compile(r"(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*+\))*+\))*+")
"""An address, with two levels of brackets of its own at most."""
_SPACED = re.compile(r"(?P<url>[^\n()\"<>]+?)(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*(?=\))")
_OF_A_PICTURE = re.compile(r"!\[(?P<text>(?:[^\[\]\\]|\\.)*)\](?:\[(?P<label>[^\[\]]*)\])?(?!\()")
_STOP = re.compile(r"[\\\[\]<]|https?://|\n[ \t]*\n", re.IGNORECASE)
_PICTURED = frozenset({"img", "source", "picture", "embed", "image"})
_DEEPEST = 1000
"""Brackets that wait for their end."""
_FAR = 8000
"""Characters of an address with its title, or of a tag: each bracket is then looked at in bounded time."""
_MARGIN = 80
"""Signs of quotation and spaces before what says where a reference leads."""


def rewrite_links(markdown: str, links: Links) -> str:
    """A text whose links, pictures, references, bare addresses and addresses in HTML are those that ``links`` gives."""
    if not re.search(r"[\[<]|https?://", markdown, re.IGNORECASE):
        return markdown
    masked = Masked(markdown)
    return masked.restored(_Rewriter(masked.text, links).text())


@dataclasses.dataclass(frozen=True, slots=True)
class _Target:
    """The address between the brackets of a link."""

    url: str
    start: int
    end: int
    """Of the address as typed, its own brackets included."""


class _Rewriter:
    """Goes through a text once; brackets that wait for their end stand on a stack."""

    def __init__(self, text: str, links: Links) -> None:
        self.typed, self.links = text, links
        self.out: list[str] = []
        self.done = 0
        self.open: list[int] = []
        self.last_comment = text.rfind("-->")
        self.pictures = {_folded(use["label"] or use["text"]) for use in _OF_A_PICTURE.finditer(text)} if "![" in text else set()

    def text(self) -> str:
        place = 0
        while stop := _STOP.search(self.typed, place):
            place = self._at(stop.start(), stop[0])
        return "".join([*self.out, self.typed[self.done :]])

    def _at(self, place: int, sign: str) -> int:
        """What a sign opens or ends; gives the place from where to go on."""
        match sign:
            case "\\":
                return place + 2
            case "[":
                return self._bracket(place)
            case "]":
                return self._closed(place)
            case "<":
                return self._html(place)
            case _ if sign[0] in "hH":
                return self._bare(place)
            case _:
                self.open.clear()
                return place + 1

    def _bracket(self, place: int) -> int:
        line_start = self.typed.rfind("\n", max(0, place - _MARGIN), place) + 1
        is_first = line_start > 0 or place < _MARGIN
        definition = _DEFINITION.match(self.typed, line_start, line_start + _FAR) if is_first and not self.typed[line_start:place].strip(" \t>") else None
        if definition and definition.start("label") == place + 1:
            url = definition["quoted"] if definition["quoted"] is not None else definition["bare"]
            ask = self.links.picture if _folded(definition["label"]) in self.pictures else self.links.link
            self._replace(definition.end("head"), definition.start("rest"), url, ask)
            return max(definition.start("rest"), place + 1)
        if len(self.open) < _DEEPEST:
            self.open.append(place)
        return place + 1

    def _closed(self, place: int) -> int:
        opening = self.open.pop() if self.open else None
        if opening is None or self.typed[place + 1 : place + 2] != "(":
            return place + 1
        target = _target(self.typed, place + 2)
        if target is None:
            return place + 1
        is_picture = self.typed[opening - 1 : opening] == "!" and self.typed[opening - 2 : opening - 1] != "\\"
        self._replace(target.start, target.end, target.url, self.links.picture if is_picture else self.links.link)
        return target.end

    def _replace(self, start: int, end: int, url: str, ask: Callable[[str], str]) -> None:
        asked = html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", url)) if "&" in url or "\\" in url else url
        answer = ask(asked) if asked else asked
        if answer != asked:
            self._write(start, end, _written(answer))

    def _write(self, start: int, end: int, text: str) -> None:
        self.out += [self.typed[self.done : start], text]
        self.done = end

    def _html(self, place: int) -> int:
        auto = _AUTOLINK.match(self.typed, place, place + _FAR)
        if auto:
            self._shown(auto["url"], place, auto.end())
            return auto.end()
        if self.typed.startswith("<!--", place):
            return self.typed.index("-->", place) + 3 if place < self.last_comment else place + 4
        tag = _TAG.match(self.typed, place, place + _FAR)
        if tag is None:
            return place + 1
        inside = _ATTRIBUTE.sub(lambda typed: self._attribute(typed, tag["name"].lower()), tag["inside"])
        if inside != tag["inside"]:
            self._write(tag.start("inside"), tag.end("inside"), inside)
        return tag.end()

    def _attribute(self, typed: re.Match[str], tag: str) -> str:
        url = html.unescape(next(value for value in (typed["double"], typed["single"], typed["plain"]) if value is not None))
        name = typed["name"].lower()
        ask = self.links.picture if name in {"poster", "srcset"} or (name == "src" and tag in _PICTURED) else self.links.link
        if name == "srcset":
            parts = [part.split(maxsplit=1) for part in url.split(",") if part.strip()]
            answer = ", ".join(" ".join([ask(part[0]), *part[1:]]) for part in parts)
            return typed[0] if all(ask(part[0]) == part[0] for part in parts) else f'{typed["head"]}"{html.escape(answer)}"'
        answer = ask(url) if url else url
        return typed[0] if answer == url else f'{typed["head"]}"{html.escape(answer)}"'

    def _bare(self, place: int) -> int:
        is_inside = place > 0 and (self.typed[place - 1].isalnum() or self.typed[place - 1] in "/=")
        typed = None if is_inside else _BARE.match(self.typed, place, place + _FAR)
        if typed is None:
            return place + 1
        url = typed_link.trimmed(typed[0])
        if self.open:
            url = re.split(r"[\[\]]", url, maxsplit=1)[0]  # the words of a link
            return place + len(url)
        self._shown(url, place, place + len(url))
        return place + len(url)

    def _shown(self, url: str, start: int, end: int) -> None:
        """An address that is its own words."""
        answer = self.links.link(html.unescape(url))
        if answer != html.unescape(url):
            is_whole = re.match(r"https?://", answer) is not None
            self._write(start, end, f"<{answer}>" if is_whole else f"[{url}]({_written(answer)})")


def _target(text: str, start: int) -> _Target | None:
    """The address of a link whose bracket opens before ``start``."""
    while start < len(text) and text[start] in " \t\n":
        start += 1
    last = min(len(text), start + _FAR)
    if text.startswith("<", start):
        end = text.find(">", start, last)
        if end > 0 and "\n" not in text[start:end] and _TITLE.match(text, end + 1, last):
            return _Target(text[start + 1 : end], start, end + 1)
        return None
    plain = _DESTINATION.match(text, start, last)
    end = plain.end() if plain else start
    if _TITLE.match(text, end, last):
        return _Target(text[start:end], start, end)
    spaced = _SPACED.match(text, start, last)
    return _Target(spaced["url"], start, spaced.end("url")) if spaced else None


def _written(address: str) -> str:
    """An address as it stands between the brackets of a link."""
    if re.search(r"[\s()<>]", address):
        return f"<{address.replace('<', '%3C').replace('>', '%3E')}>"
    return address


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
