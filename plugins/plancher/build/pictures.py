"""The pictures of one build: from the cache as far as it goes, the others made by the workers."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import digest, files, reasons
from plancher.base.deadline import TooLong
from plancher.build.workers import WorkerPool
from plancher.cache.picture_store import Found, PictureStore
from plancher.cache.shown_picture import ShownPicture
from plancher.cache.tree import Tree
from plancher.pictures.model import Picture, RefusedError
from plancher.pictures.settings import PictureSettings
from plancher.site import file_kinds, root_files
from plancher.site.requests import CopiedFile

LIMIT = 180.0
"""Seconds one picture may take: the largest on a slow machine needs thirty."""
_BATCH = 16
"""Pictures of which a build that is stopped loses the work, at most."""


class _Asked(NamedTuple):
    """A picture to make."""

    path: str
    """From the content folder, with slashes."""
    key: str
    """Where the cache keeps it."""


@dataclasses.dataclass(slots=True)
class PictureLibrary:
    """What became of the picture files of the content folder."""

    tree: Tree
    pool: WorkerPool
    cache: Path
    settings: PictureSettings
    _found: dict[str, Found] = dataclasses.field(default_factory=dict)
    _store: PictureStore | None = None

    def load(self, paths: Iterable[str]) -> None:
        """Have these files ready, as far as they are pictures; most are in the cache.

        :param paths: from the content folder, with slashes.
        """
        asked_for = (path for path in paths if path not in self._found and path in self.tree.files and file_kinds.is_picture(path))
        wanted = sorted(path for path in asked_for if self._may_be(path))
        if not wanted:
            return
        from plancher.pictures import fingerprint  # noqa: PLC0415 - with Pillow, which a blog without pictures has no use for

        kinds = {as_it_is: fingerprint.of(self.settings) + as_it_is for as_it_is in ("", "as it is")}
        keys = {path: digest.of_text(kinds["as it is" if root_files.holds(path) else ""], self.tree.digest(path) or path) for path in wanted}
        known = self.store.find(keys.values())
        asked = {key: _Asked(path, key) for path, key in reversed(keys.items()) if key not in known}
        known |= self._make(sorted(asked.values()))
        # What lies there for the root of the site is published as it is, where nothing can be taken out of it.
        self._found |= {path: known[key] for path, key in keys.items() if isinstance(known[key], Picture) or not root_files.holds(path)}

    def _may_be(self, path: str) -> bool:
        """Whether a file is a picture by its first and last bytes; what is wrong with it is noted."""
        if file_kinds.is_drawing(path):
            return _only_draws(self.tree.root / path)
        problem = file_kinds.look(self.tree.root / path, self.tree.files[path])
        if problem is None or problem.code == file_kinds.MISNAMED:
            return True
        if problem.code == "PDV056" and not root_files.holds(path):
            self._found[path] = problem.message.rstrip(".")
        return False

    @property
    def is_used(self) -> bool:
        """Whether there is any picture."""
        return bool(self._found)

    @property
    def store(self) -> PictureStore:
        """What earlier builds made; opened by the first build that has a picture."""
        if self._store is None:
            self._store = PictureStore(self.cache)
        return self._store

    def _make(self, asked: list[_Asked]) -> dict[str, Found]:
        """Each of them by its key; what a worker failed at is not kept: another build may succeed."""
        made: dict[str, Found] = {}
        fresh: dict[str, Found] = {}
        task = functools.partial(_made, self.tree.root, self.cache, self.settings)
        with contextlib.closing(self.pool.map("Images", task, asked, LIMIT, in_hand=1)) as results:
            for one, result in zip(asked, results, strict=True):
                if isinstance(result, Exception):
                    made[one.key] = _failure(result)
                    continue
                fresh[one.key] = result
                if len(fresh) >= _BATCH:
                    self._keep(made, fresh)
        self._keep(made, fresh)
        return made

    def _keep(self, made: dict[str, Found], fresh: dict[str, Found]) -> None:
        self.store.keep(fresh)
        made |= fresh
        fresh.clear()

    @property
    def refused(self) -> Mapping[str, str]:
        """Why there is nothing of a file, by its path from the content folder."""
        return {path: found for path, found in self._found.items() if isinstance(found, str)}

    def shown(self, path: str, address: str) -> ShownPicture | None:
        """A picture at its address, from the root of the site; None when this file is none, or one of which nothing could be made."""
        found = self._found.get(path)
        return ShownPicture(found, address) if isinstance(found, Picture) else None

    def copies(self, path: str, save_as: str) -> Iterator[CopiedFile] | None:
        """The files to publish in the place of an author's; None when it is no picture.

        :param save_as: its file, from the root of the site.
        """
        found = self._found.get(path)
        return None if found is None else self._copies(found, path, save_as)

    def _copies(self, found: Found, path: str, save_as: str) -> Iterator[CopiedFile]:
        if isinstance(found, str):
            return
        shown = ShownPicture(found, save_as)
        for rendition in found.renditions:
            yield CopiedFile(path=shown.path_of(rendition), source=self.store.place(rendition), digest=rendition.digest, stands_for=self.tree.root / path)


def _made(root: Path, cache: Path, settings: PictureSettings, asked: _Asked) -> Found:
    """Make the files of one picture, in any process."""
    from plancher.pictures import drawn, making  # noqa: PLC0415 - the same

    path = root / asked.path
    try:
        raw = files.read(path, most=None)
        is_drawing = file_kinds.is_drawing(asked.path)
        picture, made = drawn.made(raw, settings) if is_drawing else making.made(raw, path.name, settings, as_it_is=root_files.holds(asked.path))
    except (RefusedError, files.UnreadableError) as error:
        return str(error)
    store = PictureStore(cache)
    store.keep_files(picture, made)
    store.close()
    return picture


def _only_draws(path: Path) -> bool:
    """Whether a drawing is one that may be published."""
    from plancher.site import drawings  # noqa: PLC0415 - few sites have drawings

    with contextlib.suppress(files.UnreadableError):
        return not drawings.refusal(files.read(path))
    return False


def _failure(error: Exception) -> str:
    if isinstance(error, TooLong):
        return f"image abandonnée après {LIMIT:.0f} secondes de travail. Réduisez-la"
    if isinstance(error, MemoryError):
        return "image trop grande pour la mémoire de cette machine. Réduisez-la"
    return f"image impossible à préparer : {reasons.french(error)}. Exportez-la à nouveau, ou réduisez-la"
