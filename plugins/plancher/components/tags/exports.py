"""``/tags.json``: every tag, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plancher.base import addresses
from plancher.components.tags.cloud import weigh
from plancher.components.tags.portraits import Portrait
from plancher.site import listing


def as_json(argument: tuple[str, str, Sequence[Portrait], Mapping[str, Sequence[str]]]) -> str:
    """``/tags.json``.

    :param argument: the address of the site; how uses become weights (``log``…); the tags
        in alphabetical order; the other names of each, by its own.
    """
    site, scale, portraits, aliases = argument
    weights = weigh([portrait.word.count for portrait in portraits], scale)
    items = (_item(site, portrait, weight, aliases.get(portrait.word.name, ())) for portrait, weight in zip(portraits, weights, strict=True))
    return listing.as_json(items)


def _item(site: str, portrait: Portrait, weight: float, aliases: Sequence[str]) -> Mapping[str, object]:
    word = portrait.word
    return {
        "name": word.name,
        "slug": word.name,
        "url": f"{site}/{addresses.quote(word.url)}",
        "count": word.count,
        "weight": round(weight, 4),
        "proofs": word.proofs,
        "first": word.first.isoformat(),
        "last": word.last.isoformat(),
        "aliases": list(aliases),
        "related": [{"name": related.name, "score": related.score} for related in portrait.related],
    }
