"""One reader for each format, and the order in which they are asked."""

from __future__ import annotations

from plancher.importing.blogs.reader import Reader

READERS: tuple[Reader, ...] = ()
"""The more precise ones first: a plain feed is also what a WordPress export looks like."""
