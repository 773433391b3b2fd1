"""One reader for each format, and the order in which they are asked."""

from __future__ import annotations

from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.blogger import Blogger
from plancher.importing.blogs.readers.feed import Feed
from plancher.importing.blogs.readers.overblog import OverBlog
from plancher.importing.blogs.readers.wordpress.reader import WordPress

READERS: tuple[Reader, ...] = (WordPress(), Blogger(), OverBlog(), Feed())
"""The more precise ones first: a plain feed is also what a WordPress export looks like."""
