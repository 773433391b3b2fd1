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
        case ("details" | "embed", item, *_) if _ID.fullmatch(item):
            start = parts.start
            return Video(
                platform="Internet Archive",
                id=item,
                page=f"https://archive.org/details/{item}" + (f"?start={start}" if start else ""),
                embed=f"https://archive.org/embed/{item}?autoplay=1" + (f"&start={start}" if start else ""),
                policy="https://archive.org/about/terms.php",
                metadata_url=f"https://archive.org/metadata/{item}",
                start=start,
            )
        case _:
            return None
