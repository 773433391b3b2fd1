"""What « invoke publish » leaves for what follows a publication: each public text, where it is, and where it leads."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

from plancher.base import addresses, data, settings
from plancher.base.data import DataError
from plancher.base.settings import SettingsError
from plancher.outputs.announcing.settings import KEY, AnnouncingSettings
from plancher.site.model import Post, Site

FILE = "textes-publics.json"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicText:
    """A post or a page that lists show; what is published and listed nowhere is told to nobody."""

    source: str
    """Its file, from the content folder."""
    address: str
    """From the root of the site, with a slash before it, percent-encoded."""
    page: str
    """The file of its page, from the root of the site."""
    day: str
    """When a post appeared, ISO 8601; empty: it is a page."""
    links: tuple[str, ...]
    """Each address of another site in it, once."""
    former: str
    """An address that leads to it; empty: there is none."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """All of a site."""

    address: str
    """Of the site, without a slash at its end."""
    settings: AnnouncingSettings
    texts: tuple[PublicText, ...]


def as_json(site: Site, mine: AnnouncingSettings) -> str:
    """The announcement of a site, the newest post first."""
    texts = [dataclasses.asdict(text) for text in _texts(site)]
    agent = mine.agent or site.identity.agent
    return json.dumps({"address": site.identity.address, "settings": dataclasses.asdict(mine) | {"agent": agent}, "texts": texts}, ensure_ascii=False)


def load(path: Path) -> Announcement | None:
    """The one that a publication has left; None: there is none, or none that can be read."""
    try:
        value = data.from_json(path.read_text(encoding="utf-8"))
        texts = tuple(PublicText(**{**text, "links": tuple(text["links"])}) for text in value["texts"])
        return Announcement(address=str(value["address"]), settings=settings.load({KEY: value["settings"]}, KEY, AnnouncingSettings), texts=texts)
    except (OSError, DataError, SettingsError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _texts(site: Site) -> Iterator[PublicText]:
    for post in (*site.posts, *site.translations, *site.pages):
        if post.save_as:
            yield PublicText(
                source=post.path,
                address=f"/{addresses.quote(post.url)}",
                page=post.save_as,
                day="" if post.is_page else f"{post.date:%Y-%m-%d}",
                links=tuple(address for address in post.elsewhere if addresses.is_web(address)),
                former=_former(post),
            )


def _former(post: Post) -> str:
    return next((f"/{alias.lstrip('/')}" for alias in post.aliases if "?" not in alias), "")
