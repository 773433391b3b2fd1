"""« invoke talks.fetch »: a draft block from the address of a film, and a copy of its poster.

The platform gives words, which the author reads first, and a picture, which
is decoded, made smaller and encoded again: nothing else of its file remains.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx
from PIL import Image

from plancher.base import addresses, dates
from plancher.base.bounds import Bounds
from plancher.base.french import clip
from plancher.commands.history import History, HistoryError
from plancher.commands.links import archives
from plancher.commands.step import FileChange
from plancher.components.talks import platforms
from plancher.components.talks.platforms import Video
from plancher.text import plain
from plancher.text.drafts import slug
from plancher.text.source import FORBIDDEN
from plancher.web.client import Web
from plancher.web.guard import NoHostError

FOLDER = "images/videos"
"""Of posters, from the content folder."""
Metadata = Mapping[str, object]
"""What a platform says of a film, under the names of oEmbed; nothing in it is sure."""
_WIDTH = 1280
_MAX_PIXELS = 40_000_000
MAX_BYTES = 8_000_000
_QUALITY = 72
_MAX_SECONDS = 360_000
"""Seconds of a film."""
_MAX_LETTERS = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FAILURES = (*archives.FAILURES, RecursionError)


class FetchError(Exception):
    """Nothing can be fetched; the message says why, in French."""


def fetch(address: str, content: Path, bounds: Bounds, *, tell: Callable[[str], None] = lambda _: None) -> str:
    """The block to paste; its poster is written, unless it is there already.

    :param tell: what the author should know besides.
    :raises FetchError: it is no film, or the platform did not answer, or the poster has no place.
    """
    video = platforms.recognise(address)
    if video is None:
        raise FetchError("ce n'est l'adresse d'aucune vidéo d'une plateforme connue (YouTube, Vimeo, Dailymotion, PeerTube, Internet Archive, TED).")
    metadata, picture = asyncio.run(_ask_platform(video, bounds))
    poster = f"{FOLDER}/{slug(f'{video.platform} {video.id}')}.webp" if picture else ""
    text = block(video, metadata, poster)
    if poster:
        _write_poster(content, poster, picture, tell)
    return text


async def _ask_platform(video: Video, bounds: Bounds) -> tuple[Metadata, bytes]:
    """What the platform says, and the poster; empty when there is none that can be read."""
    async with Web(bounds) as web:
        metadata = await _ask_metadata(web, video)
        return metadata, await _fetch_poster(web, str(metadata.get("thumbnail_url") or ""))


async def _ask_metadata(web: Web[Bounds], video: Video) -> Metadata:
    """:raises FetchError: the platform does not say."""
    try:
        answer = await web.ask("GET", video.metadata_url, read=True)
        if not httpx.codes.is_success(answer.status):
            raise FetchError(f"{video.platform} répond {answer.status} : la vidéo est peut-être privée, ou partie.")
        answer_json = json.loads(answer.body)
        return _as_oembed(answer_json["metadata"], video) if "metadata" in answer_json else dict(answer_json)
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


def _as_oembed(item: Metadata, video: Video) -> dict[str, object]:
    """What the Internet Archive says of an item, in the words of oEmbed."""
    return {
        "title": item.get("title"),
        "author_name": item.get("creator"),
        "date": item.get("date"),
        "thumbnail_url": f"https://archive.org/services/img/{video.id}",
    }


async def _fetch_poster(web: Web[Bounds], address: str) -> bytes:
    if not addresses.is_web(address):
        return b""
    try:
        answer = await web.ask("GET", address, read=True)
        return redraw(answer.body) if httpx.codes.is_success(answer.status) else b""
    except _FAILURES:
        return b""


def _write_poster(content: Path, name: str, picture: bytes, tell: Callable[[str], None]) -> None:
    """Write a poster where there is none.

    :raises FetchError: it would stand out of the content folder, or cannot be written.
    """
    path = content / name
    if path.is_symlink() or path.exists():
        tell(f"{path} est déjà là : l'affiche n'a pas été changée.")
        return
    try:
        History(content.parent, tell).make("talks.fetch", f"invoke talks.fetch ({name})", [FileChange(path, None, picture)])
    except HistoryError as error:
        raise FetchError(str(error)) from error


def redraw(raw: bytes) -> bytes:
    """The picture made smaller and encoded again, without its metadata; empty when it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture that would fill the memory
            with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP", "GIF")) as original:
                if original.width * original.height > _MAX_PIXELS:
                    return b""
                picture = original.convert("RGB")
        picture.thumbnail((_WIDTH, _WIDTH))
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=_QUALITY)
        return out.getvalue()
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return b""


def block(video: Video, metadata: Metadata, poster: str) -> str:
    """The block that an author completes; values that make no sense are left out."""
    names = metadata.get("author_name")
    day = str(metadata.get("upload_date") or metadata.get("date") or "")[:10]
    fields = [
        ("url", video.page),
        *(("orateur", _words(name)) for name in (names if isinstance(names, list) else [names])),
        ("date", day if _DAY.fullmatch(day) else ""),
        ("durée", _clock(metadata.get("duration"))),
        ("affiche", f"{{static}}/{poster}" if poster else ""),
    ]
    title = _words(metadata.get("title")) or f"Film sur {video.platform}"
    lines = [f"> [!video] {title}", *(f"> {name} : {value}" for name, value in fields if value), ">", "> À écrire : ce qui s'y dit, en deux phrases."]
    return "\n".join(lines) + "\n"


def _clock(typed: object) -> str:
    if isinstance(typed, bool) or not isinstance(typed, int | float) or not 1 <= typed <= _MAX_SECONDS:
        return ""
    return dates.clock(int(typed))


def _words(typed: object) -> str:
    """On one line, not too long, and escaped for Markdown."""
    text = FORBIDDEN.sub("", " ".join(str(typed or "").split())).encode("utf-8", "ignore").decode()
    return plain.escaped(clip(" ".join(text.split()), _MAX_LETTERS))
