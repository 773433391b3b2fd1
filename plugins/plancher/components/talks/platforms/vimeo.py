"""Vimeo: films, those of channels, groups and showcases, and private ones with their hash; the player that is asked not to follow (``dnt=1``)."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_ID, _HASH = re.compile(r"[0-9]{1,12}"), re.compile(r"[0-9a-f]{6,20}")


def recognise(parts: Parts) -> Video | None:
    """``vimeo.com/123``, ``/123/hash``, ``/channels/nom/123``, ``player.vimeo.com/video/123?h=hash``."""
    if parts.host not in {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}:
        return None
    video_id, key = _id(parts)
    if not _ID.fullmatch(video_id) or (key and not _HASH.fullmatch(key)):
        return None
    start = parts.start
    return Video(
        platform="Vimeo",
        id=video_id,
        page=f"https://vimeo.com/{video_id}" + (f"/{key}" if key else "") + (f"#t={start}s" if start else ""),
        embed=f"https://player.vimeo.com/video/{video_id}?autoplay=1&dnt=1" + (f"&h={key}" if key else "") + (f"#t={start}s" if start else ""),
        policy="https://vimeo.com/privacy",
        metadata_url=f"https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F{video_id}" + (f"%2F{key}" if key else ""),
        start=start,
    )


def _id(parts: Parts) -> tuple[str, str]:
    """The number, and the hash of a private film."""
    match parts.path:
        case ("moogaloop.swf",):
            return parts.query.get("clip_id", ""), ""
        case (
            (video_id,)
            | ("video", video_id)
            | ("channels" | "ondemand", _, video_id)
            | ("groups", _, "videos", video_id)
            | ("showcase" | "album", _, "video", video_id)
        ):
            return video_id, parts.query.get("h", "")
        case (video_id, key) if parts.host != "player.vimeo.com":
            return video_id, key
        case ("video", video_id, key) | (_, "review", video_id, key):
            return video_id, key
        case _:
            return "", ""
