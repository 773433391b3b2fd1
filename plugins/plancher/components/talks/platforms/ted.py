"""TED: talks by their name, in any language of the page."""

from __future__ import annotations

import re

from plancher.components.talks.platforms.video import Parts, Video

_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def recognise(parts: Parts) -> Video | None:
    """``ted.com/talks/nom``, ``/talks/lang/fr/nom``, ``embed.ted.com/talks/nom``."""
    if parts.host not in {"ted.com", "www.ted.com", "embed.ted.com"}:
        return None
    match parts.path:
        case ("talks", name) | ("talks", name, "transcript") | ("talks", "lang", _, name) if _NAME.fullmatch(name):
            return Video(
                platform="TED",
                id=name,
                page=f"https://www.ted.com/talks/{name}",
                embed=f"https://embed.ted.com/talks/{name}",
                policy="https://www.ted.com/about/our-organization/our-policies-terms/privacy-policy",
                metadata_url=f"https://www.ted.com/services/v1/oembed.json?url=https%3A%2F%2Fwww.ted.com%2Ftalks%2F{name}",
            )
        case _:
            return None
