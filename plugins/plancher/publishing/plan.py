"""What a publication sends, in which order, and what it takes away: a pure comparison of two manifests."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from plancher.base import files
from plancher.publishing import lifetimes, twins
from plancher.publishing.manifest import FileState, Manifest

BOUND = 1 / 3
"""Of the files online: when more would go, somebody is asked first (a folder of texts that was not there, a wrong target)."""
_PAGES = frozenset({".html", ".htm"})
_FOR_MACHINES = frozenset({".xml", ".json", ".opml", ".csv", ".txt", ".webmanifest"})
"""What tells machines of pages: it goes up after them."""
SERVER_FILES = frozenset({".htaccess", "_headers", "_redirects"})
"""What a server obeys at once: it names pages and files that must be there."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The work of one publication. What one stage sends needs nothing of a later one."""

    new: Manifest
    """What is online once it is done."""
    stages: tuple[tuple[str, ...], ...]
    """Paths to send; those of one stage may go together."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """What the publication before had retired: it goes away at the end."""
    retiring: tuple[str, ...]
    """What is gone from the site, and stays online until the next publication."""
    conflicts: tuple[str, ...]
    """Files of somebody else that stand where the site wants to write."""
    foreign: tuple[str, ...]
    """Other files of somebody else: they are never touched."""
    online: int
    """How many files of ours stand there before it."""

    @property
    def sent(self) -> tuple[str, ...]:
        """All paths to send, in their order."""
        return tuple(path for stage in self.stages for path in stage)

    @property
    def size(self) -> int:
        """Bytes to send."""
        return sum(self.new.files[path].size for path in self.sent)

    @property
    def is_empty(self) -> bool:
        """Whether the target is as it should be."""
        return not (self.sent or self.removed or self.retiring)

    @property
    def has_same_site(self) -> bool:
        """Whether readers have the new site already; files of the former one may still lie there."""
        return not (self.sent or self.retiring)

    def untouched(self) -> Plan:
        """The plan of whoever leaves such files for the next publication."""
        return dataclasses.replace(self, removed=())

    def alone(self) -> Plan:
        """The plan of whoever leaves nothing of the former site online."""
        return dataclasses.replace(self, new=dataclasses.replace(self.new, retiring={}), removed=tuple(sorted({*self.removed, *self.new.retiring})))

    @property
    def must_ask(self) -> bool:
        """Whether more goes away than a normal day takes away."""
        return len(self.retiring) > self.online * BOUND


def compare(new: Manifest, online: Manifest | None, found: Mapping[str, FileState] | None = None, *, adopted: bool = False) -> Plan:
    """Plan what makes of the files online the new site.

    :param online: what the last publication put there; None: nothing of ours, or nobody knows any more.
    :param found: what a listing of the target found, where there was one.
    :param adopted: whether the owner says that all files found there are the site's.
    """
    known = dict(online.files) if online else {}
    former = {**(online.retiring if online else {}), **known}
    strangers = {path: state for path, state in (found or {}).items() if path not in former}
    if adopted:
        known.update({path: FileState("", state.size) for path, state in strangers.items()})
        strangers = {}
    changed = {path for path, state in new.files.items() if known.get(path) != state}
    retiring = {path: state for path, state in known.items() if path not in new.files and not twins.is_stale(path, new.files)}
    waiting = lifetimes.still_asked_for(online, new)
    removed = [path for path in former if path not in new.files and path not in retiring and path not in waiting]
    taken = {*new.files, *(folder for path in new.files for folder in files.parents(path))}  # a link where we want a folder leads out of the site
    return Plan(
        new=dataclasses.replace(new, retiring={**waiting, **retiring}),
        stages=tuple(_stages(changed, {path for path, state in known.items() if state.size >= 0})),
        unchanged=tuple(sorted(path for path in new.files if path not in changed)),
        removed=tuple(sorted(removed)),
        retiring=tuple(sorted(retiring)),
        conflicts=tuple(sorted(path for path in strangers if path in taken)),
        foreign=tuple(sorted(path for path in strangers if path not in taken)),
        online=len(known),
    )


def is_page(path: str) -> bool:
    """Whether a reader or a machine asks for it by its address; else a page loads it."""
    name = PurePosixPath(twins.file_of(path) or path)
    return name.suffix in _PAGES | _FOR_MACHINES or name.name in SERVER_FILES


def _stages(changed: Collection[str], known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """What pages load; pages that nothing leads to yet; pages that link to these; what names pages for machines; what the server obeys."""
    steps: tuple[list[str], ...] = ([], [], [], [], [], [])
    for path in sorted(changed):
        steps[_step(path, is_new=path not in known)].append(path)
    yield from (tuple(step) for step in steps if step)


def _step(path: str, *, is_new: bool) -> int:
    name = PurePosixPath(twins.file_of(path) or path)
    if name.name in SERVER_FILES:
        return 5
    if name.suffix in _FOR_MACHINES:
        return 4
    if name.suffix not in _PAGES:
        return 0
    if name == PurePosixPath("index.html"):
        return 3  # the door of the site: it leads everywhere
    return 1 if is_new else 2
