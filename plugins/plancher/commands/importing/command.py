"""« invoke import »: looks at an export, shows what it would do, asks, does it, and gives its report."""

from __future__ import annotations

import dataclasses
import zoneinfo
from collections.abc import Callable, Sequence
from pathlib import Path

from plancher.base.identity import Identity
from plancher.base.slugs import slug
from plancher.build.workers import WorkerPool
from plancher.commands.history import History
from plancher.commands.importing import progress, registry, sources, table, undoing
from plancher.commands.tags.registry_text import RegistryError
from plancher.importing.blogs.home import journals, placing
from plancher.importing.blogs.home.accounts import Accounts
from plancher.importing.blogs.home.bringing import Bringing
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.home.journals import Journals
from plancher.importing.blogs.home.ledger import Ledger
from plancher.importing.blogs.home.local_files import LocalFiles
from plancher.importing.blogs.home.making import Converters, Maker
from plancher.importing.blogs.home.placing import Wishes
from plancher.importing.blogs.home.plan import Plan
from plancher.importing.blogs.home.report import Report
from plancher.importing.blogs.home.survey import Survey, survey
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import Source, SourceError

_LISTED = 200
"""Failures that the report names above all."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed."""

    source: Path
    files: Path | None = None
    address: str = ""
    format: str = ""
    without: frozenset[str] = frozenset()
    is_dry: bool = False
    is_sure: bool = False
    """Whether it goes on without asking."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What an import needs of its surroundings."""

    root: Path
    readers: Sequence[Reader]
    converters: Converters
    identity: Identity
    tell: Callable[[str], None] = print
    ask: Callable[[str], bool] = lambda _question: False
    category_slug: Callable[[str], str] = slug
    """What the site makes of the name of a category."""
    pool: WorkerPool = dataclasses.field(default_factory=WorkerPool)
    is_forgotten: Callable[[str, str], bool] = lambda _words, _name: False
    """Whether whoever wrote these words under this name asked to be forgotten."""

    @property
    def content(self) -> Path:
        """Where texts are."""
        return self.root / "content"

    @property
    def journals(self) -> Journals:
        """Imports that were made."""
        return undoing.journals(self.root)


def run(door: Door, asked: Asked) -> int:
    """Bring it home; the exit code.

    :raises SourceError: it cannot be read at all.
    :raises HistoryError: another command changes the texts.
    """
    source = Source(asked.source)
    try:
        reader, others = sources.reader_of(source, door.readers, asked.format)
        if others:
            door.tell(f"Lu comme {reader.name} ; --as en choisit un autre : {', '.join(others)}.")
        return _look(door, asked, LocalFiles(source, asked.files), reader)
    finally:
        source.close()


def _look(door: Door, asked: Asked, local: LocalFiles, reader: Reader) -> int:
    """Show what would be done, ask, do it."""
    with progress.bar("Lecture de l'export") as advance:
        found = survey(reader, local.source, advance)
    if not found.texts:
        raise SourceError(found.fault or f"« {asked.source.name} », lu comme {reader.name}, ne contient aucun texte. {sources.known(door.readers)}")
    if asked.is_dry:
        for line in table.before(_plan(door, asked, local, reader, found, _ledger(door, None)), reader.name):
            door.tell(line)
        door.tell("\nRien n'a été écrit (--dry-run).")
        return 1 if found.fault else 0
    with History(door.root, door.tell).locked():
        door.journals.finish()
        journal = door.journals.current()
        ledger = _ledger(door, journal)
        plan = _plan(door, asked, local, reader, found, ledger)
        for line in table.before(plan, reader.name):
            door.tell(line)
        if not journal.is_empty:
            door.tell("\nUne importation interrompue sera continuée.")
        if not asked.is_sure and not door.ask("Continuer ?"):
            door.tell("Rien n'a été écrit.")
            return 0
        door.journals.forget_undone()
        return _bring(door, plan, local, reader, ledger, journal)


