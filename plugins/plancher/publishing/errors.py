"""Why a publication stops, in French."""

from __future__ import annotations


class PublishingError(Exception):
    """A publication cannot go on; the message is one French sentence with its remedy."""
