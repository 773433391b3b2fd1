"""Tumblr's archive: one page for each post in ``posts/html/``, pictures in ``media/``; its private messages are never opened.

Tumblr documents none of this: the forms are those that its users describe, and what is not sure comes home as a draft.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from bs4 import Tag

from plancher.importing.blogs.model import FormerFile, FormerText, Item, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.words import plain
from plancher.importing.blogs.source import Source, SourceError, decoded

_POST = re.compile(r"(?:^|/)posts/html/(\d{4,})\.html$")
_MEDIA = re.compile(r"(?:^|/)media/([^/]+)$")
_PACKED = re.compile(r"(?:^|/)posts(?:/posts)?\.zip$")
_MARKS = (b'id="footer"', b"timestamp")
_DATE = re.compile(r"(\w{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\s+(\d{1,2}):(\d\d)\s*([ap]m))?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON = 12


class Tumblr(Reader):
    """Tumblr."""

    name = "Tumblr"

    def recognises(self, source: Source) -> bool:
        """Pages named by their number, with Tumblr's foot; or the archive that Tumblr packs inside its own."""
        first = next((part.name for part in source.parts if _POST.search(part.name)), "")
        if first:
            return all(mark in source.read(first) for mark in _MARKS)
        return _packed(source) != "" and any(_MEDIA.search(part.name) for part in source.parts)

    def read(self, source: Source) -> Iterator[Item]:
        """Files first, then each page in the order of its name.

        :raises SourceError: the pages are packed in a second archive.
        """
        if not any(_POST.search(part.name) for part in source.parts):
            raise SourceError(f"« {source.path.name} » range les billets dans « {_packed(source)} » : décompressez tout, puis donnez le dossier.")
        for part in source.parts:
            if match := _MEDIA.search(part.name):
                yield FormerFile(addresses=(f"../../media/{match[1]}", f"../media/{match[1]}", f"media/{match[1]}"), path=part.name)
        for part in source.parts:
            if match := _POST.search(part.name):
                yield _item(decoded(source.read(part.name)), part.name, match[1])


def _packed(source: Source) -> str:
    return next((part.name for part in source.parts if _PACKED.search(part.name)), "")


def _item(html: str, file: str, number: str) -> FormerText | LeftOut:
    soup = dom.parse(html)
    body, foot = dom.first(soup, "body") or soup, dom.first(soup, "#footer")
    published = _date(dom.text_of(dom.first(soup, "#timestamp, .timestamp")))
    tags = tuple(dict.fromkeys(word for tag in (foot or soup).select(".tag") if (word := plain(dom.text_of(tag)).lstrip("#").strip())))
    if foot:
        foot.decompose()
    title = _title(body)
    for element in body.select("script, style"):
        element.decompose()
    place = Place(file=file)
    if not dom.text_of(body) and not body.select("img, video, audio, iframe") and not title:
        return LeftOut(what="billet vide", why="il n'y a ni mot ni image", place=place)
    return FormerText(
        identifier=f"tumblr:{number}",
        place=place,
        title=title,
        body=dom.inner(body),
        published=published,
        held_back=_why_held_back(body, published),
        tags=tags,
        addresses=(f"/post/{number}",),
    )


def _title(body: Tag) -> str:
    """The heading that begins the page; it stands once."""
    heading = dom.first(body, "h1")
    if heading is None or "".join(str(words) for words in heading.find_all_previous(string=True) if body in words.parents).strip():
        return ""
    title = plain(dom.text_of(heading))
    heading.decompose()
    return title


def _why_held_back(body: Tag, published: dt.datetime | None) -> str:
    """Whose words these are cannot always be told."""
    if dom.first(body, "a.tumblr_blog"):
        return "il rediffuse le texte de quelqu'un d'autre"
    return "" if published else "sans date de publication : peut-être un brouillon"


def _date(words: str) -> dt.datetime | None:
    """« October 1st, 2008 2:30pm »; without zone, since Tumblr tells none."""
    match = _DATE.search(words)
    if match is None or match[1][:3].lower() not in _MONTHS:
        return None
    hour = int(match[4] or 0)
    if match[6]:
        hour = hour % _NOON + (_NOON if match[6].lower() == "pm" else 0)
    try:
        return dt.datetime(int(match[3]), _MONTHS.index(match[1][:3].lower()) + 1, int(match[2]), hour, int(match[5] or 0))  # noqa: DTZ001 - none is told
    except ValueError:
        return None
