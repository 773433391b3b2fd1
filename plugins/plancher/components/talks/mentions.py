"""What pages about something else show of a talk: its title and who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.base import addresses
from plancher.components.talks import transcript
from plancher.components.talks.model import Talk, differs
from plancher.components.talks.platforms import recognise
from plancher.text import plain
from plancher.text.grammar import Inline, Mention

SHELF = "vidéos"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """The talk, as JSON has it."""
    if not isinstance(model, Talk):
        return []
    words, video = inline.text, next((found for url in model.urls if (found := recognise(url))), None)
    track = transcript.track_of(model, inline.lang)
    own = any(map(addresses.is_internal, model.urls))
    lang = model.lang or inline.lang
    return [
        {
            "anchor": model.anchor,
            "line": model.line,
            # Words of another language keep their own quotes and spaces.
            "title": plain.words(model.title) if model.other_than(inline.lang) else words(model.title),
            "urls": list(model.urls),
            "speakers": list(map(words, model.speakers)),
            "event": words(model.event),
            "place": words(model.place),
            "date": model.date.date().isoformat() if model.date else "",
            "duration": model.duration,
            "spoken": lang,
            "foreign": lang if differs(lang, "fr") else "",
            "lost": model.lost,
            "archive": model.archive,
            "transcript": model.transcript,
            "captions": track.address if track else "",
            "captions_lang": (track.lang or inline.lang) if track else "",
            "words": f"#{transcript.name(model)}" if track and transcript.has_words(track.address, inline) else "",
            "parts": [[chapter.start, chapter.title] for chapter in model.parts or transcript.chapters_of(model.chapters, inline)],
            "poster": model.poster,
            "origin": video.origin if video and not own and not model.lost else "",
        }
    ]


def mention(kept: Mapping[str, Any]) -> Mention:
    """« The next web, Tim Berners-Lee ».

    The language is that of the title, which the speaker's name shares.
    """
    words = ", ".join(part for part in (kept["title"], *kept["speakers"]) if part)
    return Mention(kind="vidéos", text=f"{words} (disparue)" if kept["lost"] else words, anchor=kept["anchor"], lang="" if kept["lost"] else kept["foreign"])
