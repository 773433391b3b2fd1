"""YouTube: films, live ones, short ones, those of a list; the player of youtube-nocookie.com, which sets no cookie before it plays."""

from __future__ import annotations

import re

from plancher.talks.platforms.video import Parts, Video

_HOSTS = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"})
_SHORT = frozenset({"youtu.be", "www.youtu.be"})
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NOT_FILMS = frozenset({"videoseries", "live_stream"})
"""What stands in the place of a film in the player of a list or of a channel: eleven letters, like any film's."""
_FOLDERS = frozenset({"embed", "live", "shorts", "v", "e", "watch"})


def recognise(parts: Parts) -> Video | None:
    """``watch?v=``, ``youtu.be/``, ``live/``, ``shorts/``, ``embed/``; a list or a channel is no film."""
    found = _id(parts)
    if not _ID.fullmatch(found) or found in _NOT_FILMS or (parts.host not in _HOSTS and parts.host not in _SHORT):
        return None
    start = parts.start
    return Video(
        platform="YouTube",
        id=found,
        page=f"https://www.youtube.com/watch?v={found}" + (f"&t={start}s" if start else ""),
        frame=f"https://www.youtube-nocookie.com/embed/{found}?autoplay=1&hl=fr" + (f"&start={start}" if start else ""),
        policy="https://policies.google.com/privacy?hl=fr",
        told=f"https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{found}",
        start=start,
    )


def _id(parts: Parts) -> str:
    match parts.path:
        case ("watch",):
            return parts.query.get("v", "")
        case (folder, found) if folder in _FOLDERS:
            return found
        case (found,) if parts.host in _SHORT:
            return found
        case _:
            return ""
