"""« invoke theme.… »."""

from __future__ import annotations

from pathlib import Path

from invoke.exceptions import Exit

from plancher.tasks.blog_task import blog_task
from plancher.tasks.reversible import reversible

_GROUP = "Le blog"
_FILE = "fichier du thème, par exemple templates/article.html"


@reversible(_GROUP, "theme.copy", name="copy", aliases=["copier"], positional=["file"], help={"file": _FILE})
def copy(blog: Path, file: str) -> None:
    """Copie un fichier du thème dans votre dossier theme/ : ce que vous y changez remplace l'original."""
    from plancher.commands import theme as commands  # noqa: PLC0415 - needed by this task only

    try:
        print(f"Copié : theme/{commands.copy(blog, file).name}. Changez-le : il remplace celui du moteur.")
    except commands.ThemeError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None


@blog_task(_GROUP, name="diff", aliases=["comparer"], positional=["file"], takes_all_words=True, help={"file": f"{_FILE} (tous)"})
def diff(blog: Path, file: str = "") -> None:
    """Montre ce qui a changé dans le moteur depuis que vous avez copié un fichier du thème."""
    from plancher.commands import theme as commands  # noqa: PLC0415 - needed by this task only

    try:
        lines = list(commands.differences(blog, file))
    except commands.ThemeError as error:
        raise Exit(f"Il n'y a rien à comparer : {error}", 1) from None
    print("\n".join(lines) or "Rien n'a changé dans le moteur depuis vos copies.")


@reversible(_GROUP, "theme.keep", name="keep", aliases=["garder"], positional=["file"], help={"file": _FILE})
def keep(blog: Path, file: str) -> None:
    """Note que votre fichier tient compte de celui du moteur d'aujourd'hui : « invoke check » n'en dit plus rien."""
    from plancher.commands import theme as commands  # noqa: PLC0415 - needed by this task only

    try:
        print(f"Noté : theme/{commands.keep(blog, file).name} est à jour.")
    except commands.ThemeError as error:
        raise Exit(f"Rien n'a changé : {error}", 1) from None
