"""A file of captions, read as what it is: WebVTT or SubRip, whatever its name says."""

from __future__ import annotations

import dataclasses
import re

from plancher.components.talks import files, subrip, webvtt
from plancher.components.talks.webvtt import CaptionFile

_MISNAMED = (1, "ce fichier est en SubRip, que les navigateurs ne montrent pas ; nommez-le « .srt », ou enregistrez-le en WebVTT")
_SUBVIEWER_PROBLEM = (1, "ce fichier est en SubViewer (« .sbv »), que les navigateurs ne montrent pas ; enregistrez-le en WebVTT")
_FOREIGN = (
    (re.compile(r"\s*\[Script Info\]", re.IGNORECASE), "Advanced SubStation (« .ass »)"),
    (re.compile(r"\s*<(?:\?xml|tt\b|sami\b|transcript\b)", re.IGNORECASE), "XML"),
    (re.compile(r"\s*\{\d+\}\{\d+\}"), "MicroDVD (« .sub »)"),
    (re.compile(r"\s*(?:\{\s*\"|\[\s*\{)"), "JSON"),
)
"""Other formats of captions, which are not read."""
_SUBVIEWER = re.compile(r"\s*\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}[ \t]*\n")
_SUBVIEWER_LINE = re.compile(r"^[ \t]*(\d+:\d\d:\d\d\.\d{3}),(\d+:\d\d:\d\d\.\d{3})[ \t]*$", re.MULTILINE)
"""As YouTube exports captions (« .sbv »): SubRip, but for its timings."""


def read(raw: bytes, address: str) -> CaptionFile:
    """The cues of a file, and what is wrong with it.

    :param address: its name says what browsers take it for.
    """
    text, problems = webvtt.decoded(raw)
    foreign = next((name for shape, name in _FOREIGN if shape.match(text)), "")
    if foreign:
        advice = f"ce fichier est en {foreign}, dont rien n’est montré ; enregistrez-le en WebVTT (« .vtt ») ou en SubRip (« .srt »)"
        return CaptionFile((), ((1, advice),), is_readable=False)
    subviewer = _SUBVIEWER.match(text)
    if subviewer:
        text = _SUBVIEWER_LINE.sub(r"\1 --> \2", text)
    is_named_webvtt = files.captions(address) == files.SHOWN
    if text.lstrip().startswith("WEBVTT") or not (subviewer or subrip.is_subrip(text) or not is_named_webvtt):
        return webvtt.parse(raw)
    parsed = subrip.parse(text)
    not_shown = (_SUBVIEWER_PROBLEM,) if subviewer else (_MISNAMED,) if is_named_webvtt else ()
    return dataclasses.replace(parsed, is_readable=not problems, problems=(*problems, *not_shown, *parsed.problems))
