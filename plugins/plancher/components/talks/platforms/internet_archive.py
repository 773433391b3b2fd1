"""The Internet Archive: films among its items."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,99}")


def recognise(parts: Parts) -> Video | None:
    """``archive.org/details/…`` and ``archive.org/embed/…``, a file of the item or not."""
    if parts.host not in {"archive.org", "www.archive.org"}:
        return None
    match parts.path:
        case ("details" | "embed", found, *_) if _ID.fullmatch(found):
            start = parts.start
            return Video(
                platform="Internet Archive",
                id=found,
                page=f"https://archive.org/details/{found}" + (f"?start={start}" if start else ""),
                frame=f"https://archive.org/embed/{found}?autoplay=1" + (f"&start={start}" if start else ""),
                policy="https://archive.org/about/terms.php",
                told=f"https://archive.org/metadata/{found}",
                start=start,
            )
        case _:
            return None
