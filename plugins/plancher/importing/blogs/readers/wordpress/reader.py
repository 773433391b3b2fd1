"""WordPress's export, « WordPress eXtended RSS » 1.0 to 1.2, in one file or several, with or without a copy of its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from plancher.importing.blogs.model import FormerBlog, Item, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.files_beside import Beside
from plancher.importing.blogs.readers.wordpress import kinds
from plancher.importing.blogs.readers.wordpress.attachments import address_of, attachment, former_file
from plancher.importing.blogs.readers.wordpress.comments import thrown
from plancher.importing.blogs.readers.wordpress.library import Library, plain
from plancher.importing.blogs.readers.wordpress.terms import head_term
from plancher.importing.blogs.readers.wordpress.texts import texts
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_parts import parts_with
from plancher.importing.blogs.readers.xml_stream import elements
from plancher.importing.blogs.source import Source, SourceError

_CONTAINERS = frozenset({"rss", "channel"})
_MARKS = ("wordpress.org/export/", "<wp:wxr_version")
_TERMS = frozenset({"wp:category", "wp:tag", "wp:term"})
_FEEDS = (
    ("/feed/", "rss"),
    ("/feed/rss/", "rss"),
    ("/feed/rss2/", "rss"),
    ("/feed/rdf/", "rss"),
    ("/?feed=rss2", "rss"),
    ("/wp-rss2.php", "rss"),
    ("/feed/atom/", "atom"),
    ("/?feed=atom", "atom"),
    ("/wp-atom.php", "atom"),
)


class WordPress(Reader):
    """Read twice: texts name pictures and blocks that come later in the file."""

    name = "WordPress"

    def recognises(self, source: Source) -> bool:
        """Whether a file says so; a plain feed of WordPress does not."""
        return bool(parts_with(source, *_MARKS))

    def read(self, source: Source) -> Iterator[Item]:
        """The blog, its terms, its texts and its files.

        :raises SourceError: a file cannot be read to its end.
        """
        parts = parts_with(source, *_MARKS)
        head = _Head()
        for part in parts:
            with suppress(SourceError):  # the second pass says it, once what stands before is read
                for node in elements(source, part, _CONTAINERS):
                    head.see(node)
        yield head.blog()
        reading = _Items(head, Beside(source))
        for part in parts:
            for node in elements(source, part, _CONTAINERS):
                yield from reading.of(node, part)


class _Head:
    """What the first pass looks for."""

    def __init__(self) -> None:
        self.library = Library()
        self.said: dict[str, str] = {}

    def see(self, node: Node) -> None:
        if node.name == "item":
            self._item(node)
        elif node.name == "wp:author":
            self.library.authors.setdefault(node.said("wp:author_login"), node.said("wp:author_display_name") or node.said("wp:author_login"))
        elif node.name in _TERMS:
            self.library.terms.setdefault(node.said("wp:term_id"), plain(node.said("wp:cat_name", "wp:term_name")))
            self.library.parents.setdefault(node.said("wp:category_nicename", "wp:term_slug"), node.said("wp:category_parent", "wp:term_parent"))
        elif node.text.strip():
            self.said.setdefault(node.name, node.text.strip())
            self.library.root = (self.said.get("wp:base_blog_url") or self.said.get("link") or "").rstrip("/")
            self.library.is_wordpress = "wordpress" in self.said.get("generator", "wordpress").lower()

    def _item(self, node: Node) -> None:
        kind, name = node.said("wp:post_type"), node.said("wp:post_id")
        if kind == "attachment":
            self.library.attachments[name] = attachment(node)
            self.library.children.setdefault(node.said("wp:post_parent"), []).append(name)
        elif kind == "wp_block" and node.said("wp:status") == "publish":
            self.library.blocks[name] = node.said("content:encoded")

    def blog(self) -> FormerBlog:
        root = self.library.root
        return FormerBlog(
            name=plain(self.said.get("title", "")),
            motto=plain(self.said.get("description", "")),
            address=root,
            language=self.said.get("language", ""),
            feeds=tuple((f"{root}{end}", kind) for end, kind in _FEEDS) if root and self.library.is_wordpress else (),
        )


class _Items:
    """The second pass."""

    def __init__(self, head: _Head, beside: Beside) -> None:
        self._library = head.library
        self._language = head.said.get("language", "")
        self._beside = beside
        self._terms: set[tuple[bool, str]] = set()

    def of(self, node: Node, file: str) -> Iterator[Item]:
        """What an element of the file is."""
        if node.name in _TERMS:
            term = head_term(node, self._library)
            if term and (term.is_category, term.name) not in self._terms:
                self._terms.add((term.is_category, term.name))
                yield term
        elif node.name == "item":
            yield from self._item(node, file)

    def _item(self, node: Node, file: str) -> Iterator[Item]:
        place, title = Place(file=file, line=node.line), plain(node.said("title"))
        kind, status = node.said("wp:post_type") or "post", node.said("wp:status")
        if node.fault:
            yield LeftOut(what="texte", why=node.fault, place=place, name=title)
            return
        if kind == "attachment":
            if address_of(node):
                pages = tuple(address for address in (node.said("link"), f"{self._library.root}/?attachment_id={node.said('wp:post_id')}") if address)
                yield former_file(node, self._beside, pages)
            return
        left = kinds.left_out(kind, status, has_words=bool(node.said("content:encoded") or node.said("title")))
        if left:
            yield LeftOut(what=left[0], why=left[1], place=place, name=title)
            return
        yield from thrown(node, file)
        yield from texts(node, file, self._library, self._language)
