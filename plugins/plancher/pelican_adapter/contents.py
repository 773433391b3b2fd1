"""Posts and pages as Pelican makes them, with links that follow the site: into its folder, and to its tags."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

from pelican import contents
from pelican.contents import Content

from plancher.base import links
from plancher.build import session
from plancher.cache.page_extras import Outline
from plancher.pelican_adapter import bridge


class _Linked(Content):
    """What Pelican does with the addresses in a text, and what an author expects beside it."""

    outline: Any = Outline()
    """Of a text that another plugin read."""
    gathered: Any = MappingProxyType({})
    blocks: Any = ()

    def _update_content(self, content: str, siteurl: str) -> str:
        """Pelican's hook for all that a text links to; ours comes first, for addresses from the root of the site."""
        base = siteurl if siteurl.startswith(("/", "http")) else links.path_of(str(self.settings["SITEURL"]))
        return str(super()._update_content(links.rebased(content, base) if content else content, siteurl))

    def _link_replacer(self, siteurl: str, m: re.Match[str]) -> str:
        """``{tag}`` and the like lead to the pages that the site has: the names of tags are ours."""
        address = session.current().terms(self._context, self.settings).address(m["path"])
        if address is None:
            return str(super()._link_replacer(siteurl, m))
        return f"{m['markup']}{m['quote']}{siteurl.rstrip('/')}/{address}{m['quote']}"


class Article(_Linked, contents.Article):
    """A post."""


class Page(_Linked, contents.Page):
    """A page; the name of the class is part of those of Pelican's settings."""


class OwnContents:
    """Pelican's readers, which make posts and pages of these classes."""

    _OURS: dict[type, type] = {contents.Article: Article, contents.Page: Page}  # noqa: RUF012 - read only

    def __init__(self, readers: Any) -> None:
        self._readers = readers
        bridge.settle(readers)

    def read_file(self, *words: Any, content_class: type = contents.Page, **named: Any) -> Any:
        """One text or file."""
        return self._readers.read_file(*words, content_class=self._OURS.get(content_class, content_class), **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._readers, name)
