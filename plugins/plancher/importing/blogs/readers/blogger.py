"""Blogger: the Atom file that it gave until 2024, and the one of Google Takeout since."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerBlog, FormerComment, FormerFile, FormerReplies, FormerText, Item, Kind, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.atom import author_of, content_of, dated, link_of, title_of
from plancher.importing.blogs.readers.blogger_body import body_of, pictures_of, teaser_of
from plancher.importing.blogs.readers.files_beside import Beside
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.repairs import repair_notes
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_parts import parts_with
from plancher.importing.blogs.readers.xml_stream import elements
from plancher.importing.blogs.source import Source

_MARKS = ("schemas.google.com/blogger/", "schemas.google.com/g/2005#kind", "<id>tag:blogger.com,1999:blog-")
_CONTAINERS = frozenset({"feed"})
_KIND = re.compile(r"/blogger/\d+/kind#(\w+)\Z")
_NUMBER = re.compile(r"\.(?:post|page|comment)-(\d+)\Z|(\d+)\Z")
_HELD_BACK = {"LIVE": "", "DRAFT": "brouillon", "SCHEDULED": "programmé pour plus tard"}
_TRASH = frozenset({"SOFT_TRASHED", "TRASHED", "HARD_TRASHED", "DELETED"})
_SHORT = 600
"""Characters of what stands before « read more » that make a summary."""
_FEEDS = (("/feeds/posts/default", "atom"), ("/atom.xml", "atom"), ("/feeds/posts/default?alt=rss", "rss"), ("/rss.xml", "rss"))


class Blogger(Reader):
    """Posts, pages and comments stand in one list; each says what it is, not always first."""

    name = "Blogger"

    def recognises(self, source: Source) -> bool:
        """Whether a file is an Atom feed of Blogger's own."""
        return bool(_parts(source))

    def read(self, source: Source) -> Iterator[Item]:
        """The blog, then its entries.

        :raises SourceError: a file cannot be read to its end.
        """
        beside = Beside(source)
        for part in _parts(source):
            reading = _Reading(part, beside)
            for node in elements(source, part, _CONTAINERS):
                yield from reading.of(node)
            yield from reading.head()


def _parts(source: Source) -> tuple[str, ...]:
    return parts_with(source, *_MARKS, within=6)


class _Reading:
    """One blog."""

    def __init__(self, file: str, beside: Beside) -> None:
        self._file = file
        self._beside = beside
        self._said: dict[str, str] = {}
        self._is_told = False
        self._pictures: set[str] = set()

    def of(self, node: Node) -> Iterator[Item]:
        if node.name == "atom:entry":
            yield from self._entry(node)
        elif node.name == "atom:link":
            self._said.setdefault(node.attributes.get("rel", ""), node.attributes.get("href", ""))
        elif node.text.strip():
            self._said.setdefault(node.name, node.text.strip())

    def head(self) -> Iterator[Item]:
        """The blog itself, once: its settings stand before its posts."""
        if self._is_told:
            return
        self._is_told = True
        root = (self._said.get("alternate") or "").rstrip("/")
        yield FormerBlog(
            name=words(self._said.get("BLOG_NAME") or self._said.get("atom:title") or ""),
            motto=words(self._said.get("BLOG_DESCRIPTION") or self._said.get("atom:subtitle") or ""),
            address=root,
            language=self._said.get("BLOG_LOCALE", "").replace("_", "-"),
            timezone=self._said.get("BLOG_TIME_ZONE", "") if "/" in self._said.get("BLOG_TIME_ZONE", "") else "",
            feeds=tuple((f"{root}{end}", kind) for end, kind in _FEEDS) if root else (),
        )

    def _entry(self, node: Node) -> Iterator[Item]:
        kind, place = _kind(node), Place(file=self._file, line=node.line)
        if kind in {"settings", "template"}:
            name = node.said("atom:id").rpartition(".")[2]
            self._said.setdefault(name, node.said("atom:content"))
            if kind == "template":
                yield LeftOut(what="gabarit", why="c'est l'apparence de l'ancien blog", place=place)
            return
        yield from self.head()
        if left := _left_out(node, kind):
            yield LeftOut(what=left[0], why=left[1], place=place, name=title_of(node))
        elif kind == "comment":
            yield FormerReplies(text=_answered(node), comments=(_comment(node),))
        else:
            text = self._text(node, kind, place)
            yield from self._files(text)
            yield text

    def _text(self, node: Node, kind: str, place: Place) -> FormerText:
        typed = body_of(content_of(node, "atom:content", "atom:summary"))
        teaser = teaser_of(typed)
        path = link_of(node, "alternate") or node.said("blogger:filename")
        published, modified = dated(node.said("atom:published", "blogger:created")), dated(node.said("atom:updated"))
        return FormerText(
            identifier=f"blogger:{_number(node.said('atom:id'))}",
            place=place,
            kind=Kind.PAGE if kind == "page" else Kind.POST,
            title=words(title_of(node)),
            body=typed.replace("<!--more-->", ""),
            summary=node.said("blogger:metaDescription") or (teaser if len(words(teaser)) <= _SHORT else ""),
            published=published,
            modified=modified if modified != published else None,
            held_back=_held_back(node),
            slug=urllib.parse.unquote(path.partition("?")[0].rpartition("/")[2].removesuffix(".html")),
            authors=(author_of(node),) if author_of(node) else (),
            tags=tuple(dict.fromkeys(name for name in _labels(node) if name)),
            addresses=(path,) if path else (),
            feed_id=node.said("atom:id"),
            notes=tuple(repair_notes(node.repairs, place)),
        )

    def _files(self, text: FormerText) -> Iterator[FormerFile]:
        for addresses in pictures_of(text.body):
            if addresses[0] not in self._pictures:
                self._pictures.add(addresses[0])
                yield FormerFile(addresses=addresses, path=self._beside.only(addresses[0]))


