"""« invoke talks.fetch »: a draft block from the address of a film, and its poster, kept here.

What comes from the platform is words, which the author reads before anyone,
and a picture, which is decoded, made small and written anew: nothing of the
file itself is kept.
"""

from __future__ import annotations

import asyncio
import io
import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from plancher.core import addresses, dates
from plancher.core.bounds import Bounds
from plancher.core.drafts import slug
from plancher.core.guard import NoHostError, RefusedError
from plancher.core.source import FORBIDDEN
from plancher.core.web import LoopError, Web
from plancher.talks import platforms
from plancher.talks.platforms import Video

FOLDER = "images/videos"
"""Of posters, from the content folder."""
_WIDTH = 1280
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 8_000_000
_QUALITY = 72
_FAILURES = (httpx.HTTPError, httpx.InvalidURL, LoopError, NoHostError, RefusedError, TimeoutError, ValueError, KeyError, TypeError, AttributeError)


class FetchError(Exception):
    """Nothing can be fetched; the message says why, in French."""


def fetch(address: str, content: Path, bounds: Bounds | None = None) -> str:
    """The block to paste; its poster is written.

    :raises FetchError: it is no film, or the platform did not answer.
    """
    video = platforms.recognise(address)
    if video is None:
        raise FetchError("ce n'est l'adresse d'aucune vidéo d'une plateforme connue (YouTube, Vimeo, Dailymotion, PeerTube, Internet Archive, TED).")
    return asyncio.run(_fetch(video, content, bounds or Bounds(size=_MOST_BYTES)))


async def _fetch(video: Video, content: Path, bounds: Bounds) -> str:
    web = Web(bounds)
    try:
        told = await _told(web, video)
        poster = await _poster(web, str(told.get("thumbnail_url") or ""), content, slug(f"{video.platform} {video.id}"))
    finally:
        await web.close()
    return block(video, told, poster)


async def _told(web: Web[Bounds], video: Video) -> Mapping[str, Any]:
    """:raises FetchError: the platform does not say."""
    try:
        answer = await web.ask("GET", video.told, read=True)
        if not httpx.codes.is_success(answer.status):
            raise FetchError(f"{video.platform} répond {answer.status} : la vidéo est peut-être privée, ou partie.")
        found = json.loads(answer.body)
        return _archived(found, video) if "metadata" in found else dict(found)
    except _FAILURES as error:
        raise FetchError(f"{video.platform} n'a pas répondu comme attendu ({type(error).__name__}).") from error


def _archived(found: Mapping[str, Any], video: Video) -> dict[str, Any]:
    """What the Internet Archive says of an item, in the words of oEmbed."""
    item = found["metadata"]
    return {
        "title": item.get("title"),
        "author_name": item.get("creator"),
        "date": item.get("date"),
        "thumbnail_url": f"https://archive.org/services/img/{video.id}",
    }


async def _poster(web: Web[Bounds], address: str, content: Path, name: str) -> str:
    """The path of the poster, from the content folder; empty when there is none that can be read."""
    if not addresses.is_web(address):
        return ""
    try:
        answer = await web.ask("GET", address, read=True)
        made = redrawn(answer.body) if httpx.codes.is_success(answer.status) else b""
    except _FAILURES:
        return ""
    if not made:
        return ""
    path = content / FOLDER / f"{name}.webp"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)
    return f"{FOLDER}/{name}.webp"


def redrawn(raw: bytes) -> bytes:
    """The picture made small and written anew, without anything that came with it; empty when it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that would fill the memory
            with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP", "GIF")) as found:
                if found.width * found.height > _MOST_PIXELS:
                    return b""
                picture = found.convert("RGB")
        picture.thumbnail((_WIDTH, _WIDTH))
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=_QUALITY)
        return out.getvalue()
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return b""


def block(video: Video, told: Mapping[str, Any], poster: str) -> str:
    """The block an author completes."""
    duration = told.get("duration")
    fields = {
        "url": video.page,
        "orateur": _words(told.get("author_name")),
        "date": _words(told.get("upload_date") or told.get("date"))[:10],
        "durée": dates.clock(int(duration)) if isinstance(duration, int | float) and duration > 0 else "",
        "affiche": f"{{static}}/{poster}" if poster else "",
    }
    typed = {name: value for name, value in fields.items() if value}
    title = _words(told.get("title")) or f"sur {video.platform}"
    lines = [f"> [!video] {title}", *(f"> {name} : {value}" for name, value in typed.items()), ">", "> À écrire : ce qui s'y dit, en deux phrases."]
    return "\n".join(lines) + "\n"


def _words(typed: object) -> str:
    """On one line; several values, between commas."""
    if isinstance(typed, list):
        return ", ".join(filter(None, map(_words, typed)))
    return " ".join(FORBIDDEN.sub("", str(typed or "")).split())
