"""« invoke tags.… »."""

from __future__ import annotations

from pathlib import Path

from plancher.tasks.reversible import reversible

_GROUP = "Mots-clés"
_DRY_RUN = "dire ce qui changerait, sans rien écrire"


@reversible(_GROUP, "tags.rename", aliases=["renommer"], positional=["old", "new"], help={"old": "nom actuel", "new": "nouveau nom", "dry_run": _DRY_RUN})
def rename(blog: Path, old: str, new: str, *, dry_run: bool = False) -> None:
    """Renomme un mot-clé dans tous les billets : invoke tags.rename "web social" "réseaux sociaux"."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.rename(blog, old, new, dry_run=dry_run)


@reversible(
    _GROUP,
    "tags.merge",
    aliases=["reunir"],
    positional=["others", "into"],
    help={"others": "mots-clés à réunir, séparés par des virgules", "into": "celui qui reste", "dry_run": _DRY_RUN},
)
def merge(blog: Path, others: str, into: str, *, dry_run: bool = False) -> None:
    """Réunit des mots-clés sous le nom de l'un d'eux : invoke tags.merge "open data, opendata" "données ouvertes"."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.merge(blog, others, into, dry_run=dry_run)


@reversible(_GROUP, "tags.unused", aliases=["inutiles"], help={"remove": "les retirer de content/tags.toml"})
def unused(blog: Path, *, remove: bool = False) -> None:
    """Liste les mots-clés du registre qu'aucun billet ne porte."""
    from plancher.commands.tags import tasks as commands  # noqa: PLC0415 - needed by this task only

    commands.unused(blog, remove=remove)
