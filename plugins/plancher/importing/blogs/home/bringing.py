"""The second pass over an export: files, then texts, then comments, each written as soon as it is made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from plancher.base import digest, reasons
from plancher.build.task import brief
from plancher.build.workers import WorkerPool
from plancher.importing.blogs.home import copying, redirections, replies
from plancher.importing.blogs.home.accounts import Accounts
from plancher.importing.blogs.home.apart import Apart
from plancher.importing.blogs.home.copying import Copier, OtherKindError, RefusedFileError
from plancher.importing.blogs.home.identities import Identities
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.home.ledger import Entry, Ledger, Made
from plancher.importing.blogs.home.local_files import LocalFiles
from plancher.importing.blogs.home.making import Made as MadeText
from plancher.importing.blogs.home.making import Maker, Task
from plancher.importing.blogs.home.plan import Fate, PlacedFile, Plan
from plancher.importing.blogs.home.report import Report
from plancher.importing.blogs.model import FormerComment, FormerReplies, FormerText, Item, LeftOut
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import SourceError

_BATCH = 256
"""Texts that are made together."""
_BATCH_SIZE = 20_000_000
"""Letters of them, at most."""
_LIMIT = 120.0
"""Seconds for one text."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Bringing:
    """One import."""

    plan: Plan
    reader: Reader
    local: LocalFiles
    content: Path
    ledger: Ledger
    journal: Journal
    report: Report
    accounts: Accounts
    pool: WorkerPool = dataclasses.field(default_factory=WorkerPool)
    on_progress: Callable[[str], object] = lambda _what: None
    """Called with « fichier » or « texte » for each that is done."""
    is_forgotten: Callable[[str, str], bool] = lambda _words, _name: False
    """Whether whoever wrote these words under this name asked to be forgotten: such a comment does not come."""

    def files(self) -> None:
        """Bring pictures and files, in the order of the export; what is absent is noted."""
        known = {entry.written: entry.path for entry in self.ledger.of(Made.FILE) if entry.written}
        copier = Copier(self.journal, self.content, known)
        for file in self.plan.files.values():
            self._file(copier, file)
            self.on_progress("fichier")

    def _file(self, copier: Copier, file: PlacedFile) -> None:
        scope, here = self.plan.scope, self.plan.book.files
        if file.fate is Fate.SAME:
            if (self.content / file.target).is_file():
                here[file.canonical] = file.target
            self.accounts.files["inchangés"] += 1
        elif not file.local:
            self.accounts.files["absents"] += 1
            if self.ledger.get(Made.ABSENT, scope, file.canonical) is None:
                self.journal.note(Entry(Made.ABSENT, scope, file.canonical, file.target))
            self.report.file(file.shown, f"absent ; « invoke import.fetch » le demandera, pour {file.target}.")
        else:
            self._copy(copier, file)

    def _copy(self, copier: Copier, file: PlacedFile) -> None:
        try:
            with copying.opened(self.local, file) as stream:
                target = copier.copy(stream, file.target, copying.entry_of(self.plan.scope, file))
        except (RefusedFileError, SourceError) as error:
            self.accounts.files["refusés"] += 1
            why = str(error).rstrip(".")
            if not isinstance(error, OtherKindError):
                self.accounts.failures.append(f"{file.shown} ne vient pas : {why}.")
            self.report.file(file.shown, f"ne vient pas : {why}.")
            return
        self.plan.book.files[file.canonical] = target
        self.accounts.files["venus"] += 1
        self.report.file(file.shown, f"→ {target}")

    def texts(self, maker: Maker) -> None:
        """Bring texts, and the comments that stand in them."""
        apart = Apart(self.journal.folder)
        for batch in _batches(self._wanted(apart)):
            results = self.pool.map("textes", maker.make, batch, _LIMIT)
            for task, made in zip(batch, results, strict=True):
                self._text(task, made)
                self.on_progress("texte")
        self._replies_apart(apart)

    def _wanted(self, apart: Apart) -> Iterator[Task]:
        """The texts that are to be written, in the order of the export."""
        known = Identities()
        try:
            for item in self.reader.read(self.local.source):
                task = self._take(item, known, apart)
                if task:
                    yield task
        except SourceError as error:  # what was read before is whole
            self.accounts.failures.append(str(error))

    def _take(self, item: Item, known: Identities, apart: Apart) -> Task | None:
        if isinstance(item, LeftOut):
            self.report.left_out(item)
        elif isinstance(item, FormerReplies):
            apart.add(item.text, item.comments)
        elif isinstance(item, FormerText) and (identifier := known.of(item)[0]) in self.plan.texts:
            self._comments(identifier, item.comments, apart)
            placed = self.plan.texts[identifier]
            if placed.fate.is_written:
                return Task(dataclasses.replace(item, comments=()), placed)
            self.accounts.texts[item.kind, "inchangé"] += 1
            if placed.fate is not Fate.SAME:
                self.accounts.edited.append(f"content/{placed.path} : {placed.fate}.")
            self.report.text(item.title, placed.path, str(item.place), str(placed.fate), (), ())
            self.on_progress("texte")
        return None

    def _text(self, task: Task, made: MadeText | Exception) -> None:
        text, placed = task
        if isinstance(made, Exception):
            self._failed(task, f"ne se convertit pas ({brief(made)})")
            return
        written = digest.of_bytes(made.raw)
        entry = Entry(Made.TEXT, self.plan.scope, placed.surveyed.identifier, placed.path, placed.source, written)
        try:
            self.journal.write(placed.path, made.raw, entry)
        except OSError as error:
            self._failed(task, f"ne peut pas être écrit ({reasons.of_a_disk(error)})")
            return
        self.accounts.texts[text.kind, "retenu" if placed.held_back else "publié"] += 1
        self.accounts.notes += len(made.notes)
        self.accounts.lost += bool(made.lost)
        state = f"brouillon : {placed.held_back}" if placed.held_back else str(placed.fate)
        self.report.text(text.title or placed.slug, placed.path, str(text.place), state, made.notes, made.lost)

    def _failed(self, task: Task, why: str) -> None:
        self.accounts.texts[task.text.kind, "manqué"] += 1
        self.accounts.failures.append(f"{task.text.place} : « {task.text.title or task.placed.slug} » {why}.")
        self.report.text(task.text.title, task.placed.path, str(task.text.place), f"manqué : {why}", (), ())

    def _comments(self, identifier: str, comments: tuple[FormerComment, ...], apart: Apart) -> None:
        if self.plan.survey.replies[identifier].is_apart:
            apart.add(identifier, comments)
        elif comments:
            self._write_replies(identifier, comments)

    def _replies_apart(self, apart: Apart) -> None:
        for identifier in self.plan.survey.replies:
            comments = apart.of(identifier)
            if comments:
                self._write_replies(identifier, comments)
        apart.remove()

    def _write_replies(self, identifier: str, comments: Iterable[FormerComment]) -> None:
        comments = tuple(comments)
        public = sum(comment.is_public for comment in comments)
        self.accounts.replies["privées"] += len(comments) - public
        if not public:
            return
        path, fate = self.plan.replies[identifier]
        if not fate.is_written:
            self.accounts.replies["inchangées"] += public
            if fate is not Fate.SAME:
                self.accounts.edited.append(f"content/{path} : {fate}.")
            return
        kept = tuple(one for one in comments if not self.is_forgotten(replies.words(one.body), replies.shown_name(one.author)))
        if len(kept) < len(comments):
            self.accounts.edited.append(f"content/{path} : {len(comments) - len(kept)} dont l'auteur a demandé à être oublié.")
        raw = replies.file_of(self.plan.texts[identifier].path, kept).encode("utf-8", "replace")
        source = self.plan.survey.replies[identifier].digest
        try:
            self.journal.write(path, raw, Entry(Made.REPLIES, self.plan.scope, identifier, path, source, digest.of_bytes(raw)))
            self.accounts.replies["venues"] += public
        except OSError as error:
            self.accounts.replies["manquées"] += public
            self.accounts.failures.append(f"content/{path} ne peut pas être écrit ({reasons.of_a_disk(error)}).")

    def redirections(self) -> None:
        """Write where addresses that are no text's lead now."""
        lines = redirections.wanted(self.plan, self.content, self.plan.book.files)
        text, entries = redirections.with_lines(self.content, lines, self.ledger, self.plan.scope)
        if text:
            self.journal.write(redirections.FILE, text.encode(), *entries)
        elif entries:
            self.journal.note(*entries)


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.text.body)
        if len(batch) >= _BATCH or size >= _BATCH_SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
