"""A talk on the page: facts in words, real links, and nothing asked of third parties.

A film kept on the site plays here; any other is a poster that leads to the page
of its platform. Where scripts run, the poster becomes a button that shows the
film in its place, and only then is the platform asked.
"""

from __future__ import annotations

from plancher.core import addresses, dates
from plancher.core.french import NBSP, language_name
from plancher.core.html import Element, add, add_plain, el, say
from plancher.core.registry import Markdown
from plancher.talks import files, poster
from plancher.talks.model import Talk
from plancher.talks.platforms import Video, closed_platform, name_of, recognise
from plancher.talks.transcript import chapters, name
from plancher.talks.transcript import render as words_of


def render_talk(model: object, markdown: Markdown) -> Element:
    """Title, player or links, facts, then the author's words."""
    if not isinstance(model, Talk):
        raise TypeError(model)
    box = el("div", class_="talk", **({"id": model.anchor} if model.anchor else {}))
    title = add(add(box, "p", class_="talk-title"), "strong", f"Vidéo{NBSP}: ")
    if model.foreign:
        add(title, "span", model.title, lang=model.foreign)
    else:
        say(title, model.title)
    own = [url for url in model.urls if addresses.is_internal(url)]
    video = next((found for url in model.urls if (found := recognise(url))), None)
    if own and not model.lost:
        _player(box, model, own)
    elif video and not model.lost:
        _elsewhere(box, model, video)
    if model.lost:
        _lost(box, model)
    facts = add(box, "dl", class_="talk-facts")
    for term, value in _facts(model):
        if value:
            group = add(facts, "div")
            add(group, "dt", term)
            add(group, "dd", value)
    if not len(facts):
        box.remove(facts)
    parts, transcript = chapters(model, markdown), words_of(model, markdown)
    links = [] if model.lost else _links(model)
    links += [("Lire la transcription", f"#{name(model)}")] if transcript is not None else []
    if links:
        items = add(box, "ul", class_="talk-links")
        for text, address in links:
            add(add(items, "li"), "a", text, href=address)
    markdown.blocks(box, model.body)
    box.extend([one for one in (parts, transcript) if one is not None])
    return box


def _player(box: Element, talk: Talk, own: list[str]) -> None:
    poster = {"poster": talk.poster} if talk.poster else {}
    video = add(box, "video", controls="controls", preload="none", width="854", height="480", aria_label=f"Vidéo{NBSP}: {talk.title}", **poster)
    for address in own:
        add(video, "source", src=address, type=files.film(address))
    for index, track in enumerate(talk.captions):
        default = {} if index else {"default": "default"}
        add(video, "track", kind="captions", src=track.address, srclang=track.lang, label=language_name(track.lang).capitalize(), **default)
    if talk.chapters:
        add(video, "track", kind="chapters", src=talk.chapters, srclang=talk.lang or "fr", label="Chapitres")


def _elsewhere(box: Element, talk: Talk, video: Video) -> None:
    """A poster that leads to the platform, and what doing so lets it know."""
    player = add(box, "talk-player", data_frame=video.frame, data_platform=video.platform, data_name=f"Vidéo{NBSP}: {talk.title}")
    link = add(player, "a", class_="talk-poster", href=video.page)
    if talk.poster:
        add(link, "img", src=talk.poster, alt=poster.words(talk.title, talk.speaker), **_in(talk.foreign))
    else:
        link.append(poster.draw(talk.title, talk.speaker, lang=talk.foreign))
    say(link, " ")
    add_plain(link, "span", f"Voir la vidéo sur {video.platform}")
    notice = add(box, "p", class_="talk-notice")
    say(notice, f"Cette vidéo est chez un tiers. La lire contacte {video.origin.partition('//')[2]}, qui reçoit votre adresse IP et peut vous suivre (")
    add_plain(notice, "a", f"sa politique, chez {video.platform}", href=video.policy)
    say(notice, "). Choisir de toujours la lire ici est retenu six mois sur cet appareil, et nulle part ailleurs.")


def _lost(box: Element, talk: Talk) -> None:
    gone = next((found for url in talk.urls if (found := closed_platform(url))), None)
    when = f", fermé {dates.since(gone.since)}" if gone and gone.since else ", fermé depuis" if gone else ""
    sentence = f"Cette vidéo a disparu avec {gone.name}{when}." if gone else "Cette vidéo a disparu."
    notice = add(box, "p", class_="talk-lost")
    add(notice, "strong", sentence)
    if talk.archive:
        notice[-1].tail = " "
        add(notice, "a", "Voir ce qu’en gardent les archives", href=talk.archive)


def _facts(talk: Talk) -> tuple[tuple[str, str], ...]:
    return (
        ("Avec", talk.speaker),
        ("Événement", ", ".join(part for part in (talk.event, talk.place) if part)),
        ("Date", dates.day(talk.date) if talk.date else ""),
        ("Durée", duration(talk.duration) if talk.duration else ""),
        ("Langue", language_name(talk.foreign) if talk.foreign else ""),
        ("Licence", talk.licence),
    )


def _links(talk: Talk) -> list[tuple[str, str]]:
    found = []
    shown = next((url for url in talk.urls if recognise(url)), "") if not any(map(addresses.is_internal, talk.urls)) else ""
    for url in talk.urls:
        if addresses.is_internal(url):
            found.append(("Télécharger la vidéo", url))
        elif url != shown:  # the poster leads there
            found.append((f"Voir la vidéo sur {name_of(url)}", url))
    if talk.transcript:
        found.append(("Lire la transcription", talk.transcript))
    if talk.archive:
        found.append(("Voir la copie archivée", talk.archive))
    return found


def _in(lang: str) -> dict[str, str]:
    return {"lang": lang} if lang else {}


def duration(seconds: int) -> str:
    """« 1 h 05 min », « 45 min », « 50 s »."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours}{NBSP}h{NBSP}{minutes:02d}{NBSP}min" if minutes else f"{hours}{NBSP}h"
    if minutes:
        return f"{minutes}{NBSP}min{NBSP}{left:02d}" if left else f"{minutes}{NBSP}min"
    return f"{left}{NBSP}s"
