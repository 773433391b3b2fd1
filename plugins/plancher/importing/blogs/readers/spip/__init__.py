"""SPIP's own dump, a SQLite database: articles and news in its shortcuts, sections, words, forums, documents."""

from plancher.importing.blogs.readers.spip.export import Spip

__all__ = ["Spip"]
