"""« invoke new »."""

from __future__ import annotations

from pathlib import Path

from plancher.tasks.reversible import reversible


@reversible("Écrire", "new", takes_all_words=True, aliases=["nouveau"], positional=["title"], help={"title": "titre du billet"})
def new(blog: Path, title: str) -> None:
    """Écrit un brouillon daté d'aujourd'hui, chaque champ expliqué : invoke new "Mon titre"."""
    from plancher.commands import new_post  # noqa: PLC0415 - needed by this task only

    new_post.write(blog, title)
