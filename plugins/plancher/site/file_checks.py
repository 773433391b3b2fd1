"""Which files may lie in the content folder, and where: texts where texts are read, files that run nothing, no symbolic links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.base import files as wall
from plancher.base.problems import Problem
from plancher.cache.tree import Stamp
from plancher.pictures import phones
from plancher.site import file_kinds, root_files, stray_files
from plancher.site.site_checks import Found

_COPIED = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .svg .ico .webm .mp4 .ogv .mp3 .ogg .opus .m4a .wav .flac .vtt .srt "
    ".pdf .odt .ods .odp .docx .xlsx .pptx .csv .txt .ics .zip .epub .json".split()
)
"""What may be copied to the site: nothing there runs in a browser."""


_NOTES = frozenset({"links/inbox.md"})
"""Markdown that is not a text of the site: links that wait to be cited."""


_AS_IT_IS = f"Pour qu'il le soit tel quel, rangez-le dans content/{root_files.FOLDER}/, à sa place à partir de la racine du site ; sinon, retirez-le."


def is_published(path: Path) -> bool:
    """Whether a static file of this kind may be copied."""
    suffix = path.suffix.lower()
    return suffix in _COPIED or (suffix in phones.SUFFIXES and phones.are_read())


def files_have_a_place(files: Iterable[str], text_folders: Sequence[str], formats: frozenset[str] = frozenset()) -> Found:
    """A text in another format or folder would vanish in silence, or be copied unchecked: it is named.

    :param files: from the content folder, with slashes; so are the folders, which end with one.
    :param formats: what plugins of others read, beside Markdown.
    """
    folders = tuple(text_folders)
    for name in files:
        in_texts = name.startswith(folders)
        path = Path(name)
        kind = path.suffix.lower()
        if in_texts and (kind == ".md" or path.suffix[1:] in formats):
            continue
        if kind == ".md" and not in_texts and name not in _NOTES:
            where = " ou ".join(folder.rstrip("/") for folder in folders)
            yield name, Problem(1, "PDV035", f"ce texte n'est dans aucun dossier lu. Rangez-le dans {where}.")
        elif in_texts and (problem := stray_files.problem(path, folders)):
            yield name, problem
        elif kind in phones.SUFFIXES:
            if not phones.are_read():
                yield name, Problem(1, "PDV056", f"photo « {path.suffix} », le format des iPhone, que les navigateurs ne montrent pas. {phones.REMEDY}.")
        elif kind in file_kinds.FOREIGN_PICTURES:
            yield name, Problem(1, "PDV056", f"image « {path.suffix} », que les navigateurs ne montrent pas tous. Exportez-la en JPEG, PNG ou WebP.")
        elif not is_published(path) and kind not in {".toml", ".md"}:
            yield name, Problem(1, "PDV035", f"format « {path.suffix or path.name} » qui n'est pas publié. {_AS_IT_IS}")


def everything_can_be_read(refused: Mapping[str, str]) -> Found:
    """What cannot be read would be missing from the site without a word."""
    for name, why in refused.items():
        yield name, Problem(1, "PDV092", f"{why}.")


def drawings_hold_no_code(files: Iterable[Path]) -> Found:
    """An SVG file is a document: it can run code when opened alone, and load from anywhere."""
    for path in files:
        if path.suffix.lower() == ".svg":
            from plancher.site import drawings  # noqa: PLC0415 - its patterns take as long to compile as a text to read; few sites have drawings

            try:
                reason = drawings.refusal(wall.read(path))
            except wall.UnreadableError as error:
                yield str(path), Problem(1, "PDV092", f"ce fichier ne peut pas être lu : {error}.")
                continue
            if reason:
                yield (
                    str(path),
                    Problem(1, "PDV053", f"dessin SVG qui n'est pas que du dessin ({wall.shown(reason)}). Exportez-le en « SVG simple », ou en PNG."),
                )


def files_are_what_their_names_say(files: Iterable[tuple[str, Path, Stamp]]) -> Found:
    """What a browser makes of a file is decided by what it holds.

    :param files: from the content folder, on disk, and what tells one state of each from another.
    """
    for name, path, seen in files:
        if is_published(path) and path.suffix.lower() != ".svg":
            found = file_kinds.look(path, seen)
            if found:
                yield name, found


def nothing_is_a_link(links: Iterable[str], root: Path) -> Found:
    """A symbolic link could publish any file of the machine, a draft, or a folder without end."""
    for name in links:
        where = "hors du dossier de contenu" if not wall.real(root / name).is_relative_to(wall.real(root)) else "dans le dossier de contenu"
        yield name, Problem(1, "PDV034", f"lien symbolique vers un fichier {where}. Copiez le fichier à la place.")
