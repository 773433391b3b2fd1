"""« invoke start »."""

from __future__ import annotations

from pathlib import Path

from plancher.tasks.blog_task import blog_task


@blog_task(
    "Le blog",
    aliases=["commencer"],
    positional=["folder"],
    help={
        "folder": "dossier du nouveau blog",
        "name": "son nom",
        "motto": "sa devise, en une ligne",
        "address": "son adresse publique, comme https://exemple.fr/blog",
        "author": "qui signe les billets",
        "email": "adresse électronique où les lecteurs écrivent",
        "country": "FR, BE, CA, CH ou LU : typographie, heure et lois",
        "host": "github, gitlab, codeberg, netlify, cloudflare, sftp, ftps, rsync ou none",
        "forge": "github, gitlab, codeberg ou none : qui publie chaque matin chez un hébergeur en sftp, ftps ou rsync",
        "engine": "fichier du moteur (.whl), à la place de celui qui tourne",
    },
)
def start(  # noqa: PLR0913 - each is an option
    blog: Path,
    folder: str,
    *,
    name: str | None = None,
    motto: str | None = None,
    address: str | None = None,
    author: str | None = None,
    email: str | None = None,
    country: str | None = None,
    host: str | None = None,
    forge: str | None = None,
    engine: str | None = None,
) -> None:
    """Commence un blog dans un nouveau dossier, le moteur avec lui ; demande ce que les options ne disent pas."""
    from plancher.commands.start import command  # noqa: PLC0415 - needed by this task only

    given = {"name": name, "motto": motto, "address": address, "author": author, "email": email, "country": country, "host": host, "forge": forge}
    command.run(blog, folder, given, engine)
