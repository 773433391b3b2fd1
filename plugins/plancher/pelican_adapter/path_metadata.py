"""``EXTRA_PATH_METADATA``: what the settings say of a file or a folder by its path, an address above all.

Pelican compares paths letter by letter, and says nothing of one that names no file.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plancher.base.french import nearest
from plancher.base.problems import Problem, SiteProblem
from plancher.build.owners import SETTINGS
from plancher.cache.tree import Tree
from plancher.site import root_files

KEY = "EXTRA_PATH_METADATA"
_FOLDERS = ("ARTICLE_PATHS", "PAGE_PATHS", "STATIC_PATHS", "ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")


def settle(settings: Any) -> None:
    """Write the paths of the settings as files are known here: with slashes, even if they were typed on Windows."""
    settings[KEY] = {_plain(path): dict(said) for path, said in (settings.get(KEY) or {}).items()}
    for name in _FOLDERS:
        if name in settings:
            settings[name] = [folder.replace("\\", "/") for folder in settings[name]]


def _plain(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/"))


def named_files(settings: Mapping[str, Any]) -> list[Path]:
    """The files that the settings name, hidden ones too: « racine/.htaccess »."""
    named = [Path(settings["PATH"], name) for name in settings.get(KEY) or ()]
    return [path for path in named if path.is_file() and not path.is_symlink()]


def problems(settings: Mapping[str, Any], tree: Tree) -> Iterator[SiteProblem]:
    """A path that names nothing, and an address for a file that no setting publishes, are said: the file would be missing without a word."""
    published = tuple("" if folder in {"", "."} else f"{folder.removeprefix('./').strip('/')}/" for folder in (*settings["STATIC_PATHS"], root_files.FOLDER))
    texts = tuple(f"{folder.strip('/')}/" for name in ("ARTICLE_PATHS", "PAGE_PATHS") for folder in settings[name])
    for name, said in (settings.get(KEY) or {}).items():
        path = tree.root / name
        if path.is_symlink():
            if name not in tree.links:
                yield name, Problem(1, "PDV034", "lien symbolique : il n'est pas publié. Copiez le fichier à la place.")
        elif not path.exists():
            yield SETTINGS, Problem(1, "PDV115", f"{KEY} : « {name} » ne nomme aucun fichier ni dossier de content/. {_remedy(name, tree.files)}")
        elif "path" in said and path.is_file() and not f"{name}/".startswith((*published, *texts)):
            yield SETTINGS, Problem(1, "PDV115", f"{KEY} : « {name} » n'est pas publié, car STATIC_PATHS ne le contient pas. Ajoutez-l'y.")


def _remedy(name: str, known: Iterable[str]) -> str:
    if any(sign in name for sign in "*?["):
        return "Un chemin y est écrit en entier : « * » n'y tient la place de rien. Donnez celui du dossier, ou celui de chaque fichier."
    near = nearest(name, known)
    return f"Vouliez-vous dire « {near} » ?" if near else "Corrigez ce chemin, ou retirez-le."
