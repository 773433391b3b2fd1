"""``/recherche/``: an index of the site that a small script of ours asks, a word at a time.

Without a script the page is the list of all texts. Nothing but the page is
loaded before the reader types a word (decisions/0007-search.md says why it is so).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.base import links
from plancher.base.french import fold
from plancher.components.search import index, words
from plancher.components.search.index import SHARDS, Indexed
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.makers import maker
from plancher.site.model import Card, Post, Site
from plancher.site.requests import MadeFile, PageRequest, TemplatePage, TextFile
from plancher.text.grammar import KeepWords

ADDRESS = "recherche/"
DESCRIPTION = f"{ADDRESS}opensearch.xml"
_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_KINDS = {"billet": "b", "revue": "r", "vidéos": "v", "preuves": "p"}
"""Their letters, in the list of all texts."""


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """A text in the list of all texts."""

    card: Card
    kinds: str
    """A letter for each (``_KINDS``); empty: a post that is nothing else, or a page."""
    tags: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class SearchIndex:
    """What the files of the index are made from."""

    texts: Sequence[Indexed]
    shards: Mapping[str, str]


class Search(Component[None, SearchIndex]):
    """One page, and the files of its index."""

    name = "search"

    def keep_words(self) -> KeepWords:
        """Its words, counted: texts are not opened again."""
        return words.keep

    def collect(self, site: Site) -> SearchIndex:
        """All texts that readers can find, and where each of their words stands."""
        texts = index.texts(site)
        mode = f"{'-apercu' if site.is_preview else ''}{'-publie' if site.is_publication else ''}"
        return SearchIndex(texts, index.all_shards(texts, mode))

    def pages(self, site: Site, found: SearchIndex) -> Iterable[PageRequest]:
        """The page; the words, by their first letters; the passages of some texts together; how browsers ask."""
        values = {
            "posts": tuple(_listed(post) for post in site.posts),
            "others": tuple(_listed(page) for page in sorted(site.pages, key=lambda page: page.url)),
            "tags": tuple(sorted((tag.name for tag, _ in site.tags), key=fold)),
            "years": tuple(sorted({post.date.year for post in site.posts}, reverse=True)),
            "shards": " ".join(found.shards),
        }
        yield TemplatePage(address=ADDRESS, template="recherche", values={"search": values}, precedes_posts=True)
        for name, text in found.shards.items():
            yield TextFile(path=SHARDS.format(name), text=text)
        for path, texts in index.blocks(found.texts).items():
            yield MadeFile(path=path, maker=index.block, argument=texts)
        yield MadeFile(path=DESCRIPTION, maker=description, argument=(site.identity.name, site.absolute(ADDRESS), site.absolute("theme/icon-192.png")))

    def site_values(self, site: Site, found: SearchIndex) -> Values:
        """Where the page is, and how browsers ask it."""
        return {"SEARCH": {"page": ADDRESS, "description": DESCRIPTION, "base": links.path_of(site.identity.address)}}


def _listed(post: Post) -> Listed:
    known = {post.kind, *(mention.kind for mention in post.mentions)}
    kinds = "".join(letter for kind, letter in _KINDS.items() if kind in known)
    return Listed(post.card, "" if kinds == _KINDS["billet"] or post.is_page else kinds, tuple(tag.name for tag in post.tags))


@maker
def description(site: tuple[str, str, str]) -> str:
    """How a browser asks the page from its own field (OpenSearch 1.1, draft 6).

    :param site: its name, the address of the page, that of a picture.
    """
    name, page, icon = site
    root = Element("OpenSearchDescription", {"xmlns": _NAMESPACE})
    SubElement(root, "ShortName").text = name[:16]
    SubElement(root, "LongName").text = name[:48]
    SubElement(root, "Description").text = f"Chercher dans {name}"[:1024]
    SubElement(root, "Image", {"width": "192", "height": "192", "type": "image/png"}).text = icon
    SubElement(root, "Url", {"type": "text/html", "template": f"{page}?q={{searchTerms}}"})
    SubElement(root, "Language").text = "fr"
    SubElement(root, "InputEncoding").text = "UTF-8"
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


COMPONENT = Search


def register() -> None:
    """Pelican asks for it; the adapter takes ``COMPONENT``."""
