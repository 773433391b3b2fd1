"""Two ways for a finished site to take its place: exchanged with the former one at once, or file by file with a journal.

The first one costs what has changed and is seen by nobody; the second one works
wherever files can be written (``in_place``). Both leave what is not ours where
it is.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from plancher.base import digest
from plancher.build import generations, in_place, mounts, output
from plancher.build.ledger import Ledger
from plancher.cache import manifest
from plancher.cache.manifest import MARK, WORKSHOP, Look, Manifest

_IMPASSABLE = {
    getattr(errno, name) for name in ("EBUSY", "EXDEV", "EINVAL", "ENOSYS", "EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "EEXIST", "ENOTEMPTY")
}
"""What a system says when folders cannot be exchanged, or files have no second names: the other way is tried, which will say what is really wrong."""


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
    theirs: list[str]
    """What of the folder is somebody else's."""
    look: Look
    """What became of the former site since."""
    double_is_intact: Callable[[], bool]
    said: list[str] = dataclasses.field(default_factory=list)
    """What the owner should know."""

    def deliver(self, want: Mapping[str, str]) -> None:
        """Put the site in its place, and remember it and its double.

        :raises OSError: it cannot be; the former site is there, or the journal that ends what was begun.
        """
        self.ledger.begin()
        if self.stays or WORKSHOP in self.staging.parts or (self.target.exists() and mounts.is_held(self.target)):
            self._in_place(want)
            return
        double = self._double if self.target.exists() else None
        try:
            new, after, former = self._exchanged(want, double)
        except OSError as error:
            if error.errno not in _IMPASSABLE or not self.target.exists():
                raise
            self._in_place(want)
            return
        self._tidy(new, after, former=former)

    def _exchanged(self, want: Mapping[str, str], double: tuple[Manifest, Look] | None) -> tuple[Path, Manifest, bool]:
        """The two have exchanged names: which folder it was, what it holds, whether there was a former site."""
        place = generations.double_of(self.target)
        new, seen = (place, double) if double and double[0].files else (self.staging, (Manifest(), Look()))
        after = generations.bring_up_to_date(new, seen, want, self.staging, self.target, self.theirs)
        if new == self.staging and double:
            generations.clear(place)  # of no use; gone before the site changes
        return new, after, generations.exchange(new, self.target)

    def _tidy(self, new: Path, after: Manifest, *, former: bool) -> None:
        """What was the site becomes its double."""
        ledger, place = self.ledger, generations.double_of(self.target)
        if former:
            self._bring_along(new)
            for path in self.theirs:
                generations.uncarry(new, self.target, path)
            if new == self.staging and not os.path.lexists(place):
                new.rename(place)
            is_double = new != self.staging or not new.exists()
            ledger.double = self._without_theirs(place) if is_double else Manifest()
        else:
            if self._double:
                generations.clear(place)
            ledger.double = Manifest() if os.path.lexists(place) else generations.twin(self.target, after, place)
        ledger.live = after

    def _without_theirs(self, place: Path) -> Manifest:
        """What the former site holds now."""
        held = Manifest(self.ledger.live.files, self.ledger.live.folders)
        if not self.theirs:
            return held
        return manifest.survey(place, {path: mark[0] for path, mark in held.files.items()}, held, self.theirs)

    def _bring_along(self, former: Path) -> None:
        """What somebody put into the site while it was being built goes with it."""
        for path in self.ledger.live.late(former, self.theirs):
            if not os.path.lexists(self.target / path):
                (self.target / path).parent.mkdir(parents=True, exist_ok=True)
                (former / path).rename(self.target / path)

    def _in_place(self, want: Mapping[str, str]) -> None:
        ledger, place = self.ledger, generations.double_of(self.target)
        in_place.replace(self.target, [self.staging, place], self.made, self.removed)
        touched = {*self.made, *self.removed, *self.look.altered}
        was = Manifest(ledger.live.files) if self.look.moved else ledger.live
        if self._double:
            shutil.rmtree(place, ignore_errors=True)  # of no more use
        ledger.live = dataclasses.replace(manifest.survey(self.target, want, was, touched), theirs=self.theirs)
        ledger.double = Manifest()

    @functools.cached_property
    def _double(self) -> tuple[Manifest, Look] | None:
        """The double and what became of it; none when there is none, or when it holds something that is not ours."""
        place, was = generations.double_of(self.target), self.ledger.double
        if not os.path.lexists(place):
            return None
        if place.is_dir() and not place.is_symlink():
            if was.files and not self.look.altered and self.double_is_intact():
                return was, Look()
            was, look = self._looked_at(place, was)
            for path in look.strays:
                generations.uncarry(place, self.target, path)  # second names that a build which was killed left there
            strays = [path for path in look.strays if os.path.lexists(place / path)]
            if not strays:
                return was, dataclasses.replace(look, strays=[])
        else:
            strays = []
        names = f" ({output.named(place, strays)})" if strays else ""
        self.said.append(
            f"{output.shown(place)} : ceci n'est pas du site{names} et reste tel quel. La construction s'en passe ; sans lui, elle irait plus vite."
        )
        return None

    def _looked_at(self, place: Path, was: Manifest) -> tuple[Manifest, Look]:
        look = was.check(place, self.ledger.live if not self.look.altered else None) if MARK in was.files else Look()
        if MARK not in was.files or MARK in look.altered:
            was = output.adopted(place, was)
            look = was.check(place)
        return was, look


def unchanged(path: Path, live: Manifest) -> bool:
    """Whether a site is the one that is remembered: its mark is the very file."""
    try:
        return manifest.mark_of(path / MARK, live.files[MARK][0]) == live.files[MARK]
    except (OSError, KeyError):
        return False


def edited(target: Path, altered: Iterable[str], live: Manifest) -> list[str]:
    """The files of the site that somebody wrote into since it was built."""
    return sorted(path for path in altered if (target / path).is_file() and digest.of_bytes((target / path).read_bytes()) != live.files[path][0])
