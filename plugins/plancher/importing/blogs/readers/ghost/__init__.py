"""Ghost's JSON: rendered HTML, or the documents of its editors (Lexical, Mobiledoc, Markdown)."""

from plancher.importing.blogs.readers.ghost.export import Ghost

__all__ = ["Ghost"]
