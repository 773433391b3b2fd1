"""Over-blog's export, its own XML: posts and pages with their comments and the answers to them."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerBlog, FormerComment, FormerText, Item, Kind, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.dated import dated
from plancher.importing.blogs.readers.html_paragraphs import paragraphs
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.repairs import repair_notes
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_parts import parts_with, start_of
from plancher.importing.blogs.readers.xml_stream import elements
from plancher.importing.blogs.source import Source

_CONTAINERS = frozenset({"root", "posts", "pages"})
_PUBLISHED = "2"
_DEEP = 100
"""Answers to answers, at most."""


class OverBlog(Reader):
    """The file that the dashboard gives."""

    name = "Over-blog"

    def recognises(self, source: Source) -> bool:
        """Whether a file has its root, its blog and its posts."""
        return bool(_parts(source))

    def read(self, source: Source) -> Iterator[Item]:
        """The blog, then its texts.

        :raises SourceError: the file cannot be read to its end.
        """
        for part in _parts(source):
            root = ""
            for node in elements(source, part, _CONTAINERS):
                if node.name == "blog":
                    blog = _blog(node)
                    root = blog.address
                    yield blog
                elif node.name in {"post", "page"}:
                    yield _text(node, part, root)


def _parts(source: Source) -> tuple[str, ...]:
    return tuple(name for name in parts_with(source, "<root") if "<blog" in start_of(source, name) or "<posts" in start_of(source, name))


def _blog(node: Node) -> FormerBlog:
    address = node.said("url", "link", "address", "domain", "host").rstrip("/")
    if address and "://" not in address:
        address = f"http://{address}"
    return FormerBlog(
        name=words(node.said("name", "title")),
        motto=words(node.said("description", "baseline")),
        address=address,
        language=node.said("language", "lang", "locale").replace("_", "-"),
        feeds=((f"{address}/rss", "rss"), (f"{address}/feed/rss2", "rss"), (f"{address}/feed/atom", "atom")) if address else (),
    )


def _text(node: Node, file: str, root: str) -> FormerText | LeftOut:
    place, title = Place(file=file, line=node.line), words(node.said("title"))
    if node.fault:
        return LeftOut(what="page" if node.name == "page" else "billet", why=node.fault, place=place, name=title)
    slug = node.said("slug").lstrip("/")
    is_public = node.said("status") == _PUBLISHED
    published, modified = dated(node.said("published_at", "created_at")), dated(node.said("modified_at"))
    return FormerText(
        identifier=f"overblog:{node.said('id') or slug or node.said('created_at') or title}",
        place=place,
        kind=Kind.PAGE if node.name == "page" else Kind.POST,
        title=" ".join(title.split()),
        body=paragraphs(node.said("content"), do_lines_break=False),
        published=published,
        modified=modified if modified != published else None,
        held_back="" if is_public else "brouillon",
        slug=urllib.parse.unquote(slug.rpartition("/")[2].removesuffix(".html")),
        authors=(words(node.said("author")),) if node.said("author") else (),
        categories=tuple(filter(None, (words(node.said("category")).strip(),))),
        tags=tuple(dict.fromkeys(tag for typed in node.said("tags").split(",") if (tag := words(typed).strip()))),
        picture=node.said("image", "cover"),
        addresses=(f"{root}/{slug}",) if slug else (),
        comments=tuple(_comments(node, "", f"{slug}:", is_public=is_public)),
        notes=tuple(repair_notes(node.repairs, place)),
    )


def _comments(node: Node, parent: str, prefix: str, *, is_public: bool, depth: int = 0) -> Iterator[FormerComment]:
    """Those under a text or under a comment; they have no number, but their place."""
    listed = node.first("replies" if parent else "comments")
    for number, comment in enumerate(listed.nodes("comment") if listed and depth < _DEEP else (), start=1):
        identifier = f"overblog:{prefix}{comment.said('id') or number}"
        website = comment.said("author_url")
        yield FormerComment(
            identifier=identifier,
            parent=parent,
            author=words(comment.said("author_name")),
            website=website if website.startswith(("http://", "https://")) else "",
            date=dated(comment.said("published_at", "created_at")),
            body=paragraphs(comment.said("content")),
            is_public=is_public and comment.said("status") in {"", _PUBLISHED},
        )
        yield from _comments(comment, identifier, f"{identifier.removeprefix('overblog:')}.", is_public=is_public, depth=depth + 1)