def _kind(node: Node) -> str:
    """post, page, comment, settings, template."""
    said = node.said("blogger:type").lower()
    terms = (_KIND.search(label.attributes.get("term", "")) for label in node.nodes("atom:category"))
    return said or next((found[1] for found in terms if found), "comment" if node.first("thr:in-reply-to") else "post")


def _left_out(node: Node, kind: str) -> tuple[str, str] | None:
    what = {"post": "billet", "page": "page", "comment": "commentaire"}.get(kind)
    status = node.said("blogger:status").upper()
    if node.fault:
        return what or "texte", node.fault
    if what is None:
        return f"contenu « {kind} »", "ce n'est pas un texte pour des lecteurs"
    if status in _TRASH:
        return what, "jeté à la corbeille de l'ancien blog"
    if kind == "comment" and status == "SPAM":
        return "indésirable", "écarté sur l'ancien blog"
    if kind == "comment" and any(item.attributes.get("name") == "blogger.contentRemoved" for item in node.nodes("gd:extendedProperty")):
        return what, "effacé sur l'ancien blog"
    return None


def _held_back(node: Node) -> str:
    """Why it must not be published, even when in doubt."""
    if any(draft.text.strip().lower() == "yes" for control in node.nodes("app:control") for draft in control.nodes("app:draft")):
        return "brouillon"
    states = {status.text.strip().upper() for status in node.nodes("blogger:status")} - {"", "LIVE"}
    if node.said("blogger:type") and not node.said("blogger:status"):  # Takeout always says it: without it, nobody knows
        return "sans état connu"
    return _HELD_BACK.get(min(states, default="LIVE"), f"d'un état inconnu, « {', '.join(sorted(states))} »")


def _comment(node: Node) -> FormerComment:
    parent = link_of(node, "related") or node.said("blogger:inReplyTo")
    author = node.first("atom:author")
    website = author.said("atom:uri") if author else ""
    return FormerComment(
        identifier=f"blogger:{_number(node.said('atom:id'))}",
        parent=f"blogger:{_number(parent)}" if parent else "",
        author=author_of(node),
        website=website if website.startswith(("http://", "https://")) else "",
        date=dated(node.said("atom:published", "blogger:created")),
        body=body_of(content_of(node, "atom:content")),
        is_public=not _held_back(node),
    )


def _labels(node: Node) -> Iterator[str]:
    for label in node.nodes("atom:category"):
        if not _KIND.search(label.attributes.get("term", "")):
            yield label.attributes.get("term", "").strip()


def _answered(node: Node) -> str:
    """The text that a comment stands under."""
    found = node.first("thr:in-reply-to")
    return f"blogger:{_number(found.attributes.get('ref', '') if found else node.said('blogger:parent'))}"


def _number(identifier: str) -> str:
    """« tag:blogger.com,1999:blog-1.post-23 » is 23: the same in addresses of comments."""
    found = _NUMBER.search(identifier.partition("?")[0].rstrip("/"))
    return (found[1] or found[2]) if found else identifier
