"""« invoke upgrade »."""

from __future__ import annotations

from pathlib import Path

from invoke.exceptions import Exit

from plancher.tasks.blog_task import blog_task


@blog_task(
    "Le blog",
    interrupted="Interrompu. La même commande, relancée, dit où vous en êtes et finit.",
    aliases=["mettre-a-jour"],
    positional=["engine"],
    takes_all_words=True,
    help={"engine": "fichier du nouveau moteur, ou dossier de son code"},
)
def upgrade(blog: Path, engine: str = "") -> None:
    """Met le moteur à jour et dit ce qui change ; vos textes, vos réglages et votre thème ne bougent pas."""
    from plancher.commands import upgrade as commands  # noqa: PLC0415 - needed by this task only

    try:
        commands.upgrade(blog, engine, print)
    except commands.UpgradeError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
