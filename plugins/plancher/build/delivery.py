"""Two ways for a finished site to take its place: exchanged with the former one at once, or file by file with a journal.

The first costs what has changed, and no reader sees it; the second works
wherever files can be written (``in_place``). Both leave foreign files where
they are.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plancher.base import digest, files
from plancher.build import in_place, mounts, output, standby
from plancher.build.ledger import Ledger
from plancher.cache import manifest
from plancher.cache.manifest import MARKER, STAGING, Manifest, SiteStatus

_IMPASSABLE = {
    getattr(errno, name) for name in ("EBUSY", "EXDEV", "EINVAL", "ENOSYS", "EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "EEXIST", "ENOTEMPTY")
}
"""Errors of a system where folders cannot be exchanged, or files not linked: then the other way is tried, and tells what is really wrong."""


@dataclasses.dataclass
class Delivery:
    """A site that was made, on its way to its place."""

    target: Path
    staging: Path
    ledger: Ledger
    stays: bool
    """Whether the folder must remain the very one it is, as its owner knows."""
    made: set[str]
    removed: list[str]
    foreign: list[str]
    """What of the folder is somebody else's."""
    status: SiteStatus
    """What became of the former site since."""
    standby_is_intact: Callable[[], bool]
    remarks: list[str] = dataclasses.field(default_factory=list)
    """What the owner should know."""

    def deliver(self, want: Mapping[str, str]) -> None:
        """Put the site in its place, and remember it and its standby.

        :raises OSError: it cannot be; the former site is there, or the journal that ends what was begun.
        """
        self.ledger.begin()
        if self.stays or STAGING in self.staging.parts or (self.target.exists() and mounts.is_mounted(self.target)):
            self._in_place(want)
            return
        old = self._standby if self.target.exists() else None
        try:
            new, after, former = self._exchange(want, old)
        except OSError as error:
            if error.errno not in _IMPASSABLE or not self.target.exists():
                raise
            self._in_place(want)
            return
        self._tidy(new, after, former=former)

    def _exchange(self, want: Mapping[str, str], old: tuple[Manifest, SiteStatus] | None) -> tuple[Path, Manifest, bool]:
        """Bring the standby up to date, or else the staging folder, and exchange its name with that of the site.

        :returns: which of the two folders it was, what it holds, and whether there was a former site.
        """
        place = standby.path_of(self.target)
        new, (was, status) = (place, old) if old and old[0].files else (self.staging, (Manifest(), SiteStatus()))
        after = standby.sync(new, was, status, want, self.staging, self.target, self.foreign)
        if new == self.staging and old:
            files.remove(place)  # of no use; gone before the site changes
        return new, after, standby.exchange(new, self.target)

    def _tidy(self, new: Path, after: Manifest, *, former: bool) -> None:
        """The former site becomes the standby."""
        ledger, place = self.ledger, standby.path_of(self.target)
        if former:
            self._bring_along(new)
            for path in self.foreign:
                standby.unlink_foreign(new, self.target, path)
            if new == self.staging and not os.path.lexists(place):
                new.rename(place)
            is_standby = new != self.staging or not new.exists()
            ledger.standby = self._without_foreign(place) if is_standby else Manifest()
        else:
            if self._standby:
                files.remove(place)
            ledger.standby = Manifest() if os.path.lexists(place) else standby.create(self.target, after, place)
        ledger.live = after

    def _without_foreign(self, place: Path) -> Manifest:
        """What the former site holds now."""
        former = Manifest(self.ledger.live.files, self.ledger.live.folders)
        if not self.foreign:
            return former
        return manifest.survey(place, {path: state[0] for path, state in former.files.items()}, former, self.foreign)

    def _bring_along(self, former: Path) -> None:
        """Move what somebody put into the former site during the build into the new one."""
        for path in self.ledger.live.new_untracked(former, self.foreign):
            if not os.path.lexists(self.target / path):
                (self.target / path).parent.mkdir(parents=True, exist_ok=True)
                (former / path).rename(self.target / path)

    def _in_place(self, want: Mapping[str, str]) -> None:
        ledger, place = self.ledger, standby.path_of(self.target)
        in_place.replace(self.target, [self.staging, place], self.made, self.removed)
        touched = {*self.made, *self.removed, *self.status.altered}
        was = Manifest(ledger.live.files) if self.status.names_changed else ledger.live
        if self._standby:
            shutil.rmtree(place, ignore_errors=True)  # of no more use
        ledger.live = dataclasses.replace(manifest.survey(self.target, want, was, touched), foreign=self.foreign)
        ledger.standby = Manifest()

    @functools.cached_property
    def _standby(self) -> tuple[Manifest, SiteStatus] | None:
        """The standby and what became of it; None when there is none, or when it holds something that is not ours."""
        place, was = standby.path_of(self.target), self.ledger.standby
        if not os.path.lexists(place):
            return None
        if place.is_dir() and not place.is_symlink():
            if was.files and not self.status.altered and self.standby_is_intact():
                return was, SiteStatus()
            was, status = self._checked(place, was)
            for path in status.untracked:
                standby.unlink_foreign(place, self.target, path)  # second names that a build which was killed left there
            untracked = [path for path in status.untracked if os.path.lexists(place / path)]
            if not untracked:
                return was, dataclasses.replace(status, untracked=[])
        else:
            untracked = []
        names = f" ({output.named(place, untracked)})" if untracked else ""
        self.remarks.append(
            f"{output.shown(place)} : ceci n'est pas du site{names} et reste tel quel. La construction s'en passe ; sans lui, elle irait plus vite."
        )
        return None

    def _checked(self, place: Path, was: Manifest) -> tuple[Manifest, SiteStatus]:
        status = was.check(place, self.ledger.live if not self.status.altered else None) if MARKER in was.files else SiteStatus()
        if MARKER not in was.files or MARKER in status.altered:
            was = output.adopt(place, was)
            status = was.check(place)
        return was, status


def unchanged(path: Path, live: Manifest) -> bool:
    """Whether a site is the one that is remembered: its marker is the very file."""
    try:
        return manifest.file_state(path / MARKER, live.files[MARKER][0]) == live.files[MARKER]
    except (OSError, KeyError):
        return False


def edited(target: Path, altered: Iterable[str], live: Manifest) -> list[str]:
    """The files of the site that somebody wrote into since it was built."""
    return sorted(path for path in altered if (target / path).is_file() and digest.of_file(target / path) != live.files[path][0])
