"""« invoke talks.… »."""

from __future__ import annotations

import sys
from pathlib import Path

from invoke.exceptions import Exit

from plancher.tasks.reversible import reversible


@reversible("Vidéos", "talks.fetch", aliases=["remplir"], positional=["address"], help={"address": "adresse de la vidéo, sur sa plateforme"})
def fetch(blog: Path, address: str) -> None:
    """Imprime un bloc [!video] prêt à coller, et garde l'affiche de la vidéo dans content/images/videos/."""
    from plancher.base.bounds import Bounds  # noqa: PLC0415 - needed by this task only
    from plancher.commands import own_settings  # noqa: PLC0415 - the same
    from plancher.commands import talks as commands  # noqa: PLC0415 - the same

    bounds = Bounds(size=commands.MAX_BYTES, agent=own_settings.blog_identity(blog).agent)
    try:
        print(commands.fetch(address, blog / "content", bounds, tell=lambda line: print(line, file=sys.stderr)), end="")
    except commands.FetchError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
