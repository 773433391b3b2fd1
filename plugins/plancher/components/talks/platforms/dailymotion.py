"""Dailymotion: films by their page, their short address or their player."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_HOSTS = frozenset({"dailymotion.com", "www.dailymotion.com", "touch.dailymotion.com", "m.dailymotion.com", "geo.dailymotion.com"})
_ID = re.compile(r"[A-Za-z0-9]{5,24}")


def recognise(parts: Parts) -> Video | None:
    """``dailymotion.com/video/x1abc_titre``, ``dai.ly/x1abc``, ``geo.dailymotion.com/player.html?video=x1abc``."""
    found = _id(parts)
    if not _ID.fullmatch(found):
        return None
    start = parts.start
    return Video(
        platform="Dailymotion",
        id=found,
        page=f"https://www.dailymotion.com/video/{found}" + (f"?start={start}" if start else ""),
        frame=f"https://geo.dailymotion.com/player.html?video={found}" + (f"&startTime={start}" if start else ""),
        policy="https://legal.dailymotion.com/fr/politique-de-confidentialite/",
        told=f"https://www.dailymotion.com/services/oembed?format=json&url=https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2F{found}",
        start=start,
    )


def _id(parts: Parts) -> str:
    match parts.path:
        case (found,) if parts.host == "dai.ly":
            return found
        case ("player.html",) | ("player", _) if parts.host == "geo.dailymotion.com":
            return parts.query.get("video", "")
        case ("video", found) | ("embed" | "swf", "video", found) | ("swf", found) if parts.host in _HOSTS:
            return re.split(r"[_&]", found, maxsplit=1)[0]
        case (language, "video", found) if parts.host in _HOSTS and re.fullmatch(r"[a-z]{2}", language):
            return found.partition("_")[0]
        case _:
            return ""
