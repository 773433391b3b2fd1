"""« plancher », the program that the package installs: « invoke » in a blog, and « plancher start » where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

from plancher.tasks import process


def main() -> None:
    """Do what was typed."""
    process.prepare()
    from invoke.collection import Collection  # noqa: PLC0415 - what is compiled from here on is kept

    from plancher.commands import engine_wheel  # noqa: PLC0415 - the same
    from plancher.tasks import start  # noqa: PLC0415 - the same
    from plancher.tasks.program import FrenchProgram  # noqa: PLC0415 - the same

    here = Path.cwd()
    tasks = next((folder for folder in (here, *here.parents) if (folder / "tasks.py").is_file()), None)
    is_blog = tasks is not None and (tasks / "pelicanconf.py").is_file()
    typed = next((word for word in sys.argv[1:] if not word.startswith("-")), start.start.name)
    if not is_blog and typed not in {start.start.name, *start.start.aliases}:
        print(f"« {typed} » n'est pas une commande ici : ce dossier n'est pas celui d'un blog. « plancher start DOSSIER » en commence un.", file=sys.stderr)
        sys.exit(2)
    namespace = None if is_blog else Collection(start.start.of(here))  # None: that of tasks.py
    FrenchProgram(namespace=namespace, name="plancher", binary="plancher", binary_names=["plancher"], version=engine_wheel.installed_version()).run()
