"""A post that another leads to."""

from __future__ import annotations

import dataclasses

from plancher.base.fast_pickle import fast_pickle


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RelatedPost:
    """What the page of a post shows of one that is related to it: no more, so that no other change makes the page again."""

    title: str
    url: str
    """From the root of the site."""
    lang: str
    """Empty: that of the site."""
