"""The whole blog as one value: texts, pages that list them, files, and what is known of links."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from plancher.base import addresses
from plancher.base.fast_pickle import fast_pickle
from plancher.base.identity import Identity
from plancher.cache.body import CachedBody, LinkReplacement
from plancher.cache.outline import Outline
from plancher.text.grammar import Row

E = TypeVar("E", bound=Row)
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A tag, a category or an author."""

    name: str
    slug: str
    url: str
    """Of its page, from the root of the site."""
    save_as: str = dataclasses.field(default="", repr=False, compare=False)
    """The file of its page; empty: it has none."""

    def __str__(self) -> str:
        return self.name


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """The picture of a post, as lists show it: small."""

    address: str
    """In a format that every browser shows, from the root of the site."""
    light: str
    """The same in the lightest format; empty: there is none."""
    width: int
    height: int


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostPicture:
    """A picture of a post, as networks, search engines and feeds show it."""

    address: str
    """Of the largest file, from the root of the site, percent-encoded."""
    width: int
    height: int
    alt: str
    """What it shows, in the words of the text; empty when the header alone names it."""
    middle: str
    """The address of the one that feeds show."""
    middle_width: int
    middle_height: int


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Card:
    """A post or a page, as another page shows it."""

    title: str
    url: str
    date: dt.datetime | None
    modified: dt.datetime | None
    summary: str
    """HTML."""
    category: Term | None
    lang: str
    digest: str = dataclasses.field(default="", repr=False, compare=False)
    """Of all the rest, when somebody has made it already."""
    thumbnail: Thumbnail | None = None


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something a post holds, as a page about something else names it."""

    kind: str
    """« preuves », « liens » or « vidéos »: the heading it stands under."""
    text: str
    anchor: str = ""
    """Where it stands in its post; empty: the post."""
    address: str = ""
    """Elsewhere; empty: the post."""
    lang: str = ""
    """Of the words, when they are not French."""
    proves: bool = False
    """Whether it is a proof on the ground."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PostPair:
    """The promise of a post and its proof, as a picture of the post shows them."""

    promise: str
    proof: str
    is_fictional: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post, or a page when ``is_page``."""

    path: str
    """Its file, from the content folder, with slashes."""
    card: Card
    save_as: str
    """The file of its page, from the root of the site; empty: it has no page (a draft, but in a preview)."""
    own_id: str = ""
    """What its author wants it to be known by."""
    slug: str = ""
    status: str = "published"
    """``published``, ``draft`` or ``hidden`` (published, listed nowhere)."""
    is_page: bool = False
    authors: tuple[Term, ...] = ()
    tags: tuple[Term, ...] = ()
    typed_tags: tuple[str, ...] = ()
    """As its author spelt them."""
    foreign_lang: str = ""
    """Its language, when it is not that of the site."""
    kind: str = "billet"
    """``revue`` when the whole post is a list of links."""
    image: str = ""
    """The address of the picture that its header names, from the root of the site."""
    picture: PostPicture | None = None
    """The same; None when it has one file only that nobody has looked into: a drawing."""
    pictures: tuple[PostPicture, ...] = ()
    """All that it shows: that of its header first, then those of its text in their order."""
    template: str = ""
    aliases: Sequence[str] = ()
    """Its former addresses, from the root of the site, percent-encoded."""
    series: str = ""
    """The series that it is a part of, as its author spelt it."""
    part: int = 0
    """Its number there; 0: its date decides."""
    body: CachedBody | str = ""
    """Where its text is; or the HTML itself, with whole addresses, when another plugin may have changed it."""
    outline: Outline = dataclasses.field(default_factory=Outline)
    """Of a text that is here; a cached one has its own."""
    index: Mapping[str, Sequence[Row]] = dataclasses.field(default_factory=dict)
    """What its blocks hold, by the name of the type of the entries (``entries``)."""
    mentions: tuple[Mention, ...] = ()
    pair: PostPair | None = None
    """None when nothing in it ends on the ground."""
    links: Sequence[tuple[str, int]] = ()
    """Each internal address in the text, with its line."""
    elsewhere: Sequence[str] = ()
    """Each address of another site in the text, once."""
    lines: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """The line of each field of its header."""

    @property
    def id(self) -> str:
        """What it is known by, whatever its address: its author's word, else its file without extension."""
        return self.own_id or posixpath.splitext(self.path)[0]

    @property
    def title(self) -> str:
        """As the site shows it."""
        return self.card.title

    @property
    def url(self) -> str:
        """From the root of the site."""
        return self.card.url

    @property
    def date(self) -> dt.datetime:
        """When it appeared.

        :raises ValueError: a page has no date.
        """
        if self.card.date is None:
            raise ValueError(self.path)
        return self.card.date

    @property
    def moment(self) -> dt.datetime:
        """Its date, where something needs one: that of a page, which has none, never changes either."""
        return self.card.date or _UNDATED

    @property
    def modified(self) -> dt.datetime | None:
        """The last change that its author told."""
        return self.card.modified

    @property
    def summary(self) -> str:
        """HTML."""
        return self.card.summary

    @property
    def category(self) -> Term | None:
        """Of a post."""
        return self.card.category

    @property
    def lang(self) -> str:
        """« fr »."""
        return self.card.lang

    def entries(self, kind: type[E]) -> Sequence[E]:
        """What its blocks hold, in the order of the text; see ``BlockKind.index``."""
        return cast("Sequence[E]", self.index.get(kind.__name__, ()))

    def line(self, *fields: str) -> int:
        """The line of the first of these fields that its header has, or the first of the file."""
        return next((self.lines[field] for field in fields if field in self.lines), 1)

    @property
    def address_field(self) -> str:
        """The field of its header that decides of its address."""
        return next((field for field in ("save_as", "url", "slug") if field in self.lines), "slug")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file that is published as it is."""

    path: str
    """From the content folder, with slashes."""
    url: str
    save_as: str
    """From the root of the site."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Addresses that the settings decide, with « {slug} » for the name; empty: there is no such file."""

    tag: str = ""
    index: str = ""
    subscription: str = ""
    """The page that says how to subscribe."""
    all_atom: str = ""
    all_rss: str = ""
    category_atom: str = ""
    category_rss: str = ""
    tag_atom: str = ""
    tag_rss: str = ""


