"""What templates may say: French dates and plurals, addresses of the site."""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any

from plancher.base import addresses, dates, french


def for_site(siteurl: str) -> Mapping[str, Callable[..., Any]]:
    """The filters of a site published at ``siteurl``, which may end in a folder."""
    base = urllib.parse.urlsplit(siteurl).path.rstrip("/")

    def link(path: str) -> str:
        """The address of a page from the root of its host."""
        return f"{base}/{addresses.quote(str(path).lstrip('/'))}"

    def absolute(path: str) -> str:
        """The whole address of a page."""
        return f"{siteurl.rstrip('/')}/{addresses.quote(str(path).lstrip('/'))}"

    def place(found: Any) -> str:
        """The address of a place, of the site or elsewhere: something with a path and an anchor."""
        start = found.path if addresses.is_web(found.path) else link(found.path)
        return f"{start}#{found.anchor}" if found.anchor else start

    return {
        "link": link,
        "place": place,
        "absolute": absolute,
        "day": dates.day,
        "short_day": dates.short_day,
        "month": dates.month,
        "clock": dates.clock,
        "parse_day": dt.date.fromisoformat,
        "iso": iso,
        "plural": french.plural,
        "clip": french.clip,
        "domain": addresses.domain,
        "segment": addresses.quote_segment,
    }


def iso(moment: dt.date) -> str:
    """A day, or a moment, as machines read it (ISO 8601)."""
    return moment.isoformat()
