"""Vimeo: films, those of channels, groups and showcases, and private ones with their hash; the player that is asked not to follow (``dnt=1``)."""

from __future__ import annotations

import re

from plancher.talks.platforms.video import Parts, Video

_ID, _HASH = re.compile(r"\d{1,12}"), re.compile(r"[0-9a-f]{6,20}")
_BEFORE = frozenset({("channels",), ("groups", "videos"), ("showcase", "video"), ("album", "video"), ("ondemand",), ("video",)})
"""What may stand before the number, names of channels and the like aside."""


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
    path, key = parts.path, parts.query.get("h", "")
    if not path:
        return "", ""
    if len(path) == 2 and _ID.fullmatch(path[0]) and parts.host != "player.vimeo.com":  # noqa: PLR2004 - number and hash
        return path[0], path[1]
    names = tuple(path[:-1:2])
    return (path[-1], key) if len(path) == 1 or names in _BEFORE else ("", "")
