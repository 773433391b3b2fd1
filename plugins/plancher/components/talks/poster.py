"""A card drawn for a talk that has no poster: its title and who speaks, above the floor line.

``theme/templates/components/talk_card.html`` draws it in lists.
"""

from __future__ import annotations

import dataclasses
import textwrap

from plancher.text.html import Element, add_plain, el

WIDTH, HEIGHT = 640, 360
_MOST_OF_SPEAKERS = 44
_LINE, _LETTERS, _LINES = 52, 22, 4
"""Between two lines, letters of a line, lines of a title."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TitleCard:
    """Where the words of a card stand."""

    lines: tuple[tuple[str, int], ...]
    """Of the title, each with its distance from the upper edge."""
    speakers: str


def title_card(title: str, speakers: str) -> TitleCard:
    """The title on as many lines as it needs and has room for."""
    lines = textwrap.wrap(title, _LETTERS) or [""]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    top = (HEIGHT - 70 - len(lines) * _LINE) // 2 + _LINE
    placed = tuple((line, top + number * _LINE) for number, line in enumerate(lines))
    return TitleCard(lines=placed, speakers=textwrap.shorten(speakers, _MOST_OF_SPEAKERS, placeholder="…"))


def words(title: str, speakers: str) -> str:
    """A card or a poster in words, for those who do not see it: « The next web, Tim Berners-Lee »."""
    return ", ".join(filter(None, (title, speakers)))


def draw(title: str, speakers: str, *, lang: str = "") -> Element:
    """The card.

    :param lang: of the title; empty when it is that of the text around.
    """
    placed, foreign = title_card(title, speakers), {"lang": lang} if lang else {}
    drawing = el("svg", class_="talk-card", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=words(title, speakers), **foreign)
    add_plain(drawing, "rect", "", class_="talk-card-paper", x="0", y="0", width=str(WIDTH), height=str(HEIGHT))
    for line, y in placed.lines:
        add_plain(drawing, "text", line, class_="talk-card-title", x="40", y=str(y))
    add_plain(drawing, "rect", "", class_="talk-card-floor", x="0", y=str(HEIGHT - 74), width=str(WIDTH), height="6")
    if placed.speakers:
        add_plain(drawing, "text", placed.speakers, class_="talk-card-speaker", x="40", y=str(HEIGHT - 26))
    return drawing
