"""The address of a text, as Pelican's settings ask for it: filled in by ourselves where that is plain, by Pelican where it is not."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Any

from pelican import contents
from pelican.urlwrappers import Author, Category
from pelican.utils import SafeDatetime

from plancher.markdown.record import Record

_DATE = re.compile(r"\{date:([^{}]*)\}")
_PLAIN = re.compile(r"(?:[^{}]|\{date:(?:%[Ymd]|[^%{}])*\}|\{(?:slug|lang)\})*")
"""The patterns of addresses that we fill in ourselves: year, month and day, slug, language."""


class TextAddresses:
    """Addresses of all texts of one build."""

    def __init__(self, settings: Any, timezone: dt.tzinfo) -> None:
        self.settings = settings
        self.timezone = timezone
        self._pattern = functools.cache(self._plain_pattern)

    def of(self, record: Record, lang: str, *, is_page: bool) -> tuple[str, str]:
        """The address and the file of a text; a file without a name when it has no page.

        :param lang: its language; that of the site when it has none of its own.
        """
        own_file = record.save_as or (f"{record.url}index.html" if record.url.endswith("/") else record.url)
        own_url = record.url or record.save_as.removesuffix("index.html")
        is_default = lang == self.settings["DEFAULT_LANG"].lower()
        kind = ("DRAFT_PAGE" if is_page else "DRAFT") if record.status == "draft" else "PAGE" if is_page else "ARTICLE"
        url, file = (self._pattern(f"{kind}_{'' if is_default else 'LANG_'}{what}") for what in ("URL", "SAVE_AS"))
        if url is None or file is None:
            made = self._pelicans(record, lang, is_page=is_page)
            return own_url or made.url, own_file or made.save_as
        return own_url or self._filled(url, record, lang), own_file or self._filled(file, record, lang)

    def _plain_pattern(self, setting: str) -> str | None:
        """How such an address is made; None where Pelican itself must make it."""
        pattern = str(self.settings[setting])
        return pattern if _PLAIN.fullmatch(pattern) else None

    def _filled(self, pattern: str, record: Record, lang: str) -> str:
        if "{date" in pattern:
            date = dt.datetime.fromtimestamp(record.date or 0, self.timezone)
            pattern = _dated(pattern, date.year, date.month, date.day)
        return pattern.format(slug=record.slug, lang=lang)

    def _pelicans(self, record: Record, lang: str, *, is_page: bool) -> Any:
        settings = self.settings
        metadata: dict[str, Any] = {**record.others, "title": record.title, "slug": record.slug, "status": record.status, "lang": lang}
        metadata["category"] = Category(record.category or settings["DEFAULT_CATEGORY"], settings)
        metadata["authors"] = [Author(name, settings) for name in record.authors or [settings["AUTHOR"]]]
        if record.date is not None:
            metadata["date"] = SafeDatetime.fromtimestamp(record.date, self.timezone)
        kind = contents.Page if is_page else contents.Article
        return kind("", metadata, settings, f"{settings['PATH']}/{record.path}", {})


@functools.lru_cache(maxsize=10_000)
def _dated(pattern: str, year: int, month: int, day: int) -> str:
    """The pattern with its dates filled in, once for all texts of a day."""
    return _DATE.sub(lambda date: dt.date(year, month, day).strftime(date[1]), pattern)
