"""What makes our Markdown of former bodies: loaded by this command only."""

from __future__ import annotations

from plancher.importing.blogs.habits.settle import RULES, settle
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.home.making import Converters
from plancher.importing.blogs.html.convert import to_markdown
from plancher.importing.blogs.readers.folders.links import rewrite_links

CONVERTERS = Converters(to_markdown=to_markdown, rewrite_links=rewrite_links, settle=settle, lost_words=lost_words)

__all__ = ["CONVERTERS", "RULES"]
