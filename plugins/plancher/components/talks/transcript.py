"""The words of a talk in its page: chapters, then what is said, each with the moment, which leads there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from plancher.base import addresses, dates
from plancher.base.french import NBSP
from plancher.base.problems import Problem
from plancher.components.talks import captions, files, platforms, webvtt, words
from plancher.components.talks.model import Chapter, Talk, Track, differs
from plancher.components.talks.webvtt import Cue
from plancher.text.html import NOT_COUNTED, Element, add, add_plain, el, say
from plancher.text.registry import Markdown

Moment = Callable[[int], str]
"""From seconds to an address that leads there; empty when there is none."""


def moments(talk: Talk) -> Moment:
    """How to lead to a moment of a talk."""
    own = next((url for url in talk.urls if addresses.is_internal(url)), "")
    elsewhere = next((url for url in talk.urls if platforms.recognise(url)), "")
    if talk.lost or not (own or elsewhere):
        return lambda _: ""
    if own:
        return lambda seconds: f"{own}#t={seconds}"

    def there(seconds: int) -> str:
        video = platforms.at(elsewhere, seconds)
        return video.page if video else ""

    return there


def chapters(talk: Talk, markdown: Markdown) -> Element | None:
    """The parts of a talk, typed or in a file; none when nobody gave any."""
    found: Sequence[Chapter] = talk.parts or words.chapters(_cues(talk.chapters, talk, markdown))
    if not found:
        return None
    box = el("div", class_="talk-chapters")
    lang = talk.other_than(markdown.lang)
    add(add(box, "p", class_="talk-label"), "strong", "Chapitres")
    items, moment = add(box, "ol", **({"lang": lang} if lang else {})), moments(talk)
    for chapter in found:
        item = add(items, "li")
        _time(item, chapter.start, moment)
        say(item, f" {chapter.title}")
    return box


def render(talk: Talk, markdown: Markdown) -> Element | None:
    """What is said; none when there are no captions that can be read."""
    track = track_of(talk, markdown.lang)
    found = words.paragraphs(_cues(track.address, talk, markdown)) if track else ()
    if not track or not found:
        return None
    is_foreign = differs(track.lang, markdown.lang)
    box = el("talk-words", **{NOT_COUNTED: "yes"}, **({"lang": track.lang} if is_foreign else {}))
    add_plain(box, "h2", "Transcription", id=name(talk), **({"lang": "fr"} if is_foreign else {}))
    moment = moments(talk)
    for one in found:
        paragraph = add(box, "p")
        _time(paragraph, one.start, moment)
        say(paragraph, " ")
        if one.voice:
            add_plain(paragraph, "b", f"{one.voice}{NBSP}:")
            say(paragraph, " ")
        say(paragraph, one.text)
    return box


def track_of(talk: Talk, around: str) -> Track | None:
    """The captions in the language that is spoken, else the first.

    :param around: the language of the text around.
    """
    spoken = talk.lang or around
    return next((one for one in talk.captions if not differs(one.lang or around, spoken)), next(iter(talk.captions), None))


class Files(Protocol):
    """What gives the files of the site."""

    def file(self, address: str) -> bytes | None:
        """What it holds; None when there is none."""


def has_words(address: str, site: Files) -> bool:
    """Whether captions say anything."""
    raw = _raw(address, site)
    return bool(raw) and any(webvtt.said(cue) for cue in captions.read(raw or b"", address).cues)


def chapters_of(address: str, site: Files) -> Sequence[Chapter]:
    """The chapters of a file."""
    raw = _raw(address, site)
    return words.chapters(captions.read(raw, address).cues) if raw else ()


def _raw(address: str, site: Files) -> bytes | None:
    return site.file(address) if addresses.is_internal(address) and files.captions(address) else None


def name(talk: Talk) -> str:
    """The anchor of a transcript."""
    return f"transcription-{talk.anchor.rpartition('-')[2] or 1}"


def _time(parent: Element, seconds: int, moment: Moment) -> None:
    address = moment(seconds)
    if address:
        add_plain(parent, "a", dates.clock(seconds), class_="talk-time", href=address, data_at=str(seconds))
    else:
        add_plain(parent, "span", dates.clock(seconds), class_="talk-time", data_at=str(seconds))


def _cues(address: str, talk: Talk, markdown: Markdown) -> tuple[Cue, ...]:
    """The cues of a file of the site; what is wrong with it is said."""
    raw = _raw(address, markdown)
    if raw is None:
        return ()
    track = captions.read(raw, address)
    where = address.rpartition("/")[2]
    for number, (line, message) in enumerate(track.problems[:_MOST]):
        code = "PDV044" if number or track.is_readable else "PDV030"
        markdown.say(Problem(talk.line, code, f"{where}, ligne {line} : {message}."))
    if len(track.problems) > _MOST:
        markdown.say(Problem(talk.line, "PDV044", f"{where} : et {len(track.problems) - _MOST} autres lignes du même genre."))
    return track.cues


_MOST = 5
"""Problems of one file that are told one by one."""
