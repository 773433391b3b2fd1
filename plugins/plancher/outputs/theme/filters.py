"""What templates may say: French dates and plurals, addresses of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Protocol

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from plancher.base import addresses, dates, french, links
from plancher.outputs.theme import parts


class Anchored(Protocol):
    """Where a value says that something stands."""

    @property
    def path(self) -> str:
        """Of a page, from the root of the site; or a whole address."""

    @property
    def anchor(self) -> str:
        """In that page; empty: the page."""


def for_site(address: str) -> Mapping[str, Callable[..., object]]:
    """The filters of a site by its public address, which may end in a folder."""
    base, start = links.path_of(address), address.rstrip("/")

    def link(path: str) -> str:
        """The address of a page from the root of its host."""
        return f"{base}/{addresses.quote(str(path).lstrip('/'))}"

    def menu_link(place: str) -> str:
        """The address of an entry of the menu that the owner typed: of a page of the site, or of another site."""
        return place if addresses.is_web(place) else link(place)

    def absolute(path: str) -> str:
        """The whole address of a page."""
        return f"{start}/{addresses.quote(str(path).lstrip('/'))}"

    def whole(encoded: str) -> str:
        """The whole address of a file whose own address is percent-encoded already."""
        return f"{start}/{encoded}"

    def place(value: Anchored) -> str:
        """The address of a place, of the site or elsewhere."""
        page = value.path if addresses.is_web(value.path) else link(value.path)
        return f"{page}#{value.anchor}" if value.anchor else page

    return {
        "link": link,
        "menu_link": menu_link,
        "place": place,
        "absolute": absolute,
        "whole": whole,
        "day": dates.day,
        "short_day": dates.short_day,
        "month": dates.month,
        "clock": dates.clock,
        "parse_day": dt.date.fromisoformat,
        "iso": iso,
        "plural": french.plural,
        "clip": french.clip,
        "domain": addresses.domain,
        "drawing": drawing,
        "data": data,
        "parts": parts.parts_of,
        "segment": addresses.quote_segment,
    }


def drawing(wordmark: str) -> Markup:
    """The drawn name of the blog, in a page."""
    return Markup(wordmark)  # noqa: S704 - made in wordmark.py, from shapes alone


def data(value: object) -> Markup:
    """Values as JSON-LD in a page, accents as they are: Jinja's own ``tojson`` writes six letters for each."""
    return htmlsafe_json_dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def iso(moment: dt.date) -> str:
    """A day, or a moment, as machines read it (ISO 8601)."""
    return moment.isoformat()
