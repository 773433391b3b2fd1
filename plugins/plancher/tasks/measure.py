"""« invoke measure »."""

from __future__ import annotations

from pathlib import Path

from plancher.commands import building
from plancher.tasks.blog_task import blog_task


@blog_task(
    "Voir",
    aliases=["mesurer"],
    help={"output": "dossier du site (output)", "no_builds": "ne pas construire une copie du blog pour en mesurer le temps", "json": "écrire du JSON"},
)
def measure(blog: Path, output: str = "output", *, no_builds: bool = False, json: bool = False) -> None:
    """Pèse le site construit : première visite, tiers contactés, cookies, temps de construction ; ne change rien."""
    from plancher.commands import measure as commands  # noqa: PLC0415 - needed by this task only
    from plancher.commands import measure_table  # noqa: PLC0415 - the same

    report = commands.site(building.output_folder(blog, output))
    if not no_builds:
        report = commands.with_builds(blog, report)
    print(measure_table.as_json(report) if json else measure_table.as_table(report))
