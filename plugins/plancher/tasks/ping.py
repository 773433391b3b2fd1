"""« invoke ping »."""

from __future__ import annotations

from pathlib import Path

from plancher.commands import building
from plancher.tasks.blog_task import blog_task


@blog_task(
    "Publier",
    aliases=["prevenir"],
    help={"output": "dossier du site publié (output)"},
    interrupted="Interrompu : certains ont peut-être été prévenus ; la même commande continue.",
)
def ping(blog: Path, output: str = "output") -> int:
    """Regarde le site en ligne comme un lecteur, puis prévient qui le suit : relais WebSub, pages citées, moteurs."""
    from plancher.commands.after import command  # noqa: PLC0415 - needed by this task only

    return command.ping(blog, building.output_folder(blog, output))
