"""Pieces of settings for the owner's own server: they stand beside the site, in ``serveur/``, where no reader comes."""

from __future__ import annotations

import sys
from pathlib import Path

from plancher.base import atomic, reasons

FOLDER = "serveur"
"""In the folder of the blog."""


def update(blog: Path, made: Path) -> None:
    """Put there what a publication has made, and tell the owner when it has changed.

    :param made: where that is (``Component.server_files``); a publication that has nothing to do finds it there again.
    """
    changed = []
    try:
        for source in sorted(made.iterdir()) if made.is_dir() else ():
            target, content = blog / FOLDER / source.name, source.read_bytes()
            if not target.is_file() or target.read_bytes() != content:
                atomic.write(target, content)
                changed.append(source.name)
    except OSError as error:
        print(f"Le dossier {FOLDER}/ n'a pas pu être tenu à jour ({reasons.of_a_disk(error)}) ; le site, lui, est prêt.", file=sys.stderr)
    if changed:
        print(f"{FOLDER}/ a changé ({', '.join(changed)}) : si votre site a son propre serveur, faites-lui relire ses réglages.")
