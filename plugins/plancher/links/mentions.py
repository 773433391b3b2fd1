"""What pages about something else show of a roundup: its links, each under its title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plancher.core import addresses
from plancher.core.registry import Inline, Mention
from plancher.links.model import Roundup

SHELF = "liens"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """Each link, as JSON has it; one whose address is lost keeps its title."""
    links = model.links if isinstance(model, Roundup) else ()
    return [{"title": inline.text(link.title), "url": link.url, "lang": link.lang} for link in links]


def mention(kept: Mapping[str, Any]) -> Mention:
    """A link under its title; one of this site, or whose address is lost, leads to the post."""
    address = kept["url"] if addresses.is_web(kept["url"]) else ""
    return Mention(kind="liens", text=kept["title"], address=address, lang=kept["lang"])
