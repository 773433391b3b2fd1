"""Pelican's reader of Markdown, or somebody else's: it reads as ever, and we know which text it reads."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader

from plancher.pelican_adapter.plain.extension import PlainExtension
from plancher.pelican_adapter.plain.known import KEY


class _Noting:
    """Stands before a reader."""

    extension: PlainExtension

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """What the reader gives; what is known of the blocks goes along as metadata, so that Pelican's cache keeps it."""
        self.extension.begin(Path(source_path))
        try:
            body, metadata = super().read(source_path)  # type: ignore[misc] # mypy does not see the reader it is mixed with
        finally:
            known = self.extension.end()
        metadata[KEY] = known.to_json()
        if known.tags:
            typed = [tag.name for tag in metadata.get("tags", ())]
            metadata["tags"] = self.process_metadata("tags", list(dict.fromkeys([*typed, *known.tags])))  # type: ignore[attr-defined] # nor here
        if isinstance(metadata.get("title"), str):
            metadata["title"] = self.extension.set_text(metadata["title"])
        return body, metadata


@functools.cache
def _noting(kind: type) -> type:
    """The same class of readers, noted; its name is one of Pelican's metadata."""
    return type(kind.__name__, (_Noting, kind), {"__module__": kind.__module__})


def note_texts(readers: Any, extension: PlainExtension) -> None:
    """Each reader of Markdown says which text it reads."""
    for suffix, reader in list(readers.readers.items()):
        if isinstance(reader, MarkdownReader):
            noting = _noting(type(reader))(readers.settings)  # type: ignore[arg-type] # a class can be hashed; mypy takes it for one of its objects
            noting.extension = extension
            readers.readers[suffix] = noting
