"""Dailymotion: films by their page, their short address or their player."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_HOSTS = frozenset({"dailymotion.com", "www.dailymotion.com", "touch.dailymotion.com", "m.dailymotion.com", "geo.dailymotion.com"})
_ID = re.compile(r"[A-Za-z0-9]{5,24}")


def recognise(parts: Parts) -> Video | None:
    """``dailymotion.com/video/x1abc_titre``, ``dai.ly/x1abc``, ``geo.dailymotion.com/player.html?video=x1abc``."""
    video_id = _id(parts)
    if not _ID.fullmatch(video_id):
        return None
    start = parts.start
    return Video(
        platform="Dailymotion",
        id=video_id,
        page=f"https://www.dailymotion.com/video/{video_id}" + (f"?start={start}" if start else ""),
        embed=f"https://geo.dailymotion.com/player.html?video={video_id}" + (f"&startTime={start}" if start else ""),
        policy="https://legal.dailymotion.com/fr/politique-de-confidentialite/",
        metadata_url=f"https://www.dailymotion.com/services/oembed?format=json&url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2F{video_id}",
        start=start,
    )


def _id(parts: Parts) -> str:
    match parts.path:
        case (video_id,) if parts.host == "dai.ly":
            return video_id
        case ("player.html",) | ("player", _) if parts.host == "geo.dailymotion.com":
            return parts.query.get("video", "")
        case ("video", video_id) | ("embed" | "swf", "video", video_id) | ("swf", video_id) if parts.host in _HOSTS:
            return re.split(r"[_&]", video_id, maxsplit=1)[0]
        case (language, "video", video_id) if parts.host in _HOSTS and re.fullmatch(r"[a-z]{2}", language):
            return video_id.partition("_")[0]
        case _:
            return ""
