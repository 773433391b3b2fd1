"""Any feed, saved as a file: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0. It has what readers saw, and often the last texts alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerBlog, FormerText, Item, LeftOut, Note, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import html_pieces
from plancher.importing.blogs.readers.atom import author_of, content_of, dated, link_of, title_of
from plancher.importing.blogs.readers.html_tokens import words
from plancher.importing.blogs.readers.repairs import repair_notes
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_parts import start_of
from plancher.importing.blogs.readers.xml_stream import elements
from plancher.importing.blogs.source import Source, SourceError

_CONTAINERS = frozenset({"rss", "channel", "feed", "RDF"})
_ROOT = re.compile(r"\A\s*(?:<\?[^>]*\?>\s*|<!--(?:[^-]|-(?!->))*+-->\s*|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\][^>]*+)?>\s*)*+<(?:[\w.-]+:)?(?:rss|feed|RDF)\b")
_WHOLE = ("content:encoded", "atom:content", "xhtml:body", "xhtml:div")
_PART = ("description", "atom:summary", "dc:description", "media:description")
_COMMENT = re.compile(r"#(?:comment-?|c)\d+\Z")
_OF_OTHERS = ("wordpress.org/export/", "<wp:wxr_version", "schemas.google.com/blogger/", "schemas.google.com/g/2005#kind")
"""What exports of engines that have a reader of their own say."""
_ENTRIES = frozenset({"item", "atom:entry"})


class Feed(Reader):
    """The last reader to ask: exports of several engines are feeds too."""

    name = "Flux Atom ou RSS"

    def recognises(self, source: Source) -> bool:
        """Whether one single file is a feed: in a folder of texts, a feed is only one of its files."""
        return bool(_part(source))

    def read(self, source: Source) -> Iterator[Item]:
        """The blog, then its texts.

        :raises SourceError: the file cannot be read to its end.
        """
        part = _part(source)
        head, is_told = Node("head", {}, 0), False
        for node in elements(source, part, _CONTAINERS):
            if node.name not in _ENTRIES:
                head.content.append(node)
                continue
            if not is_told:
                yield _blog(head)
                is_told = True
            yield _item(node, part)
        if not is_told:
            raise SourceError(f"« {part} » est un flux sans aucun texte : enregistrez-le de nouveau, puis recommencez.")


def _part(source: Source) -> str:
    if not source.is_single_file:
        return ""
    name = source.parts[0].name
    start = start_of(source, name)
    return name if _ROOT.match(start) and not any(mark in start for mark in _OF_OTHERS) else ""


def _blog(head: Node) -> FormerBlog:
    language = next((node.attributes["xml:lang"] for node in head.nodes() if "xml:lang" in node.attributes), "")
    channel = head.first("channel")
    address = head.said("link") or link_of(head, "alternate") or (channel.attributes.get("rdf:about", "") if channel else "")
    own = link_of(head, "self")
    kind = "atom" if head.first("atom:feed") else "rss"
    return FormerBlog(
        name=words(head.said("title")) or title_of(head),
        motto=words(head.said("description")) or title_of(head, "atom:subtitle") or title_of(head, "atom:tagline"),
        address=address.rstrip("/"),
        language=head.said("language", "dc:language") or language,
        feeds=((own, kind),) if own.startswith(("http://", "https://")) else (),
    )


def _item(node: Node, file: str) -> FormerText | LeftOut:
    place, title = Place(file=file, line=node.line), _title(node)
    address = _address(node)
    if node.fault:
        return LeftOut(what="billet", why=node.fault, place=place, name=title)
    if node.first("thr:in-reply-to") or _COMMENT.search(address):
        return LeftOut(what="commentaire", why="ce flux est celui de commentaires, sans leurs billets", place=place, name=title)
    body, note = _body(node, place)
    published, modified = _published(node), dated(node.said("atom:updated", "atom:modified"))
    identifier = _identifier(node)
    return FormerText(
        identifier=f"flux:{identifier or address or title}",
        place=place,
        title=title,
        body=body,
        summary=_summary(node, body),
        published=published or modified,
        modified=modified if published and modified != published else None,
        held_back=_held_back(node),
        authors=tuple(dict.fromkeys(filter(None, _authors(node)))),
        tags=tuple(dict.fromkeys(filter(None, _tags(node)))),
        language=node.attributes.get("xml:lang", ""),
        addresses=(address,) if address else (),
        feed_id=identifier,
        notes=(*note, *repair_notes(node.repairs, place)),
    )


def _title(node: Node) -> str:
    return " ".join(words(node.said("title", "dc:title")).split()) or title_of(node)


def _identifier(node: Node) -> str:
    return node.said("guid", "atom:id") or node.attributes.get("rdf:about", "")


def _address(node: Node) -> str:
    guid = node.first("guid")
    lasting = guid.text.strip() if guid and guid.attributes.get("isPermaLink", "true") == "true" else ""
    typed = node.said("feedburner:origLink") or node.said("link") or link_of(node, "alternate")
    return typed or (lasting if lasting.startswith(("http://", "https://")) else "")


def _body(node: Node, place: Place) -> tuple[str, tuple[Note, ...]]:
    """The whole text, else what the feed gives of it."""
    whole = content_of(node, *_WHOLE)
    part = content_of(node, *_PART)
    files = "".join(f"\n{html_pieces.embed(address)}" for address in _enclosures(node) if address not in (whole or part))
    if whole:
        return whole + files, ()
    message = "le flux n'a peut-être que le début de ce texte : comparez avec l'ancien blog."
    is_cut = words(part).rstrip().endswith(("…", "...", "[…]", "[...]", "(...)"))
    return part + files, (Note(place=place, message=message),) if is_cut or node.name == "atom:entry" else ()


def _summary(node: Node, body: str) -> str:
    """Written as such only if the whole text stands beside it."""
    part = content_of(node, *_PART)
    return part if content_of(node, *_WHOLE) and words(part).strip()[:80] != words(body).strip()[:80] else ""


def _enclosures(node: Node) -> Iterator[str]:
    yield from (item.attributes.get("url", "") for item in node.nodes("enclosure") if item.attributes.get("url"))
    yield from (item.attributes.get("href", "") for item in node.nodes("atom:link") if item.attributes.get("rel") == "enclosure")


def _published(node: Node) -> dt.datetime | None:
    return dated(node.said("pubDate", "dc:date", "atom:published", "atom:issued", "atom:created", "dcterms:created"))


def _held_back(node: Node) -> str:
    control = node.first("app:control")
    return "brouillon" if control and control.said("app:draft").lower() == "yes" else ""


def _authors(node: Node) -> Iterator[str]:
    yield from (words(item.text).strip() for item in node.nodes("dc:creator"))
    yield author_of(node)
    for item in node.nodes("author"):
        found = re.search(r"\(([^()]{1,100})\)", item.text)
        yield found[1].strip() if found else item.text.strip() if "@" not in item.text else ""


def _tags(node: Node) -> Iterator[str]:
    for item in node.nodes("category"):
        yield words(item.text).strip()
    for item in node.nodes("atom:category"):
        yield (item.attributes.get("label") or item.attributes.get("term", "")).strip()
    for item in node.nodes("dc:subject"):
        yield words(item.text).strip()
