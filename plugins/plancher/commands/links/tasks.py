"""What « invoke links.… » does, for an author at a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from plancher.base import clock, reasons, tracking
from plancher.base.french import plural
from plancher.commands import step
from plancher.commands.history import History, HistoryError
from plancher.commands.links import inbox, rounds
from plancher.commands.links.rounds import Notebook, Round, Told
from plancher.commands.step import Edit
from plancher.components.links import state
from plancher.components.links.health import Health, State
from plancher.components.links.settings import LinkSettings
from plancher.importing.bookmarks import bookmarks

_SAID = {
    State.ALIVE: "répond",
    State.MOVED: "a changé d'adresse",
    State.SUSPECT: "à vérifier",
    State.DEAD: "mort",
    State.REVIVED: "répond à nouveau",
    State.UNKNOWN: "inconnu",
}
_JOURNAL = "liens.jsonl"
_MOST_BYTES = 50_000_000
"""Of a file of bookmarks."""
_SHOWN = 5
"""Addresses that are told one by one."""


def check(content: Path, cache: Path, wanted: Mapping[str, str], mine: LinkSettings, *, everything: bool, copies: bool) -> int:  # noqa: PLR0913 - by name
    """Visit links, then look for copies; the exit code.

    :param wanted: each address, and the day of the first post that has it.
    """
    with _notebook(content, cache, "links.check") as notebook:
        todo = rounds.to_visit(wanted, notebook.known, everything=everything)
        if not todo:
            print("Chaque lien a déjà été visité aujourd'hui (--everything les visite à nouveau).")
        told = _run("Visites", len(todo), notebook, mine, lambda one: one.visit(todo)) if todo else Told()
        _tell(told, notebook.known)
        if told.is_offline:
            print("Personne n'a répondu : la connexion de cette machine est sans doute coupée. Rien n'a été retenu.")
            return 1
        missing = rounds.to_seek(wanted, notebook.known) if copies and (mine.wayback or mine.timegate) else {}
        if missing:
            found = _run("Copies", len(missing), notebook, mine, lambda one: one.seek(missing))
            print(f"{plural(found.copies, 'copie trouvée', 'copies trouvées')} dans les archives, sur {plural(len(missing), 'lien', 'liens')}.")
            _tell_of_the_rest(found)
    print(f"Écrit : {content / state.FILE}. « invoke build » en tient compte.")
    return 0


def archive(content: Path, cache: Path, wanted: Mapping[str, str], mine: LinkSettings) -> int:
    """Ask for copies of the links that have none; the exit code, which failures do not change."""
    with _notebook(content, cache, "links.archive") as notebook:
        known = notebook.known
        todo = [address for address in wanted if not (found := known.get(address, Health())).archive and found.state is not State.DEAD]
        if not todo or not mine.save:
            print("Aucun lien n'attend de copie." if mine.save else "Aucune archive n'est donnée dans les réglages (LinkSettings, « save »).")
            return 0

        def fail(address: str, reason: str) -> None:
            print(f"{address} : pas de copie ({reason}).")

        told = _run("Copies", len(todo), notebook, mine, lambda one: one.save_copies(todo, fail))
    print(f"{plural(told.copies, 'copie demandée', 'copies demandées')}, sur {plural(len(todo), 'lien', 'liens')}.")
    _tell_of_the_rest(told)
    return 0


def take_in(content: Path, file: Path, *, private: bool) -> int:
    """Put the bookmarks of a file into the inbox; the exit code."""
    try:
        kept = bookmarks.read(file.read_bytes() if file.stat().st_size <= _MOST_BYTES else b"", file.name)
    except OSError as error:
        print(f"{file} : {reasons.of_a_disk(error)}. Rien n'a changé.", file=sys.stderr)
        return 1
    except bookmarks.UnreadableError as error:
        print(f"{file} : {error} Rien n'a changé.", file=sys.stderr)
        return 1
    found, known = kept.bookmarks, inbox.known(content)
    hidden = [] if private else [bookmark for bookmark in found if bookmark.private]
    public = found if private else [bookmark for bookmark in found if not bookmark.private]
    new = [bookmark for bookmark in public if tracking.key(bookmark.url) not in known]
    path = content / inbox.FILE
    if new:
        try:
            before = step.content(path)
            after = inbox.add((before or b"").decode("utf-8"), new).encode()
            history(content).make("links.import", f"invoke links.import {file.name}", [Edit(path, before, after)])
        except (HistoryError, UnicodeDecodeError) as error:
            reason = str(error) if isinstance(error, HistoryError) else f"{path} n'est pas en UTF-8."
            print(f"Rien n'a changé : {reason}", file=sys.stderr)
            return 1
    print(f"{plural(len(new), 'lien ajouté', 'liens ajoutés')} à {path}, {plural(len(found) - len(new) - len(hidden), 'déjà connu', 'déjà connus')}.")
    if new:
        print("Pour défaire : invoke links.import --undo")
    if hidden:
        print(f"{plural(len(hidden), 'lien privé laissé de côté', 'liens privés laissés de côté')} (--private les prend aussi).")
    if kept.refused:
        shown = ", ".join(address[:60] for address in kept.refused[:_SHOWN]) + (", …" if len(kept.refused) > _SHOWN else "")
        left = plural(len(kept.refused), "adresse laissée de côté, qui ne mène", "adresses laissées de côté, qui ne mènent")
        print(f"{left} nulle part sur le web : {shown}")
    return 0


def draft(content: Path, count: int, authority: str) -> int:
    """Make a roundup of the first links of the inbox; the exit code."""
    path = content / inbox.FILE
    try:
        before = step.content(path)
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError:
        print(f"Rien n'a changé : {path} n'est pas en UTF-8.", file=sys.stderr)
        return 1
    taken = inbox.items(text)[1][: max(count, 0)]
    if not taken:
        print(f"{path} n'a pas de lien : « invoke links.import » y en met, ou écrivez-y « - [titre](adresse) ».", file=sys.stderr)
        return 1
    day = inbox.next_monday(clock.now().date())
    target = content / "articles" / f"{day.year}" / inbox.file_name(day)
    if target.exists():
        print(f"{target} existe déjà : rien n'a été changé.", file=sys.stderr)
        return 1
    made = inbox.roundup(taken, day, authority).encode()
    try:
        edits = [Edit(target, None, made), Edit(path, before, inbox.without(text, taken).encode())]
        history(content).make("links.draft", f"invoke links.draft ({target.name})", edits)
    except HistoryError as error:
        print(f"Rien n'a changé : {error}", file=sys.stderr)
        return 1
    left = len(inbox.items(text)[1]) - len(taken)
    print(f"Brouillon écrit : {target} ({plural(len(taken), 'lien', 'liens')}). Il en reste {left} dans {path}.")
    print("Pour défaire : invoke links.draft --undo")
    return 0


def history(content: Path) -> History:
    """The changes of the project whose content this is."""
    return History(content.parent, print)


@contextlib.contextmanager
def _notebook(content: Path, cache: Path, command: str) -> Iterator[Notebook]:
    try:
        with history(content).watching(command, f"invoke {command}", content / state.FILE), _opened(content, cache) as notebook:
            yield notebook
    except HistoryError as error:
        print(f"Rien n'a changé : {error}", file=sys.stderr)
        raise SystemExit(1) from None


@contextlib.contextmanager
def _opened(content: Path, cache: Path) -> Iterator[Notebook]:
    try:
        notebook = Notebook(content / state.FILE, cache / _JOURNAL)
    except (rounds.BusyError, state.StateError) as error:
        print(f"{content / state.FILE} : {error}", file=sys.stderr)
        raise SystemExit(1) from None
    try:
        yield notebook
    finally:
        notebook.close()


def _run(title: str, count: int, notebook: Notebook, mine: LinkSettings, work: Any) -> Told:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=count)
        made: Coroutine[Any, Any, Told] = work(Round(mine, notebook, lambda: bar.advance(task)))
        try:
            return asyncio.run(made)
        except KeyboardInterrupt:
            bar.stop()
            print("Interrompu. Ce qui a été vu est retenu ; relancez la commande pour le reste.", file=sys.stderr)
            raise SystemExit(130) from None


def _tell_of_the_rest(told: Told) -> None:
    if told.postponed:
        print(f"L'archive demande d'attendre : {plural(told.postponed, 'lien reporté', 'liens reportés')}. Relancez plus tard.")


def _tell(told: Told, known: Mapping[str, Health]) -> None:
    for address, before, after in sorted(told.changed):
        if after.state in {State.DEAD, State.SUSPECT, State.MOVED, State.REVIVED} or before.state in {State.DEAD, State.SUSPECT}:
            reason = f" ({after.reason})" if after.reason else f" → {after.moved}" if after.moved else ""
            print(f"{address} : {_SAID[after.state]}{reason}")
    if told.visited:
        counts = ", ".join(
            f"{sum(found.state is one for found in known.values())} {_SAID[one]}" for one in State if any(found.state is one for found in known.values())
        )
        print(f"{plural(told.visited, 'lien visité', 'liens visités')}. En tout : {counts}.")
    if told.postponed:
        print(f"{plural(told.postponed, 'lien reporté', 'liens reportés')} : leur site demande d'attendre. Relancez plus tard.")
