"""Finds out what « invoke import » is given."""

from __future__ import annotations

from collections.abc import Sequence

from plancher.base.french import fold, join, nearest
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import Source, SourceError


def reader_of(source: Source, readers: Sequence[Reader], typed: str) -> tuple[Reader, list[str]]:
    """The reader for a source, and the names of others that could take it.

    :param typed: the format that the author asks for; empty: the first that knows the source.
    :raises SourceError: nobody can read it.
    """
    if typed:
        return _asked_for(readers, typed), []
    able = [reader for reader in readers if reader.recognises(source)]
    if not able and not any(part.size for part in source.parts):
        raise SourceError(f"« {source.path.name} » est vide. Refaites l'export, ou donnez un autre fichier.")
    if not able:
        raise SourceError(f"« {source.path.name} » n'est d'aucun format connu. {known(readers)}")
    return able[0], [name for name in _names(able) if name != able[0].name]


def _asked_for(readers: Sequence[Reader], typed: str) -> Reader:
    names = {fold(reader.name): reader for reader in readers}
    wanted = names.get(fold(typed))
    if wanted is None:
        starts = [reader for name, reader in names.items() if name.startswith(fold(typed))]
        wanted = starts[0] if len(starts) == 1 else None
    if wanted is None:
        near = nearest(typed, [reader.name for reader in readers])
        raise SourceError(f"format inconnu « {typed} ». {f'Vouliez-vous dire « {near} » ?' if near else known(readers)}")
    return wanted


def _names(readers: Sequence[Reader]) -> list[str]:
    """Each once: some are known in two ways."""
    return list(dict.fromkeys(reader.name for reader in readers))


def known(readers: Sequence[Reader]) -> str:
    """What can be given."""
    names = join(_names(readers))
    return f"Formats connus : {names}. Donnez le fichier d'export, l'archive ou le dossier, tels que l'ancien blog les a faits."