Grouped = tuple[tuple[Term, tuple[Post, ...]], ...]
"""Terms, each with its posts, newest first."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Site:
    """One blog, as one build sees it. Every order is fixed."""

    identity: Identity
    lang: str = "fr"
    patterns: Patterns = Patterns()
    content: Path
    """The folder of texts."""
    theme: Path
    own_theme: Path | None = None
    """What the owner of the blog puts over the theme, file by file."""
    has_own_theme: bool = True
    """Whether the theme is ours, or made from it."""
    today: dt.date
    now: dt.datetime | None = None
    """The moment of the build; None when nobody says."""
    posts: tuple[Post, ...] = ()
    """Those that lists show, newest first."""
    hidden: tuple[Post, ...] = ()
    """Published, and shown by no list."""
    drafts: tuple[Post, ...] = ()
    translations: tuple[Post, ...] = ()
    """Other languages of a post: they have a page, and stand in no list."""
    pages: tuple[Post, ...] = ()
    hidden_pages: tuple[Post, ...] = ()
    draft_pages: tuple[Post, ...] = ()
    tags: Grouped = ()
    categories: Grouped = ()
    authors: Grouped = ()
    files: Mapping[str, StaticFile] = dataclasses.field(default_factory=dict)
    """By path from the content folder."""
    tag_aliases: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    """The other names of each tag that has a page."""
    link_states: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What is known of addresses of other sites (« dead »…)."""
    link_replacements: Mapping[str, LinkReplacement] = dataclasses.field(default_factory=dict)
    """Links that no longer lead where they did, by their address."""
    own_texts: Mapping[str, Post] = dataclasses.field(default_factory=dict)
    """What components bring to read (``Component.own_texts``), by address: in no list, and counted nowhere."""
    components: tuple[str, ...] = ()
    """The names of those that the site is built with."""
    is_preview: bool = False
    """Whether only its author sees it (« invoke serve »)."""
    is_publication: bool = False
    """Whether it is made for its readers (« invoke publish »)."""
    is_case_blind: bool = False
    """Whether the files of this disk answer to their names in any case."""
    filtered: functools.partial[str] | None = dataclasses.field(default=None, compare=False)
    """Sets a title or a name, as the text filters of the site do."""

    @functools.cached_property
    def texts(self) -> Mapping[str, Post]:
        """Every post and page, drafts too, by path from the content folder."""
        return {post.path: post for post in self._all()}

    def _all(self) -> Iterable[Post]:
        for group in (self.posts, self.translations, self.hidden, self.drafts, self.pages, self.hidden_pages, self.draft_pages):
            yield from group

    def place_of(self, address: str, path: str) -> str | None:
        """Where an address such as « {filename}autre.md » leads, from the root of the site; None when it names no text or file of the site.

        :param path: of the text that holds it, from the content folder.
        """
        inside = addresses.inside(address, path)
        if inside is None:
            return None
        text, file = self.texts.get(inside), self.files.get(inside)
        return text.url if text is not None else file.url if file is not None else None

    def absolute(self, path: str) -> str:
        """The whole address of a page or a file of the site."""
        return f"{self.identity.address}/{addresses.quote(path)}"

    def set_text(self, text: str) -> str:
        """A title or a name that stands in no text, set as a text would be."""
        return self.filtered(text) if self.filtered else text
