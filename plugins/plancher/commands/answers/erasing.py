"""Removes answers from a blog: what may take them back first, then the content folder, the queue last, since it knows whose they are.

Whatever stops it, the next run goes on: what is to be done is written in one step before anything is removed.
"""

from __future__ import annotations

import collections
import contextlib
import itertools
import shutil
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from plancher.base import atomic, files
from plancher.build import cleaning
from plancher.commands.answers import holdings, traces
from plancher.commands.answers.holdings import Holding, HoldingError
from plancher.commands.answers.queue import Queue
from plancher.commands.answers.receiver import box
from plancher.commands.answers.receiver.box import BoxError
from plancher.commands.answers.receiver.rules import Rules
from plancher.commands.answers.tombstones import Tombstones, Unfinished
from plancher.commands.answers.traces import Traces
from plancher.commands.history import FOLDER
from plancher.site import testimonies

_TABLES = "reponse"


def begin(queue: Queue, held: Iterable[Holding]) -> None:
    """Write what is to be forgotten; from now on it comes in no more."""
    held = list(held)
    rows = [one.row for one in held if one.row]
    published = [one.published for one in held if one.published]
    Tombstones(queue).begin(
        Unfinished(tuple(row.id for row in rows), tuple((one.path, one.id) for one in published)),
        [row.received for row in rows if row.received],
        [(one.words, one.author, one.address) for one in published],
    )


def finish(blog: Path, queue: Queue) -> list[Path]:
    """Remove what ``begin`` wrote down, on this machine.

    The history of commands must be locked.

    :returns: files that hold it still, which are the owner's own.
    :raises HoldingError: a file of answers, or the database of the form, cannot be read.
    :raises OSError: something cannot be removed.
    """
    work = Tombstones(queue).unfinished
    if work is None:
        return []
    content = blog / "content"
    held = [one for one in holdings.everything(queue, content) if _is_wanted(one, work)]
    _empty_box(queue, work)
    looked_for = traces.of(held)
    _forget_history(blog / FOLDER, looked_for, work.published)
    for path in {path for path, _ in work.published}:
        remove_published(content, path, {identifier for one, identifier in work.published if one == path})
    with contextlib.chdir(blog):
        collections.deque(cleaning.clean_sites(blog, files.real(blog / ".cache")), maxlen=0)
    left = sorted(_elsewhere(blog, queue, looked_for))
    for identifier in work.rows:
        queue.remove(identifier)
    Tombstones(queue).finish()
    return left


def _empty_box(queue: Queue, work: Unfinished) -> None:
    """Erase answers of the form that were fetched from a copy, where the receiver itself stands on this machine."""
    path = queue.folder / box.NAME
    if not path.is_file():
        return
    try:
        names = [one.id for one in box.read(path) if queue.digest(one.source) in work.rows]
        with box.opened(path, Rules().room) as kept:
            kept.erase(time.time() - Rules().latest, names)
            if kept.has_words_in_journal:
                raise BoxError("un autre programme lit la base, et son journal (-wal) garde encore les mots")  # noqa: TRY301 - told as the others are
    except BoxError as error:
        raise HoldingError(f"{path} : {error}. Corrigez cela ; la même commande continue.") from error


def _elsewhere(blog: Path, queue: Queue, looked_for: Traces) -> Iterator[Path]:
    """Files of the owner's that hold it: not other answers, which may say the same, nor the queue, which is emptied last."""
    for path in traces.files_with(blog, looked_for):
        if not path.is_relative_to(queue.folder) and not path.is_relative_to(blog / "content" / testimonies.FOLDER):
            yield path


def _is_wanted(one: Holding, work: Unfinished) -> bool:
    return bool(one.row and one.row.id in work.rows) or bool(one.published and (one.published.path, one.published.id) in work.published)


def _forget_history(folder: Path, looked_for: Traces, published: Collection[tuple[str, str]]) -> None:
    """Remove the steps of commands that could bring it back; of an import, its own copies of the files lose the same answers."""
    for step in sorted(folder.glob("*/")):
        if step.name != "imports" and next(traces.files_with(step, looked_for), None):
            shutil.rmtree(step)
    for place, (path, identifier) in itertools.product(sorted((folder / "imports").glob("*/*/")), published):
        copy = place / path
        if copy.is_file():
            atomic.write(copy, without(copy.read_text(encoding="utf-8"), {identifier}).encode())


def remove_published(content: Path, name: str, identifiers: Collection[str]) -> None:
    """Remove answers from their file, and the file with its last one.

    :raises HoldingError: it is no TOML.
    """
    path = content / name
    for cut in path.parent.glob(".*.tmp"):  # a command was killed when it wrote an answer
        cut.unlink(missing_ok=True)
    if not path.is_file():
        return
    left = without(path.read_text(encoding="utf-8"), identifiers)
    if f"[[{_TABLES}]]" in left:
        atomic.write(path, left.encode())
    else:
        path.unlink()
        files.remove_empty(path.parent, content)


def without(text: str, identifiers: Collection[str]) -> str:
    """A file of answers without some of them; its other lines stay as they are, comments too.

    :raises HoldingError: it is no TOML.
    """
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise HoldingError(f"un fichier de content/{testimonies.FOLDER}/ ne se lit pas ({error})") from error
    tables = document.get(_TABLES)
    if isinstance(tables, AoT):
        for place in reversed(range(len(tables))):
            if tables[place].get("id") in identifiers:
                del tables[place]
        if not tables:
            del document[_TABLES]
    return tomlkit.dumps(document)
