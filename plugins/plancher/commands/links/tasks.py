"""What « invoke links.check » and « links.archive » do, for an author at a terminal."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from plancher.base.data import DataError
from plancher.base.french import plural
from plancher.commands.history import History, HistoryError
from plancher.commands.links import rounds
from plancher.commands.links.rounds import Round, RoundReport
from plancher.commands.links.state_store import BusyError, StateStore
from plancher.components.links import state
from plancher.components.links.health import Health, State
from plancher.components.links.settings import LinkSettings

_STATE_NAMES = {
    State.ALIVE: "répond",
    State.MOVED: "a changé d'adresse",
    State.SUSPECT: "à vérifier",
    State.DEAD: "mort",
    State.REVIVED: "répond à nouveau",
    State.UNKNOWN: "inconnu",
}
_JOURNAL_NAME = "liens.jsonl"


def check(content: Path, cache: Path, wanted: Mapping[str, str], settings: LinkSettings, *, everything: bool, copies: bool) -> int:  # noqa: PLR0913 - by name
    """Visit links, then look for copies; the exit code.

    :param wanted: each address, and the day of the first post that has it.
    """
    with _open_store(content, cache, "links.check") as store:
        todo = rounds.to_visit(wanted, store.known, everything=everything)
        if not todo:
            print("Chaque lien a déjà été visité aujourd'hui (--everything les visite à nouveau).")
        report = _run("Visites", len(todo), store, settings, lambda visits: visits.visit(todo)) if todo else RoundReport()
        _print_report(report, store.known)
        if report.is_offline:
            print("Personne n'a répondu : la connexion de cette machine est sans doute coupée. Rien n'a été retenu.")
            return 1
        missing = rounds.without_copy(wanted, store.known) if copies and (settings.wayback or settings.timegate) else {}
        if missing:
            copies_report = _run("Copies", len(missing), store, settings, lambda visits: visits.find_copies(missing))
            print(f"{plural(copies_report.copies, 'copie trouvée', 'copies trouvées')} dans les archives, sur {plural(len(missing), 'lien', 'liens')}.")
            _print_postponed(copies_report)
    print(f"Écrit : {content / state.FILE}. « invoke build » en tient compte.")
    return 0


def archive(content: Path, cache: Path, wanted: Mapping[str, str], settings: LinkSettings) -> int:
    """Ask for copies of the links that have none; the exit code, which failures do not change."""
    with _open_store(content, cache, "links.archive") as store:
        known = store.known
        todo = [address for address in wanted if not (last := known.get(address, Health())).archive and last.state is not State.DEAD]
        if not todo or not settings.save:
            print("Aucun lien n'attend de copie." if settings.save else "Aucune archive n'est donnée dans les réglages (LinkSettings, « save »).")
            return 0

        def fail(address: str, reason: str) -> None:
            print(f"{address} : pas de copie ({_typed(reason)}).")

        report = _run("Copies", len(todo), store, settings, lambda visits: visits.request_copies(todo, fail))
    print(f"{plural(report.copies, 'copie demandée', 'copies demandées')}, sur {plural(len(todo), 'lien', 'liens')}.")
    _print_postponed(report)
    return 0


@contextlib.contextmanager
def _open_store(content: Path, cache: Path, command: str) -> Iterator[StateStore]:
    try:
        with History(content.parent, print).watching(command, f"invoke {command}", content / state.FILE), _store(content, cache) as store:
            yield store
    except HistoryError as error:
        print(f"Rien n'a changé : {error}", file=sys.stderr)
        raise SystemExit(1) from None


@contextlib.contextmanager
def _store(content: Path, cache: Path) -> Iterator[StateStore]:
    try:
        store = StateStore(content / state.FILE, cache / _JOURNAL_NAME)
    except (BusyError, DataError) as error:
        print(f"{content / state.FILE} : {error}", file=sys.stderr)
        raise SystemExit(1) from None
    try:
        yield store
    finally:
        store.close()


def _run(title: str, count: int, store: StateStore, settings: LinkSettings, work: Callable[[Round], Coroutine[None, None, RoundReport]]) -> RoundReport:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=count)
        visits = Round(settings, store, lambda: bar.advance(task))
        try:
            return asyncio.run(work(visits))
        except KeyboardInterrupt:
            bar.stop()
            print("Interrompu. Ce qui a été vu est retenu ; relancez la commande pour le reste.", file=sys.stderr)
            raise SystemExit(130) from None


def _typed(reason: str) -> str:
    """A reason as messages have it: with the apostrophe of the keyboard, while pages have the curly one."""
    return reason.replace("’", "'")


def _print_postponed(report: RoundReport) -> None:
    if report.postponed:
        print(f"L'archive demande d'attendre : {plural(report.postponed, 'lien reporté', 'liens reportés')}. Relancez plus tard.")


def _print_report(report: RoundReport, known: Mapping[str, Health]) -> None:
    for address, before, after in sorted(report.changed):
        if after.state in {State.DEAD, State.SUSPECT, State.MOVED, State.REVIVED} or before.state in {State.DEAD, State.SUSPECT}:
            reason = f" ({_typed(after.reason)})" if after.reason else f" → {after.moved}" if after.moved else ""
            print(f"{address} : {_STATE_NAMES[after.state]}{reason}")
    if report.visited:
        counts = collections.Counter(health.state for health in known.values())
        totals = ", ".join(f"{counts[state]} {_STATE_NAMES[state]}" for state in State if counts[state])
        print(f"{plural(report.visited, 'lien visité', 'liens visités')}. En tout : {totals}.")
    if report.postponed:
        print(f"{plural(report.postponed, 'lien reporté', 'liens reportés')} : leur site demande d'attendre. Relancez plus tard.")
