"""The last look before anything is written: rules on the whole site, then the gate."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from plancher.base.french import plural
from plancher.base.problems import Problem
from plancher.build.session import Session
from plancher.markdown import anchors
from plancher.site import file_checks, site_checks, stray_files
from plancher.site.site_checks import Entry


def inspect(session: Session, entries: Sequence[Entry]) -> None:
    """Run every rule that needs all files, into the journal."""
    tree, records = session.library.tree, [record for _, record in sorted(session.journal.records.items())]
    found: list[tuple[Path, Problem]] = [
        *site_checks.texts_have_their_own_address(entries),
        *site_checks.slugs_are_unique(entries),
        *site_checks.ids_are_unique(entries),
        *site_checks.categories_have_one_name(records),
        *site_checks.links_reach_published_texts(records),
        *anchors.exist(records, {entry.save_as.removesuffix("index.html"): entry.path for entry in entries}),
        *file_checks.files_have_a_place((name for name in tree.files if name not in session.chosen), session.text_folders_inside, session.formats),
        *(stray_files.unread(session.root, session.text_folders_inside) if session.settings.mode == "check" else ()),
        *file_checks.everything_can_be_read(tree.refused),
        *file_checks.nothing_is_a_link(tree.links, session.root),
        *file_checks.drawings_hold_no_code(session.root / path for path in tree.files if path[-4:].lower() == ".svg"),
        *file_checks.files_are_what_their_names_say((name, session.root / name, seen) for name, seen in tree.files.items() if name[-3:] != ".md"),
    ]
    for path, problem in found:
        session.journal.say(session.root / path, [problem])


def harmless(session: Session, path: Path) -> bool:
    """Whether a static file may be copied to the site."""
    if session.name(path) in session.chosen:  # its owner wants it there
        return path.is_file() and not path.is_symlink()
    if not path.is_file() or not session.holds(path) or not file_checks.is_published(path):
        return False
    name = path.relative_to(session.root).as_posix()
    looked = file_checks.files_are_what_their_names_say([(name, path, session.library.tree.files[name])])
    return not any(file_checks.drawings_hold_no_code([path])) and not any(problem.code == "PDV055" for _, problem in looked)


def tell(session: Session) -> None:
    """Say what was found since this was last called."""
    report = session.journal.news()
    if report:
        print(report, file=sys.stderr)


def close(session: Session) -> None:
    """Say everything; stop a strict build that has errors, and any mere check.

    :raises SystemExit: 1 on errors in ``strict`` or ``check`` mode, 0 at the end of a good check.
    """
    mode = session.settings.mode
    if mode == "check":
        for record in session.journal.records.values():
            session.journal.say(session.root / record.path, [Problem(*advice) for advice in record.advice])
    tell(session)
    if mode == "preview":
        return
    if session.journal.has_errors:
        if mode == "strict":
            print("Rien n'a été publié : corrigez les erreurs ci-dessus, puis recommencez.", file=sys.stderr)
        raise SystemExit(1)
    if mode == "check":
        read = plural(len(session.journal.records), "fichier lu", "fichiers lus")
        print(f"{read}, aucune erreur.", file=sys.stderr)
        raise SystemExit(0)
