"""YouTube: films, live ones, short ones, those of a list; the player of youtube-nocookie.com, which sets no cookie before it plays."""

from __future__ import annotations

import re
import urllib.parse

from plancher.components.talks.platforms.video import Parts, Video

_HOSTS = re.compile(r"(?:(?:www|m|music|gaming|[a-z]{2})\.)?youtube\.(?:com|co\.uk|[a-z]{2})|(?:www\.)?youtube-nocookie\.com|youtube\.googleapis\.com")
"""« fr.youtube.com » and « youtube.fr » are those of 2008."""
_SHORT = frozenset({"youtu.be", "www.youtu.be"})
_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_NOT_FILMS = frozenset({"videoseries", "live_stream"})
"""What stands in the place of a film in the player of a list or of a channel: eleven letters, like any film's."""
_FOLDERS = frozenset({"embed", "live", "shorts", "v", "e", "watch"})


def recognise(parts: Parts) -> Video | None:
    """``watch?v=``, ``youtu.be/``, ``live/``, ``shorts/``, ``embed/``; a list or a channel is no film."""
    video_id = _id(parts)
    if not _ID.fullmatch(video_id) or video_id in _NOT_FILMS or not (_HOSTS.fullmatch(parts.host) or parts.host in _SHORT):
        return None
    start = parts.start
    return Video(
        platform="YouTube",
        id=video_id,
        page=f"https://www.youtube.com/watch?v={video_id}" + (f"&t={start}s" if start else ""),
        embed=f"https://www.youtube-nocookie.com/embed/{video_id}?autoplay=1&hl=fr" + (f"&start={start}" if start else ""),
        policy="https://policies.google.com/privacy?hl=fr",
        metadata_url=f"https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{video_id}",
        start=start,
    )


def _id(parts: Parts) -> str:
    """The film; what old players and careless tools wrote behind it (« /v/…&hl=fr », « ?v=…?t=30 ») is cut off."""
    match parts.path:
        case ("watch" | "watch_popup",) | ():
            typed = parts.query.get("v") or dict(urllib.parse.parse_qsl(parts.fragment.removeprefix("!"))).get("v", "")
        case (folder, name) if folder in _FOLDERS:
            typed = name
        case (name,) if parts.host in _SHORT:
            typed = name
        case ("attribution_link",):
            target = urllib.parse.urlsplit(parts.query.get("u", ""))
            typed = dict(urllib.parse.parse_qsl(target.query)).get("v", "") if target.path == "/watch" and not target.netloc else ""
        case _:
            typed = ""
    return re.split(r"[&?]", typed, maxsplit=1)[0]
