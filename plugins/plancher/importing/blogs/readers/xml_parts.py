"""Which files of a source are exports in XML of one kind: their first bytes tell."""

from __future__ import annotations

from plancher.importing.blogs.source import Source, decoded

_ENDINGS = (".xml", ".atom", ".rss", ".wxr", ".txt")
_START = 16_384
_NEAR = 2
"""Folders down, at most: an export that lies deep in a folder of texts is one of its files, not the blog."""


def parts_with(source: Source, *marks: str, within: int = _NEAR) -> tuple[str, ...]:
    """The files that begin with XML in which one of these marks stands, by name.

    :param within: folders down, at most.
    """
    if source.is_single_file:
        return tuple(part.name for part in source.parts if _has(source, part.name, marks))
    named = (part.name for part in source.named(*_ENDINGS) if part.name.count("/") <= within)
    return tuple(name for name in named if _has(source, name, marks))


def start_of(source: Source, name: str) -> str:
    """The first characters of a file that is XML; empty: it is none."""
    start = decoded(source.start(name, _START)).lstrip("\ufeff \t\r\n")
    return start if "<" in start[:2000] else ""


def _has(source: Source, name: str, marks: tuple[str, ...]) -> bool:
    start = start_of(source, name)
    return any(mark in start for mark in marks)
