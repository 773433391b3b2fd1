"""What a Ghost export says beside its posts: tags, authors, descriptions. Tables of members are never read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.importing.blogs.model import FormerBlog, FormerTerm
from plancher.importing.blogs.readers.json_tables import Row
from plancher.importing.blogs.readers.words import line, plain

TABLES = frozenset({"tags", "users", "posts_tags", "posts_authors", "posts_meta", "settings"})
_SETTINGS = frozenset({"title", "description", "lang", "locale", "timezone", "active_timezone", "permalinks"})
"""The others hold keys."""
_META = ("feature_image_alt", "feature_image_caption", "meta_description", "email_only")


def word(row: Row, name: str) -> str:
    """A value as a word: Ghost 0 has numbers where later ones have text."""
    value = row.get(name)
    return "" if value is None or isinstance(value, bool | dict | list) else str(value)


class Blog:
    """The small tables."""

    def __init__(self, rows: Iterable[tuple[str, Row]]) -> None:
        self._tags: dict[str, dict[str, str]] = {}
        self._users: dict[str, str] = {}
        self._of_posts: dict[str, dict[str, list[tuple[float, str]]]] = {"posts_tags": {}, "posts_authors": {}}
        self._meta: dict[str, dict[str, str]] = {}
        self.settings: dict[str, str] = {}
        for table, row in rows:
            self._take(table, row)

    def _take(self, table: str, row: Row) -> None:
        if table == "tags":
            names = ("name", "slug", "description", "visibility")
            self._tags[word(row, "id")] = {name: word(row, name) for name in names}
        elif table == "users":
            self._users[word(row, "id")] = plain(word(row, "name"))
        elif table in self._of_posts:
            order, other = row.get("sort_order"), word(row, "tag_id") or word(row, "author_id")
            place = float(order) if isinstance(order, int | float) else 0.0
            self._of_posts[table].setdefault(word(row, "post_id"), []).append((place, other))
        elif table == "posts_meta":
            self._meta[word(row, "post_id")] = {name: plain(str(row.get(name))) for name in _META if row.get(name)}
        elif table == "settings" and word(row, "key") in _SETTINGS:
            self.settings[word(row, "key")] = word(row, "value")

    def former(self) -> FormerBlog:
        """The blog itself; its address is not in the file."""
        settings = self.settings
        return FormerBlog(
            name=line(settings.get("title", "")),
            motto=line(settings.get("description", "")),
            language=settings.get("lang") or settings.get("locale", ""),
            timezone=self.timezone,
            feeds=(("/rss/", "rss"),),
        )

    @property
    def timezone(self) -> str:
        """IANA."""
        return self.settings.get("timezone") or self.settings.get("active_timezone", "")

    def terms(self) -> Iterator[FormerTerm]:
        """Public tags."""
        for tag in self._tags.values():
            if not _is_internal(tag):
                yield FormerTerm(is_category=False, name=plain(tag["name"]), description=line(tag["description"]), addresses=(f"/tag/{tag['slug']}/",))

    def tags(self, post: str) -> tuple[str, ...]:
        """Of a post, its main one first; internal ones (« #brouillon ») were seen by no reader."""
        tags = [self._tags[key] for _, key in sorted(self._of_posts["posts_tags"].get(post, [])) if key in self._tags]
        return tuple(dict.fromkeys(plain(tag["name"]) for tag in tags if not _is_internal(tag)))

    def authors(self, post: str, row: Row) -> tuple[str, ...]:
        """Names."""
        keys = [key for _, key in sorted(self._of_posts["posts_authors"].get(post, []))] or [word(row, "author_id")]
        return tuple(dict.fromkeys(self._users[key] for key in keys if self._users.get(key)))

    def meta(self, post: str, name: str) -> str:
        """A field of ``posts_meta``."""
        return self._meta.get(post, {}).get(name, "")


def _is_internal(tag: dict[str, str]) -> bool:
    return tag["name"].startswith("#") or tag["visibility"] == "internal"
