"""The last steps, the same for all generators: what our blog refuses is written otherwise, what it would read otherwise is protected."""

from __future__ import annotations

import re

from plancher.importing.blogs.readers.folders.markup.admonitions import directives
from plancher.importing.blogs.readers.folders.markup.headings import leveled
from plancher.importing.blogs.readers.folders.markup.obsidian import callouts
from plancher.importing.blogs.readers.folders.markup.pictures import described
from plancher.importing.blogs.readers.folders.markup.raw_html import raw_html
from plancher.importing.blogs.readers.folders.markup.work import Work

_SIGNS = re.compile(r"\{(?=\{[<%]|%)|(?m:^(?P<margin>[ \t>]*)(?P<sign>!!!|\?\?\?|:::)(?=[+:]*[ \t]*[\w\"{.]|:*[ \t]*$))")
_ENTITIES = {"!!!": "&#33;!!", "???": "&#63;??", ":::": "&#58;::"}
_CALLED = re.compile(r"(?<![\\\]\w!])\[\^(?P<name>[^\]\s]+)\](?!:)")
_WRITTEN = re.compile(r"(?m)^[ \t>]*(?:[-*+][ \t]+)?\[\^(?P<name>[^\]\s]+)\]:")


def finished(work: Work) -> Work:
    """The text as our blog takes it."""
    return work.run(directives, callouts, raw_html, leveled, described, _notes, _protected)


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


def _protected(work: Work) -> str:
    """What is left of another syntax stays as words."""

    def entity(typed: re.Match[str]) -> str:
        return f"{typed['margin']}{_ENTITIES[typed['sign']]}" if typed["sign"] else "&#123;"

    return _SIGNS.sub(entity, work.text)
