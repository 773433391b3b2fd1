"""Vimeo: films, those of channels, groups and showcases, and private ones with their hash; the player that is asked not to follow (``dnt=1``)."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_ID, _HASH = re.compile(r"[0-9]{1,12}"), re.compile(r"[0-9a-f]{6,20}")


def recognise(parts: Parts) -> Video | None:
    """``vimeo.com/123``, ``/123/hash``, ``/channels/nom/123``, ``player.vimeo.com/video/123?h=hash``."""
    if parts.host not in {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}:
        return None
    found, key = _id(parts)
    if not _ID.fullmatch(found) or (key and not _HASH.fullmatch(key)):
        return None
    start = parts.start
    return Video(
        platform="Vimeo",
        id=found,
        page=f"https://vimeo.com/{found}" + (f"/{key}" if key else "") + (f"#t={start}s" if start else ""),
        frame=f"https://player.vimeo.com/video/{found}?autoplay=1&dnt=1" + (f"&h={key}" if key else "") + (f"#t={start}s" if start else ""),
        policy="https://vimeo.com/privacy",
        told=f"https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F{found}" + (f"%2F{key}" if key else ""),
        start=start,
    )


def _id(parts: Parts) -> tuple[str, str]:
    """The number, and the hash of a private film."""
    match parts.path:
        case ("moogaloop.swf",):
            return parts.query.get("clip_id", ""), ""
        case (found,) | ("video", found) | ("channels" | "ondemand", _, found) | ("groups", _, "videos", found) | ("showcase" | "album", _, "video", found):
            return found, parts.query.get("h", "")
        case (found, key) if parts.host != "player.vimeo.com":
            return found, key
        case ("video", found, key) | (_, "review", found, key):
            return found, key
        case _:
            return "", ""
