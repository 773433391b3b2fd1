"""The last look before anything is written: rules on the whole site, then the gate."""

from __future__ import annotations

import fnmatch
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.core.french import plural
from plancher.core.problems import Problem
from plancher.reading import file_checks, site_checks
from plancher.reading.session import Session
from plancher.reading.site_checks import Entry


def inspect(session: Session, entries: Sequence[Entry], taken: Mapping[str, str], ignored: Sequence[str]) -> None:
    """Run every rule that needs all files, into the journal."""
    files = list(content_files(session.root, ignored))
    found: list[tuple[Path, Problem]] = [
        *site_checks.addresses_are_free(entries, taken),
        *site_checks.slugs_are_unique(entries),
        *site_checks.ids_are_unique(entries),
        *site_checks.categories_have_one_name(session.journal.readings),
        *site_checks.links_reach_published_texts(session.root, session.journal.readings),
        *file_checks.files_have_a_place(files, session.text_folders),
        *file_checks.nothing_is_a_link(files, session.root),
        *file_checks.drawings_hold_no_code(f for f in files if f.is_file() and session.holds(f)),
    ]
    for path, problem in found:
        session.journal.say(session.root / path, [problem])


def content_files(root: Path, ignored: Sequence[str]) -> Iterator[Path]:
    """Every file of the content folder that Pelican looks at, in a fixed order."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not _is_ignored(name, ignored))
        yield from (Path(folder, name) for name in folders if Path(folder, name).is_symlink())
        yield from (Path(folder, name) for name in sorted(names) if not _is_ignored(name, ignored))


def linked_folders(root: Path) -> list[str]:
    """Folders that are symbolic links: Pelican would follow them, round and round."""
    found = []
    for folder, folders, _names in os.walk(root):
        found += [os.path.relpath(Path(folder, name), root) for name in folders if Path(folder, name).is_symlink()]
    return found


def _is_ignored(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def harmless(session: Session, path: Path) -> bool:
    """Whether a static file may be copied to the site."""
    if not path.is_file() or not session.holds(path) or not file_checks.is_published(path):
        return False
    return not any(file_checks.drawings_hold_no_code([path]))


def close(session: Session) -> None:
    """Say everything; stop a strict build that has errors, and any mere check.

    :raises SystemExit: 1 on errors in ``strict`` or ``check`` mode, 0 at the end of a good check.
    """
    mode = session.settings.mode
    if mode == "check":
        for path, reading in session.journal.readings.items():
            for rule in session.converter.brought.suggestions:
                session.journal.say(path, rule(reading.document))
    report = session.journal.report()
    if report:
        print(report, file=sys.stderr)
    if mode == "preview":
        return
    if session.journal.has_errors:
        if mode == "strict":
            print("Rien n'a été publié : corrigez les erreurs ci-dessus, puis recommencez.", file=sys.stderr)
        raise SystemExit(1)
    if mode == "check":
        read = plural(len(session.journal.readings), "fichier lu", "fichiers lus")
        print(f"{read}, aucune erreur.", file=sys.stderr)
        raise SystemExit(0)
