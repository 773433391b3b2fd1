"""What a former blog is made of, whichever engine made it: a reader gives these values one at a time."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum


class Kind(enum.StrEnum):
    """What a text is."""

    POST = "billet"
    PAGE = "page"


class Markup(enum.StrEnum):
    """How a body is written: a reader turns the syntax of its engine into one of the two."""

    HTML = "html"
    MARKDOWN = "markdown"


class Reply(enum.StrEnum):
    """What somebody else wrote about a text."""

    COMMENT = "commentaire"
    TRACKBACK = "rétrolien"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands in the export."""

    file: str
    """Its path, from the folder or inside the archive."""
    line: int = 0
    """From 1; 0: unknown."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A change that was made on the way, or something that could not come: it stands in the report."""

    place: Place
    message: str
    """In French, one sentence."""
    former: str = ""
    """The former words."""
    rule: str = ""
    """The change that ``--without`` refuses; empty: nothing can be refused here."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerComment:
    """What a reader wrote under a text, without his e-mail or the address of his machine: these are never kept."""

    identifier: str
    parent: str = ""
    """The comment that it answers; it may come later."""
    kind: Reply = Reply.COMMENT
    author: str = ""
    website: str = ""
    date: dt.datetime | None = None
    body: str = ""
    """HTML, as the export has it: nothing in it is trusted."""
    is_public: bool = True
    """Whether readers of the former blog saw it: others stay out of ``content/``."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerText:
    """A post or a page. Words are plain text without entities, where nothing else is said."""

    identifier: str
    """The same at each export of the same blog: « wordpress:123 », « jekyll:_posts/2008-10-01-un.md »."""
    place: Place
    kind: Kind = Kind.POST
    title: str = ""
    body: str = ""
    markup: Markup = Markup.HTML
    summary: str = ""
    """Written by its author as such; HTML or Markdown as the body is."""
    published: dt.datetime | None = None
    """With its zone when the export tells it; a date without hour is midnight."""
    modified: dt.datetime | None = None
    held_back: str = ""
    """Why it must not be published, in French: « brouillon », « privé », « protégé par un mot de passe »… Empty: readers saw it."""
    slug: str = ""
    """Decoded; empty: its title gives one."""
    authors: tuple[str, ...] = ()
    """Names as readers saw them."""
    categories: tuple[str, ...] = ()
    """Names; the first one is the main one."""
    tags: tuple[str, ...] = ()
    language: str = ""
    """BCP 47; empty: that of the blog."""
    picture: str = ""
    """Address or path of the picture of the post."""
    addresses: tuple[str, ...] = ()
    """Every address where it was ever found, whole or from the root: « /post/2008/10/01/un », « /?p=123 »."""
    feed_id: str = ""
    """Its identifier in the former feed, byte for byte: subscribers see nothing twice."""
    comments: tuple[FormerComment, ...] = ()
    other_fields: tuple[tuple[str, str], ...] = ()
    """Fields of the header that have no meaning here, and may hold words."""
    notes: tuple[Note, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerReplies:
    """Comments that the export keeps apart from their text."""

    text: str
    """The identifier of the text."""
    comments: tuple[FormerComment, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerFile:
    """A picture or another file that texts show or link to."""

    addresses: tuple[str, ...]
    """Each address where texts may name it: whole, and those of its other sizes."""
    path: str = ""
    """Where it lies in the source; empty: it is not there, and « invoke import.fetch » can ask for it."""
    pages: tuple[str, ...] = ()
    """Addresses of pages that showed it alone (attachments)."""
    caption: str = ""
    alternative: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerTerm:
    """A tag or a category, with what only the export knows of it."""

    is_category: bool
    name: str
    description: str = ""
    addresses: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FormerBlog:
    """The blog itself."""

    name: str = ""
    motto: str = ""
    address: str = ""
    """Its root, « https://ancien.example/blog »; empty: unknown."""
    language: str = ""
    timezone: str = ""
    """IANA; empty: unknown."""
    feeds: tuple[tuple[str, str], ...] = ()
    """Addresses of its feeds, each with the kind of ours it becomes: « atom » or « rss »."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something of the export that does not come, and why: it is counted."""

    what: str
    """Its kind, in French and in the singular: « révision », « indésirable », « entrée de menu »."""
    why: str
    place: Place
    name: str = ""


Item = FormerText | FormerReplies | FormerFile | FormerTerm | FormerBlog | LeftOut
