"""PeerTube, on any instance: what tells it is the shape of its addresses."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_SHORT = re.compile(r"[1-9A-HJ-NP-Za-km-z]{22}")


def recognise(parts: Parts) -> Video | None:
    """``/w/…``, ``/videos/watch/…`` and ``/videos/embed/…``; a playlist is no film."""
    match parts.path:
        case ("w", typed) | ("videos", "watch" | "embed", typed):
            name = typed.partition(";")[0]  # a thread of comments may follow
            video_id = name.lower() if _UUID.fullmatch(name) else name
            if not (_UUID.fullmatch(video_id) or _SHORT.fullmatch(video_id)):
                return None
            start = parts.start
            return Video(
                platform=f"PeerTube ({parts.host})",
                id=video_id,
                page=f"https://{parts.host}/w/{video_id}" + (f"?start={start}s" if start else ""),
                embed=f"https://{parts.host}/videos/embed/{video_id}?autoplay=1&p2p=0&warningTitle=0" + (f"&start={start}s" if start else ""),
                policy=f"https://{parts.host}/about/instance",
                metadata_url=f"https://{parts.host}/services/oembed?format=json&url=https%3A%2F%2F{parts.host}%2Fw%2F{video_id}",
                start=start,
            )
        case _:
            return None
