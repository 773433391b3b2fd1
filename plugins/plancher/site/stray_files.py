"""Files that look like texts of the site and are none: each with what to do to publish it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from plancher.base.problems import Problem, SiteProblem

_WORDS = frozenset(".docx .doc .odt .rtf .pages .gdoc .wps .wpd .docm .dotx .ott .fodt .abw".split())
"""What word processors write."""
_MARKDOWN = frozenset(".markdown .mdown .mkd .mkdn .mkdown .mdwn .mdtext .mdtxt .mdx .qmd .rmd .text .txt".split())
"""Markdown, or nearly, under another name."""
_OTHERS = frozenset(".html .htm .xhtml .rst .rest .ipynb .org .adoc .asciidoc .tex .textile .wiki .creole .epub .mht .mhtml .webarchive".split())
"""Texts in another language."""
_DATA = frozenset(".json .csv .srt .yaml .yml .xml .xlsx .ods .pptx .odp".split())
_LEFT_BY_EDITORS = re.compile(
    r"(?P<name>.+\.md)(?:~|\.bak|\.orig|\.tmp|\.old|\.save|\.swp|\.swo)|\.(?P<swap>.+\.md)\.sw[a-p]|\.?#(?P<lock>.+\.md)#?", re.IGNORECASE
)


def problem(path: Path, folders: Sequence[str]) -> Problem | None:
    """What is wrong with a file that lies among the texts.

    :param folders: those where texts are read, which end with a slash.
    """
    kind, name = path.suffix.lower(), path.name
    for kinds, message in (
        (_WORDS, _from_a_word_processor),
        (_MARKDOWN, _renamed),
        (_OTHERS, _converted),
        (_DATA, lambda one: f"« {one.name} » n'est pas un texte. Rangez-le ailleurs que dans {_named(folders)}."),
    ):
        if kind in kinds:
            return Problem(1, "PDV035", message(path))
    if not kind and not name.startswith("."):
        return Problem(1, "PDV035", f"fichier sans extension : il n'est pas lu. Si c'est un texte, renommez-le « {name}.md ».")
    return None


def _from_a_word_processor(path: Path) -> str:
    download = "Si c'est un fichier à télécharger, rangez-le dans content/documents/."
    return f"document de traitement de texte : il n'est pas publié. Copiez ses mots dans « {path.stem}.md », que « invoke new » commence. {download}"


def _renamed(path: Path) -> str:
    name = path.stem if path.stem.lower().endswith(".md") else f"{path.stem}.md"  # Windows hides the last extension
    return f"ce texte n'est pas lu : son nom doit finir par « .md ». Renommez-le « {name} »."


def _converted(path: Path) -> str:
    return f"format « {path.suffix} » : il n'est pas lu. Convertissez-le en Markdown, dans « {path.stem}.md »."


def _named(folders: Sequence[str]) -> str:
    return " ou ".join(folder.rstrip("/") for folder in folders)


def unread(root: Path, folders: Sequence[str]) -> Iterator[SiteProblem]:
    """Copies that editors leave beside a text, and texts whose name hides them: nothing reads these files, which their author may not know."""
    for folder in folders:
        for where, inside, names in os.walk(root / folder):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                message = _hidden(name)
                if message:
                    yield (Path(where) / name).relative_to(root).as_posix(), Problem(1, "PDV106", message)


def _hidden(name: str) -> str:
    left = _LEFT_BY_EDITORS.fullmatch(name)
    if left:
        text = left["name"] or left["swap"] or left["lock"]
        return f"copie de travail de « {text} », laissée par un éditeur : elle n'est pas lue. Effacez-la quand vous n'en avez plus besoin."
    if name.startswith(".") and name.lower().endswith(".md"):
        return f"nom caché par son point : ce texte n'est pas lu. Renommez-le « {name.lstrip('.')} » pour le publier."
    return ""
