"""The words of a talk in its page: chapters, then paragraphs, each with a link to its moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from plancher.base import addresses, dates
from plancher.base.french import NBSP
from plancher.base.problems import Problem
from plancher.components.talks import captions, files, platforms, voices, words
from plancher.components.talks.model import Chapter, Talk, Track, differs
from plancher.components.talks.webvtt import Cue
from plancher.components.talks.words import Paragraph
from plancher.text.grammar import Around, Markdown
from plancher.text.html import NOT_COUNTED, PASSAGE, Element, add, add_plain, el, passage, say

Moment = Callable[[int], str]
"""From seconds to an address that leads there; empty when there is none."""


def moments(talk: Talk) -> Moment:
    """How to lead to a moment of a talk."""
    own = next((url for url in talk.urls if addresses.is_internal(url)), "")
    elsewhere = next((url for url in talk.urls if platforms.recognise(url)), "")
    if talk.is_lost or not (own or elsewhere):
        return lambda _: ""
    if own:
        return lambda seconds: f"{own}#t={seconds}"

    def there(seconds: int) -> str:
        video = platforms.at(elsewhere, seconds)
        return video.page if video else ""

    return there


def chapters(talk: Talk, markdown: Markdown) -> Element | None:
    """The parts of a talk, typed or in a file; None when there are none."""
    parts: Sequence[Chapter] = talk.chapters or words.chapters(_cues(talk.chapters_file, talk, markdown))
    if not parts:
        return None
    box = el("div", class_="talk-chapters")
    lang = talk.foreign_lang(markdown.lang)
    add(add(box, "p", class_="talk-label"), "strong", "Chapitres")
    items, moment = add(box, "ol", lang=lang or None), moments(talk)
    for chapter in parts:
        item = add(items, "li")
        _time(item, chapter.start, moment)
        say(item, f" {chapter.title}")
    return box


def render(talk: Talk, markdown: Markdown) -> Element | None:
    """Its words, each chapter at its moment; None without captions that can be read."""
    track = track_of(talk, markdown.lang)
    parts = sorted(talk.chapters or chapters_of(talk.chapters_file, markdown), key=lambda chapter: chapter.start)
    paragraphs = words.paragraphs(_cues(track.address, talk, markdown), [part.start for part in parts]) if track else ()
    if not track or not paragraphs:
        return None
    is_foreign = differs(track.lang, markdown.lang)
    box = el("talk-words", **{NOT_COUNTED: "yes"}, lang=track.lang if is_foreign else None)
    add_plain(box, "h2", "Transcription", id=anchor(talk), lang="fr" if is_foreign else None)
    moment = moments(talk)
    lang = talk.lang if differs(talk.lang, track.lang or markdown.lang) else ""
    for number in range(len(parts) + 1):
        if number:
            _chapter(box, parts[number - 1], lang, moment)
        told = parts[number - 1].start if number else None
        for paragraph in paragraphs:
            if paragraph.chapter == number:
                _paragraph(box, paragraph, moment, is_told=paragraph.start == told)
                box[-1].set(PASSAGE, passage("moment", f"?t={paragraph.start}#{talk.anchor}", f"À {dates.clock(paragraph.start)}"))
    return box


def _chapter(box: Element, chapter: Chapter, lang: str, moment: Moment) -> None:
    """Where a chapter begins: no heading, which would change the anchors of the author's."""
    line = add(box, "p", class_="talk-chapter")
    _time(line, chapter.start, moment)
    say(line, " ")
    add_plain(line, "strong", chapter.title, lang=lang or None)


def _paragraph(box: Element, paragraph: Paragraph, moment: Moment, *, is_told: bool) -> None:
    """What is said.

    :param is_told: whether its moment is that of the chapter above.
    """
    element = add(box, "p")
    if not is_told:
        _time(element, paragraph.start, moment)
        say(element, " ")
    if paragraph.voice:
        add_plain(element, "b", f"{paragraph.voice}{NBSP}:")
        say(element, " ")
    say(element, paragraph.text)


def track_of(talk: Talk, around: str) -> Track | None:
    """The captions in the language of the talk, else the first.

    :param around: the language of the text around.
    """
    spoken = talk.lang or around
    return next((track for track in talk.tracks if not differs(track.lang or around, spoken)), next(iter(talk.tracks), None))


def has_words(address: str, around: Around) -> bool:
    """Whether captions have any word."""
    raw = _raw(address, around)
    return bool(raw) and any(voices.voice_spans(cue) for cue in captions.read(raw or b"", address).cues)


def chapters_of(address: str, around: Around) -> Sequence[Chapter]:
    """The chapters of a file."""
    raw = _raw(address, around)
    return words.chapters(captions.read(raw, address).cues) if raw else ()


def _raw(address: str, around: Around) -> bytes | None:
    return around.file(address) if addresses.is_internal(address) and files.captions(address) else None


def anchor(talk: Talk) -> str:
    """The anchor of a transcript."""
    return f"transcription-{talk.anchor.rpartition('-')[2] or 1}"


def _time(parent: Element, seconds: int, moment: Moment) -> None:
    address = moment(seconds)
    if address:
        add_plain(parent, "a", dates.clock(seconds), class_="talk-time", href=address, data_at=str(seconds))
    else:
        add_plain(parent, "span", dates.clock(seconds), class_="talk-time", data_at=str(seconds))


def _cues(address: str, talk: Talk, markdown: Markdown) -> tuple[Cue, ...]:
    """The cues of a file of the site; its problems are reported."""
    raw = _raw(address, markdown)
    if raw is None:
        return ()
    file = captions.read(raw, address)
    name = address.rpartition("/")[2]
    for number, (line, message) in enumerate(file.problems[:_MOST]):
        code = "PDV044" if number or file.is_readable else "PDV030"
        markdown.say(Problem(talk.line, code, f"{name}, ligne {line} : {message}."))
    if len(file.problems) > _MOST:
        markdown.say(Problem(talk.line, "PDV044", f"{name} : et {len(file.problems) - _MOST} autres lignes du même genre."))
    return file.cues


_MOST = 5
"""Problems of one file that are reported one by one."""
