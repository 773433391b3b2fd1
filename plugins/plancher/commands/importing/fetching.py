"""« invoke import.fetch »: asks the web for pictures and files that an import did not find, within bounds, and puts them into the texts.

What is written at once is kept: a command that is cut short goes on with the rest.
"""

from __future__ import annotations

import asyncio
import dataclasses
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from plancher.base import addresses, digest
from plancher.base.bounds import Bounds
from plancher.base.french import plural
from plancher.commands.history import History
from plancher.commands.importing import progress, table, undoing
from plancher.commands.links import archives
from plancher.importing.blogs.home import book, holes, journals, redirections, references
from plancher.importing.blogs.home.copying import Copier, RefusedFileError
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.home.ledger import Entry, Ledger, Made
from plancher.importing.blogs.home.names import Names
from plancher.importing.blogs.home.placing import taken
from plancher.site import file_kinds
from plancher.web.client import Web

MAX_BYTES = 50_000_000
"""Of one file."""
_TOGETHER = 8
"""Files asked for at once, all hosts together."""
_HEAD = 64


class FetchError(Exception):
    """A file cannot be had; the message says why, in French, without full stop."""


@dataclasses.dataclass(slots=True)
class Fetching:
    """One run."""

    root: Path
    bounds: Bounds
    journal: Journal
    ledger: Ledger
    names: Names
    here: dict[str, Entry] = dataclasses.field(default_factory=dict)
    """What came, by what stands in the texts."""
    failures: list[str] = dataclasses.field(default_factory=list)

    @property
    def content(self) -> Path:
        """Where texts are."""
        return self.root / "content"

    async def ask(self, wanted: Sequence[Entry], on_progress: Callable[[], object]) -> None:
        """Ask for all of them."""
        known = {entry.written: entry.path for entry in self.ledger.of(Made.FILE) if entry.written}
        copier, slots = Copier(self.journal, self.content, known), asyncio.Semaphore(_TOGETHER)
        async with Web(self.bounds) as web:

            async def one(entry: Entry) -> None:
                async with slots:
                    try:
                        self._keep(copier, entry, await _body(web, entry.identifier, self.bounds.size))
                    except (FetchError, RefusedFileError) as error:
                        self.failures.append(f"{entry.identifier} : {error}.")
                    on_progress()

            async with asyncio.TaskGroup() as group:
                for entry in wanted:
                    group.create_task(one(entry))

    def _keep(self, copier: Copier, entry: Entry, body: bytes) -> None:
        """Write a file under the name that was kept for it, with the ending of what it is."""
        path = Path(entry.path)
        ending = file_kinds.suffix_of(body[:_HEAD])
        if ending and path.suffix.lower() not in {ending, ".jpeg" if ending == ".jpg" else ending}:
            path = Path(self.names.unique(path.parent.as_posix(), path.stem if path.suffix in references.KINDS else path.name, ending))
        if (self.content / path).exists():  # its author's own
            path = Path(self.names.unique(path.parent.as_posix(), path.stem, path.suffix))
        target = copier.copy(io.BytesIO(body), path.as_posix(), Entry(Made.FILE, entry.scope, entry.identifier, path.as_posix()))
        self.here[entry.identifier] = Entry(Made.FILE, entry.scope, entry.identifier, target)

    def mend(self) -> int:
        """Put what came into the texts, those that were edited too: an address alone changes; how many texts changed."""
        places = {book.tidy(entry.identifier): entry.path for entry in self.here.values()}
        texts = {entry.path: entry for entry in self.ledger.of(Made.TEXT)}
        count = 0
        for path, entry in sorted(texts.items()):
            file = self.content / path
            raw = file.read_bytes() if places and file.is_file() else b""
            mended = holes.restored(raw.decode("utf-8", "surrogateescape"), places).encode("utf-8", "surrogateescape")
            if mended != raw:
                is_own = digest.of_bytes(raw) == entry.written
                self.journal.write(path, mended, *([entry._replace(written=digest.of_bytes(mended))] if is_own else []))
                count += 1
        return count

    def finish(self) -> None:
        """Redirect former addresses of what came, and write the ledger."""
        for scope in sorted({entry.scope for entry in self.here.values()}):
            lines = redirections.by_fetching(self.here.values(), scope)
            text, entries = redirections.with_lines(self.content, lines, self.ledger, scope)
            if text:
                self.journal.write(redirections.FILE, text.encode(), *entries)
        journals.settle(self.ledger, self.journal)


