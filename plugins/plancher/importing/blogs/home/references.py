"""The pictures and files that a body names, found without converting it: their names are given before any text is written."""

from __future__ import annotations

import dataclasses
import html
import posixpath
import re
import urllib.parse
from collections.abc import Iterator

from plancher.importing.blogs.home import former_site
from plancher.importing.blogs.home.former_site import FormerSite

PICTURES = frozenset(".png .jpg .jpeg .jpe .jfif .gif .webp .avif .svg".split())
_DOCUMENTS = frozenset(".pdf .odt .ods .odp .docx .xlsx .pptx .csv .ics .epub .zip .mp3 .ogg .opus .m4a .wav .flac".split())
_FILMS = frozenset(".mp4 .webm .ogv .vtt .srt".split())
KINDS = PICTURES | _DOCUMENTS | _FILMS
"""Endings of files that may come to stand in the content folder."""
_MARKUP = re.compile(r"<(?P<tag>img|a|source|video|audio|embed|object|amp-img|image)\s(?P<attributes>[^<>]{1,8000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(?P<name>src|href|poster|data-src|data-lazy-src|data-orig-file|data)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s"'>]+))""", re.IGNORECASE
)
_MARKDOWN = re.compile(r"(?P<sign>!?)\[[^\[\]]{0,500}\]\(\s*<?(?P<address>[^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)")
_WIKI = re.compile(r"!\[\[(?P<address>[^\[\]|#\n]{1,300})")
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}")
_SHOWN = frozenset({"img", "source", "video", "audio", "embed", "object", "amp-img", "image"})


@dataclasses.dataclass(frozen=True, slots=True)
class Reference:
    """A file that a text names."""

    in_source: str
    """Where it lies in the source if its address is relative to the file of the text; empty: it is not relative."""
    address: str
    """Whole, or from the root of the host."""
    is_shown: bool
    """Whether the text shows it; else it leads to it."""


def resolved(address: str, file: str, base: str, *, is_shown: bool) -> Reference | None:
    """A typed address as seen from its text; None when it names no file.

    :param file: the file of the text in the source.
    :param base: the former path of the text, empty when it is unknown.
    """
    address = html.unescape(address).strip()
    if not address or address.startswith(("#", "{", "data:", "javascript:")):
        return None
    if address.startswith("//"):
        return Reference("", f"https:{address}", is_shown)
    if former_site.has_scheme(address):
        return Reference("", address, is_shown) if address[:4].lower() == "http" else None
    bare = urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    if address.startswith("/"):
        return Reference("", address, is_shown)
    near = posixpath.normpath(posixpath.join(posixpath.dirname(file), bare))
    return Reference("" if near.startswith("..") else near, former_site.joined(base, address), is_shown)


def ending(address: str) -> str:
    """« .jpg »."""
    return posixpath.splitext(urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0]))[1].lower()


def folder_of(suffix: str) -> str:
    """Where files of this kind stand in the content folder."""
    if suffix in PICTURES or not suffix:
        return "images"
    return "videos" if suffix in _FILMS else "documents"


def found(body: str, file: str, base: str) -> Iterator[Reference]:
    """What a body shows, and the files it leads to."""
    for typed, is_shown in _typed(body):
        reference = resolved(typed, file, base, is_shown=is_shown)
        if reference and (is_shown or ending(reference.address) in KINDS):
            yield reference


def _typed(body: str) -> Iterator[tuple[str, bool]]:
    for tag in _MARKUP.finditer(body) if "<" in body else ():
        for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
            yield attribute["a"] or attribute["b"] or attribute["c"] or "", tag["tag"].lower() in _SHOWN
    for link in _MARKDOWN.finditer(body) if "](" in body else ():
        yield link["address"], bool(link["sign"])
    for wiki in _WIKI.finditer(body) if "![[" in body else ():
        yield wiki["address"], True


def canonical(reference: Reference, site: FormerSite, names: frozenset[str]) -> str:
    """The one name under which a file is known: « source:images/a.jpg », « https://ancien.example/a.jpg », « /a.jpg ».

    :param names: the files of the source.
    """
    if reference.in_source and reference.in_source in names:
        return f"source:{reference.in_source}"
    return canonical_address(reference.address, site)


def canonical_address(address: str, site: FormerSite) -> str:
    """The same, for an address that is whole or from the root; the size that WordPress asks for in the query is left out."""
    bare = address.partition("#")[0]
    if site.is_own(bare):
        path = site.path(bare).partition("?")[0]
        return site.whole(urllib.parse.quote(urllib.parse.unquote(path), safe="/~!$&'()*+,;=:@-._"))
    whole = urllib.parse.quote(bare.strip(), safe="/~!$&'()*+,;=:@-._?%[]#")  # percent signs of others stay: « %2F » may be no slash there
    return _ESCAPED.sub(lambda found: found[0].upper(), whole)
