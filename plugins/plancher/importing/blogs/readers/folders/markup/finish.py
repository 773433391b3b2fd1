"""The last steps, the same for all generators: what our blog refuses is written otherwise, what it would read otherwise is protected."""

from __future__ import annotations

import re

from plancher.base import addresses
from plancher.importing.blogs.readers.folders.markup.admonitions import directives
from plancher.importing.blogs.readers.folders.markup.headings import leveled
from plancher.importing.blogs.readers.folders.markup.obsidian import callouts
from plancher.importing.blogs.readers.folders.markup.pictures import described
from plancher.importing.blogs.readers.folders.markup.raw_html import raw_html
from plancher.importing.blogs.readers.folders.markup.work import Work

_SIGNS = re.compile(r"\{(?=\{[<%]|%)|(?m:^(?P<margin>[ \t>]*)(?P<sign>!!!|\?\?\?|:::)(?=[+:]*[ \t]*[\w\"{.]|:*[ \t]*$))")
_ENTITIES = {"!!!": "&#33;!!", "???": "&#63;??", ":::": "&#58;::"}
_OTHER_SCHEME = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]*)\]\([ \t]*<?(?P<url>(?!https?:|mailto:|tel:)[A-Za-z][\w+.-]*:[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)>?"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
)
_CALLED = re.compile(r"(?<![\\\]\w!])\[\^(?P<name>[^\]\s]+)\](?!:)")
_WRITTEN = re.compile(r"(?m)^[ \t>]*(?:[-*+][ \t]+)?\[\^(?P<name>[^\]\s]+)\]:")


def finished(work: Work) -> Work:
    """The text as our blog takes it."""
    return work.run(directives, callouts, raw_html, leveled, described, _notes, _safe, _protected)


def _notes(work: Work) -> str:
    """A footnote that is called and never written is words."""
    if "[^" not in work.text:
        return work.text
    written = {match["name"] for match in _WRITTEN.finditer(work.text)}

    def escaped(typed: re.Match[str]) -> str:
        if typed["name"] in written:
            return typed[0]
        work.note("une note de bas de page est appelée sans être écrite : son appel reste comme des mots.", typed[0])
        return "\\" + typed[0]

    return _CALLED.sub(escaped, work.text)


def _safe(work: Work) -> str:
    """A link that no page may have (ftp, an application's own) is words, and its address as they were typed."""

    def words(typed: re.Match[str]) -> str:
        if addresses.is_safe(typed["url"]):
            return typed[0]
        work.note("un lien vers une adresse qu'aucune page ne peut avoir : ses mots et son adresse restent.", typed[0])
        shown = work.masked.span(typed["url"])
        return shown if typed["words"] in {"", typed["url"]} else f"{typed['words']} ({shown})"

    return _OTHER_SCHEME.sub(words, work.text)


def _protected(work: Work) -> str:
    """What is left of another syntax stays as words."""

    def entity(typed: re.Match[str]) -> str:
        return f"{typed['margin']}{_ENTITIES[typed['sign']]}" if typed["sign"] else "&#123;"

    return _SIGNS.sub(entity, work.text)
