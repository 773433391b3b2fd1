"""What a file of a talk is, by its name: as browsers and applications that play need to be told."""

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
CAPTIONS = {"vtt": "text/vtt", "srt": "application/x-subrip"}
_UNKNOWN = "application/octet-stream"


def film(address: str) -> str:
    """« video/webm »; « application/octet-stream » when the name does not tell."""
    return FILMS.get(_suffix(address), _UNKNOWN)


def captions(address: str) -> str:
    """« text/vtt »; empty for what holds no captions that are read here."""
    return CAPTIONS.get(_suffix(address), "")


def _suffix(address: str) -> str:
    return address.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
