"""Bodies of Blogger: lines parted by two ``<br>``, small pictures linked to large ones that are pages."""

from __future__ import annotations

import re
import urllib.parse

from plancher.importing.blogs.readers.html_paragraphs import paragraphs
from plancher.importing.blogs.readers.html_tokens import RAW, tokens

_MORE = re.compile(r"<a\s+name\s*=\s*[\"']?more[\"']?\s*/?>(?:\s*</a>)?", re.IGNORECASE)
_FOOTER = re.compile(r"<div\s+class\s*=\s*[\"']?blogger-post-footer[\"']?[^<>]*>[^<]{0,200}(?:<img\b[^<>]*>)?[^<]{0,200}</div>", re.IGNORECASE)
_PICTURE = re.compile(
    r"(?P<start>https?://[^\s\"'<>]{1,1500}/)(?P<size>s\d{1,5}|w\d{1,5}-h\d{1,5})(?P<marks>(?:-[a-z0-9]{1,12})*)/(?P<name>[^\s\"'<>/]{1,400})"
)
_HOSTS = ("blogspot.com", "googleusercontent.com", "ggpht.com", "blogger.com")
_LARGE = "s1600"


def body_of(typed: str) -> str:
    """The body, with paragraphs, and with links to whole pictures instead of pages that show them."""
    whole = _MORE.sub("<!--more-->", _FOOTER.sub("", typed))
    whole = _PICTURE.sub(lambda match: _whole_address(match) if match["marks"] == "-h" and _is_picture(match[0]) else match[0], whole)
    return paragraphs(_flat(whole), do_lines_break=False)


def teaser_of(body: str) -> str:
    """What stands before « read more »; empty: the author put no such mark."""
    before, mark, _ = body.partition("<!--more-->")
    return before if mark else ""


def pictures_of(body: str) -> tuple[tuple[str, ...], ...]:
    """The addresses of each picture of a body: the largest, the one that is shown, the page that shows it."""
    found: dict[str, list[str]] = {}
    for match in _PICTURE.finditer(body):
        if _is_picture(match[0]):
            large = _whole_address(match)
            found.setdefault(large, [large]).append(match[0])
    return tuple(tuple(dict.fromkeys([*addresses, large.replace(f"/{_LARGE}/", f"/{_LARGE}-h/")])) for large, addresses in found.items())


def _whole_address(match: re.Match[str]) -> str:
    return f"{match['start']}{_LARGE}/{match['name']}"


def _is_picture(address: str) -> bool:
    try:
        host = urllib.parse.urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host.endswith(_HOSTS)


def _flat(body: str) -> str:
    """Newlines mean nothing there, but in code."""
    if "\n" not in body:
        return body
    return "".join(token.text if token.name in RAW else token.text.replace("\r", " ").replace("\n", " ") for token in tokens(body))
