"""« invoke answers.forget »."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.exceptions import Exit

from plancher.tasks import answers, site
from plancher.tasks.blog_task import USAGE, blog_task

if TYPE_CHECKING:
    from plancher.commands.answers.forgetting import Forgetting


@blog_task(
    answers.GROUP,
    interrupted="Interrompu : ce qui est commencé n'est pas fini. La même commande le termine.",
    aliases=["oublier"],
    takes_all_words=True,
    help={
        "who": "nom, adresse, page ou mots de la personne",
        "only": "seulement ces réponses, par leurs noms, séparés par des virgules",
        "yes": "ne rien demander",
        "local": "n'effacer qu'ici : le site n'est ni refait ni publié",
    },
)
def forget(blog: Path, who: str, *, only: str = "", yes: bool = False, local: bool = False) -> int:
    """Montre ce qui est gardé d'une personne, l'efface partout où une commande le peut, et dit où elle ne le peut pas."""
    from plancher.base import reasons  # noqa: PLC0415 - needed by this task only
    from plancher.commands import own_settings  # noqa: PLC0415 - the same
    from plancher.commands.answers.forgetting import Forgetting, Wishes  # noqa: PLC0415 - the same
    from plancher.commands.answers.holdings import HoldingError  # noqa: PLC0415 - the same
    from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - the same
    from plancher.commands.history import HistoryError  # noqa: PLC0415 - the same

    if not who.strip():
        raise Exit("Dites qui oublier : un nom, une adresse, ou quelques mots.", USAGE)
    settings = own_settings.answer_settings(blog)
    run = Forgetting(blog=blog, queue=answers.queue_of(blog, settings.queue), settings=settings, ask=answers.ask, tell=print)
    try:
        is_to_publish = run.run(Wishes(who=who, only=tuple(filter(None, only.split(","))), is_agreeing=yes))
    except (HoldingError, QueueError, HistoryError) as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
    except OSError as error:
        raise Exit(f"Tout n'est pas effacé : {error.filename} ({reasons.of_a_disk(error)}). Corrigez cela ; la même commande continue.", 1) from None
    if not is_to_publish:
        return 1
    code = 0
    if local:
        print("Le site construit est effacé ; en ligne, rien n'a changé encore. « invoke publish » en retire la réponse, et toutes les versions d'avant.")
    else:
        code = _publish(blog, run, yes=yes)
    print("\n".join(run.out_of_reach()))
    return 1 if run.left else code


def _publish(blog: Path, run: Forgetting, *, yes: bool) -> int:
    """Make the site again, and put it where readers see it; the exit code."""
    from plancher.commands import online  # noqa: PLC0415 - needed by this task only

    try:
        site.publish.body(blog, yes=yes)
        if online.chosen(blog) is None:
            run.without_target()
    except Exit as error:
        print(error.message or "", file=sys.stderr)
        print("Effacé ici, mais le site n'est pas encore refait ou publié sans la réponse : corrigez cela, puis « invoke publish ».", file=sys.stderr)
        return error.code or 1
    return 0
