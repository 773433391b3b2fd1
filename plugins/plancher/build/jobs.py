"""How each page that holds a text was made, so that it can be made again with another text and nothing else."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from plancher.build.render import Job
from plancher.cache import pickling
from plancher.cache.body import CachedBody
from plancher.cache.store import DAMAGE, writing
from plancher.site import makers

_TABLES = """
create table if not exists job (path text primary key, make text, argument blob);
create table if not exists uses (body text, path text, primary key (body, path)) without rowid;
create index if not exists uses_path on uses (path);
create table if not exists frame (digest text primary key, made blob) without rowid;
create table if not exists build (token text);
"""


class Jobs:
    """The recipes of one output folder. They may be lost at any time: everything can be planned again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._open()
        except DAMAGE:
            path.unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        self._db.execute("pragma synchronous = off")  # a power cut may lose the recipes, never the site
        self._db.execute("pragma journal_mode = memory")
        self._db.executescript(_TABLES)

    @property
    def token(self) -> str:
        """Of the build these recipes are of; empty when nobody knows."""
        with contextlib.suppress(*DAMAGE):
            found = self._db.execute("select token from build").fetchone()
            return str(found[0]) if found else ""
        return ""

    def keep(
        self,
        made: Iterable[tuple[Job, Iterable[str], bytes]],
        gone: Iterable[str],
        frames: Mapping[str, Mapping[str, object]],
        *,
        are_all: bool = False,
    ) -> str:
        """Remember how files were made.

        :param made: how each was made, the texts it holds, and its argument as ``render.make`` sealed it.
        :param gone: files that are no longer made, or no longer of a text.
        :param are_all: whether these are all recipes of the site: those of before are forgotten.
        :returns: the token of this build; empty when nothing could be kept.
        """
        token, paths = uuid.uuid4().hex, [(path,) for path in gone]
        with contextlib.suppress(*DAMAGE), writing(self._db) as db:
            if are_all:
                for table in ("job", "uses", "frame"):
                    db.execute(f"delete from {table}")  # noqa: S608 - of these three
            db.executemany("delete from job where path = ?", paths)
            db.executemany("delete from uses where path = ?", paths)
            for job, bodies, argument in made:
                db.execute("insert or replace into job values (?, ?, ?)", (job.path, makers.name_of(job.make), argument))
                db.execute("delete from uses where path = ?", (job.path,))
                db.executemany("insert or ignore into uses values (?, ?)", ((body, job.path) for body in bodies))
            db.executemany("insert or replace into frame values (?, ?)", ((name, pickling.sealed(dict(frame))) for name, frame in frames.items()))
            db.execute("delete from build")
            db.execute("insert into build values (?)", (token,))
        return token if self.token == token else ""

    def using(self, bodies: Iterable[str]) -> list[Job]:
        """The recipes of all files that hold one of these texts.

        :raises LookupError: some recipe cannot be read.
        """
        try:
            found = [row for body in bodies for row in self._db.execute("select job.* from uses join job using (path) where body = ?", (body,))]
            return [Job(path, makers.named(make), pickling.unsealed(argument)) for path, make, argument in dict.fromkeys(found)]
        except (*DAMAGE, pickling.DamagedError, TypeError) as error:
            raise LookupError(str(error)) from error

    def frame(self, name: str) -> Mapping[str, object]:
        """The values that many pages share, by their digest.

        :raises LookupError: they cannot be read.
        """
        try:
            row = self._db.execute("select made from frame where digest = ?", (name,)).fetchone()
            found = pickling.unsealed(row[0], without=frozenset({CachedBody})) if row else None
        except (*DAMAGE, pickling.DamagedError, TypeError) as error:
            raise LookupError(str(error)) from error
        if isinstance(found, dict):
            return found
        raise LookupError(name)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()


def with_text(value: Any, texts: Mapping[str, str], store: str) -> Any:  # Any: whatever a recipe holds
    """The same value, with other texts in the place of some.

    :param texts: for each key in the cache, the one that takes its place.
    :param store: the cache of this build: what stands in a recipe names no file to open.
    :raises LookupError: the value holds itself, or is as deep as none of ours.
    """
    done: dict[int, object] = {}  # what stands in several places is looked at once

    def renewed(item: Any) -> Any:  # Any: the same
        if isinstance(item, CachedBody):
            return dataclasses.replace(item, key=texts.get(item.key, item.key), store=store)
        if isinstance(item, tuple | list):
            return type(item)(map(known, item))
        if isinstance(item, dict):
            return {key: known(one) for key, one in item.items()}
        if dataclasses.is_dataclass(item) and not isinstance(item, type):
            return dataclasses.replace(item, **{field.name: known(getattr(item, field.name)) for field in dataclasses.fields(item)})
        return item

    def known(item: Any) -> Any:  # Any: the same
        if type(item) is str or item is None:
            return item
        if id(item) not in done:
            done[id(item)] = renewed(item)
        return done[id(item)]

    try:
        return known(value)
    except (AttributeError, RecursionError, TypeError) as error:  # a field that is missing, a key that is none
        raise LookupError(str(error)) from error


def bodies_of(value: object) -> frozenset[str]:
    """The keys of all texts in a value."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple | list):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif dataclasses.is_dataclass(item) and not isinstance(item, type):
            waiting.extend(getattr(item, field.name) for field in dataclasses.fields(item))
            if isinstance(item, CachedBody):
                found.add(item.key)
    return frozenset(found)
