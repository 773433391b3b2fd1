"""What « invoke links.import » and « links.draft » do, for an author at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from plancher.base import clock, reasons, tracking
from plancher.base.french import plural
from plancher.commands import step
from plancher.commands.history import History, HistoryError
from plancher.commands.links import inbox
from plancher.commands.step import FileChange
from plancher.importing.bookmarks import bookmarks
from plancher.importing.bookmarks.bookmarks import Bookmark

_MAX_BYTES = 50_000_000
"""Of a file of bookmarks."""
_MAX_SHOWN = 5
"""Addresses that are shown one by one."""


def import_bookmarks(content: Path, file: Path, *, private: bool) -> int:
    """Put the bookmarks of a file into the inbox; the exit code."""
    try:
        imported = bookmarks.read(file.read_bytes() if file.stat().st_size <= _MAX_BYTES else b"", file.name)
    except OSError as error:
        return _refuse(f"{file} : {reasons.of_a_disk(error)}. Rien n'a changé.")
    except bookmarks.UnreadableFileError as error:
        return _refuse(f"{file} : {error} Rien n'a changé.")
    hidden = [] if private else [bookmark for bookmark in imported.bookmarks if bookmark.private]
    known = inbox.known_keys(content)
    new = [bookmark for bookmark in imported.bookmarks if (private or not bookmark.private) and tracking.key(bookmark.url) not in known]
    path = content / inbox.FILE
    try:
        _add(content, new, file.name)
    except UnicodeDecodeError:
        return _refuse(f"Rien n'a changé : {path} n'est pas en UTF-8.")
    except HistoryError as error:
        return _refuse(f"Rien n'a changé : {error}")
    already = len(imported.bookmarks) - len(new) - len(hidden)
    print(f"{plural(len(new), 'lien ajouté', 'liens ajoutés')} à {path}, {plural(already, 'déjà connu', 'déjà connus')}.")
    if new:
        print("Pour défaire : invoke links.import --undo")
    if hidden:
        print(f"{plural(len(hidden), 'lien privé laissé de côté', 'liens privés laissés de côté')} (--private les prend aussi).")
    _print_refused(imported.refused)
    return 0


def _add(content: Path, new: Sequence[Bookmark], name: str) -> None:
    if new:
        path = content / inbox.FILE
        before = step.content(path)
        after = inbox.add((before or b"").decode("utf-8"), new).encode()
        History(content.parent, print).make("links.import", f"invoke links.import {name}", [FileChange(path, before, after)])


def _print_refused(refused: Sequence[str]) -> None:
    if refused:
        shown = ", ".join(address[:60] for address in refused[:_MAX_SHOWN]) + (", …" if len(refused) > _MAX_SHOWN else "")
        count = plural(len(refused), "adresse laissée de côté, qui ne mène", "adresses laissées de côté, qui ne mènent")
        print(f"{count} nulle part sur le web : {shown}")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def draft(content: Path, count: int, authority: str) -> int:
    """Make a roundup of the first links of the inbox; the exit code."""
    path = content / inbox.FILE
    try:
        before = step.content(path)
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError:
        return _refuse(f"Rien n'a changé : {path} n'est pas en UTF-8.")
    waiting = inbox.items(text)[1]
    chosen = waiting[: max(count, 0)]
    if not chosen:
        return _refuse(f"{path} n'a pas de lien : « invoke links.import » y en met, ou écrivez-y « - [titre](adresse) ».")
    day = inbox.next_monday(clock.now().date())
    target = content / "articles" / f"{day.year}" / inbox.file_name(day)
    if target.exists():
        return _refuse(f"{target} existe déjà : rien n'a été changé.")
    roundup = inbox.roundup(chosen, day, authority).encode()
    try:
        edits = [FileChange(target, None, roundup), FileChange(path, before, inbox.remove(text, chosen).encode())]
        History(content.parent, print).make("links.draft", f"invoke links.draft ({target.name})", edits)
    except HistoryError as error:
        return _refuse(f"Rien n'a changé : {error}")
    left = len(waiting) - len(chosen)
    print(f"Brouillon écrit : {target} ({plural(len(chosen), 'lien', 'liens')}). Il en reste {left} dans {path}.")
    print("Pour défaire : invoke links.draft --undo")
    return 0
