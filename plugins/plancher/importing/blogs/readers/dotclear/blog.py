"""What a flat export says of the whole blog: settings, categories, tags, names of authors. It is read first, and small."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator

from plancher.importing.blogs.model import FormerBlog, FormerTerm
from plancher.importing.blogs.readers.dotclear.flat import Record
from plancher.importing.blogs.readers.words import line

ROOTS = ("/", "/index.php?", "/index.php/", "/?")
"""Before « post/2008/10/01/un », according to how the server was set."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Category:
    name: str
    address: str
    description: str
    left: int
    right: int


class Blog:
    """The whole blog; it keeps no text."""

    def __init__(self, records: Iterable[Record | int]) -> None:
        self.categories: dict[str, _Category] = {}
        self.tags: dict[str, list[str]] = {}
        """Of each post."""
        self.settings: dict[str, str] = {}
        self.authors: dict[str, str] = {}
        self._blog: Record | None = None
        for record in records:
            if isinstance(record, Record):
                self._take(record)

    def _take(self, record: Record) -> None:
        if record.section == "category":
            self.categories[record["cat_id"]] = _category(record)
        elif record.section == "meta" and record["meta_type"] == "tag":
            self.tags.setdefault(record["post_id"], []).append(line(record["meta_id"]))
        elif record.section == "setting":
            self.settings.setdefault(record["setting_id"], record["setting_value"])
        elif record.section == "user":
            names = record["user_displayname"] or f"{record['user_firstname']} {record['user_name']}"
            self.authors[record["user_id"]] = line(names)
        elif record.section == "blog" and self._blog is None:
            self._blog = record

    @property
    def timezone(self) -> str:
        """IANA."""
        return self.settings.get("blog_timezone", "")

    @property
    def public(self) -> str:
        """The address of its media, from the root."""
        return "/" + self.settings.get("public_url", "/public").strip("/")

    @property
    def uid(self) -> str:
        """What its feeds make identifiers from; only a full backup has it."""
        return self._blog["blog_uid"] if self._blog else ""

    def former(self) -> FormerBlog:
        """The blog itself."""
        blog = self._blog
        feeds = tuple((f"{root}feed/{name}", kind) for root in ROOTS for name, kind in (("atom", "atom"), ("rss2", "rss")))
        return FormerBlog(
            name=line(blog["blog_name"]) if blog else "",
            motto=line(blog["blog_desc"]) if blog else "",
            address=blog["blog_url"].partition("?")[0].removesuffix("index.php").removesuffix("index.php/") if blog else "",
            language=self.settings.get("lang", ""),
            timezone=self.timezone,
            feeds=feeds,
        )

    def path(self, category: str) -> tuple[str, ...]:
        """The names of a category and of those above it, its own first."""
        own = self.categories.get(category)
        if own is None:
            return ()
        above = [other for other in self.categories.values() if 0 < other.left < own.left and own.right < other.right]
        return (own.name, *(other.name for other in sorted(above, key=lambda other: -other.left)))

    def terms(self) -> Iterator[FormerTerm]:
        """Its categories and tags."""
        for category in self.categories.values():
            addresses = tuple(f"{root}category/{category.address}" for root in ROOTS) if category.address else ()
            yield FormerTerm(is_category=True, name=category.name, description=category.description, addresses=addresses)
        for tag in sorted({tag for tags in self.tags.values() for tag in tags}):
            yield FormerTerm(is_category=False, name=tag, addresses=tuple(f"{root}tag/{tag}" for root in ROOTS))


def _category(record: Record) -> _Category:
    left, right = (int(record[name]) if record[name].isdecimal() else 0 for name in ("cat_lft", "cat_rgt"))
    return _Category(name=line(record["cat_title"]), address=record["cat_url"], description=line(record["cat_desc"]), left=left, right=right)


def cached_tags(serialised: str) -> list[str]:
    """The tags of ``post_meta``, which PHP serialised: lengths are in bytes."""
    raw = serialised.encode("utf-8", "replace")
    start = re.search(rb's:3:"tag";a:\d{1,5}:\{', raw)
    place = start.end() if start else len(raw)
    tags = []
    while match := re.compile(rb'i:\d{1,6};s:(\d{1,4}):"').match(raw, place):
        end = match.end() + int(match[1])
        tags.append(line(raw[match.end() : end].decode("utf-8", "replace")))
        place = end + 2
    return tags
