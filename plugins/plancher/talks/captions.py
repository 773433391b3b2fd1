"""A file of captions, read as what it is: WebVTT or SubRip, whatever its name says."""

from __future__ import annotations

import dataclasses

from plancher.talks import files, subrip, webvtt
from plancher.talks.webvtt import Track

_MISNAMED = (1, "ce fichier est en SubRip, que les navigateurs ne montrent pas ; nommez-le « .srt », ou enregistrez-le en WebVTT")


def read(raw: bytes, address: str) -> Track:
    """The cues of a file, and what is wrong with it.

    :param address: its name says what browsers take it for.
    """
    text, problems = webvtt.decoded(raw)
    is_named_webvtt = files.captions(address) == files.SHOWN
    if text.lstrip().startswith("WEBVTT") or not (subrip.is_subrip(text) or not is_named_webvtt):
        return webvtt.parse(raw)
    track = subrip.parse(text)
    told = (*problems, *((_MISNAMED,) if is_named_webvtt else ()), *track.problems)
    return dataclasses.replace(track, is_readable=not problems, problems=told)
