"""Posts and pages as Pelican makes them, with links that follow the site: into its folder, and to its tags."""

from __future__ import annotations

import re
from typing import Any

from pelican import contents
from pelican.contents import Content

from plancher.base import links
from plancher.build.context import BuildContext
from plancher.cache.outline import Outline
from plancher.markdown.record import Record
from plancher.pelican_adapter.addresses import term
from plancher.pelican_adapter.reader import settle_readers
from plancher.site.terms import Terms


class _Linked(Content):
    """What Pelican does with the addresses in a text, and what an author expects beside it."""

    outline: Any = Outline()
    """Of a text that another plugin read."""
    record: Record | None = None
    build: BuildContext

    def _update_content(self, content: str, siteurl: str) -> str:
        """Pelican's hook for all that a text links to; ours comes first, for addresses from the root of the site."""
        base = siteurl if siteurl.startswith(("/", "http")) else links.path_of(str(self.settings["SITEURL"]))
        return str(super()._update_content(links.rebased(content, base) if content else content, siteurl))

    def _link_replacer(self, siteurl: str, m: re.Match[str]) -> str:
        """``{tag}`` and the like lead to the pages that the site has: the names of tags are ours."""
        address = terms_of(self._context, self.settings, self.build).address(m["path"])
        if address is None:
            return str(super()._link_replacer(siteurl, m))
        return f"{m['markup']}{m['quote']}{siteurl.rstrip('/')}/{address}{m['quote']}"


def terms_of(context: Any, settings: Any, build: BuildContext) -> Terms:
    """Where tags, categories and authors are, as far as Pelican knows them yet; kept once it knows them all."""
    if build.terms is not None:
        return build.terms
    tags, categories, authors = ([term(wrapper) for wrapper, _ in context.get(name, ())] for name in ("tags", "categories", "authors"))
    found = Terms(str(settings.get("INDEX_URL", "")), tags, categories, authors, build.settled.tag_aliases)
    build.terms = found if "tags" in context else None
    return found


class Article(_Linked, contents.Article):
    """A post."""


class Page(_Linked, contents.Page):
    """A page; the name of the class is part of those of Pelican's settings."""


def is_page(content: Any) -> bool:
    """Whether a text of Pelican's is a page, and no post."""
    return isinstance(content, contents.Page)


class OwnContents:
    """Pelican's readers, which make posts and pages of these classes."""

    def __init__(self, readers: Any, build: BuildContext) -> None:
        self._readers = readers
        self._kinds: dict[type, type] = {contents.Article: _of(Article, build), contents.Page: _of(Page, build)}
        settle_readers(readers, build)

    def read_file(self, *words: Any, content_class: type = contents.Page, **named: Any) -> Any:
        """One text or file."""
        return self._readers.read_file(*words, content_class=self._kinds.get(content_class, content_class), **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._readers, name)


def _of(kind: type, build: BuildContext) -> type:
    """The same class, for one build."""
    return type(kind.__name__, (kind,), {"build": build, "__module__": kind.__module__})
