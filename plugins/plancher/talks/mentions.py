"""What pages about something else show of a talk: its title and who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.core.registry import Inline, Mention
from plancher.talks.model import Talk

SHELF = "vidéos"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """The talk, as JSON has it."""
    if not isinstance(model, Talk):
        return []
    return [{"title": inline.text(model.title), "speaker": inline.text(model.speaker), "lang": model.lang, "lost": model.lost}]


def mention(kept: Mapping[str, Any]) -> Mention:
    """« The next web, Tim Berners-Lee ».

    The language is that of the title, which the speaker's name shares.
    """
    words = ", ".join(part for part in (kept["title"], kept["speaker"]) if part)
    return Mention(kind="vidéos", text=f"{words} (disparue)" if kept["lost"] else words, lang="" if kept["lost"] else kept["lang"])
