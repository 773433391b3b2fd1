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
            found = name.lower() if _UUID.fullmatch(name) else name
            if not (_UUID.fullmatch(found) or _SHORT.fullmatch(found)):
                return None
            start = parts.start
            return Video(
                platform=f"PeerTube ({parts.host})",
                id=found,
                page=f"https://{parts.host}/w/{found}" + (f"?start={start}s" if start else ""),
                frame=f"https://{parts.host}/videos/embed/{found}?autoplay=1&p2p=0&warningTitle=0" + (f"&start={start}s" if start else ""),
                policy=f"https://{parts.host}/about/instance",
                told=f"https://{parts.host}/services/oembed?format=json&url=https%3A%2F%2F{parts.host}%2Fw%2F{found}",
                start=start,
            )
        case _:
            return None
