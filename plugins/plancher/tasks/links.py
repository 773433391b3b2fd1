"""« invoke links.… »."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.exceptions import Exit

from plancher.tasks import site
from plancher.tasks.blog_task import INTERRUPTED, USAGE
from plancher.tasks.reversible import reversible

if TYPE_CHECKING:
    from plancher.components.links.settings import LinkSettings

_GROUP = "Liens"


def _cited(blog: Path) -> tuple[dict[str, str], LinkSettings, Path]:
    """Each address of the blog with the day it was first cited, the settings of links, and the cache.

    :raises Exit: the texts cannot be read.
    """
    from plancher.components.links.settings import LinkSettings  # noqa: PLC0415 - needed by two of the tasks

    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "liens.json"
        code = site.run_pelican(blog, "pelicanconf.py", blog / "output", {"PLANCHER_COMMAND": {"files": folder, "only_files": True}})
        if code or not lists.is_file():
            why = "Interrompu" if code == INTERRUPTED else "Les textes n'ont pas pu être lus"
            raise Exit(f"{why} : rien n'a été visité.", code or 1)
        asked = json.loads(lists.read_text(encoding="utf-8"))
        cache = blog / Path(folder, "cache.txt").read_text(encoding="utf-8")
    mine = LinkSettings(**(asked["settings"] | {"allowed": tuple(asked["settings"]["allowed"])}))
    return asked["links"], mine, cache


@reversible(
    _GROUP,
    "links.check",
    aliases=["verifier"],
    help={"everything": "revisiter aussi les liens déjà visités aujourd'hui", "no_copies": "ne pas chercher de copies dans les archives"},
)
def check(blog: Path, *, everything: bool = False, no_copies: bool = False) -> int:
    """Visite sur le réseau tous les liens du blog, et note leur état dans content/links/state.json."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    wanted, mine, cache = _cited(blog)
    return commands.check(blog / "content", cache, wanted, mine, everything=everything, copies=not no_copies)


@reversible(_GROUP, "links.archive", aliases=["archiver"])
def archive(blog: Path) -> int:
    """Demande aux archives du web une copie de chaque lien qui n'en a pas ; ses échecs ne bloquent rien."""
    from plancher.commands.links import tasks as commands  # noqa: PLC0415 - needed by this task only

    wanted, mine, cache = _cited(blog)
    return commands.archive(blog / "content", cache, wanted, mine)


@reversible(
    _GROUP,
    "links.import",
    takes_all_words=True,
    name="import",
    aliases=["importer"],
    positional=["file"],
    help={"file": "fichier de marque-pages", "private": "prendre aussi les liens privés"},
)
def import_bookmarks(blog: Path, file: str, *, private: bool = False) -> int:
    """Range dans content/links/inbox.md les liens d'un fichier : marque-pages Netscape, JSON, OPML ou adresses."""
    from plancher.commands.links import inbox_tasks as commands  # noqa: PLC0415 - needed by this task only

    if not Path(file).exists() and len(file.split()) > 1 and all(Path(one).is_file() for one in file.split()):
        raise Exit("Rien n'a changé : un seul fichier à la fois, « invoke links.import » autant de fois qu'il en faut.", USAGE)
    return commands.import_bookmarks(blog / "content", Path(file), private=private)


@reversible(_GROUP, "links.draft", aliases=["brouillon"], help={"count": "nombre de liens, les premiers de la liste (7)"})
def draft(blog: Path, *, count: int = 7) -> int:
    """Fait un brouillon de revue, pour lundi prochain, des premiers liens de content/links/inbox.md."""
    if count < 1:
        raise Exit(f"Rien n'a changé : un brouillon d'au moins un lien, et non de {count}.", USAGE)
    from plancher.commands import own_settings  # noqa: PLC0415 - needed by this task only
    from plancher.commands.links import inbox_tasks as commands  # noqa: PLC0415 - the same

    return commands.draft(blog / "content", count, own_settings.authority(blog))
