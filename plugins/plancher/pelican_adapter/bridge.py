"""Somebody else's reader of Markdown, with ours in the place of Pelican's.

Such a reader makes something of a file (it fills in a template, it reads
another kind of header), then lets Pelican's reader do the rest: here it is ours
that does, so that blocks, rules and typography are those of any text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader

from plancher.base.problems import Problem
from plancher.build.context import BuildContext
from plancher.markdown.record import Record
from plancher.pelican_adapter.reader import EXTENSIONS, PlancherReader


def is_pelicans(kind: type | None) -> bool:
    """Whether a reader is one of Pelican's own, or none."""
    return kind is None or kind.__module__.startswith("pelican.readers")


def settle(readers: Any, build: BuildContext) -> None:
    """Put ours under each reader of Markdown that a plugin brought, and tell ours which build it reads for."""
    build.formats = frozenset(name for name, reader in readers.readers.items() if name not in EXTENSIONS and name != "static" and reader)
    for extension, reader in list(readers.readers.items()):
        kind = type(reader)
        if issubclass(kind, MarkdownReader) and not issubclass(kind, PlancherReader):
            readers.readers[extension] = bridged(kind)(readers.settings)
        if isinstance(readers.readers[extension], PlancherReader):
            readers.readers[extension].build = build


def bridged(kind: type) -> type:
    """The same reader, above ours."""
    return type(kind.__name__, (_Bridge, kind, PlancherReader), {"enabled": True, "file_extensions": [], "__module__": kind.__module__})


class _Bridge:
    """Before a reader of somebody else, which stands before ours: no subclass of ours, or Python would put ours first."""

    build: BuildContext
    given: Any
    broken: Any

    _source = Path()
    _reached = False
    """Whether ours was called by theirs."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """What theirs gives, with what only ours knows."""
        self._source, self._reached = Path(source_path), False
        try:
            body, metadata = super().read(source_path)  # type: ignore[misc] # theirs
            return (body, metadata) if self._reached else self._ours(metadata)
        except Exception as error:  # noqa: BLE001 - somebody else's code: nobody knows what it raises
            line = getattr(error, "lineno", None) or 1
            reason = str(getattr(error, "message", None) or error).rstrip(".") or type(error).__name__
            said = f"l'extension {type(self).__module__} n'a pas pu lire ce texte : {reason}. Corrigez le texte, ou retirez-la de PLUGINS."
            broken: tuple[str, dict[str, Any]] = self.broken(self._source, None, [Problem(line, "PDV067", said)])
            return broken

    def _ours(self, metadata: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Theirs read the text by itself: ours reads it too, and theirs says what ours does not know."""
        body, own = self.given(*super().looked_up(self._source))  # type: ignore[misc] # ours
        return body, {**metadata, **own}

    def looked_up(self, path: Path) -> tuple[Path, Record | Problem]:
        """The file that theirs was given, whatever it gives ours."""
        self._reached = True
        if path != self._source:
            return self._source, self._read_as(path.read_bytes())
        found: tuple[Path, Record | Problem] = super().looked_up(path)  # type: ignore[misc] # ours
        return found

    def _read_as(self, raw: bytes) -> Record:
        return self.build.library.read_as(self.build.reading.name(self._source), raw)
