"""A talk on the page: facts in words, real links, and nothing asked of third parties.

A film kept on the site plays here; any other is a poster, drawn by the style
sheet around its words when it has no picture, and a link to the page of its
platform. Where scripts run, a button shows the film in the place of the
poster, and only then is the platform asked.
"""

from __future__ import annotations

import dataclasses

from plancher.base import addresses, dates
from plancher.base.french import NBSP, language_name
from plancher.components.talks import files, transcript
from plancher.components.talks.model import Talk
from plancher.components.talks.platforms import Video, closed_platform, name_of, recognise
from plancher.text import plain
from plancher.text.grammar import Markdown
from plancher.text.html import DECORATIVE, SELF_LINK, Element, add, add_plain, el, say


def render_talk(talk: Talk, markdown: Markdown) -> Element:
    """Title, player or links, facts, then the author's words; what a drawn poster says is not said again."""
    box = el("div", class_="talk", id=talk.anchor or None)
    video = None if talk.is_lost or _own(talk) else next((video for url in talk.urls if (video := recognise(url))), None)
    is_drawn = video is not None and not talk.poster
    if not is_drawn:
        _title(box, talk, markdown)
    if talk.is_lost:
        _lost(box, talk)
    elif video is not None:
        _elsewhere(box, talk, video, markdown)
    elif _own(talk):
        _player(box, talk, markdown)
    if talk.anchor:
        box.set(SELF_LINK, f"{talk.anchor} Adresse de cette vidéo{NBSP}: {_words(talk, markdown)}")
    _add_facts(box, talk if not is_drawn else dataclasses.replace(talk, speakers=()), markdown)
    chapters, words = transcript.chapters(talk, markdown), transcript.render(talk, markdown)
    links = [] if talk.is_lost else _links(talk)
    links += [("Lire la transcription", f"#{transcript.anchor(talk)}")] if words is not None else []
    if links:
        items = add(box, "ul", class_="talk-links")
        for text, address in links:
            add(add(items, "li"), "a", text, href=address)
    markdown.blocks(box, talk.body)
    box.extend([part for part in (chapters, words) if part is not None])
    return box


def _title(box: Element, talk: Talk, markdown: Markdown) -> None:
    title, foreign = add(add(box, "p", class_="talk-title"), "strong", f"Vidéo{NBSP}: "), talk.foreign_lang(markdown.lang)
    if foreign:
        add(title, "span", talk.title, lang=foreign)
    else:
        title.text = f"Vidéo{NBSP}: {talk.title}"


def _own(talk: Talk) -> list[str]:
    """The addresses of its films on the site."""
    return [url for url in talk.urls if addresses.is_internal(url)]


def _player(box: Element, talk: Talk, markdown: Markdown) -> None:
    poster = {"poster": talk.poster} if talk.poster else {}
    video = add(box, "video", controls="controls", preload="none", width="854", height="480", aria_label=_name(talk, markdown), **poster)
    for address in _own(talk):
        add(video, "source", src=address, type=files.film(address))
    shown = [track for track in talk.tracks if files.captions(track.address) == files.SHOWN]
    for index, track in enumerate(shown):
        lang = track.lang or markdown.lang
        default = {} if index else {"default": "default"}
        add(video, "track", kind="captions", src=track.address, srclang=lang, label=language_name(lang).capitalize(), **default)
    if talk.chapters_file:
        add(video, "track", kind="chapters", src=talk.chapters_file, srclang=talk.lang or markdown.lang, label="Chapitres")


def _elsewhere(box: Element, talk: Talk, video: Video, markdown: Markdown) -> None:
    """A poster, the way to the platform, and what reading there lets it know."""
    player = add(box, "talk-player", data_frame=video.embed, data_platform=video.platform, data_name=_name(talk, markdown))
    screen = add(player, "div", class_="talk-screen")
    if talk.poster:
        add(screen, "img", src=talk.poster, alt="", **{DECORATIVE: "yes"})  # the title says it
    else:
        _title(screen, talk, markdown)
        if talk.speakers:
            add(screen, "p", f"Avec {', '.join(talk.speakers)}", class_="talk-speaker")
    add_plain(add(player, "p", class_="talk-actions"), "a", f"Voir la vidéo sur {video.platform}", href=video.page)
    notice = add(player, "details", class_="talk-notice")
    add_plain(notice, "summary", f"Ce que {video.platform} saura de vous")
    explanation = add(notice, "p")
    say(explanation, f"La lire contacte {video.origin.partition('//')[2]}, qui reçoit votre adresse IP et peut vous suivre (")
    add_plain(explanation, "a", f"la politique de {video.platform}", href=video.policy, rel="privacy-policy")
    say(explanation, "). Choisir de toujours la lire ici est retenu six mois sur cet appareil, et nulle part ailleurs.")


def _words(talk: Talk, markdown: Markdown) -> str:
    """Its title where no mark can stand; words of another language keep their own quotes and spaces."""
    return plain.words(talk.title) if talk.foreign_lang(markdown.lang) else markdown.text(talk.title)


def _name(talk: Talk, markdown: Markdown) -> str:
    """What its player is called by those who read pages aloud."""
    return f"Vidéo{NBSP}: {_words(talk, markdown)}"


def _lost(box: Element, talk: Talk) -> None:
    platform = next((platform for url in talk.urls if (platform := closed_platform(url))), None)
    when = f", fermé {dates.since(platform.since)}" if platform and platform.since else ", fermé depuis" if platform else ""
    sentence = f"Cette vidéo a disparu avec {platform.name}{when}." if platform else "Cette vidéo a disparu."
    notice = add(box, "p", class_="talk-lost")
    add(notice, "strong", sentence)
    if talk.archive:
        notice[-1].tail = " "
        add(notice, "a", "Voir ce qu’en gardent les archives", href=talk.archive)


def _add_facts(box: Element, talk: Talk, markdown: Markdown) -> None:
    facts = [(term, value) for term, value in _facts(talk, markdown) if value]
    if facts:
        shown = add(box, "dl", class_="talk-facts")
        for term, value in facts:
            group = add(shown, "div")
            add(group, "dt", term)
            add(group, "dd", value)


def _facts(talk: Talk, markdown: Markdown) -> tuple[tuple[str, str], ...]:
    return (
        ("Avec", ", ".join(talk.speakers)),
        ("Événement", ", ".join(part for part in (talk.event, talk.place) if part)),
        ("Date", dates.day(talk.date) if talk.date else ""),
        ("Durée", duration(talk.duration) if talk.duration else ""),
        ("Langue", language_name(talk.lang) if talk.foreign_lang(markdown.lang) else ""),
        ("Licence", talk.licence),
    )


def _links(talk: Talk) -> list[tuple[str, str]]:
    links = []
    shown = next((url for url in talk.urls if recognise(url)), "") if not _own(talk) else ""
    for url in talk.urls:
        if addresses.is_internal(url):
            links.append(("Télécharger la vidéo", url))
        elif url != shown:  # the poster leads there
            links.append((f"Voir la vidéo sur {name_of(url)}", url))
    if talk.transcript:
        links.append(("Lire la transcription", talk.transcript))
    if talk.archive:
        links.append(("Voir la copie archivée", talk.archive))
    return links


def duration(seconds: int) -> str:
    """« 1 h 05 min », « 45 min », « 50 s »."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours}{NBSP}h{NBSP}{minutes:02d}{NBSP}min" if minutes else f"{hours}{NBSP}h"
    if minutes:
        return f"{minutes}{NBSP}min{NBSP}{left:02d}" if left else f"{minutes}{NBSP}min"
    return f"{left}{NBSP}s"
