"""« invoke talks.fetch »: a draft block from the address of a film, and its poster, kept here.

What comes from the platform is words, which the author reads before anyone,
and a picture, which is decoded, made small and written anew: nothing of the
file itself is kept.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from plancher.base import addresses, dates
from plancher.base.bounds import Bounds
from plancher.base.french import clip
from plancher.commands.history import History, HistoryError
from plancher.commands.step import Edit
from plancher.components.talks import platforms
from plancher.components.talks.platforms import Video
from plancher.text import plain
from plancher.text.drafts import slug
from plancher.text.source import FORBIDDEN
from plancher.web.client import LoopError, Web
from plancher.web.guard import NoHostError, RefusedError

FOLDER = "images/videos"
"""Of posters, from the content folder."""
_WIDTH = 1280
_MOST_PIXELS = 40_000_000
_MOST_BYTES = 8_000_000
_QUALITY = 72
_LONGEST = 360_000
"""Seconds of a film."""
_MOST_LETTERS = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FAILURES = (
    httpx.HTTPError,
    httpx.InvalidURL,
    LoopError,
    NoHostError,
    RefusedError,
    TimeoutError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)


class FetchError(Exception):
    """Nothing can be fetched; the message says why, in French."""


def fetch(address: str, content: Path, bounds: Bounds | None = None, *, tell: Callable[[str], None] = lambda _: None) -> str:
    """The block to paste; its poster is written, unless it is there already.

    :param tell: what the author should know besides.
    :raises FetchError: it is no film, or the platform did not answer, or the poster has no place.
    """
    video = platforms.recognise(address)
    if video is None:
        raise FetchError("ce n'est l'adresse d'aucune vidéo d'une plateforme connue (YouTube, Vimeo, Dailymotion, PeerTube, Internet Archive, TED).")
    found, picture = asyncio.run(_asked(video, bounds or Bounds(size=_MOST_BYTES)))
    poster = f"{FOLDER}/{slug(f'{video.platform} {video.id}')}.webp" if picture else ""
    made = block(video, found, poster)
    if poster:
        _keep(content, poster, picture, tell)
    return made


async def _asked(video: Video, bounds: Bounds) -> tuple[Mapping[str, Any], bytes]:
    """What the platform says, and the poster; empty when there is none that can be read."""
    web = Web(bounds)
    try:
        found = await _told(web, video)
        return found, await _picture(web, str(found.get("thumbnail_url") or ""))
    finally:
        await web.close()


async def _told(web: Web[Bounds], video: Video) -> Mapping[str, Any]:
    """:raises FetchError: the platform does not say."""
    try:
        answer = await web.ask("GET", video.metadata_url, read=True)
        if not httpx.codes.is_success(answer.status):
            raise FetchError(f"{video.platform} répond {answer.status} : la vidéo est peut-être privée, ou partie.")
        found = json.loads(answer.body)
        return _archived(found, video) if "metadata" in found else dict(found)
    except _FAILURES as error:
        raise FetchError(f"{video.platform} {_why(error)}") from error


def _why(error: Exception) -> str:
    """Why a platform said nothing, and what to do."""
    if isinstance(error, NoHostError | httpx.ConnectError):
        return "ne peut pas être joint : la connexion de cette machine est sans doute coupée. Réessayez plus tard."
    if isinstance(error, httpx.TimeoutException):
        return "n'a pas répondu à temps. Réessayez plus tard."
    if isinstance(error, ValueError | KeyError | TypeError):
        return "a répondu autre chose que ce qu'il promet : la vidéo est peut-être privée, ou partie."
    return "n'a pas répondu comme attendu. Réessayez plus tard."


def _archived(found: Mapping[str, Any], video: Video) -> dict[str, Any]:
    """What the Internet Archive says of an item, in the words of oEmbed."""
    item = found["metadata"]
    return {
        "title": item.get("title"),
        "author_name": item.get("creator"),
        "date": item.get("date"),
        "thumbnail_url": f"https://archive.org/services/img/{video.id}",
    }


async def _picture(web: Web[Bounds], address: str) -> bytes:
    if not addresses.is_web(address):
        return b""
    try:
        answer = await web.ask("GET", address, read=True)
        return redrawn(answer.body) if httpx.codes.is_success(answer.status) else b""
    except _FAILURES:
        return b""


def _keep(content: Path, name: str, picture: bytes, tell: Callable[[str], None]) -> None:
    """Write a poster where there is none.

    :raises FetchError: it would stand out of the content folder, or cannot be written.
    """
    path = content / name
    if path.is_symlink() or path.exists():
        tell(f"{path} est déjà là : l'affiche n'a pas été changée.")
        return
    try:
        History(content.parent, tell).make("talks.fetch", f"invoke talks.fetch ({name})", [Edit(path, None, picture)])
    except HistoryError as error:
        raise FetchError(str(error)) from error


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
    """The block an author completes; what the platform says badly is left out."""
    names = told.get("author_name")
    day = str(told.get("upload_date") or told.get("date") or "")[:10]
    fields = [
        ("url", video.page),
        *(("orateur", _words(name)) for name in (names if isinstance(names, list) else [names])),
        ("date", day if _DAY.fullmatch(day) else ""),
        ("durée", _clock(told.get("duration"))),
        ("affiche", f"{{static}}/{poster}" if poster else ""),
    ]
    title = _words(told.get("title")) or f"Film sur {video.platform}"
    lines = [f"> [!video] {title}", *(f"> {name} : {value}" for name, value in fields if value), ">", "> À écrire : ce qui s'y dit, en deux phrases."]
    return "\n".join(lines) + "\n"


def _clock(typed: object) -> str:
    if isinstance(typed, bool) or not isinstance(typed, int | float) or not 1 <= typed <= _LONGEST:
        return ""
    return dates.clock(int(typed))


def _words(typed: object) -> str:
    """On one line, and not a page; Markdown reads it as it is."""
    text = FORBIDDEN.sub("", " ".join(str(typed or "").split())).encode("utf-8", "ignore").decode()
    return plain.escaped(clip(" ".join(text.split()), _MOST_LETTERS))
