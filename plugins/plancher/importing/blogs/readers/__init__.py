"""One reader for each format, and the order in which they are asked."""

from __future__ import annotations

from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.wordpress.reader import WordPress

READERS: tuple[Reader, ...] = (WordPress(),)
"""The more precise ones first: a plain feed is also what a WordPress export looks like."""
