"""robots.txt, what an owner wrote for a host, and the folders whose files pages of other sites may show."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath


def robots(sitemap_address: str) -> str:
    """Everyone is welcome, and finds the map (RFC 9309)."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_address}\n"


def own_lines(text: str) -> str:
    """What the owner wrote for the host, to stand beside what the site says; empty when there is nothing."""
    return f"# content/racine\n{text.strip()}\n" if text.strip() else ""


SHOWN = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .ico .webm .mp4 .m4v .ogv .mp3 .ogg .oga .opus .m4a .wav .flac .vtt .srt".split())
"""What a page of another site may show: pictures, films, sounds, and the words of these."""
_FOLDERS = ("images", "videos")
"""Where an author keeps them, whether or not there are any today."""


def shown_elsewhere(files: Iterable[str]) -> list[str]:
    """The folders whose files web feed readers show, as paths from the root of the site, each with one star at most.

    :param files: each file that is published as it is, from the root of the site.
    """
    shown = [name for name in files if PurePosixPath(name).suffix.lower() in SHOWN]
    folders = {*_FOLDERS, *(name.partition("/")[0] for name in shown if "/" in name)}
    return sorted([f"/{folder}/*" for folder in folders] + [f"/{name}" for name in shown if "/" not in name])
