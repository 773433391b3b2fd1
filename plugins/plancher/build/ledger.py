"""What the last build of a site left behind: its files, and what each was made from."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import json
from pathlib import Path

from plancher.base import atomic, digest
from plancher.build.templates import Mentions
from plancher.cache import manifest_file, snapshot
from plancher.cache.manifest import SiteStatus
from plancher.cache.tree import Stamp

VERSION = 2


@dataclasses.dataclass(slots=True)
class Book:
    """What each file was made from."""

    inputs: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """For each file, the digest of each of its inputs."""
    frames: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)
    """Inputs that many pages share, by their common digest."""
    templates: dict[str, Mentions] = dataclasses.field(default_factory=dict)
    """By digest of a template's source: the names it mentions, the templates it calls."""
    sources: dict[str, tuple[Stamp, str]] = dataclasses.field(default_factory=dict)
    """Stamp and digest of each file that is copied."""


class Ledger:
    """The memory of one output folder. Without it, everything is made again.

    Each part is a file of its own: the commonest build needs the first two.
    """

    def __init__(self, cache: Path, target: Path) -> None:
        self.stem = snapshot.stem(cache, target)
        self.live, self.standby = manifest_file.load(self._path("site"))
        self.recipes = self._token()
        """Of the build whose recipes are kept (``jobs``)."""
        self.stale: set[str] = set()
        """Files that were made again without their inputs being known: the next whole plan makes them again."""

    @functools.cached_property
    def book(self) -> Book:
        """What each file was made from; empty when it cannot be read."""
        try:
            raw = json.loads(digest.unsealed(self._path("plan").read_bytes()))
            if raw.pop("version") != VERSION:
                return Book()
            book = Book(**raw)
            for path in json.loads(digest.unsealed(self._path("stale").read_bytes())) if self._path("stale").exists() else ():
                book.inputs[path] = {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Book()
        return book

    def site_is_intact(self, target: Path) -> bool:
        """Whether the site is as it was left."""
        return bool(self.live.files) and self.live.check(target) == SiteStatus()

    def standby_is_intact(self, standby: Path) -> bool:
        """Whether its standby is, provided that the site is."""
        return bool(self.standby.files) and self.standby.check(standby, self.live) == SiteStatus()

    def begin(self) -> None:
        """The site is about to change: until all is written again, nobody may believe that nothing is to be done."""
        self._path("vu").unlink(missing_ok=True)

    def save(self) -> None:
        """Keep it all; a reader finds each part old or new, whole.

        What tells most is written last: a build that is killed here is made again.
        """
        if "book" in self.__dict__:
            raw = {field.name: getattr(self.book, field.name) for field in dataclasses.fields(Book)}
            write(self._path("plan"), json.dumps({"version": VERSION, **raw}, ensure_ascii=False, separators=(",", ":")))
            self._path("stale").unlink(missing_ok=True)
        elif self.stale:
            kept = self._path("stale")
            with contextlib.suppress(OSError, ValueError):
                self.stale |= set(json.loads(digest.unsealed(kept.read_bytes())))
            write(kept, json.dumps(sorted(self.stale), ensure_ascii=False))
        write(self._path("jobs"), self.recipes)
        write(self._path("site"), manifest_file.to_json(self.live, self.standby))
        write(snapshot.stat_summary_path(str(self.stem)), manifest_file.stat_summary(self.live))

    def _token(self) -> str:
        try:
            return digest.unsealed(self._path("jobs").read_bytes()).decode("ascii")
        except (OSError, ValueError):
            return ""

    def _path(self, part: str) -> Path:
        return self.stem.with_name(f"{self.stem.name}.{part}.json")


def write(path: Path, text: str, *, is_sealed: bool = True) -> None:
    """Write a file of the cache at once, sealed or as it is; one that cannot be written costs time, never the site."""
    content = (digest.sealed(text) if is_sealed else text).encode("utf-8", "surrogatepass")
    with contextlib.suppress(OSError):
        atomic.write(path, content, is_durable=False)
