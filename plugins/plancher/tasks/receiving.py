"""« invoke answers.receive »."""

from __future__ import annotations

from pathlib import Path

from invoke.exceptions import Exit

from plancher.tasks.answers import GROUP
from plancher.tasks.blog_task import USAGE, blog_task


@blog_task(
    GROUP,
    interrupted="Arrêté : ce que des lecteurs ont envoyé est dans la base.",
    aliases=["recevoir"],
    positional=[],
    help={
        "file": "base où attendent les réponses, hors du blog (sans cette option : dans le dossier des réponses)",
        "port": "port de cette machine où écouter ; un serveur web se tient devant",
        "copy": "copier la base dans ce fichier, sans rien recevoir",
        "erase": "effacer de la base les réponses relevées, jusqu'à ce numéro, ou une seule, par sa référence",
    },
)
def receive(blog: Path, *, file: str = "", port: int = 8321, copy: str = "", erase: str = "") -> None:
    """Reçoit ce que des lecteurs écrivent dans le formulaire d'un appel, sur votre serveur."""
    from plancher.commands import own_settings  # noqa: PLC0415 - needed by this task only
    from plancher.commands.answers import receiving  # noqa: PLC0415 - the same

    if copy and erase:
        raise Exit("Rien n'a changé : --copy et --erase s'écrivent seuls.", USAGE)
    identity, mine = own_settings.blog_identity(blog), own_settings.answer_settings(blog)
    wishes = receiving.Wishes(blog=blog, identity=identity, settings=mine, file=file, port=port)
    try:
        if copy:
            print(receiving.copy(wishes, copy))
        elif erase:
            print(receiving.erase(wishes, erase))
        else:
            receiving.serve(wishes, lambda line: print(line, flush=True))
    except receiving.ReceivingError as error:
        raise Exit(str(error), 1) from None
