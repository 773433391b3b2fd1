"""What pages about something else show of a talk: its title and who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.core import addresses
from plancher.core.registry import Inline, Mention
from plancher.talks import transcript
from plancher.talks.model import Talk
from plancher.talks.platforms import recognise

SHELF = "vidéos"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """The talk, as JSON has it."""
    if not isinstance(model, Talk):
        return []
    words, video = inline.text, next((found for url in model.urls if (found := recognise(url))), None)
    track = transcript.track_of(model)
    own = any(map(addresses.is_internal, model.urls))
    return [
        {
            "anchor": model.anchor,
            "line": model.line,
            "title": words(model.title),
            "urls": list(model.urls),
            "speaker": words(model.speaker),
            "event": words(model.event),
            "place": words(model.place),
            "date": model.date.date().isoformat() if model.date else "",
            "duration": model.duration,
            "foreign": model.foreign,
            "lost": model.lost,
            "archive": model.archive,
            "transcript": model.transcript,
            "captions": track.address if track else "",
            "captions_lang": track.lang if track else "",
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
    words = ", ".join(part for part in (kept["title"], kept["speaker"]) if part)
    return Mention(kind="vidéos", text=f"{words} (disparue)" if kept["lost"] else words, anchor=kept["anchor"], lang="" if kept["lost"] else kept["foreign"])
