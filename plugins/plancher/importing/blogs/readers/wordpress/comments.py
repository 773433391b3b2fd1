"""Comments of a WordPress export, without e-mail and machine addresses."""

from __future__ import annotations

from collections.abc import Iterator

from plancher.importing.blogs.model import FormerComment, LeftOut, Place, Reply
from plancher.importing.blogs.readers.html_paragraphs import paragraphs
from plancher.importing.blogs.readers.wordpress.dates import zoned
from plancher.importing.blogs.readers.wordpress.library import plain
from plancher.importing.blogs.readers.xml_node import Node

_TRACKBACKS = frozenset({"pingback", "trackback"})
_SEEN = frozenset({"", "comment", "review", "webmention", *_TRACKBACKS})
"""Types that readers saw; others are notes that plugins keep for themselves."""
_THROWN = {"spam": "indésirable", "trash": "commentaire jeté à la corbeille", "post-trashed": "commentaire jeté à la corbeille"}


def comments(item: Node, *, is_public: bool) -> tuple[FormerComment, ...]:
    """What readers wrote under a text.

    :param is_public: whether the text is: under another, no comment is.
    """
    return tuple(_comment(node, is_public=is_public) for node in item.nodes("wp:comment") if node.said("wp:comment_approved") not in _THROWN)


def thrown(item: Node, file: str) -> Iterator[LeftOut]:
    """Those that the author had thrown away."""
    for node in item.nodes("wp:comment"):
        if what := _THROWN.get(node.said("wp:comment_approved")):
            yield LeftOut(what=what, why="écarté sur l'ancien blog", place=Place(file=file, line=node.line))


def _comment(node: Node, *, is_public: bool) -> FormerComment:
    kind = node.said("wp:comment_type").lower()
    parent = node.said("wp:comment_parent")
    website = node.said("wp:comment_author_url")
    return FormerComment(
        identifier=f"wordpress:{node.said('wp:comment_id')}",
        parent=f"wordpress:{parent}" if parent not in {"", "0"} else "",
        kind=Reply.TRACKBACK if kind in _TRACKBACKS else Reply.COMMENT,
        author=plain(node.said("wp:comment_author")),
        website=website if website.startswith(("http://", "https://")) and len(website) > len("https://") else "",
        date=zoned(node.said("wp:comment_date"), node.said("wp:comment_date_gmt")),
        body=paragraphs(node.said("wp:comment_content")),
        is_public=is_public and node.said("wp:comment_approved") == "1" and kind in _SEEN,
    )
