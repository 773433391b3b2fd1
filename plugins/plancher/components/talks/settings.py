"""What a site decides about its talks: ``PLANCHER_TALKS``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, one_of, shaped

KEY = "PLANCHER_TALKS"
_CATEGORIES = (
    *("Arts", "Business", "Comedy", "Education", "Fiction", "Government", "Health & Fitness", "History", "Kids & Family", "Leisure"),
    *("Music", "News", "Religion & Spirituality", "Science", "Society & Culture", "Sports", "TV & Film", "True Crime"),
)
"""The other first-level categories of Apple's directory, which all directories know."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TalkSettings:
    """How talks are read and fed."""

    bare: bool = True
    """Whether the address of a film, alone in its paragraph, is a talk."""
    feed_size: int = between(30, 1, 10_000)
    """Entries in the feeds of talks."""
    category: str = one_of("Technology", *_CATEGORIES)
    """Of the podcast, in directories."""
    email: str = shaped("", "une adresse électronique, comme « nom@exemple.fr »", r"(?:[^@\s]+@[^@\s]+)?")
    """Where directories of podcasts write to the owner: the feed shows it to all; empty: it says nothing in Apple's vocabulary, which asks for it."""
    guid: str = shaped("", "un identifiant comme « 917393e3-1b1e-5cef-ace4-edaa54e1f810 »", r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?")
    """Of the podcast, when it had one at a former address (podcast:guid); empty: made from the address of its feed."""
