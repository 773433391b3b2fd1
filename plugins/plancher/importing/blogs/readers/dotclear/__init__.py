"""Dotclear's flat export: texts in XHTML, wiki or Markdown, comments, categories, tags, media."""

from plancher.importing.blogs.readers.dotclear.export import Dotclear

__all__ = ["Dotclear"]
