"""« invoke ping »."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from invoke.exceptions import Exit

from plancher.commands import building
from plancher.tasks.blog_task import blog_task


@blog_task("Publier", aliases=["prevenir"], help={"output": "dossier du site publié (output)"}, interrupted="Interrompu : le relais a peut-être été prévenu.")
def ping(blog: Path, output: str = "output") -> None:
    """Dit au relais WebSub que du nouveau est arrivé, une fois le site en ligne ; ne change rien."""
    from plancher.commands import own_settings  # noqa: PLC0415 - needed by this task only
    from plancher.commands import ping as commands  # noqa: PLC0415 - the same

    bounds = dataclasses.replace(commands.LIMITS, agent=own_settings.blog_identity(blog).agent)
    try:
        print(commands.ping(building.output_folder(blog, output), bounds))
    except commands.PingError as error:
        raise Exit(f"Personne n'est prévenu : {error}", 1) from None
