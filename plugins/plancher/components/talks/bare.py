"""A film alone in its paragraph is a talk, without a block: its address, or a player as platforms, WordPress and others write it.

A paragraph with two films, or with words beside the film, stays as it is.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator, Sequence

from plancher.components.talks.platforms import Video, recognise
from plancher.text import plain
from plancher.text.blocks import Block, Line, Scan
from plancher.text.source import MARK_CLOSE, MARK_OPEN

_NOT_ALWAYS_FILMS = frozenset({"Internet Archive"})
"""Platforms that have books too: an address alone does not say which."""
_STARTS = ("http", "<http", "[", "![", "<lite-", "<object", "<iframe", "<embed", "<p", "<div", "<center")
_FORMS = (
    re.compile(r"<?(?P<url>https?://[^\s<>]+)>?", re.IGNORECASE),
    re.compile(r"\[(?P<name>embed|video|youtube|vimeo|dailymotion)\b[^\]]*\](?P<url>https?://[^\s\[\]]+)\[/(?P=name)\]", re.IGNORECASE),
    re.compile(r"\[(?:youtube|vimeo|dailymotion)[ =](?P<url>https?://[^\s\[\]]+)(?: [^\]]*)?\]", re.IGNORECASE),
    re.compile(r"\[(?P<same>(?:https?://)?[^\s\[\]]+)\]\(<?(?P<url>https?://[^\s()<>]+)>?\)", re.IGNORECASE),
    re.compile(r"!\[(?P<title>[^\[\]]*)\]\(<?(?P<url>https?://[^\s()<>]+)>?(?:\s+\"[^\"]*\")?\)", re.IGNORECASE),
)
"""An address; the shortcodes of WordPress; a link that shows its own address; a film as if it were a picture."""
_TAG = re.compile(r"<(/?)([a-z][a-z-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_PLAYERS = frozenset({"iframe", "embed", "object", "param", "lite-youtube", "lite-vimeo"})
_AROUND = frozenset({"p", "center", "div"})
_LITE = {"lite-youtube": "https://youtu.be/{}", "lite-vimeo": "https://vimeo.com/{}"}
_LONGEST = 12
"""Lines of an old player."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Film:
    """A film that a paragraph shows."""

    video: Video
    url: str
    title: str


def read_bare_films(scan: Scan) -> Scan:
    """A scan in which such paragraphs are blocks."""
    if not any(line.text.startswith(_STARTS) for line in scan.lines):
        return scan
    lines, blocks = list(scan.lines), list(scan.blocks)
    for start, end in list(_alone(scan.lines)):
        film = _film("\n".join(line.text for line in scan.lines[start:end] if line.text.strip()).strip())
        if film is None or film.video.platform in _NOT_ALWAYS_FILMS:
            continue
        number = lines[start].number
        inside = (Line(number, f"url : {film.url}"),)
        blocks.append(Block("video", film.title or f"Film sur {film.video.platform}", number, inside, inside))
        mark = Line(number, f"{MARK_OPEN}bloc:{len(blocks) - 1}{MARK_CLOSE}")
        lines[start:end] = [mark, *(Line(line.number, "") for line in lines[start + 1 : end])]
    return dataclasses.replace(scan, lines=tuple(lines), blocks=tuple(blocks)) if len(blocks) > len(scan.blocks) else scan


def _alone(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where each paragraph that may be a film begins and ends."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.text.startswith(_STARTS) or not _begins(lines, index):
            index += 1
            continue
        end = _end(lines, index)
        yield index, end
        index = max(end, index + 1)


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph begins here, outside of raw HTML."""
    if index and lines[index - 1].text.strip():
        return False
    before = next((line for line in reversed(lines[:index]) if line.text.strip()), None)
    return not lines[index].raw or before is None or not before.raw or before.text.rstrip().endswith(">")


def _end(lines: Sequence[Line], start: int) -> int:
    """Where a paragraph ends; an old player may be cut by the lines that stand between its tags."""
    if lines[start].text.startswith("<object"):
        for end in range(start, min(start + _LONGEST, len(lines))):
            if "</object>" in lines[end].text.lower():
                return end + 1
    return next((end for end in range(start, len(lines)) if not lines[end].text.strip()), len(lines))


def _film(typed: str) -> _Film | None:
    """The film that a whole paragraph shows."""
    for form in _FORMS:
        match = form.fullmatch(typed)
        if match is None:
            continue
        parts = match.groupdict()
        if parts.get("same") and parts["same"].split("://")[-1] != parts["url"].split("://")[-1]:
            continue  # a link with words of its own stays a link
        video = recognise(parts["url"])
        return _Film(video, parts["url"], (parts.get("title") or "").strip()) if video else None
    return _player(typed) if typed.startswith("<") else None


def _player(typed: str) -> _Film | None:
    """The one film of the tags of a player; None where there are words, other tags or several films."""
    tags = list(_TAG.finditer(typed))
    if _TAG.sub("", typed).strip() or not {tag[2].lower() for tag in tags} <= _PLAYERS | _AROUND:
        return None
    films = [film for tag in tags if not tag[1] and (film := _of_tag(tag[2].lower(), _attributes(tag[3])))]
    return films[0] if films and len({film.video.page for film in films}) == 1 else None


def _of_tag(name: str, attributes: dict[str, str]) -> _Film | None:
    if name in _AROUND or (name == "param" and attributes.get("name") not in {"movie", "src"}):
        return None
    typed = (
        _LITE[name].format(attributes.get("videoid", "")) if name in _LITE else attributes.get("src") or attributes.get("data") or attributes.get("value") or ""
    )
    url = f"https:{typed}" if typed.startswith("//") else typed
    video = recognise(url)
    title = attributes.get("title") or attributes.get("playlabel") or ""
    return _Film(video, url, "" if "player" in title.lower() else plain.escaped(" ".join(title.split()))) if video else None


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text)}
