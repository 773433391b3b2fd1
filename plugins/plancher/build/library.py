"""Every text of the site, each read once: by an earlier build, or by the workers of this one."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence

from plancher.base import clock, digest, files, reasons
from plancher.base.deadline import TooLong
from plancher.base.problems import Problem
from plancher.build.reading import ReadingContext, key_of, read, read_bytes, read_own
from plancher.build.task import brief
from plancher.build.workers import WorkerPool
from plancher.cache.store import Row, Store
from plancher.cache.tree import Tree
from plancher.markdown import record
from plancher.markdown.record import Record

LIMIT = 10.0
"""Seconds one text may take: Python-Markdown is quadratic on some inputs."""
_BATCH = 200
"""Texts kept in the cache at once."""


@dataclasses.dataclass(slots=True)
class Library:
    """The texts of one build, from the cache as far as it goes."""

    reading: ReadingContext
    tree: Tree
    store: Store
    pool: WorkerPool
    _records: dict[str, Record | Problem] = dataclasses.field(default_factory=dict)

    def load(self, paths: Iterable[str]) -> None:
        """Have these texts ready; most are in the cache.

        :param paths: from the content folder, with slashes.
        """
        wanted = sorted(path for path in paths if path not in self._records)
        keys = {path: self._key(path) for path in wanted}
        known = record.records(self.store.heads(key for key in keys.values() if key))
        now = clock.now().timestamp()
        for path, key in keys.items():
            found = known.get(key)
            if found is not None and self._holds(found, now):
                self._records[path] = found
        self._read([path for path in wanted if path not in self._records])
        self.store.keep_stamps(self.tree.root, self.tree.learnt)

    def texts(self, folders: Iterable[str], excluded: Iterable[str] = ()) -> list[str]:
        """The Markdown files of these folders, from the content folder, in a fixed order; none that lies in one of the ``excluded``."""
        out = tuple(f"{folder.strip('/')}/" for folder in excluded)
        starts = tuple("" if folder in {"", "."} else f"{folder.strip('/')}/" for folder in folders)
        return [path for path in self.tree.files if path.startswith(starts) and path[-3:].lower() == ".md" and not path.startswith(out)]

    def look_up(self, path: str) -> Record | Problem:
        """One text, or what made it impossible to read: a link that leads out of the folder, too."""
        if path not in self.tree.files:
            return Problem(1, "PDV034", "lien symbolique vers un fichier hors du dossier de contenu. Copiez le fichier à la place.")
        return self.record(path)

    def record(self, path: str) -> Record | Problem:
        """One text, or what made it impossible to read."""
        if path not in self._records:
            self.load([path])
        return self._records[path]

    def read_as(self, path: str, raw: bytes) -> Record:
        """A text of which another plugin made something else before it is read.

        :param raw: what it made, read in the place of the file.
        """
        key = key_of(self.reading, path, digest.of_bytes(raw))
        known = record.records(self.store.heads([key])).get(key)
        if known is not None and self._holds(known, clock.now().timestamp()):
            return known
        row = read_bytes(self.reading, path, raw)
        self.store.put([row])
        return record.records({row.key: row.head})[row.key]

    def read_own(self, texts: Mapping[str, str]) -> dict[str, Record]:
        """The texts that components bring, each by a name that no file of the content folder has; without those that cannot be read here."""
        keys = {name: key_of(self.reading, name, digest.of_bytes(text.encode())) for name, text in texts.items()}
        known = record.records(self.store.heads(keys.values()))
        new = [(name, texts[name].encode()) for name, key in keys.items() if key not in known]
        with contextlib.closing(self.pool.map("Lecture", functools.partial(read_own, self.reading), new, LIMIT)) as results:
            rows = [row for row in results if isinstance(row, Row)]
        if rows:
            self.store.put(rows)
            known |= record.records({row.key: row.head for row in rows})
        return {name: known[key] for name, key in keys.items() if key in known}

    def outward(self, path: str, content: str) -> tuple[str, str] | None:
        """All of a text that other pages may show, or that a rule looks at; and its key in the cache.

        Two texts with the same outward side differ on their own page, and in
        whatever else holds their body.

        :param content: its digest; that of today, or that of an earlier build.
        :returns: None when it is not known, or has a problem.
        """
        key = key_of(self.reading, path, content)
        known = record.records(self.store.heads([key])).get(key)
        found = self.record(path) if content == self.tree.digest(path) else known
        if not isinstance(found, Record) or found.problems or not found.is_current(clock.now().timestamp()):
            return None
        shown = found._replace(lines={}, links=[(address, 0) for address, _ in found.links], consulted={}, files="", advice=[], key="")
        return repr(shown), found.key

    def _key(self, path: str) -> str:
        content = self.tree.digest(path)
        return key_of(self.reading, path, content) if content is not None else ""

    def _holds(self, found: Record, now: float) -> bool:
        """Whether all that the text depends on is as it was."""
        return found.is_current(now) and all(self._unchanged(path, was) for path, was in found.consulted.items())

    def _unchanged(self, path: str, was: str | None) -> bool:
        if was == "" and path in self.tree.files:
            return True
        now = self.tree.digest(path)
        return now is not None if was == "" else now == was

    def _read(self, paths: Sequence[str]) -> None:
        rows: list[Row] = []
        if paths:
            self.reading.converter  # noqa: B018 - made here once, for all the copies of this process that will read
        with contextlib.closing(self.pool.map("Lecture", functools.partial(read, self.reading), paths, LIMIT)) as results:
            for path, result in zip(paths, results, strict=True):
                if isinstance(result, Row):
                    rows.append(result)
                    self._records[path] = record.records({result.key: result.head})[result.key]
                else:
                    self._records[path] = _failure(result)
                if len(rows) >= _BATCH:
                    self.store.put(rows)
                    rows.clear()
        if rows:
            self.store.put(rows)
            self.store.trim()


def _failure(result: BaseException) -> Problem:
    if isinstance(result, files.UnreadableError):
        return Problem(1, "PDV092", f"{result}.")
    if isinstance(result, TooLong):
        return Problem(1, "PDV036", f"lecture arrêtée après {LIMIT:.0f} secondes : un passage répète trop de signes comme [ * _ ou `. Simplifiez-le.")
    why = reasons.french(result) if isinstance(result, RecursionError | ZeroDivisionError) else brief(result)
    return Problem(1, "PDV036", f"lecture impossible : {why}. Vérifiez le fichier, ou simplifiez-le.")