def _plan(door: Door, asked: Asked, local: LocalFiles, reader: Reader, found: Survey, ledger: Ledger) -> Plan:  # noqa: PLR0913, PLR0917 - all that decides of it
    zone = zoneinfo.ZoneInfo(door.identity.timezone)
    wishes = Wishes(address=asked.address, without=asked.without, timezone=zone, author=door.identity.author, category_slug=door.category_slug)
    return placing.plan(found, reader.name, ledger, door.content, local, wishes)


def _ledger(door: Door, journal: Journal | None) -> Ledger:
    """What came so far, an import that was cut short included."""
    ledger = Ledger.read(door.content)
    for entry in (journal or door.journals.current()).entries:
        ledger.add(entry)
    return ledger


def _bring(door: Door, plan: Plan, local: LocalFiles, reader: Reader, ledger: Ledger, journal: Journal) -> int:  # noqa: PLR0913, PLR0917 - the parts of one import
    done = Accounts()
    try:
        with Report(journal.folder) as report, progress.bar("Importation", len(plan.files) + len(plan.texts)) as advance:
            bringing = Bringing(
                plan=plan,
                reader=reader,
                local=local,
                content=door.content,
                ledger=ledger,
                journal=journal,
                report=report,
                accounts=done,
                pool=door.pool,
                on_progress=lambda _what: advance(),
                is_forgotten=door.is_forgotten,
            )
            bringing.files()
            bringing.texts(Maker(book=plan.book, converters=door.converters, spellings=plan.spellings, without=plan.without, author=door.identity.author))
            _describe(door, plan, ledger, journal, done)
            bringing.redirections()  # after the registry, which has its say in the spelling of tags
            journals.settle(ledger, journal)
            rows = done.rows(plan)
            place = report.save(rows, done.failures[:_LISTED], done.edited[:_LISTED])
    finally:
        journal.close()
    return _conclude(door, plan, done, journal, place)


def _describe(door: Door, plan: Plan, ledger: Ledger, journal: Journal, done: Accounts) -> None:
    """Descriptions of tags, into the registry."""
    try:
        text, entries = registry.with_descriptions(door.content, plan.survey.terms, ledger, plan.scope)
    except (RegistryError, UnicodeDecodeError) as error:
        done.failures.append(f"Les descriptions des mots-clés ne viennent pas : {error}")
        return
    if text:
        journal.write(registry.FILE, text.encode(), *entries)
    elif entries:
        journal.note(*entries)


def _conclude(door: Door, plan: Plan, done: Accounts, journal: Journal, place: Path) -> int:
    door.tell("")
    done.failures += [plan.survey.fault] if plan.survey.fault and plan.survey.fault not in done.failures else []
    table.after(done.rows(plan), done, door.tell)
    door.tell("")
    if absent := table.absent(file.canonical for file in plan.files.values() if file.canonical not in plan.book.files):
        door.tell(absent)
    if done.notes:
        door.tell(f"{done.notes} changements de mots ou de mise en forme, chacun avec ses mots d'avant, dans le rapport.")
    if done.lost:
        door.tell(f"{done.lost} textes dont un mot de l'original ne se retrouve pas : le rapport les nomme.")
    door.tell(f"Rapport : {place.relative_to(door.root).as_posix()} ; « invoke serve » le montre à l'adresse /_apercu/import.")
    if journal.is_empty:
        door.tell("Rien n'a changé : tout était déjà là.")
    else:
        door.tell("Pour tout reprendre : invoke import --undo. Ensuite : invoke check.")
    return 1 if done.failures else 0


def interrupted(door: Door) -> str:
    """What is true after Ctrl-C."""
    journal = door.journals.current()
    count = len(journal.afters)
    if journal.is_empty:
        return "Interrompu : rien n'a changé."
    return f"Interrompu : {count} fichiers sont venus, entiers. La même commande continue ; invoke import --undo reprend tout."
