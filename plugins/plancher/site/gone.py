"""Public addresses that would lead nowhere, and where they surely lead now.

A text is known again by its identifier and one more sign, or by two of these:
its day, its title, the last segment of its address. Anything less is a guess,
and left to the author.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence

from plancher.base import addresses
from plancher.base.french import fold
from plancher.site import claims
from plancher.site.model import Post
from plancher.site.public import Public
from plancher.site.redirect import Redirect
from plancher.site.standing import Stood, of_text

_SIGNS = 2
"""Of three, that two texts share when they are one."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A public address where nothing stands now."""

    stood: Stood
    heir: Post | None = None
    """The text that stood there, at its new address."""
    target: str = ""
    """Where the address surely leads, from the root of the site and ready for a link, when it is not that of a text."""
    withdrawn: Post | None = None
    """The text that stood there, held back now."""
    alike: Post | None = None
    """A text that may be the one."""

    @property
    def is_sure(self) -> bool:
        """Whether its remedy is known."""
        return self.heir is not None or bool(self.target)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a site answers."""

    files: Collection[str]
    """Each file, from the root of the site."""
    texts: Sequence[Post]
    """Those that readers see, in a fixed order."""
    held_back: Sequence[Post]
    """Drafts."""
    redirects: Sequence[Redirect]
    """Former addresses that lead on."""
    moved: Collection[str]
    """Addresses that components lead on, from the root of the site."""


def find(before: Public, now: Present) -> list[Gone]:
    """All of them, by address."""
    answers = _Answers(now)
    lost = [known[0] for _, known in sorted(before.addresses.items()) if not answers.at(known[0])]
    heirs = _heirs([stood for stood in lost if stood.id and _is_one_text(stood, before)], before, now)
    found = [_text(stood, heirs.get(stood.address), now) for stood in lost if stood.id]
    folders = {gone.stood.address: gone.heir.url for gone in found if gone.heir}
    by_case = collections.defaultdict(list)
    for file in now.files:
        by_case[claims.key(file)].append(file)
    found += [Gone(stood=stood, target=_moved_along(stood, folders, now.files) or _respelt(by_case[claims.key(stood.file)])) for stood in lost if not stood.id]
    return sorted(found, key=lambda gone: gone.stood.address)


def _is_one_text(stood: Stood, before: Public) -> bool:
    """Whether branches agree on which text stood there."""
    return len({known.id for known in before.addresses[stood.address]}) == 1


class _Answers:
    """To what a server has something to say."""

    def __init__(self, now: Present) -> None:
        paths = [redirect.source for redirect in now.redirects if not redirect.source.query]
        self.files = now.files
        self.exact = {source.path.rstrip("/") for source in paths if not source.is_prefix} | {f"/{former}".rstrip("/") for former in now.moved}
        self.beginnings = tuple(source.path for source in paths if source.is_prefix)

    def at(self, stood: Stood) -> bool:
        """Whether it has at this address."""
        return (
            stood.file in self.files
            or stood.address.lstrip("/") in self.files
            or stood.address.rstrip("/") in self.exact
            or stood.address.startswith(self.beginnings)
        )


def _heirs(lost: Sequence[Stood], before: Public, now: Present) -> Mapping[str, Post]:
    """The text of today that surely stood at each address; one that two former texts would claim is neither's."""
    here = {post.id for post in (*now.texts, *now.held_back)}
    public = {stood.id for known in before.addresses.values() for stood in known if stood.id}
    found: dict[str, Post] = {}
    for stood in lost:
        same = [post for post in now.texts if post.id == stood.id and (post.own_id or _shared(stood, post))]
        others = [post for post in now.texts if post.id not in public and _shared(stood, post) >= _SIGNS] if stood.id not in here else []
        candidates = same or others
        if len(candidates) == 1:
            found[stood.address] = candidates[0]
    ids = {stood.address: stood.id for stood in lost}
    claimed = collections.defaultdict(set)
    for address, post in found.items():
        claimed[post.path].add(ids[address])
    return {address: post for address, post in found.items() if len(claimed[post.path]) == 1}


def _shared(stood: Stood, post: Post) -> int:
    """How many of the three signs of a text are those of another."""
    other = of_text(f"/{post.url}", post)
    signs = ((stood.day, other.day), (fold(stood.title), fold(other.title)), (stood.slug, other.slug))
    return sum(bool(one) and one == another for one, another in signs)


def _text(stood: Stood, heir: Post | None, now: Present) -> Gone:
    if heir is not None:
        return Gone(stood=stood, heir=heir)
    withdrawn = next((post for post in now.held_back if post.id == stood.id), None)
    near = [post for post in now.texts if withdrawn is None and _shared(stood, post)]
    return Gone(stood=stood, withdrawn=withdrawn, alike=max(near, key=lambda post: _shared(stood, post), default=None))


def _moved_along(stood: Stood, folders: Mapping[str, str], files: Collection[str]) -> str:
    """A file that stood beside a text has moved with it."""
    for former, present in folders.items():
        beside = present + stood.address.removeprefix(former)
        if former.endswith("/") and stood.address.startswith(former) and claims.file_of(beside) in files:
            return f"/{addresses.quote(beside)}"
    return ""


def _respelt(alike: Iterable[str]) -> str:
    """The same address in another case."""
    files = list(alike)
    return f"/{addresses.quote(files[0].removesuffix('index.html'))}" if len(files) == 1 else ""
