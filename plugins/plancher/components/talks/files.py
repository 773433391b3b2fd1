"""The files that a talk may have, and their media types, by the end of their name."""

from __future__ import annotations

FILMS = {
    "webm": "video/webm",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "avi": "video/x-msvideo",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
}
SHOWN = "text/vtt"
"""The only captions that browsers show on a film."""
CAPTIONS = {"vtt": SHOWN, "srt": "application/x-subrip"}
PICTURES = frozenset({"avif", "gif", "jpeg", "jpg", "png", "svg", "webp"})


def film(address: str) -> str:
    """« video/webm »; empty: no film."""
    return FILMS.get(_suffix(address), "")


def captions(address: str) -> str:
    """« text/vtt »; empty: no captions that we read."""
    return CAPTIONS.get(_suffix(address), "")


def is_picture(address: str) -> bool:
    """Whether a poster may be that."""
    return _suffix(address) in PICTURES


def _suffix(address: str) -> str:
    return address.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
