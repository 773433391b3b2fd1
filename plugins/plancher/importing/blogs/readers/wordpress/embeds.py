"""Films, sounds and pages of other sites that WordPress shows in the place of an address."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator

from plancher.importing.blogs.readers.html_pieces import embed
from plancher.importing.blogs.readers.html_tokens import tokens

_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "googlevideo": "http://video.google.com/videoplay?docid={}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "ustream": "http://www.ustream.tv/recorded/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "archiveorg": "https://archive.org/details/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "ted": "https://www.ted.com/talks/{}",
    "vine": "https://vine.co/v/{}",
    "embed": "",
    "embedyt": "",
    "audio": "",
    "dewplayer": "",
    "video": "",
    "soundcloud": "",
    "instagram": "",
    "facebook": "",
    "spotify": "",
    "mixcloud": "",
    "googlemaps": "",
    "kickstarter": "",
    "flickr": "",
    "bandcamp": "",
    "giphy": "",
    "twitter": "",
}
"""Where each shortcode leads when it names a number; empty: it gives an address."""
SHORTCODES = frozenset(_PLAYERS)
ENCLOSING = frozenset({"embed", "embedyt", "audio", "video", "youtube", "vimeo", "dailymotion", "googlevideo", "soundcloud", "gist", "tweet"})
_SAYING = ("url", "src", "href", "mp4", "webm", "ogv", "m4v", "mov", "flv", "mp3", "m4a", "ogg", "wav", "wma", "id", "docid", "v", "video", "0")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"']+")
_LINE = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.MULTILINE)
_LONE = re.compile(r"(?:^|>)[ \t]*https?://[^\s<>\"\[\]]+[ \t]*(?:$|<)", re.MULTILINE)
_NUMBER = re.compile(r"[\w.=/-]{1,200}")
_QUIET = frozenset({"a", "code", "pre", "script", "style", "textarea", "iframe", "object"})
_AROUND = frozenset({"p", "div", "figure", "td", "li", "blockquote", "center"})
"""In which an address alone is shown as what it leads to."""


def shortcode(name: str, values: dict[str, str], inside: str) -> str:
    """The embed that a shortcode asks for; empty: it names nothing."""
    said = [values[key].strip() for key in _SAYING if values.get(key, "").strip()]
    said += [inside.strip()] if inside.strip() else []
    for value in said:
        if address := _ADDRESS.match(html.unescape(value)):
            return embed(address[0])
    template = _PLAYERS.get(name, "")
    number = next((value for value in said if _NUMBER.fullmatch(value)), "")
    return embed(template.format(number)) if template and number else ""


def lone_addresses(body: str) -> str:
    """The body in which an address that has a line for itself is an embed."""
    return "".join(_embedded(body)) if _LONE.search(body) else body


def _embedded(body: str) -> Iterator[str]:
    quiet, place = 0, 0
    for token in tokens(body):
        end = place + len(token.text)
        if token.name in _QUIET and not token.text.endswith("/>"):
            quiet = max(0, quiet + (-1 if token.is_end else 1)) if token.name not in {"pre", "script", "style", "textarea"} else quiet
        if token.name or quiet or "http" not in token.text:
            yield token.text
        else:
            yield _LINE.sub(functools.partial(_alone, body=body, start=place, end=end), token.text)
        place = end


def _alone(match: re.Match[str], *, body: str, start: int, end: int) -> str:
    """An embed, if nothing but a block's own tag shares the line."""
    before = body[:start][-200:] if match.start() == 0 and start else ""
    after = body[end : end + 200] if match.end() == len(match.string) else ""
    if (before and not _is_block_end(before)) or (after and not _is_block_start(after)):
        return match[0]
    return f"\n\n{embed(html.unescape(match[1]))}\n\n"


def _is_block_end(text: str) -> bool:
    found = re.search(r"<(/?)([a-zA-Z0-9]+)[^<>]*>\Z|-->\Z", text)
    return found is not None and (found[2] is None or found[2].lower() in _AROUND)


def _is_block_start(text: str) -> bool:
    found = re.match(r"</?([a-zA-Z0-9]+)|<!--", text)
    return found is not None and (found[1] is None or found[1].lower() in _AROUND)
