"""What pages of the whole site show of a roundup: its links, each as JSON has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.base import addresses, tracking
from plancher.base.french import language_name
from plancher.components.links.model import Link, Roundup, is_foreign
from plancher.text.grammar import Inline, Mention

SHELF = "liens"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """Each link; one whose address is lost keeps its title."""
    return [_gathered(link, inline) for link in (model.links if isinstance(model, Roundup) else ())]


def _gathered(link: Link, inline: Inline) -> dict[str, Any]:
    words = inline.text
    return {
        "anchor": link.anchor,
        "line": link.line,
        "title": words(link.title),
        "url": link.url,
        "author": words(link.author),
        "site": words(link.site),
        "date": link.date.date().isoformat() if link.date else "",
        "lang": link.lang,
        "language": f"en {language_name(link.lang)}" if is_foreign(link.lang) else "",
        "via": [inline.link(link.via), words(link.via)] if link.via else None,
        "type": words(link.type),
        "archive": link.archive,
        "access": link.access,
        "comment": words(link.comment),
    }


def mention(kept: Mapping[str, Any]) -> Mention:
    """A link under its title; one of this site, or whose address is lost, leads to its place in the post."""
    address = tracking.clean(kept["url"]) if addresses.is_web(kept["url"]) else ""
    return Mention(kind="liens", text=kept["title"], address=address, anchor="" if address else kept["anchor"], lang=kept["lang"])
