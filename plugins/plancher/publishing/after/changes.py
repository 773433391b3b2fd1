"""Which texts changed since readers were last told, by their own words: a new style sheet changes every page, and is no news."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from plancher.base import atomic, data, digest
from plancher.outputs.announcing.texts import PublicText


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one publication changed, from the root of the site."""

    feeds: frozenset[str] = frozenset()
    """Files."""
    addresses: frozenset[str] = frozenset()
    """Of texts; of those that are gone, too."""

    def __or__(self, other: Changes) -> Changes:
        """Both."""
        return Changes(feeds=self.feeds | other.feeds, addresses=self.addresses | other.addresses)


def of_publication(changed: Collection[str], texts: Sequence[PublicText], digests: Mapping[str, str], before: Mapping[str, str]) -> Changes:
    """What a publication changed.

    :param changed: the files that it sent or took away.
    :param digests: of the texts of today, by their file.
    :param before: of those of the publication before, by their address; empty: nobody knows.
    """
    now = {text.address for text in texts}
    new = {text.address for text in texts if text.page in changed and before.get(text.address) != digests.get(text.source)}
    feeds = frozenset(path for path in changed if path.startswith("feeds/"))
    return Changes(feeds=feeds, addresses=frozenset(new | (before.keys() - now)))


def digests_of(content: Path, texts: Iterable[PublicText]) -> dict[str, str]:
    """The digest of each text that can be read, by its file."""
    found = {}
    for text in texts:
        with contextlib.suppress(OSError):
            found[text.source] = digest.of_file(content / text.source)
    return found


def load(path: Path) -> dict[str, str]:
    """What was kept; empty when it is lost."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        value = data.from_json(path.read_text(encoding="utf-8"))
        return {str(address): str(known) for address, known in value.items()}
    return {}


def keep(path: Path, texts: Iterable[PublicText], digests: Mapping[str, str]) -> None:
    """Keep the digest of each text for the next publication.

    :raises OSError: it cannot be written.
    """
    value = {text.address: digests[text.source] for text in texts if text.source in digests}
    atomic.write(path, json.dumps(value, ensure_ascii=False, sort_keys=True).encode(), is_durable=False)
