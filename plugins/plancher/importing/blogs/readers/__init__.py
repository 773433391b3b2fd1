"""One reader for each format, and the order in which they are asked."""

from __future__ import annotations

from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.blogger import Blogger
from plancher.importing.blogs.readers.dotclear import Dotclear
from plancher.importing.blogs.readers.feed import Feed
from plancher.importing.blogs.readers.folders import FOLDER_READERS
from plancher.importing.blogs.readers.ghost import Ghost
from plancher.importing.blogs.readers.medium import Medium
from plancher.importing.blogs.readers.movable_type import MovableType
from plancher.importing.blogs.readers.overblog import OverBlog
from plancher.importing.blogs.readers.plain_text import PlainText
from plancher.importing.blogs.readers.saved_page import SavedPage
from plancher.importing.blogs.readers.spip import Spip
from plancher.importing.blogs.readers.substack import Substack
from plancher.importing.blogs.readers.tumblr import Tumblr
from plancher.importing.blogs.readers.wordpress.reader import WordPress

READERS: tuple[Reader, ...] = (
    WordPress(),
    Blogger(),
    OverBlog(),
    Dotclear(),
    Ghost(),
    Substack(),
    Spip(),
    Medium(),
    Tumblr(),
    MovableType(),
    *FOLDER_READERS,
    Feed(),
    SavedPage(),
    PlainText(),
)
"""The more precise ones first: a plain feed is also what a WordPress export looks like."""
