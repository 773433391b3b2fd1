"""A card drawn for a talk that has no poster: its title and who speaks, above the floor line."""

from __future__ import annotations

import textwrap

from plancher.core.html import Element, add_plain, el

WIDTH, HEIGHT = 640, 360
_MOST_OF_SPEAKERS = 44
_LINE, _LETTERS, _LINES = 52, 22, 4
"""Between two lines, letters of a line, lines of a title."""


def words(title: str, speakers: str) -> str:
    """What a card shows, and what is said of a poster to those who do not see it: « The next web, Tim Berners-Lee »."""
    return ", ".join(filter(None, (title, speakers)))


def draw(title: str, speakers: str, *, lang: str = "", is_told: bool = True) -> Element:
    """The card.

    :param lang: of the title; empty for French.
    :param is_told: whether those who do not see it are told what it shows.
    """
    told = {"role": "img", "aria_label": words(title, speakers)} if is_told else {"aria_hidden": "true"}
    told |= {"lang": lang} if lang else {}
    card = el("svg", class_="talk-card", viewBox=f"0 0 {WIDTH} {HEIGHT}", **told)
    lines = textwrap.wrap(title, _LETTERS) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    top = (HEIGHT - 70 - len(lines) * _LINE) // 2 + _LINE
    add_plain(card, "rect", "", class_="talk-card-paper", x="0", y="0", width=str(WIDTH), height=str(HEIGHT))
    for number, line in enumerate(lines):
        add_plain(card, "text", line, class_="talk-card-title", x="40", y=str(top + number * _LINE))
    add_plain(card, "rect", "", class_="talk-card-floor", x="0", y=str(HEIGHT - 74), width=str(WIDTH), height="6")
    if speakers:
        add_plain(card, "text", textwrap.shorten(speakers, _MOST_OF_SPEAKERS, placeholder="…"), class_="talk-card-speaker", x="40", y=str(HEIGHT - 26))
    return card
