"""The first pass over an export: who is there, under which addresses; no body stays in memory."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable

from plancher.importing.blogs.habits import languages
from plancher.importing.blogs.home import former_site, identities, names, references
from plancher.importing.blogs.home.identities import Identities
from plancher.importing.blogs.home.references import Reference
from plancher.importing.blogs.model import FormerBlog, FormerComment, FormerFile, FormerReplies, FormerTerm, FormerText, Item, Kind, LeftOut
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.source import Source, SourceError


@dataclasses.dataclass(slots=True)
class Replies:
    """The comments of one text, counted."""

    public: int = 0
    private: int = 0
    digest: str = ""
    is_apart: bool = False
    """Whether the export keeps some of them apart from their text."""

    def add(self, comments: Iterable[FormerComment]) -> None:
        """Count more of them."""
        comments = tuple(comments)
        if comments:
            self.digest = identities.of_comments(comments, self.digest)
            self.public += sum(comment.is_public for comment in comments)
            self.private += sum(not comment.is_public for comment in comments)


@dataclasses.dataclass(slots=True, kw_only=True)
class Surveyed:
    """What is kept of a text."""

    identifier: str
    kind: Kind
    title: str
    slug: str
    """Wanted."""
    published: dt.datetime | None
    modified: dt.datetime | None
    held_back: str
    addresses: tuple[str, ...]
    file: str
    digest: str
    feed_id: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    language: str = ""
    """That its blog says; empty: none."""
    looks: str = ""
    """What its words say of it, where its blog says nothing of this text."""


@dataclasses.dataclass(slots=True)
class Survey:
    """All of it."""

    blog: FormerBlog = dataclasses.field(default_factory=FormerBlog)
    texts: dict[str, Surveyed] = dataclasses.field(default_factory=dict)
    """By identifier, in the order of the export."""
    replies: dict[str, Replies] = dataclasses.field(default_factory=lambda: collections.defaultdict(Replies))
    files: list[FormerFile] = dataclasses.field(default_factory=list)
    terms: list[FormerTerm] = dataclasses.field(default_factory=list)
    references: dict[Reference, None] = dataclasses.field(default_factory=dict)
    left_out: collections.Counter[tuple[str, str]] = dataclasses.field(default_factory=collections.Counter)
    """What does not come, and why."""
    fault: str = ""
    """Why the export ends before its end."""


_DOUBLE = ("billet ou page en double", "le même texte est deux fois dans l'export")
ORPHANS = ("réponse de lecteur", "l'export n'a pas le texte auquel elle répond")


def survey(reader: Reader, source: Source, on_item: Callable[[], object] = lambda: None) -> Survey:
    """Read the export once.

    :param on_item: called for each thing that is found.
    """
    found, known = Survey(), Identities()
    try:
        for item in reader.read(source):
            on_item()
            _take(found, known, item)
    except SourceError as error:
        found.fault = str(error)
    for identifier in [identifier for identifier in found.replies if identifier not in found.texts]:
        orphans = found.replies.pop(identifier)
        found.left_out[ORPHANS] += orphans.public + orphans.private
    return found


def _take(found: Survey, known: Identities, item: Item) -> None:
    match item:
        case FormerText():
            _take_text(found, known, item)
        case FormerReplies():
            found.replies[item.text].add(item.comments)
            found.replies[item.text].is_apart = True
        case FormerFile():
            found.files.append(item)
        case FormerTerm():
            found.terms.append(item)
        case FormerBlog():
            found.blog = item
        case LeftOut():
            found.left_out[item.what, item.why] += 1


def _take_text(found: Survey, known: Identities, text: FormerText) -> None:
    identifier, content = known.of(text)
    if not identifier:
        found.left_out[_DOUBLE] += 1
        return
    base = former_site.base_of(text.addresses)
    for reference in references.found(text.body, text.place.file, base):
        found.references.setdefault(reference)
    picture = references.resolved(text.picture, text.place.file, base, is_shown=True) if text.picture else None
    if picture:
        found.references.setdefault(picture)
    found.replies[identifier].add(text.comments)
    found.texts[identifier] = Surveyed(
        identifier=identifier,
        kind=text.kind,
        title=(text.title or names.first_words(text.body))[:200],
        slug=names.wanted_slug(text.slug, text.title or names.first_words(text.body), identifier),
        published=text.published,
        modified=text.modified,
        held_back=text.held_back or ("" if text.body.strip() or text.picture else "sans texte"),
        addresses=text.addresses,
        file=text.place.file,
        digest=content,
        feed_id=text.feed_id,
        categories=text.categories,
        tags=text.tags,
        language=text.language,
        looks="" if text.language else languages.of(f"{text.title}\n{text.body}"),
    )
