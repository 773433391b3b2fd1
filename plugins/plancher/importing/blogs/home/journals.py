"""All imports of a blog, and how one ends."""

from __future__ import annotations

import shutil
from pathlib import Path

from plancher.importing.blogs.home import report
from plancher.importing.blogs.home.journal import DONE, OPEN, Journal
from plancher.importing.blogs.home.ledger import FILE, Ledger, Made

FOLDER = Path(".annuler", "imports")
"""Where they are kept, from the blog's folder: beside what other commands can undo."""


class Journals:
    """All imports of a blog, the last one last."""

    def __init__(self, folder: Path, content: Path) -> None:
        """:param folder: where they are kept, each in a folder that is its number."""
        self.folder, self.content = folder, content

    def all(self) -> list[Journal]:
        """Those that wrote something."""
        names = sorted(int(path.name) for path in self.folder.iterdir() if path.name.isdecimal()) if self.folder.is_dir() else []
        return [Journal(self.folder / str(name), self.content) for name in names]

    def current(self) -> Journal:
        """The one that was cut short, or a new one, which is not on disk before it writes something."""
        past = self.all()
        if past and past[-1].state == OPEN:
            return past[-1]
        number = max((int(journal.folder.name) for journal in past), default=0) + 1
        return Journal(self.folder / str(number), self.content)

    def forget_undone(self) -> None:
        """What was taken back cannot be made again any more once another import began."""
        for journal in self.all():
            if journal.is_undone:
                shutil.rmtree(journal.folder)

    def finish(self) -> None:
        """Go on with what was cut short while it was taken back."""
        for journal in self.all():
            journal.finish()


def last_report(root: Path) -> Path | None:
    """The page of the last import that has one."""
    numbers = sorted((int(path.name) for path in (root / FOLDER).iterdir() if path.name.isdecimal()), reverse=True) if (root / FOLDER).is_dir() else []
    pages = (root / FOLDER / str(number) / report.FILE for number in numbers)
    return next((page for page in pages if page.is_file()), None)


def settle(ledger: Ledger, journal: Journal) -> None:
    """Write the ledger: the import is whole."""
    for entry in journal.entries:
        ledger.add(entry)
        if entry.made is Made.FILE and (absent := ledger.get(Made.ABSENT, entry.scope, entry.identifier)):
            ledger.remove(absent)
    raw, path = ledger.text.encode("utf-8", "surrogateescape"), journal.content / FILE
    if raw and (not path.is_file() or path.read_bytes() != raw):
        journal.write(FILE, raw)
    if not journal.is_empty:
        journal.set_state(DONE)
