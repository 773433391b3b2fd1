"""« invoke serve », « check », « build », « publish » and « clean »."""

from __future__ import annotations

import contextlib
from pathlib import Path

from invoke.exceptions import Exit

from plancher.base import reasons
from plancher.commands import building
from plancher.tasks import publishing
from plancher.tasks.blog_task import INTERRUPTED, blog_task
from plancher.tasks.reversible import reversible


def run_pelican(blog: Path, settings: str, output: Path, overrides: dict[str, object] | None = None, *, explain: bool = False) -> int:
    """Run Pelican on a blog; its exit code."""
    from plancher.pelican_adapter import command  # noqa: PLC0415 - Pelican takes a tenth of a second, that a build with nothing to do does not need

    options = {"PLANCHER_COMMAND": {"explain": True}} if explain else {}
    return command.run(blog, settings, output, {**(overrides or {}), **options}, building.request_digest(settings, overrides))


def _make(blog: Path, settings: str, output: str, overrides: dict[str, object] | None = None, *, explain: bool = False) -> Path:
    request = building.request_digest(settings, overrides)
    return building.make(blog, output, request, lambda folder: run_pelican(blog, settings, folder, overrides, explain=explain), explain=explain)


@blog_task("Voir", aliases=["servir"], help={"port": "port souhaité (8000 par défaut, ou un port libre)"})
def serve(blog: Path, port: int = 0) -> int:
    """Montre le site, brouillons compris, et le recharge à chaque enregistrement."""
    from plancher.preview.__main__ import main  # noqa: PLC0415 - needed by this task only

    return main(blog, port)


@reversible("Voir", "check", aliases=["verifier"], help={"fix": "écrire l'ancienne adresse (Aliases:) des textes publiés qui en ont changé"})
def check(blog: Path, *, fix: bool = False) -> int:
    """Relit tous les textes et dit ce qu'il faut corriger, sans construire le site."""
    from plancher.commands import former_addresses  # noqa: PLC0415 - needed by this task only

    found = blog / ".cache" / "corrections"
    if fix:
        former_addresses.forget(found)
    asked = {"PLANCHER_COMMAND": {"files": str(found)}} if fix else {}
    code = run_pelican(blog, "pelicanconf.py", blog / "output", {"PLANCHER_READING": {"mode": "check"}, **asked})
    if code == INTERRUPTED:
        raise Exit("Interrompu : tout n'a pas été relu, et rien n'a changé.", code)
    if fix:
        former_addresses.fix(blog, found)
    return code


@blog_task("Voir", aliases=["construire"], help={"output": "dossier du site (output)", "explain": "dire, pour chaque fichier écrit, ce qui a changé"})
def build(blog: Path, output: str = "output", *, explain: bool = False) -> None:
    """Construit le site dans output/, et dit ce qu'il y a à corriger ; ne refait que ce qui a changé."""
    target = _make(blog, "pelicanconf.py", output, explain=explain)
    print(f"Site construit : {target / 'index.html'}")


@blog_task("Publier", aliases=["publier"], help={"output": "dossier du site publié (output)", **publishing.HELP})
def publish(blog: Path, output: str = "output", *, dry_run: bool = False, status: bool = False, adopt: bool = False, yes: bool = False) -> None:  # noqa: PLR0913 - each is an option that may be typed
    """Construit le site à publier, et le met en ligne si PUBLISH dit où ; à la moindre erreur, rien ne change."""
    from plancher.commands import public_list, server_files  # noqa: PLC0415 - needed by this task only

    if status:
        publishing.status(blog)
        return
    lists = blog / ".cache" / "publication"
    target = _make(blog, "publishconf.py", output, {"PLANCHER_COMMAND": {"files": str(lists)}})
    public_list.update(blog / "content", lists)
    server_files.update(blog, lists / server_files.FOLDER)
    print(f"Site prêt à publier : {target}")
    publishing.send(blog, target, dry_run=dry_run, adopt=adopt, yes=yes)


@blog_task("Le blog", interrupted="Interrompu : une partie est peut-être déjà effacée. « invoke clean » efface le reste.", aliases=["nettoyer"])
def clean(blog: Path) -> None:
    """Efface le site construit et les caches, et dit quoi ; ce qui n'est pas à nous reste."""
    from plancher.build import cleaning  # noqa: PLC0415 - needed by this task only

    try:
        with contextlib.chdir(blog):
            told = False
            for line in cleaning.clean(blog, blog / ".cache"):
                print(line)
                told = True
    except OSError as error:
        raise Exit(f"Tout n'a pas pu être effacé : {error.filename} ({reasons.of_a_disk(error)}).", 1) from None
    if not told:
        print("Il n'y avait rien à effacer.")