def run(root: Path, bounds: Bounds, tell: Callable[[str], None]) -> int:
    """Fetch what is absent; the exit code.

    :raises HistoryError: another command changes the texts.
    """
    with History(root, tell).locked():
        past = undoing.journals(root)
        past.finish()
        journal = past.current()
        ledger = Ledger.read(root / "content")
        for entry in journal.entries:
            ledger.add(entry)
        if not journal.is_empty and not journal.is_fetch:
            tell("Une importation est interrompue : finissez-la d'abord, par la même commande, ou défaites-la par invoke import --undo.")
            return 1
        wanted, others = _wanted(ledger)
        if not wanted:
            tell("Rien à demander." if not others else f"{len(others)} sans adresse entière : relancez invoke import avec --address, ou --files.")
            return 1 if others else 0
        past.forget_undone()
        journal.be_fetch()
        fetching = Fetching(root, bounds, journal, ledger, Names(taken(root / "content", ledger)))
        return _fetch(fetching, wanted, others, tell)


def _wanted(ledger: Ledger) -> tuple[list[Entry], list[Entry]]:
    """What can be asked for, and what has no whole address."""
    here = {(entry.scope, entry.identifier) for entry in ledger.of(Made.FILE)}
    absent = [entry for entry in ledger.of(Made.ABSENT) if (entry.scope, entry.identifier) not in here]
    return [entry for entry in absent if addresses.is_web(entry.identifier)], [entry for entry in absent if not addresses.is_web(entry.identifier)]


def _fetch(fetching: Fetching, wanted: Sequence[Entry], others: Sequence[Entry], tell: Callable[[str], None]) -> int:
    try:
        with progress.bar("Images", len(wanted)) as advance:
            asyncio.run(fetching.ask(wanted, advance))
    finally:  # after Ctrl-C too: what came stays
        for entry in fetching.journal.entries:
            if entry.made is Made.FILE:
                fetching.here.setdefault(entry.identifier, entry)
        count = fetching.mend()
        fetching.finish()
        fetching.journal.close()
    tell(f"{plural(len(fetching.here), 'fichier venu', 'fichiers venus')}, {plural(count, 'texte complété', 'textes complétés')}.")
    lines = [*fetching.failures, *(f"{entry.identifier} : sans adresse entière ; donnez --address ou --files à invoke import." for entry in others)]
    if lines:
        tell("Ce qui manque encore, à redemander plus tard ou à chercher ailleurs :")
        for line in table.listed(sorted(lines)):
            tell(line)
    return 1 if lines else 0


async def _body(web: Web[Bounds], address: str, most: int) -> bytes:
    """:raises FetchError: nobody gives it."""
    try:
        answer = await web.ask("GET", address, read=True, headers={"Accept": "image/*,*/*;q=0.5"})
    except archives.FAILURES as error:
        raise FetchError("personne ne répond" if isinstance(error, httpx.HTTPError | TimeoutError) else "cette adresse ne peut pas être demandée") from error
    if not httpx.codes.is_success(answer.status):
        raise FetchError(f"le site répond {answer.status}")
    length = answer.headers.get("content-length", "")
    if len(answer.body) >= most or (length.isdecimal() and int(length) != len(answer.body)):
        raise FetchError(f"le fichier dépasse {most // 1_000_000} Mo" if len(answer.body) >= most else "le fichier est arrivé incomplet")
    if not answer.body:
        raise FetchError("le fichier est vide")
    return answer.body
