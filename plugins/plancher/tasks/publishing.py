"""What « invoke publish » does once a site is made, and « invoke rollback »."""

from __future__ import annotations

from pathlib import Path

from invoke.exceptions import Exit

from plancher.tasks.blog_task import USAGE, blog_task

HELP = {
    "dry_run": "montrer ce qui serait envoyé et retiré, sans rien envoyer",
    "status": "dire ce qui est en ligne, et à quelles versions on peut revenir",
    "adopt": "les fichiers déjà en ligne sont l'ancien site : il peut les remplacer",
    "yes": "ne rien demander",
}


def send(blog: Path, site: Path, *, dry_run: bool, adopt: bool, yes: bool) -> None:
    """Put a finished site where publishconf.py says, if it says.

    :raises Exit: it is not online; or it is, and something is wrong with what follows.
    """
    from plancher.commands import online, sending  # noqa: PLC0415 - needed by this task only

    target = online.chosen(blog)  # by its value: it may stand in a file that publishconf.py imports
    if target is None:
        if dry_run or adopt:
            raise Exit("publishconf.py ne dit pas où publier : PUBLISH n'y est pas.", USAGE)
        return
    wishes = sending.Wishes(is_adopting=adopt, is_agreeing=yes)
    if dry_run:
        online.dry_run(blog, site, target, wishes)
        return
    from plancher.commands.after import command as after  # noqa: PLC0415 - the same

    _leave(after.follow(blog, site, target, online.publish(blog, site, target, wishes)))


def status(blog: Path) -> None:
    """Say what is online."""
    from plancher.commands import online  # noqa: PLC0415 - the same
    from plancher.commands.after import command as after  # noqa: PLC0415 - the same

    _leave(after.look(blog, online.status(blog)))


@blog_task(
    "Publier",
    interrupted="Interrompu : le site en ligne est celui d'avant ou celui que vous demandiez ; « invoke publish --status » le dit.",
    aliases=["revenir"],
    help={"to": "la version voulue, telle que « invoke publish --status » la nomme (celle d'avant par défaut)"},
)
def rollback(blog: Path, to: str = "") -> None:
    """Remet en ligne une version d'avant, sans rien construire."""
    from plancher.commands import online  # noqa: PLC0415 - the same
    from plancher.commands.after import command as after  # noqa: PLC0415 - the same

    online.rollback(blog, to)
    _leave(after.rolled_back(blog))


def _leave(code: int) -> None:
    """:raises Exit: what was done is done, and something after it is wrong, which was said."""
    if code:
        raise Exit(code=code)
