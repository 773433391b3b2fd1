"""« invoke answers.… »."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.exceptions import Exit

from plancher.tasks import site
from plancher.tasks.blog_task import INTERRUPTED, USAGE, blog_task

if TYPE_CHECKING:
    from plancher.commands.answers.queue import Queue
    from plancher.components.answers.asked import Asked
    from plancher.components.answers.settings import AnswerSettings

GROUP = "Témoignages"
"""Under which these commands are listed."""


def _asked(blog: Path) -> tuple[list[Asked], AnswerSettings]:
    """What the blog asks its readers, and the settings of answers.

    :raises Exit: the texts cannot be read.
    """
    from plancher.components.answers import CALLS  # noqa: PLC0415 - needed by these tasks only
    from plancher.components.answers.asked import Asked  # noqa: PLC0415 - the same
    from plancher.components.answers.settings import AnswerSettings  # noqa: PLC0415 - the same

    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / CALLS
        code = site.run_pelican(blog, "pelicanconf.py", blog / "output", {"PLANCHER_COMMAND": {"files": folder, "only_files": True}})
        if code or not calls.is_file():
            why = "Interrompu" if code == INTERRUPTED else "Les textes n'ont pas pu être lus"
            raise Exit(f"{why} : rien n'a été relevé.", code or 1)
        content = json.loads(calls.read_text(encoding="utf-8"))
    mine = AnswerSettings(**(content["settings"] | {"allowed": tuple(content["settings"]["allowed"])}))
    return [Asked(**one) for one in content["asked"]], mine


def queue_of(blog: Path, folder: str) -> Queue:
    """The queue of a blog.

    :raises Exit: it would lie among what is published.
    """
    from plancher.commands.answers import place  # noqa: PLC0415 - needed by these tasks only
    from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - the same

    try:
        return place.queue_of(blog, folder)
    except QueueError as error:
        raise Exit(str(error), 1) from None


@blog_task(
    GROUP,
    interrupted="Interrompu : ce qui était relevé est gardé. Relancez « invoke answers.fetch » pour la suite.",
    aliases=["relever"],
    positional=[],
    help={"file": "fichier .eml, fichier mbox, dossier de courriels ou copie de la base du formulaire, au lieu du reste"},
)
def fetch(blog: Path, *, file: str = "") -> int:
    """Relève les réponses des lecteurs : boîte aux lettres, fichiers de courriels, formulaire, Mastodon, webmentions."""
    from plancher.commands.answers import fetching  # noqa: PLC0415 - needed by this task only
    from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - the same

    asked, mine = _asked(blog)
    wishes = fetching.Wishes(blog=blog, settings=mine, asked=asked, files=(Path(file),) if file else ())
    try:
        tally, is_whole = fetching.fetch(queue_of(blog, mine.queue), wishes, lambda line: print(line, file=sys.stderr))
    except QueueError as error:
        raise Exit(f"Rien n'a été relevé : {error}", 1) from None
    print("\n".join(tally.told()))
    return 0 if is_whole else 1


@blog_task(
    GROUP,
    interrupted="Interrompu : ce qui était décidé le reste.",
    aliases=["decider"],
    help={
        "accept": "accepter cette réponse",
        "refuse": "refuser cette réponse",
        "undo": "la remettre en attente",
        "remove": "retirer du site cette réponse acceptée",
        "confirm": "montrer le courriel qui demande à son expéditeur s'il l'a écrite",
        "consent": "noter que l'auteur de cette réponse publique accepte d'être cité ; --how dit comment",
        "how": "comment et quand l'auteur a dit oui",
    },
)
def review(blog: Path, *, accept: str = "", refuse: str = "", undo: str = "", remove: str = "", confirm: str = "", consent: str = "", how: str = "") -> None:  # noqa: PLR0913 - each is an option that may be typed
    """Montre chaque réponse en attente, avec ses accords, et demande quoi en faire."""
    from plancher.commands.answers import reviewing  # noqa: PLC0415 - needed by this task only
    from plancher.commands.answers.deciding import DecisionError  # noqa: PLC0415 - the same
    from plancher.commands.answers.queue import QueueError  # noqa: PLC0415 - the same

    options = {"accept": accept, "refuse": refuse, "undo": undo, "remove": remove, "confirm": confirm, "consent": consent}
    typed = [(decision, one) for decision, one in options.items() if one]
    if len(typed) > 1:
        raise Exit(f"Rien n'a changé : {', '.join(f'--{name}' for name in options)} s'écrivent seuls.", USAGE)
    if how and not consent:
        raise Exit("Rien n'a changé : --how va avec --consent.", USAGE)
    _, mine = _asked(blog)
    queue = queue_of(blog, mine.queue)
    try:
        with queue.opened():
            if typed:
                print(reviewing.decide(queue, blog / "content", typed[0][1], typed[0][0], how))
            else:
                reviewing.review(queue, blog / "content", ask, print)
    except (QueueError, DecisionError) as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None


def ask(question: str) -> str:
    """What was typed; « q » when nobody types."""
    try:
        return input(question)
    except EOFError:
        return "q"
