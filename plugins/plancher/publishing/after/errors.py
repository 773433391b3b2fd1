"""Why somebody could not be told, in French."""

from __future__ import annotations


class AnnouncingError(Exception):
    """Somebody was not told; the message is one French sentence. The site is online all the same."""
